// The thread of pay-in-thread.ts: the pay of one period, then it ends.
import { workerData } from 'node:worker_threads';
import { workOutPayAgain, type PayStep } from '../domain/pay/work-out-pay.ts';
import { answerWith } from './in-thread.ts';

answerWith((onStep: (step: PayStep) => void) =>
    workOutPayAgain(workerData as Parameters<typeof workOutPayAgain>[0], onStep)
);
