// Bulk API 2.0 query jobs: create, wait with growing pauses, then read the result pages. jsforce's own reader dies on the
// second page; this one follows the locator to the end, each page with its header. A page is taken in whole before it is
// scanned, so one that breaks off is simply asked for again, and the next one is on its way meanwhile.
import type { OrgClient } from '../connect.ts';
import { BulkJobError, IncompleteReadError } from '../errors.ts';
import { isTransientFailure, sleep, withRetries } from '../retry.ts';
import type { Sleep } from '../retry.ts';
import { soqlOf } from '../query.ts';
import type { SelectQuery } from '../query.ts';
import { CsvScanner } from './csv-scanner.ts';
import type { OnBadValue } from './csv-scanner.ts';
import type { FeatureTable } from './feature-columns.ts';

const LONGEST_WAIT_MS = 30 * 60_000;
const FIRST_POLL_MS = 200;
const SLOWEST_POLL_MS = 5000;
/** A page is a megabyte or two: little to ask for again when it breaks off. */
const PAGE_ROWS = 10_000;

interface JobInfo {
    id: string;
    state: string;
    numberRecordsProcessed?: number;
    errorMessage?: string;
}

export interface BulkOptions {
    /** A value that cannot be used becomes a blank and is heard of here; without it, it ends the reading. */
    onBadValue?: OnBadValue;
    sleep?: Sleep;
    pageRows?: number;
}

/** Scans every row of the query into the table; returns how many there were. */
export async function readRowsInBulk(
    client: OrgClient,
    query: SelectQuery,
    table: FeatureTable,
    options: BulkOptions = {}
): Promise<number> {
    const job = await client.request<JobInfo>('POST', '/jobs/query', {
        operation: query.allRows ? 'queryAll' : 'query',
        query: soqlOf(client, { ...query, orderBy: undefined })
    });
    const done = await waitForJob(client, `/jobs/query/${job.id}`, options.sleep ?? sleep);
    const read = await readResults(client, job.id, table, options);
    if (done.numberRecordsProcessed !== undefined && done.numberRecordsProcessed !== read) {
        throw new IncompleteReadError(
            'READ_INCOMPLETE',
            `The bulk job processed ${done.numberRecordsProcessed} rows of ${query.object} and sent ${read}.`,
            'Run again; if it stays, tell support.'
        );
    }
    return read;
}

/** Polls until the job has ended well; any other end, or half an hour, is an error. */
export async function waitForJob(client: OrgClient, path: string, pause: Sleep): Promise<JobInfo> {
    let waited = 0;
    for (let poll = FIRST_POLL_MS; ; poll = Math.min(poll * 2, SLOWEST_POLL_MS)) {
        const job = await client.request<JobInfo>('GET', path);
        if (job.state === 'JobComplete') return job;
        if (job.state === 'Failed' || job.state === 'Aborted') {
            throw new BulkJobError(
                `BULK_JOB_${job.state.toUpperCase()}`,
                `A bulk job of the run ended as ${job.state}.`,
                'See Bulk Data Load Jobs in Setup for the reason.'
            );
        }
        if (waited >= LONGEST_WAIT_MS) {
            throw new BulkJobError(
                'BULK_JOB_SLOW',
                'A bulk job did not end within 30 minutes.',
                'Run again later.'
            );
        }
        await pause(poll);
        waited += poll;
    }
}

async function readResults(
    client: OrgClient,
    jobId: string,
    table: FeatureTable,
    options: BulkOptions
): Promise<number> {
    const path = `/jobs/query/${jobId}/results?maxRecords=${options.pageRows ?? PAGE_ROWS}`;
    let read = 0;
    for (let page: ResultPage | null = await takePage(client, path, options.sleep); page;) {
        const { bytes, locator }: ResultPage = page;
        const next: Promise<ResultPage> | null =
            locator === null
                ? null
                : takePage(client, `${path}&locator=${encodeURIComponent(locator)}`, options.sleep);
        // Awaited below; until then a failure must not count as unhandled.
        next?.catch(() => undefined);
        read += scanPage(bytes, table, options.onBadValue);
        page = await next;
    }
    return read;
}

interface ResultPage {
    bytes: Uint8Array;
    /** Where the next page begins; null after the last. */
    locator: string | null;
}

function takePage(client: OrgClient, path: string, pause?: Sleep): Promise<ResultPage> {
    const attempt = async () => {
        const response = await client.fetch('GET', path);
        const locator = response.headers.get('sforce-locator');
        const bytes = new Uint8Array(await response.arrayBuffer());
        return { bytes, locator: locator === 'null' ? null : locator };
    };
    return withRetries(attempt, {
        attempts: 5,
        firstWaitMs: 500,
        isTransient: isTransientFailure,
        sleep: pause
    });
}

function scanPage(bytes: Uint8Array, { columns, sink }: FeatureTable, onBadValue?: OnBadValue): number {
    const scanner = new CsvScanner(columns, sink, onBadValue);
    scanner.push(bytes);
    return scanner.finish();
}
