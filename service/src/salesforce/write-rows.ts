// Upserting rows by ExternalKey__c and judging every row's result: transient failures are tried again in rounds with
// growing, varying waits, others are the caller's to report. Knows nothing of what the rows mean.
import { upsertInBulk } from './bulk/ingest-job.ts';
import { API_VERSION } from './connect.ts';
import type { OrgClient } from './connect.ts';
import { codeOf } from './errors.ts';
import { isTransientFailure, sleep, waitMs } from './retry.ts';
import type { Sleep } from './retry.ts';

export type RowValue = string | number | boolean | null;
/** Field names without namespace; a parent is named by its key: `{ DealHealth__r: { ExternalKey__c: x } }`. */
export type RowFields = Record<string, RowValue | Record<string, RowValue>>;

export type RowResult = { ok: true } | { ok: false; code: string; fields: string[] };

export const ROWS_A_CALL = 200;
/** More rows than this go as one bulk job. */
export const BULK_ABOVE = 2000;
const ROUNDS = 5;
const FIRST_WAIT_MS = 400;

const TRANSIENT_CODES = new Set([
    'UNABLE_TO_LOCK_ROW',
    'QUERY_TIMEOUT',
    'REQUEST_RUNNING_TOO_LONG',
    'SERVER_UNAVAILABLE',
    'CONCURRENT_REQUESTS_LIMIT_EXCEEDED',
    'NOT_PROCESSED',
    'CONNECTION_BROKEN'
]);

export interface WriteOptions {
    sleep?: Sleep;
    random?: () => number;
    rounds?: number;
}

/** One result for each row, in order. At most BULK_ABOVE rows go by composite calls, more as a bulk job. */
export async function upsertRows(
    client: OrgClient,
    object: string,
    rows: readonly RowFields[],
    options: WriteOptions = {}
): Promise<RowResult[]> {
    return inRounds(rows, options, (pending) => sendOnce(client, object, pending, options.sleep));
}

/** One result for each row, in order; rows are named by `id` and are there already. */
export async function updateRows(
    client: OrgClient,
    object: string,
    rows: readonly (RowFields & { id: string })[],
    options: WriteOptions = {}
): Promise<RowResult[]> {
    return inRounds(rows, options, (pending) =>
        inCalls(pending, (some) => saveRows(client, object, some, ''))
    );
}

async function inRounds(
    rows: readonly RowFields[],
    options: WriteOptions,
    send: (rows: readonly RowFields[]) => Promise<RowResult[]>
): Promise<RowResult[]> {
    const results = new Array<RowResult>(rows.length);
    let pending = rows.map((_row, index) => index);
    for (let round = 1; pending.length > 0; round += 1) {
        const answers = await send(pending.map((index) => rows[index]!));
        for (const [at, index] of pending.entries()) results[index] = answers[at];
        pending = pending.filter((index) => isTransient(results[index]));
        if (pending.length === 0 || round === (options.rounds ?? ROUNDS)) break;
        await (options.sleep ?? sleep)(waitMs(FIRST_WAIT_MS, round, options.random));
    }
    return results;
}

function isTransient(result: RowResult): boolean {
    return !result.ok && TRANSIENT_CODES.has(result.code);
}

async function sendOnce(
    client: OrgClient,
    object: string,
    rows: readonly RowFields[],
    pause?: Sleep
): Promise<RowResult[]> {
    if (rows.length > BULK_ABOVE) return upsertInBulk(client, object, rows, pause);
    return inCalls(rows, (some) => saveRows(client, object, some, byKey(client, object)));
}

async function inCalls(
    rows: readonly RowFields[],
    save: (rows: readonly RowFields[]) => Promise<RowResult[]>
): Promise<RowResult[]> {
    const results: RowResult[] = [];
    for (let start = 0; start < rows.length; start += ROWS_A_CALL)
        results.push(...(await save(rows.slice(start, start + ROWS_A_CALL))));
    return results;
}

