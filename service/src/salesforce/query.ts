// Reading rows by REST: page by page until done, and then exactly as many as announced. jsforce's own paging stops
// silently at 10,000 rows; this one fails instead. Rows arrive without namespace and without attributes.
import { API_VERSION } from './connect.ts';
import type { OrgClient } from './connect.ts';
import { IncompleteReadError } from './errors.ts';

export type RawRow = Record<string, unknown>;

export interface SelectQuery {
    object: string;
    fields: readonly string[];
    /** Fields of the customer's own, which have no namespace of the package. */
    ownFields?: readonly string[];
    /** Without WHERE; custom names without namespace are not translated here, use names.q. */
    where?: string;
    orderBy?: string;
    /** Deleted and archived rows too. */
    allRows?: boolean;
}

/** A query of few rows, which shares a call with others. */
export interface SmallRead {
    query: SelectQuery;
    onRow: (row: RawRow) => void;
}

interface QueryPage {
    totalSize: number;
    done: boolean;
    nextRecordsUrl?: string;
    records: RawRow[];
}

export function soqlOf(client: OrgClient, query: SelectQuery, fields = query.fields): string {
    const { q } = client.names;
    const where = query.where ? ` WHERE ${query.where}` : '';
    const orderBy = query.orderBy ? ` ORDER BY ${query.orderBy}` : '';
    const names = fields.map((field) => field.split('.').map(q).join('.'));
    const all = [...names, ...(query.ownFields ?? [])].join(', ');
    return `SELECT ${all} FROM ${q(query.object)}${where}${orderBy}`;
}

/** Hands every row to `onRow`; returns how many there were. */
export async function readRows(
    client: OrgClient,
    query: SelectQuery,
    onRow: (row: RawRow) => void
): Promise<number> {
    return readPages(client, query, await client.request<QueryPage>('GET', queryPath(client, query)), onRow);
}

/** Salesforce takes at most this many queries in one composite call. */
const QUERIES_A_CALL = 5;

/** Several small queries for the price of one call; further pages cost one each. Returns the number of all rows. */
export async function readTogether(client: OrgClient, reads: readonly SmallRead[]): Promise<number> {
    let read = 0;
    for (let start = 0; start < reads.length; start += QUERIES_A_CALL) {
        const some = reads.slice(start, start + QUERIES_A_CALL);
        const pages = await firstPages(
            client,
            some.map(({ query }) => query)
        );
        for (const [index, { query, onRow }] of some.entries()) {
            read += await readPages(client, query, pages[index], onRow);
        }
    }
    return read;
}

async function firstPages(client: OrgClient, queries: readonly SelectQuery[]): Promise<QueryPage[]> {
    const compositeRequest = queries.map((query, index) => ({
        method: 'GET',
        url: `/services/data/v${API_VERSION}${queryPath(client, query)}`,
        referenceId: `query${index}`
    }));
    const body = { allOrNone: false, compositeRequest };
    const answer = await client.request<CompositeAnswer>('POST', '/composite', body, true);
    return answer.compositeResponse.map(({ httpStatusCode, body: page }) => {
        if (httpStatusCode < 300) return page as QueryPage;
        const [error] = page as { errorCode: string }[];
        throw Object.assign(new Error('A query was refused.'), { errorCode: error?.errorCode });
    });
}

interface CompositeAnswer {
    compositeResponse: { httpStatusCode: number; body: QueryPage | { errorCode: string }[] }[];
}

function queryPath(client: OrgClient, query: SelectQuery, fields = query.fields): string {
    return `/${query.allRows ? 'queryAll' : 'query'}?q=${encodeURIComponent(soqlOf(client, query, fields))}`;
}

async function readPages(
    client: OrgClient,
    query: SelectQuery,
    first: QueryPage,
    onRow: (row: RawRow) => void
): Promise<number> {
    let read = 0;
    for (let page = first; ;) {
        for (const record of page.records) onRow(withoutNamespace(client, record));
        read += page.records.length;
        if (page.done || !page.nextRecordsUrl) break;
        page = await client.request<QueryPage>('GET', page.nextRecordsUrl);
    }
    if (read !== first.totalSize) {
        throw new IncompleteReadError(
            'READ_INCOMPLETE',
            `Salesforce announced ${first.totalSize} rows of ${query.object} and sent ${read}.`,
            'Run again; if it stays, tell support.'
        );
    }
    return read;
}

export async function readList(client: OrgClient, query: SelectQuery): Promise<RawRow[]> {
    const rows: RawRow[] = [];
    await readRows(client, query, (row) => rows.push(row));
    return rows;
}

export async function countRows(client: OrgClient, query: SelectQuery): Promise<number> {
    const path = queryPath(client, { ...query, orderBy: undefined, ownFields: [] }, ['COUNT()']);
    const page = await client.request<QueryPage>('GET', path);
    return page.totalSize;
}

/** `{ plumbline__Band__c: 'Watch' }` to `{ Band__c: 'Watch' }`; parents become flat columns, as in Bulk: `Account.Name`. */
function withoutNamespace(client: OrgClient, record: RawRow): RawRow {
    const row: RawRow = {};
    for (const [name, value] of Object.entries(record)) {
        if (name === 'attributes') continue;
        const own = client.names.strip(name);
        if (typeof value !== 'object' || value === null) row[own] = value;
        else
            for (const [field, inner] of Object.entries(withoutNamespace(client, value as RawRow)))
                row[`${own}.${field}`] = inner;
    }
    return row;
}

/** A text as a SOQL literal. */
export function quoted(text: string): string {
    return `'${text.replace(/[\\']/g, (character) => `\\${character}`)}'`;
}

export function idList(ids: readonly string[]): string {
    return `(${ids.map(quoted).join(',')})`;
}
