// Queries of running Apex: values into binds, rows into records, errors into QueryException. The journal keeps the
// answers, so that a run resumed after a callout sees what it saw before.
import { OrgError } from '../org.ts';
import type { QueryOutcome } from '../org.ts';
import type { Schema } from '../schema/types.ts';
import { apexError } from './errors.ts';
import { recordList, toStored } from './sobjects.ts';
import type { Frame } from './transaction.ts';
import type { Value } from './values.ts';
import { ApexList, ApexMap, ApexSet, ApexSObject } from './values.ts';

/** The words that Apex allows at the end of a query, and the org's engine knows as an option. */
export const ALL_ROWS = /\bALL\s+ROWS\s*$/i;
const MAX_QUERIES = 100;
const MAX_ROWS = 50_000;

export interface QueryAnswer {
    rows: ApexList;
    count: number;
}

export function runQuery(
    frame: Frame,
    soql: string,
    binds: ReadonlyMap<string, Value>,
    asked: 'user' | 'system' | null
): QueryAnswer {
    const { tx } = frame;
    if (++tx.limits.queries > MAX_QUERIES) {
        throw apexError('LimitException', `Too many SOQL queries: ${tx.limits.queries}`);
    }
    const allRows = ALL_ROWS.test(soql);
    const text = soql.replace(ALL_ROWS, '').trim();
    const values = Object.fromEntries([...binds].map(([name, value]) => [name, bindValue(value)]));
    const outcome = tx.journal.next('query', text, () => ask(frame, text, values, allRows, asked));
    tx.limits.queryRows += outcome.records.length;
    if (tx.limits.queryRows > MAX_ROWS) {
        throw apexError('LimitException', `Too many query rows: ${MAX_ROWS + 1}`);
    }
    const type = outcome.records[0]?.attributes.type ?? typeOfNoRows(tx.org.schema, text);
    return { rows: recordList(tx.org.schema, outcome.records, type), count: outcome.totalSize };
}

/** What a list without records is a list of. */
function typeOfNoRows(schema: Schema, soql: string): string | null {
    const isGrouped = /\bGROUP\s+BY\b/i.test(soql.replace(/'(?:[^'\\]|\\.)*'/g, ''));
    return isGrouped ? 'AggregateResult' : (schema.object(fromName(soql))?.name ?? null);
}

function fromName(soql: string): string {
    return /\bFROM\s+(\w+)/i.exec(soql.replace(/\([^()]*\)/g, ''))?.[1] ?? '';
}

function ask(
    frame: Frame,
    soql: string,
    binds: Record<string, unknown>,
    allRows: boolean,
    asked: 'user' | 'system' | null
): QueryOutcome {
    const { tx } = frame;
    try {
        return tx.org.queries.query(tx.callContext(asked), soql, { binds, allRows });
    } catch (error) {
        if (error instanceof OrgError && error.errorCode !== 'LOCAL_ORG_NOT_SUPPORTED') {
            throw apexError('QueryException', error.message);
        }
        throw error;
    }
}

/** Collections become arrays; records stand for their ids. */
function bindValue(value: Value): unknown {
    if (value instanceof ApexList) return value.items.map(toStored);
    if (value instanceof ApexSet) return [...value.members.values()].map(toStored);
    if (value instanceof ApexMap) return [...value.entries.values()].map((entry) => toStored(entry.key));
    return value instanceof ApexSObject ? value.id : toStored(value);
}
