// Our engine on the pay bench with several threads: rows are shared by ranges, the close by payees, and what threads exchange are
// sums per cell, in memory they share. This thread does the first part itself. The bits are those of one thread.
import { Worker } from 'node:worker_threads';
import { Pool } from '../../../../service/src/domain/incentives/columnar/pool.ts';
import { makeRows, type RowColumns } from '../workload.ts';
import { benchPlan, bytesOf, published, sumsOf, type Published } from './bench-plan.ts';
import { costOf, type Engine } from './engine.ts';
import { memory, Part, type Arrays } from './part.ts';

/** What a thread is given. */
export interface Given {
    number: number;
    threads: number;
    rows: RowColumns;
    kernel: Published;
    /** what came out is written to the same arrays by all */
    results: Arrays;
    meeting: Int32Array;
}

const shared = (bytes: number): ArrayBufferLike => new SharedArrayBuffer(bytes);

export async function severalThreads(count: number, threads: number): Promise<Engine> {
    const rows = makeRows(count, shared);
    const kernel = published(benchPlan());
    const meeting = new Int32Array(shared(8));
    const own = new Part({ number: 0, threads, rows, kernel, results: [], meeting }, new Pool(memory));
    const results = own.results;
    const workers = Array.from({ length: threads - 1 }, (_, place) => {
        const workerData: Given = { number: place + 1, threads, rows, kernel, results, meeting };
        return new Worker(new URL('./thread.ts', import.meta.url), { workerData });
    });
    const others = await Promise.all(workers.map((worker) => answerOf<Arrays>(worker)));
    const sums = [own.sums, ...others];
    own.meet(sums);
    const ready = workers.map((worker) => answerOf<string>(worker));
    for (const worker of workers) worker.postMessage(sums);
    await Promise.all(ready);
    return {
        run: () =>
            costOf(() => {
                for (const worker of workers) worker.postMessage('run');
                own.run();
            }),
        sums: async () => sumsOf(own.last),
        bytes: () =>
            bytesOf(own.last, own.pool) +
            others.flat().reduce((sum, [, { byteLength }]) => sum + byteLength, 0),
        stop: () => workers.forEach((worker) => void worker.terminate())
    };
}

function answerOf<T>(worker: Worker): Promise<T> {
    return new Promise((resolve, reject) => {
        worker.once('message', resolve);
        worker.once('error', reject);
    });
}
