// What every engine of the pay bench gives: a calculation that can be repeated over rows it holds in its own way, and the sums of
// what came out.
import type { Checksums } from '../checksums.ts';

export interface Cost {
    /** of all threads */
    cpuMs: number;
    wallMs: number;
}

export interface Engine {
    run(): Promise<Cost>;
    sums(): Promise<Checksums>;
    /** what it keeps for its rows and results, where it can tell */
    bytes?(): number;
    stop?(): void;
}

/** What some work in this process costs. */
export async function costOf(work: () => unknown): Promise<Cost> {
    const before = process.cpuUsage();
    const started = performance.now();
    await work();
    const wallMs = performance.now() - started;
    const { user, system } = process.cpuUsage(before);
    return { cpuMs: (user + system) / 1000, wallMs };
}
