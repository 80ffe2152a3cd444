// Reading rows by REST: page by page until done, and then exactly as many as announced. jsforce's own paging stops
// silently at 10,000 rows; this one fails instead. Rows arrive without namespace and without attributes.
import { IncompleteReadError } from './errors.ts';
import type { OrgClient } from './connect.ts';

export type RawRow = Record<string, unknown>;

export interface SelectQuery {
    object: string;
    fields: readonly string[];
    /** Without WHERE; custom names without namespace are not translated here, use names.q. */
    where?: string;
    orderBy?: string;
    /** Deleted and archived rows too. */
    allRows?: boolean;
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
    return `SELECT ${fields.map((field) => field.split('.').map(q).join('.')).join(', ')} FROM ${q(query.object)}${where}${orderBy}`;
}

/** Hands every row to `onRow`; returns how many there were. */
export async function readRows(
    client: OrgClient,
    query: SelectQuery,
    onRow: (row: RawRow) => void
): Promise<number> {
    const resource = query.allRows ? 'queryAll' : 'query';
    let path: string | undefined = `/${resource}?q=${encodeURIComponent(soqlOf(client, query))}`;
    let read = 0;
    let announced = 0;
    while (path) {
        const page: QueryPage = await client.request<QueryPage>('GET', path);
        for (const record of page.records) onRow(withoutNamespace(client, record));
        read += page.records.length;
        announced = page.totalSize;
        path = page.done ? undefined : page.nextRecordsUrl;
        if (!page.done && !path) break;
    }
    if (read !== announced) {
        throw new IncompleteReadError(
            'READ_INCOMPLETE',
            `Salesforce announced ${announced} rows of ${query.object} and sent ${read}.`,
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
    const resource = query.allRows ? 'queryAll' : 'query';
    const soql = soqlOf(client, { ...query, orderBy: undefined }, ['COUNT()']);
    const page = await client.request<QueryPage>('GET', `/${resource}?q=${encodeURIComponent(soql)}`);
    return page.totalSize;
}

/** `{ plumbline__Band__c: 'Watch' }` to `{ Band__c: 'Watch' }`; parents become flat columns, as in Bulk: `Account.Name`. */
function withoutNamespace(client: OrgClient, record: RawRow): RawRow {
    const row: RawRow = {};
    for (const [name, value] of Object.entries(record)) {
        if (name === 'attributes') continue;
        const own = client.names.strip(name);
        if (typeof value !== 'object' || value === null) row[own] = value;
        else for (const [field, inner] of Object.entries(withoutNamespace(client, value as RawRow))) row[`${own}.${field}`] = inner;
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
