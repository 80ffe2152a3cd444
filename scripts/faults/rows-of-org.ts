// Everything the package keeps in an org, as text by which two orgs are the same or not: each row by its key, lookups by the key
// of the row they point at. Left out is what says when and by which run a row was written, and ids. Runs and calculations are
// keyed by the run, so they are judged by run-reports.ts and pay-chain.ts; a simulation is kept by its run and told without it.
import type { ConnectedOrg } from '../../service/test/support/local-org.ts';

const OF_RUNS = new Set(['Run__c', 'CalculationRun__c']);
const OF_THE_MOMENT =
    /^(Id|Name|IsDeleted|CreatedDate|CreatedById|LastModifiedDate|LastModifiedById|SystemModstamp|RunKey__c|DataAsOf__c|EngineVersion__c|\w+At__c)$/;
const RUN_KEY = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const NAMED_DIFFERENCES = 5;

export type Fields = Record<string, string | number | null>;

/** Lines in order; a doubled row is there twice. */
export function rowsOfOrg({ org }: ConnectedOrg): string[] {
    const tables = org.db
        .prepare(`SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE '%\\_\\_c' ESCAPE '\\'`)
        .pluck()
        .all() as string[];
    const rows = tables.flatMap((table) =>
        (org.db.prepare(`SELECT * FROM "${table}" WHERE "IsDeleted" = 0`).all() as Fields[]).map(
            (fields) => ({
                table,
                fields
            })
        )
    );
    const keys = new Map(rows.map(({ table, fields }) => [fields.Id, keyOf(table, fields)]));
    return rows
        .filter(({ table }) => !OF_RUNS.has(table))
        .map(({ table, fields }) => {
            const kept = Object.entries(fields).filter(([name]) => !OF_THE_MOMENT.test(name));
            const told = kept.map(([name, value]) => [name, keys.get(value) ?? value]);
            return `${keyOf(table, fields)}\t${JSON.stringify(told)}`.replaceAll(RUN_KEY, 'its run');
        })
        .sort();
}

function keyOf(table: string, fields: Fields): string {
    return OF_RUNS.has(table) ? `${table} of a run` : `${table} ${fields.ExternalKey__c ?? ''}`;
}

/** In sentences; none when the two are the same. */
export function differencesOf(found: readonly string[], expected: readonly string[]): string[] {
    const missing = Map.groupBy(without(expected, found), keyOfLine);
    const tooMuch = Map.groupBy(without(found, expected), keyOfLine);
    const all = [...new Set([...missing.keys(), ...tooMuch.keys()])].map((key) => {
        const lacking = missing.get(key)?.[0];
        const other = tooMuch.get(key)?.[0];
        if (other === undefined) return `${key} is missing`;
        if (lacking === undefined) return `${key} is there too often`;
        return `${key} has other ${otherFields(lacking, other).join(', ')}`;
    });
    const more = all.length - NAMED_DIFFERENCES;
    return more > 0 ? [...all.slice(0, NAMED_DIFFERENCES), `and ${more} rows more`] : all;
}

function keyOfLine(line: string): string {
    return line.slice(0, line.indexOf('\t'));
}

function otherFields(expected: string, found: string): string[] {
    const fields = (line: string) => JSON.parse(line.slice(line.indexOf('\t') + 1)) as [string, unknown][];
    const values = new Map(fields(found));
    return fields(expected).flatMap(([name, value]) => (values.get(name) === value ? [] : [name]));
}

/** One line takes away one equal line, so that doubles are seen. */
function without(lines: readonly string[], others: readonly string[]): string[] {
    const left = new Map<string, number>();
    for (const line of others) left.set(line, (left.get(line) ?? 0) + 1);
    return lines.filter((line) => {
        const count = left.get(line) ?? 0;
        if (count > 0) left.set(line, count - 1);
        return count === 0;
    });
}
