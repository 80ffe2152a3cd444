// Bulk API 2.0 jobs: their states, and the files that hold uploads and results. Jobs live as long as the local org runs;
// their files lie in a temporary folder of its own. What a job does is in query-job.ts and ingest-job.ts.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { to18 } from '../ids.ts';
import { OrgError, type UserContext } from '../org.ts';

export type JobKind = 'query' | 'ingest';
export type JobState = 'Open' | 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Aborted' | 'Failed';
export type Operation = 'query' | 'queryAll' | 'insert' | 'update' | 'upsert' | 'delete';

export interface BulkJob {
    id: string;
    kind: JobKind;
    user: UserContext;
    operation: Operation;
    objectName: string;
    soql: string | null;
    externalIdFieldName: string | null;
    delimiter: string;
    delimiterName: string;
    lineEnding: 'LF' | 'CRLF';
    state: JobState;
    createdAt: Date;
    changedAt: Date;
    recordsProcessed: number;
    recordsFailed: number;
    errorMessage: string | null;
    /** base path of the job's files */
    file: string;
    /** query jobs: byte offset of every row of the result file, and of its end */
    rowOffsets: number[];
    columns: string[];
}

export interface BulkJobs {
    create(
        given: Pick<
            BulkJob,
            | 'kind'
            | 'user'
            | 'operation'
            | 'objectName'
            | 'soql'
            | 'externalIdFieldName'
            | 'delimiterName'
            | 'lineEnding'
        >
    ): BulkJob;
    /** The caller's job; another user's job does not exist for him. */
    find(kind: JobKind, id: string, user: UserContext): BulkJob;
    list(kind: JobKind, user: UserContext): BulkJob[];
    setState(job: BulkJob, state: JobState, errorMessage?: string): void;
    remove(job: BulkJob): void;
    /** Ends every job and deletes the files. */
    close(): void;
}

const DELIMITERS = new Map([
    ['COMMA', ','],
    ['SEMICOLON', ';'],
    ['TAB', '\t'],
    ['PIPE', '|'],
    ['CARET', '^'],
    ['BACKQUOTE', '`']
]);
const KEY_PREFIX = '750';

export function createBulkJobs(clock: () => Date): BulkJobs {
    const folder = mkdtempSync(join(tmpdir(), 'plumbline-bulk-'));
    const jobs = new Map<string, BulkJob>();
    return {
        create(given) {
            const delimiter = DELIMITERS.get(given.delimiterName);
            if (delimiter === undefined) {
                throw new OrgError(
                    400,
                    'INVALIDJOB',
                    `Unable to parse Job: columnDelimiter ${given.delimiterName} is unknown`
                );
            }
            const id = to18(KEY_PREFIX + 'Lo0' + (jobs.size + 1).toString(36).toUpperCase().padStart(9, '0'));
            const now = clock();
            const job: BulkJob = {
                ...given,
                id,
                delimiter,
                state: given.kind === 'query' ? 'UploadComplete' : 'Open',
                createdAt: now,
                changedAt: now,
                recordsProcessed: 0,
                recordsFailed: 0,
                errorMessage: null,
                file: join(folder, id),
                rowOffsets: [],
                columns: []
            };
            jobs.set(id, job);
            return job;
        },
        find(kind, id, user) {
            const job = jobs.get(id.length === 15 ? to18(id) : id);
            if (!job || job.kind !== kind || job.user.userId !== user.userId) {
                throw new OrgError(404, 'NOT_FOUND', 'The requested resource does not exist');
            }
            return job;
        },
        list: (kind, user) =>
            [...jobs.values()].filter((job) => job.kind === kind && job.user.userId === user.userId),
        setState(job, state, errorMessage) {
            job.state = state;
            job.changedAt = clock();
            if (errorMessage !== undefined) job.errorMessage = errorMessage;
        },
        remove(job) {
            // What still runs for it stops at its next row.
            job.state = 'Aborted';
            jobs.delete(job.id);
            for (const suffix of ['.upload', '.csv', '.ok', '.failed'])
                rmSync(job.file + suffix, { force: true });
        },
        close() {
            for (const job of jobs.values()) job.state = 'Aborted';
            jobs.clear();
            rmSync(folder, { recursive: true, force: true });
        }
    };
}

/** Asked anew after every wait: a client may have aborted the job meanwhile. */
export const isAborted = (job: BulkJob): boolean => job.state === 'Aborted';

/** A job as the API shows it. */
export function jobInfo(job: BulkJob, version: string): Record<string, unknown> {
    return {
        id: job.id,
        operation: job.operation,
        object: job.objectName,
        createdById: job.user.userId,
        createdDate: job.createdAt.toISOString().replace('Z', '+0000'),
        systemModstamp: job.changedAt.toISOString().replace('Z', '+0000'),
        state: job.state,
        concurrencyMode: 'Parallel',
        contentType: 'CSV',
        apiVersion: Number(version.slice(1)),
        jobType: job.kind === 'query' ? 'V2Query' : 'V2Ingest',
        lineEnding: job.lineEnding,
        columnDelimiter: job.delimiterName,
        ...(job.externalIdFieldName ? { externalIdFieldName: job.externalIdFieldName } : {}),
        ...(job.kind === 'ingest'
            ? { contentUrl: `services/data/${version}/jobs/ingest/${job.id}/batches` }
            : {}),
        numberRecordsProcessed: job.recordsProcessed,
        numberRecordsFailed: job.recordsFailed,
        retries: 0,
        totalProcessingTime: job.changedAt.getTime() - job.createdAt.getTime(),
        apiActiveProcessingTime: 0,
        apexProcessingTime: 0,
        ...(job.errorMessage === null ? {} : { errorMessage: job.errorMessage })
    };
}
