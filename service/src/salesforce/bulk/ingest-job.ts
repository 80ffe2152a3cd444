// Bulk API 2.0 ingest: one upsert job for many rows. Answers per row by external key, like a composite call does.
import { parse } from 'csv-parse/sync';
import type { OrgClient } from '../connect.ts';
import { sleep } from '../retry.ts';
import type { Sleep } from '../retry.ts';
import type { RowFields, RowResult } from '../write-rows.ts';
import { waitForJob } from './query-job.ts';

const KEY = 'ExternalKey__c';

/** Upserts rows that all have the key. In CSV an empty cell means "leave as it is", so null is written as #N/A. */
export async function upsertInBulk(
    client: OrgClient,
    object: string,
    rows: readonly RowFields[],
    pause: Sleep = sleep
): Promise<RowResult[]> {
    const { q } = client.names;
    const job = await client.request<{ id: string }>('POST', '/jobs/ingest', {
        object: q(object),
        operation: 'upsert',
        externalIdFieldName: q(KEY),
        contentType: 'CSV',
        lineEnding: 'LF'
    });
    const path = `/jobs/ingest/${job.id}`;
    await client.fetch('PUT', `${path}/batches`, csvOf(client, rows));
    await client.request('PATCH', path, { state: 'UploadComplete' });
    const ended = (await waitForJob(client, path, pause)) as { numberRecordsFailed?: number };
    const failed =
        ended.numberRecordsFailed === 0 ? new Map<string, string>() : await failedRows(client, path);
    return rows.map((row) => {
        const code = failed.get(String(row[KEY]));
        return code === undefined ? { ok: true } : { ok: false, code, fields: [] };
    });
}

export function csvOf(client: OrgClient, rows: readonly RowFields[]): string {
    const flat = rows.map(flatColumns);
    const columns = [...new Set(flat.flatMap((row) => Object.keys(row)))];
    const header = columns.map((column) => column.split('.').map(client.names.q).join('.'));
    const lines = flat.map((row) => columns.map((column) => cell(row[column])).join(','));
    return `${header.join(',')}\n${lines.join('\n')}\n`;
}

/** `{ DealHealth__r: { ExternalKey__c: x } }` becomes the column `DealHealth__r.ExternalKey__c`. */
function flatColumns(row: RowFields): Record<string, unknown> {
    const flat: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(row)) {
        if (typeof value !== 'object' || value === null) flat[name] = value;
        else for (const [field, inner] of Object.entries(value)) flat[`${name}.${field}`] = inner;
    }
    return flat;
}

function cell(value: unknown): string {
    if (value === undefined) return '';
    if (value === null) return '#N/A';
    const text = String(value);
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

async function failedRows(client: OrgClient, path: string): Promise<Map<string, string>> {
    const keyColumn = client.names.q(KEY);
    const failed = new Map<string, string>();
    for (const [list, fallback] of [
        ['failedResults', 'UNKNOWN_ERROR'],
        ['unprocessedrecords', 'NOT_PROCESSED']
    ]) {
        const response = await client.fetch('GET', `${path}/${list}`);
        const rows = parse(await response.text(), { columns: true, bom: true }) as Record<string, string>[];
        for (const row of rows) {
            // sf__Error reads "CODE:message:fields --".
            failed.set(row[keyColumn], /^[A-Z_]+/.exec(row['sf__Error'] ?? '')?.[0] ?? fallback);
        }
    }
    return failed;
}
