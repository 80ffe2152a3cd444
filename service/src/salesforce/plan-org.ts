// The calls plan-store.ts makes to an org: rows by key, judged one by one; a refusal is a problem with Salesforce's own code and words.
// Names go with the namespace of the package.
import type { Connection } from 'jsforce';
import { ProblemError } from '../domain/problem.ts';
import type { Names } from './names.ts';
import { quoted } from './query.ts';
import { ROWS_A_CALL, type RowFields } from './write-rows.ts';

export interface PlanOrg {
    connection: Connection;
    names: Names;
}

const VERSION_FIELDS = [
    'Id',
    'ExternalKey__c',
    'Status__c',
    'Definition__c',
    'DefinitionHash__c',
    'Examples__c'
] as const;

/** Blank fields are ''. */
export type HeldVersion = Record<(typeof VERSION_FIELDS)[number], string>;

/** The one that came into the org last, where several fit. */
export async function heldVersion(org: PlanOrg, field: string, value: string): Promise<HeldVersion | null> {
    const { q } = org.names;
    const { records } = await org.connection.query<Record<string, string | null>>(
        `SELECT ${VERSION_FIELDS.map(q).join(', ')} FROM ${q('PlanVersion__c')}
         WHERE ${pathOf(org, field)} = ${quoted(value)} ORDER BY CreatedDate DESC, Id DESC LIMIT 1`
    );
    const [row] = records;
    if (!row) return null;
    return Object.fromEntries(VERSION_FIELDS.map((name) => [name, row[q(name)] ?? ''])) as HeldVersion;
}

export async function upsert(org: PlanOrg, object: string, rows: readonly RowFields[]): Promise<void> {
    const { connection, names } = org;
    for (const sent of inCalls(rows)) {
        const results = await connection
            .sobject(names.q(object))
            .upsert(sent.map(names.row) as never, names.q('ExternalKey__c'), { allOrNone: true });
        judge(
            object,
            sent.map((row) => String(row['ExternalKey__c'])),
            results
        );
    }
}

/** Deletes the rows of a version, found by the path to it, that are not among those wanted. */
export async function removeOthers(
    org: PlanOrg,
    object: string,
    parent: string,
    versionKey: string,
    wanted: readonly RowFields[]
): Promise<void> {
    const { connection, names } = org;
    const key = names.q('ExternalKey__c');
    const { records } = await connection.query<Record<string, string>>(
        `SELECT Id, ${key} FROM ${names.q(object)} WHERE ${pathOf(org, `${parent}.ExternalKey__c`)} = ${quoted(versionKey)}`,
        { autoFetch: true, maxFetch: MOST_ROWS }
    );
    // The org takes keys in large and small letters for the same.
    const kept = new Set(wanted.map((row) => String(row['ExternalKey__c']).toLowerCase()));
    const gone = records.filter((row) => !kept.has(String(row[key]).toLowerCase()));
    for (const rows of inCalls(gone)) {
        const ids = rows.map(({ Id }) => String(Id));
        judge(object, ids, await connection.sobject(names.q(object)).destroy(ids, { allOrNone: true }));
    }
}

/** More than any plan has. */
const MOST_ROWS = 50_000;

function pathOf({ names }: PlanOrg, path: string): string {
    return path.split('.').map(names.q).join('.');
}

/** One call after the other: rows that come later may need those before. */
function inCalls<T>(rows: readonly T[]): T[][] {
    return Array.from({ length: Math.ceil(rows.length / ROWS_A_CALL) }, (_, index) =>
        rows.slice(index * ROWS_A_CALL, (index + 1) * ROWS_A_CALL)
    );
}

interface SaveResult {
    success: boolean;
    errors: { statusCode?: string; errorCode?: string; message: string }[];
}

/** The row that is at fault, not those that were rolled back because of it. */
function judge(object: string, names: readonly string[], answer: unknown): void {
    const results = [answer].flat() as SaveResult[];
    const codeOf = ({ errors: [first] }: SaveResult): string => first?.statusCode ?? first?.errorCode ?? '';
    const failed = results.filter(({ success }) => !success);
    const cause = failed.find((one) => codeOf(one) !== 'ALL_OR_NONE_OPERATION_ROLLED_BACK') ?? failed[0];
    if (!cause) return;
    throw new ProblemError({
        code: codeOf(cause),
        where: object,
        value: names[results.indexOf(cause)] ?? '',
        fix: cause.errors[0]?.message ?? ''
    });
}
