// Runs one engine in this process alone and reports what it cost: CPU time of all its threads and wall time, both without
// the start of the process and the loading of modules, and peak memory.
import type { Checksums } from './checksums.ts';
import type { Size } from './data.ts';

export interface Measurement {
    cpuMs: number;
    wallMs: number;
    peakMb: number;
    checksums: Checksums;
}

const [engine, root, size, url = ''] = process.argv.slice(2) as [string, string, Size, string?];

/** The work of an engine, its modules loaded. */
async function workOf(name: string): Promise<() => Promise<Checksums>> {
    if (name === 'duckdb') {
        const { fromDuckDb } = await import('./engines/duckdb.ts');
        return () => fromDuckDb(root, size);
    }
    if (name === 'jsforce') {
        const { fromJsforce } = await import('./engines/jsforce.ts');
        return () => fromJsforce(url);
    }
    const ours = await import('./engines/plumbline.ts');
    const works: Record<string, () => Promise<Checksums>> = {
        files: () => ours.fromFiles(root, size),
        gzip: () => ours.fromGzip(root, size),
        gunzip: () => ours.gunzipAlone(root, size),
        loopback: () => ours.fromLoopback(url, size)
    };
    return works[name]!;
}

const work = await workOf(engine);
const cpuBefore = process.cpuUsage();
const started = performance.now();
const checksums = await work();
const cpu = process.cpuUsage(cpuBefore);
const measurement: Measurement = {
    cpuMs: (cpu.user + cpu.system) / 1000,
    wallMs: performance.now() - started,
    peakMb: process.resourceUsage().maxRSS / 1024,
    checksums
};
process.send!(measurement, () => process.exit(0));
