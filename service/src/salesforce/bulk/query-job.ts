// Bulk API 2.0 query jobs: create, wait with growing pauses, then read the result pages as streams of CSV. jsforce's own
// reader dies on the second page; this one follows the locator to the end, each page with its header, and picks a broken
// page up again where it broke.
import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import type { OrgClient } from '../connect.ts';
import { BulkJobError, IncompleteReadError } from '../errors.ts';
import { isTransientFailure, sleep, withRetries } from '../retry.ts';
import type { Sleep } from '../retry.ts';
import { soqlOf } from '../query.ts';
import type { RawRow, SelectQuery } from '../query.ts';

const LONGEST_WAIT_MS = 30 * 60_000;
const FIRST_POLL_MS = 200;
const SLOWEST_POLL_MS = 5000;
/** Rows a page: small enough that a page broken off costs little, large enough that pages are few. */
const PAGE_ROWS = 10_000;

interface JobInfo {
    id: string;
    state: string;
    numberRecordsProcessed?: number;
    errorMessage?: string;
}

export interface BulkOptions {
    sleep?: Sleep;
    pageRows?: number;
}

/** Hands every row to `onRow`, values as text, '' for none; returns how many there were. */
export async function readRowsInBulk(
    client: OrgClient,
    query: SelectQuery,
    onRow: (row: RawRow) => void,
    options: BulkOptions = {}
): Promise<number> {
    const job = await client.request<JobInfo>('POST', '/jobs/query', {
        operation: query.allRows ? 'queryAll' : 'query',
        query: soqlOf(client, { ...query, orderBy: undefined })
    });
    const done = await waitForJob(client, `/jobs/query/${job.id}`, options.sleep ?? sleep);
    const read = await readResults(client, job.id, onRow, options);
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
            throw new BulkJobError('BULK_JOB_SLOW', 'A bulk job did not end within 30 minutes.', 'Run again later.');
        }
        await pause(poll);
        waited += poll;
    }
}

async function readResults(
    client: OrgClient,
    jobId: string,
    onRow: (row: RawRow) => void,
    options: BulkOptions
): Promise<number> {
    let read = 0;
    let locator: string | null = null;
    do {
        const at: string = locator === null ? '' : `&locator=${encodeURIComponent(locator)}`;
        const path = `/jobs/query/${jobId}/results?maxRecords=${options.pageRows ?? PAGE_ROWS}${at}`;
        const page = await readPage(client, path, onRow, options.sleep);
        read += page.rows;
        locator = page.next;
    } while (locator !== null);
    return read;
}

/** A page that breaks off is asked for again; the rows that were already handed over are passed by. */
async function readPage(client: OrgClient, path: string, onRow: (row: RawRow) => void, pause?: Sleep) {
    let delivered = 0;
    const attempt = async () => {
        const response = await client.fetch('GET', path);
        const next = response.headers.get('sforce-locator');
        const announced = Number(response.headers.get('sforce-numberofrecords') ?? NaN);
        const header = (columns: string[]) => columns.map((column) => column.split('.').map(client.names.strip).join('.'));
        const rows = parse({ columns: header, bom: true });
        const source = Readable.fromWeb(response.body as import('node:stream/web').ReadableStream);
        source.on('error', (error) => rows.destroy(error));
        source.pipe(rows);
        let seen = 0;
        for await (const row of rows as AsyncIterable<RawRow>) {
            seen += 1;
            if (seen <= delivered) continue;
            onRow(row);
            delivered = seen;
        }
        if (!Number.isNaN(announced) && announced !== seen) {
            throw Object.assign(new Error('The page ended early.'), { code: 'ECONNRESET' });
        }
        return { rows: seen, next: next === null || next === 'null' ? null : next };
    };
    return withRetries(attempt, { attempts: 5, firstWaitMs: 500, isTransient: isTransientFailure, sleep: pause });
}
