// A thread of threads.ts: makes its part ready, tells where its sums are, and runs when it is asked.
import { parentPort, workerData } from 'node:worker_threads';
import { Pool } from '../../../../service/src/domain/incentives/columnar/pool.ts';
import { memory, Part, type Arrays } from './part.ts';
import type { Given } from './threads.ts';

const given = workerData as Given;
const part = new Part(given, new Pool(memory, given.results));
parentPort!.on('message', (message: Arrays[] | 'run') => {
    if (message === 'run') part.run();
    else {
        part.meet(message);
        parentPort!.postMessage('ready');
    }
});
parentPort!.postMessage(part.sums);
