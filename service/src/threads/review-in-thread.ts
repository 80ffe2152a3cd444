// Runs a review of quarters in a thread of its own: models are fitted and hundreds of distributions worked out.
import type { ReviewQuarters } from '../usecases/ports/quarters.ts';
import { inThread } from './in-thread.ts';
import type { ReviewJob } from './review-thread.ts';

export const reviewInThread: ReviewQuarters = ({ zone, ...facts }, pastDays, checkStop) => {
    // A time zone has behaviour, which cannot be sent: the thread makes its own of the name.
    const job: ReviewJob = { facts, zoneName: zone.name, pastDays };
    return inThread('./review-thread.ts', job, { checkStop });
};
