// What a test's faults do to a Bulk job: begin late, and end as failed or aborted after so many rows.
import { setTimeout as pause } from 'node:timers/promises';
import type { Faults } from '../faults.ts';
import { isAborted, type BulkJob, type BulkJobs } from './jobs.ts';

const MESSAGE = 'InternalServerError : The job failed, as a fault of the local org asked';

export interface JobFaults {
    /** To be awaited before the first row. */
    begin(): Promise<void>;
    /** Ends the job when its time has come: true when nothing more is to be done. */
    endsAt(rows: number): boolean;
}

export function jobFaults(faults: Faults, jobs: BulkJobs, job: BulkJob): JobFaults {
    const strikes = (fault: { job?: string; object?: string }): boolean =>
        (!fault.job || fault.job === job.kind) &&
        (!fault.object || fault.object.toLowerCase() === job.objectName.toLowerCase());
    const slow = faults.take('slowJob', strikes);
    const failed = faults.take('failedJob', strikes);
    const aborted = faults.take('abortedJob', strikes);
    return {
        async begin() {
            if (slow) await pause(slow.ms, undefined, { ref: false });
        },
        endsAt(rows) {
            if (isAborted(job)) return true;
            if (failed && rows >= (failed.afterRows ?? 0)) {
                jobs.setState(job, 'Failed', failed.errorMessage ?? MESSAGE);
                return true;
            }
            if (aborted && rows >= (aborted.afterRows ?? 0)) {
                jobs.setState(job, 'Aborted');
                return true;
            }
            return false;
        }
    };
}