/** At most ROWS_A_CALL rows of one object, upserted by ExternalKey__c. */
export interface RowsOfObject {
    object: string;
    rows: readonly RowFields[];
}

/** Rows of several objects for the price of one call, saved in this order; one result for each row, as of upsertRows, but nothing
 *  is tried again. */
export async function upsertTogether(
    client: OrgClient,
    parts: readonly RowsOfObject[]
): Promise<RowResult[][]> {
    const compositeRequest = parts.map(({ object, rows }, index) => ({
        method: 'PATCH',
        url: `/services/data/v${API_VERSION}/composite/sobjects${byKey(client, object)}`,
        referenceId: `rows${index}`,
        body: recordsOf(client, object, rows)
    }));
    try {
        const body = { allOrNone: false, compositeRequest };
        const { compositeResponse } = await client.request<CompositeAnswer>('POST', '/composite', body);
        return compositeResponse.map(({ httpStatusCode, body: saved }, index) =>
            httpStatusCode < 300
                ? (saved as SaveResult[]).map(rowResult)
                : refusedAll(parts[index]!.rows, (saved as { errorCode: string }[])[0]?.errorCode)
        );
    } catch (error) {
        const code = transientCodeOf(error);
        if (code === null) throw error;
        return parts.map(({ rows }) => refusedAll(rows, code));
    }
}

interface CompositeAnswer {
    compositeResponse: { httpStatusCode: number; body: SaveResult[] | { errorCode: string }[] }[];
}

interface SaveResult {
    success: boolean;
    errors: { statusCode: string; fields?: string[] }[];
}

/** A call that broke may or may not have been carried out: it is simply sent again, keys and ids make that safe. */
async function saveRows(
    client: OrgClient,
    object: string,
    rows: readonly RowFields[],
    by: string
): Promise<RowResult[]> {
    try {
        const body = recordsOf(client, object, rows);
        const saved = await client.request<SaveResult[]>('PATCH', `/composite/sobjects${by}`, body);
        return saved.map(rowResult);
    } catch (error) {
        const code = transientCodeOf(error);
        if (code === null) throw error;
        return refusedAll(rows, code);
    }
}

/** Null when trying again would not help. */
function transientCodeOf(error: unknown): string | null {
    if (isTransientFailure(error)) return 'CONNECTION_BROKEN';
    const code = codeOf(error);
    return TRANSIENT_CODES.has(code) ? code : null;
}

function refusedAll(rows: readonly RowFields[], code = 'UNKNOWN_ERROR'): RowResult[] {
    return rows.map(() => ({ ok: false, code, fields: [] }));
}

function byKey({ names: { q } }: OrgClient, object: string): string {
    return `/${q(object)}/${q('ExternalKey__c')}`;
}

function recordsOf({ names }: OrgClient, object: string, rows: readonly RowFields[]): object {
    const type = names.q(object);
    return { allOrNone: false, records: rows.map((row) => ({ attributes: { type }, ...names.row(row) })) };
}

function rowResult({ success, errors }: SaveResult): RowResult {
    if (success) return { ok: true };
    const [first] = errors;
    return { ok: false, code: first?.statusCode ?? 'UNKNOWN_ERROR', fields: first?.fields ?? [] };
}

/** Deletes by id, 200 a call; rows that are already gone count as deleted. Returns the codes of the others. */
export async function deleteRows(client: OrgClient, ids: readonly string[]): Promise<string[]> {
    const failures: string[] = [];
    for (let start = 0; start < ids.length; start += ROWS_A_CALL) {
        const list = ids.slice(start, start + ROWS_A_CALL).join(',');
        const saved = await client.request<SaveResult[]>(
            'DELETE',
            `/composite/sobjects?ids=${list}&allOrNone=false`
        );
        for (const result of saved) {
            const code = result.success ? null : (result.errors[0]?.statusCode ?? 'UNKNOWN_ERROR');
            if (code !== null && code !== 'ENTITY_IS_DELETED') failures.push(code);
        }
    }
    return failures;
}
