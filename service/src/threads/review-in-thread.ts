// Runs a review of quarters in a thread of its own: models are fitted and hundreds of distributions worked out, and meanwhile the
// service answers requests and keeps its lock on the org. A run that has to stop ends the thread.
import { Worker } from 'node:worker_threads';
import type { QuarterReview } from '../domain/quarter/quarter-review.ts';
import type { ReviewQuarters } from '../usecases/ports.ts';

const LOOK_EVERY_MS = 500;

export const reviewInThread: ReviewQuarters = ({ zone, ...facts }, pastDays, checkStop) =>
    new Promise((resolve, reject) => {
        // A time zone has behaviour, which cannot be sent: the thread makes its own of the name.
        const worker = new Worker(new URL('./review-thread.ts', import.meta.url), {
            workerData: { facts, zoneName: zone.name, pastDays }
        });
        const end = (settle: () => void): void => {
            clearInterval(look);
            settle();
            void worker.terminate();
        };
        const look = setInterval(() => {
            try {
                checkStop();
            } catch (error) {
                end(() => reject(error as Error));
            }
        }, LOOK_EVERY_MS);
        worker.on('message', (review: QuarterReview) => end(() => resolve(review)));
        worker.on('error', (error) => end(() => reject(error)));
        worker.on('exit', (code) =>
            end(() => reject(new Error(`The thread of the review ended with ${code}.`)))
        );
    });
