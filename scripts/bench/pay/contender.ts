// One engine of the pay or scorecard bench in a process of its own: made ready once, then run whenever it is asked, so that engines can take
// turns in the same minutes.
import { availableParallelism } from 'node:os';
import type { Checksums } from './checksums.ts';
import type { Cost, Engine } from './engines/engine.ts';

export type EngineName =
    | 'generated'
    | 'operators'
    | 'threads'
    | 'duckdb'
    | 'decimal'
    | 'native'
    | 'native-threads'
    | 'scorecards'
    | 'scorecards-duckdb';

/** What it came to in the end. */
export interface Told {
    sums: Checksums;
    bytes: number;
    peakMb: number;
}

/** Work is repeated until it took so long, and the middle counts. */
const LEAST_MS = 500;

const [name, count, program] = process.argv.slice(2) as [EngineName, string, string];
const engine = await engineOf(name, Number(count));

process.on('message', (message: 'run' | 'tell') => void answer(message));
// It waits to be asked (end-with-parent.mjs lets processes that nothing keeps end).
process.channel!.ref();
process.send!('ready');

async function answer(message: 'run' | 'tell'): Promise<void> {
    if (message === 'run') return void process.send!(await middleRun());
    const told: Told = {
        sums: await engine.sums(),
        bytes: engine.bytes?.() ?? 0,
        peakMb: process.resourceUsage().maxRSS / 1024
    };
    process.send!(told, () => {
        engine.stop?.();
        process.exit(0);
    });
}

async function middleRun(): Promise<Cost> {
    const costs: Cost[] = [];
    const started = performance.now();
    do costs.push(await engine.run());
    while (performance.now() - started < LEAST_MS);
    const middle = (of: (cost: Cost) => number): number =>
        costs.map(of).sort((a, b) => a - b)[Math.floor(costs.length / 2)]!;
    return { cpuMs: middle(({ cpuMs }) => cpuMs), wallMs: middle(({ wallMs }) => wallMs) };
}

/** Loads the modules of this engine alone. */
async function engineOf(own: EngineName, rows: number): Promise<Engine> {
    const threads = availableParallelism();
    switch (own) {
        case 'generated':
        case 'operators':
            return (await import('./engines/one-thread.ts')).oneThread(own, rows);
        case 'threads':
            return (await import('./engines/threads.ts')).severalThreads(rows, threads);
        case 'duckdb':
            return (await import('./engines/duckdb.ts')).duckDbEngine(rows, threads);
        case 'decimal':
            return (await import('./engines/decimal-objects.ts')).decimalObjects(rows);
        case 'scorecards':
            return (await import('../scorecards/ours.ts')).ourEngine(rows);
        case 'scorecards-duckdb':
            return (await import('../scorecards/duckdb.ts')).duckDbScorecards(rows, threads);
        case 'native':
        case 'native-threads':
            return (await import('./engines/native.ts')).nativeEngine(
                program,
                rows,
                own === 'native' ? 1 : threads
            );
    }
}
