// Runs a bulk ingest: the uploaded CSV is read in blocks of 200 rows, saved through the same door as REST, and each row's
// outcome is appended to the file of successful or of failed results. Between blocks the event loop is free.
import { appendFileSync, createReadStream, existsSync, writeFileSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LocalOrg } from '../local-org.ts';
import { OrgError, type FieldValue, type InputRow, type Org, type SaveResult } from '../org.ts';
import { checkUpload, uploadedRows } from './check-upload.ts';
import { csvLine } from './csv-text.ts';
import { jobFaults, type JobFaults } from './job-faults.ts';
import { isAborted, type BulkJob, type BulkJobs } from './jobs.ts';

const BLOCK_ROWS = 200;
/** How Bulk API 2.0 spells "set to null"; an empty value leaves the field alone. */
const NULL_TEXT = '#N/A';

export async function runIngestJob(org: LocalOrg, jobs: BulkJobs, job: BulkJob): Promise<void> {
    jobs.setState(job, 'InProgress');
    const faults = jobFaults(org.faults, jobs, job);
    try {
        await faults.begin();
        if (faults.endsAt(0)) return;
        if (!existsSync(`${job.file}.upload`))
            throw new OrgError(400, 'InvalidBatch', 'No data was uploaded');
        await checkUpload(job);
        if (await saveRows(org, job, faults)) jobs.setState(job, 'JobComplete');
    } catch (error) {
        if (isAborted(job)) return;
        const reason =
            error instanceof OrgError
                ? `${error.errorCode} : ${error.message}`
                : `InvalidBatch : ${(error as Error).message}`;
        jobs.setState(job, 'Failed', reason);
    }
}

/** False when the job was ended on the way. */
async function saveRows(org: Org, job: BulkJob, faults: JobFaults): Promise<boolean> {
    let header: string[] | null = null;
    let block: string[][] = [];
    for await (const cells of uploadedRows(job)) {
        if (header === null) {
            header = cells.map((name) => name.trim());
            checkHeader(org, job, header);
            continue;
        }
        block.push(cells);
        if (block.length === BLOCK_ROWS) {
            saveBlock(org, job, header, block);
            block = [];
            await nextTurn();
            if (faults.endsAt(job.recordsProcessed)) return false;
        }
    }
    // A file with nothing in it, not even a header, is a job with nothing to do.
    if (header === null) startResults(job, []);
    else if (block.length > 0) saveBlock(org, job, header, block);
    return !faults.endsAt(job.recordsProcessed);
}

/** What an aborted or failed job has not got to, with the header: rows are taken in order, so the first ones are done. */
export async function* unprocessedRows(job: BulkJob): AsyncIterable<string | Buffer> {
    if (!existsSync(`${job.file}.upload`)) return;
    if (job.recordsProcessed === 0) {
        yield* createReadStream(`${job.file}.upload`);
        return;
    }
    let index = -1;
    for await (const cells of uploadedRows(job)) {
        const isHeader = index === -1;
        if (isHeader || index >= job.recordsProcessed) yield csvLine(cells, job.delimiter, job.lineEnding);
        index++;
    }
}

function checkHeader(org: Org, job: BulkJob, header: string[]): void {
    const { permissions } = org.users.context(job.user.userId);
    const seen = new Set<string>();
    for (const name of header) {
        if (name === '') continue;
        if (seen.has(name.toLowerCase()))
            throw new OrgError(400, 'InvalidBatch', `Duplicate field name : ${name}`);
        seen.add(name.toLowerCase());
        const [first, second] = name.split('.');
        const known =
            second === undefined
                ? org.schema.field(job.objectName, first!)
                : org.schema.parentField(job.objectName, first!);
        if (!known || !permissions.fieldAccess(job.objectName, known.name).read)
            throw new OrgError(400, 'InvalidBatch', `Field name not found : ${name}`);
    }
    const wanted =
        job.operation === 'upsert' ? job.externalIdFieldName! : job.operation === 'insert' ? null : 'Id';
    if (wanted && !header.some((name) => name.toLowerCase() === wanted.toLowerCase())) {
        throw new OrgError(400, 'InvalidBatch', `Missing required field in the header row: ${wanted}`);
    }
    startResults(job, header);
}

function startResults(job: BulkJob, header: string[]): void {
    for (const suffix of ['ok', 'failed']) {
        const lead = suffix === 'ok' ? ['sf__Id', 'sf__Created'] : ['sf__Id', 'sf__Error'];
        writeFileSync(`${job.file}.${suffix}`, csvLine([...lead, ...header], job.delimiter, job.lineEnding));
    }
}

function saveBlock(org: Org, job: BulkJob, header: string[], block: string[][]): void {
    const ctx = { user: org.users.context(job.user.userId), mode: 'user' as const };
    const rows = block.map((cells) => inputRow(org, job, header, cells));
    const options = { allOrNone: false };
    const { operation, objectName } = job;
    let results: SaveResult[];
    if (operation === 'insert') results = org.records.insert(ctx, objectName, rows, options);
    else if (operation === 'update') results = org.records.update(ctx, objectName, rows, options);
    else if (operation === 'upsert')
        results = org.records.upsert(ctx, objectName, job.externalIdFieldName!, rows, options);
    else
        results = org.records.delete(
            ctx,
            rows.map((row) => String(row['Id'])),
            options
        );
    let ok = '';
    let failed = '';
    results.forEach((result, index) => {
        const cells = block[index]!;
        if (result.success) {
            ok += csvLine(
                [result.id, result.created ?? operation === 'insert', ...cells],
                job.delimiter,
                job.lineEnding
            );
        } else {
            const error = result.errors[0]!;
            const text = `${error.statusCode}:${error.message}:${error.fields.join(',')} --`;
            failed += csvLine([result.id ?? '', text, ...cells], job.delimiter, job.lineEnding);
            job.recordsFailed++;
        }
    });
    job.recordsProcessed += results.length;
    appendFileSync(`${job.file}.ok`, ok);
    appendFileSync(`${job.file}.failed`, failed);
}

/** Cells to values: empty ones are left out, `Parent__r.Key__c` columns name a parent by its external id. */
function inputRow(org: Org, job: BulkJob, header: string[], cells: string[]): InputRow {
    const row: InputRow = {};
    header.forEach((name, index) => {
        const text = cells[index] ?? '';
        if (name === '' || text === '') return;
        const [first, second] = name.split('.') as [string, string?];
        if (second === undefined) row[name] = fieldValue(org, job.objectName, name, text);
        else row[first] = { [second]: text };
    });
    return row;
}

/** Text that does not fit the field's type is handed on as it is, and refused by name when saved. */
function fieldValue(org: Org, objectName: string, fieldName: string, text: string): FieldValue {
    if (text === NULL_TEXT) return null;
    switch (org.schema.field(objectName, fieldName)?.type) {
        case 'boolean':
            return /^(true|1)$/i.test(text) ? true : /^(false|0)$/i.test(text) ? false : text;
        case 'int':
        case 'double':
        case 'currency':
        case 'percent':
            return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
        default:
            return text;
    }
}
