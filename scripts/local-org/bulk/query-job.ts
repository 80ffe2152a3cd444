// Runs a bulk query: rows stream from the query engine into a CSV file, and an index of row offsets serves the pages.
import { closeSync, createReadStream, openSync, writeSync } from 'node:fs';
import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LocalOrg } from '../local-org.ts';
import { OrgError, type Org, type QueriedRecord } from '../org.ts';
import type { FieldDef } from '../schema/types.ts';
import { csvLine } from './csv-text.ts';
import { jobFaults, type JobFaults } from './job-faults.ts';
import { isAborted, type BulkJob, type BulkJobs } from './jobs.ts';

const WRITE_BLOCK_BYTES = 1 << 20;

interface Column {
    /** canonical path, e.g. `['Owner', 'Name']` */
    path: string[];
    isDatetime: boolean;
}

/** The object after the outermost FROM; bulk queries have no subqueries in their SELECT list. */
export function queriedObject(soql: string): string {
    const match = /\bfrom\s+(\w+)/i.exec(soql);
    if (!match) throw new OrgError(400, 'MALFORMED_QUERY', "unexpected token: '<EOF>'");
    return match[1]!;
}

/** Ends with the job complete, failed or aborted; never throws for what the query is to blame for. */
export async function runQueryJob(org: LocalOrg, jobs: BulkJobs, job: BulkJob): Promise<void> {
    await nextTurn();
    if (isAborted(job)) return;
    jobs.setState(job, 'InProgress');
    const faults = jobFaults(org.faults, jobs, job);
    await nextTurn();
    try {
        await faults.begin();
        if (faults.endsAt(0)) return;
        if (await writeRows(org, job, faults)) jobs.setState(job, 'JobComplete');
    } catch (error) {
        if (isAborted(job)) return;
        jobs.setState(job, 'Failed', reasonOf(error));
    }
}

/** What went wrong inside of the org is for its log, not for the client. */
function reasonOf(error: unknown): string {
    if (error instanceof OrgError) return `${error.errorCode}: ${error.message}`;
    process.stderr.write(`local org: a bulk query failed: ${(error as Error).stack}\n`);
    return "InternalServerError: An unexpected error occurred; see the org's log";
}

/** False when the job was ended on the way. */
async function writeRows(org: Org, job: BulkJob, faults: JobFaults): Promise<boolean> {
    const columns = selectedColumns(org, job);
    job.columns = columns.map((column) => column.path.join('.'));
    const file = openSync(`${job.file}.csv`, 'w');
    let offset = 0;
    let block = '';
    try {
        const ctx = { user: org.users.context(job.user.userId), mode: 'user' as const };
        for (const record of org.queries.iterate(ctx, job.soql!, { allRows: job.operation === 'queryAll' })) {
            const line = csvLine(
                columns.map((column) => valueAt(record, column)),
                job.delimiter,
                job.lineEnding
            );
            job.rowOffsets.push(offset);
            offset += Buffer.byteLength(line);
            block += line;
            if (block.length < WRITE_BLOCK_BYTES) continue;
            writeSync(file, block);
            block = '';
            await nextTurn();
            if (faults.endsAt(job.rowOffsets.length)) return false;
        }
        writeSync(file, block);
    } finally {
        closeSync(file);
    }
    job.recordsProcessed = job.rowOffsets.length;
    job.rowOffsets.push(offset);
    return !faults.endsAt(job.recordsProcessed);
}

/** The SELECT list in canonical case; also the header when there are no rows. */
function selectedColumns(org: Org, job: BulkJob): Column[] {
    const list = /^\s*select\s+([\s\S]+?)\s+from\s/i.exec(job.soql!)?.[1];
    if (!list) throw new OrgError(400, 'MALFORMED_QUERY', "unexpected token: '<EOF>'");
    if (/[()]/.test(list))
        throw new OrgError(
            400,
            'API_ERROR',
            'Entity is not supported by Bulk API 2.0: functions and subqueries'
        );
    return list.split(',').map((item) => canonicalColumn(org, job.objectName, item.trim()));
}

function canonicalColumn(org: Org, objectName: string, path: string): Column {
    const parts = path.split('.');
    const canonical: string[] = [];
    let current = objectName;
    for (const relationship of parts.slice(0, -1)) {
        const field = org.schema.parentField(current, relationship);
        canonical.push(field?.relationshipName ?? relationship);
        current = field?.referenceTo[0] ?? current;
    }
    const field: FieldDef | undefined = org.schema.field(current, parts.at(-1)!);
    if (field?.type === 'address')
        throw new OrgError(
            400,
            'FUNCTIONALITY_NOT_ENABLED',
            'Selecting compound data not supported in Bulk Query'
        );
    canonical.push(field?.name ?? parts.at(-1)!);
    return { path: canonical, isDatetime: field?.type === 'datetime' };
}

function valueAt(record: QueriedRecord, { path, isDatetime }: Column): unknown {
    let value: unknown = record;
    for (const part of path) value = (value as Record<string, unknown> | null)?.[part] ?? null;
    return isDatetime && typeof value === 'string' ? value.replace('+0000', 'Z') : value;
}

/** The row that a locator means; NaN when it means none. */
function rowOf(locator: string): number {
    const text = Buffer.from(locator, 'base64url').toString();
    return /^\d+$/.test(text) ? Number(text) : NaN;
}

export interface ResultPage {
    header: string;
    rows: Readable;
    count: number;
    /** locator of the next page; null at the end */
    next: string | null;
}

/** Rows from `locator` on, at most `maxRecords`; every page begins with the header. */
export function resultPage(job: BulkJob, locator: string | undefined, maxRecords: number): ResultPage {
    const total = Math.max(0, job.rowOffsets.length - 1);
    const from = locator === undefined ? 0 : rowOf(locator);
    if (!Number.isInteger(from) || from > total || (locator !== undefined && from === total)) {
        throw new OrgError(400, 'INVALID_LOCATOR', `Invalid locator: ${locator}`);
    }
    const to = Math.min(total, from + maxRecords);
    const [start, end] = [job.rowOffsets[from]!, job.rowOffsets[to]!];
    return {
        header: csvLine(job.columns, job.delimiter, job.lineEnding),
        rows: end > start ? createReadStream(`${job.file}.csv`, { start, end: end - 1 }) : Readable.from([]),
        count: to - from,
        next: to < total ? Buffer.from(String(to)).toString('base64url') : null
    };
}
