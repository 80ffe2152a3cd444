// Plan, input and result as plain data for the checker: texts, lists and maps, every number exactly as it was written.
import { parse } from 'yaml';
import { hideCommas, showCommas } from './flow-commas.ts';
import { readExact, written, type Exact } from './exact.ts';
import { CannotDerive, type Value } from './values.ts';

export type Data = string | boolean | null | Exact | readonly Data[] | Table;
export interface Table {
    readonly [key: string]: Data;
}

export function readYaml(text: string): Table {
    return asTable(withCommas(parse(hideCommas(text), { schema: 'failsafe' }) as Data), 'the plan');
}

function withCommas(data: Data): Data {
    if (typeof data === 'string') return showCommas(data);
    if (Array.isArray(data)) return data.map(withCommas);
    if (!isTable(data)) return data;
    return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, withCommas(value)]));
}

export function readJson(text: string, what: string): Table {
    const asWritten = (_: string, value: unknown, { source }: { source?: string }): unknown =>
        typeof value === 'number' ? (readExact(source!) ?? source) : value;
    const read = JSON.parse as (text: string, reviver: typeof asWritten) => Data;
    return asTable(read(text, asWritten), what);
}

export function isExact(data: Data | undefined): data is Exact {
    return typeof data === 'object' && data !== null && 'top' in data && typeof data.top === 'bigint';
}

export function isTable(data: Data | undefined): data is Table {
    return typeof data === 'object' && data !== null && !Array.isArray(data) && !isExact(data);
}

export function asTable(data: Data | undefined, what: string): Table {
    if (isTable(data)) return data;
    throw new CannotDerive(`${what} is not a map of names and values`);
}

/** '' where nothing was given. */
export function asText(data: Data | undefined): string {
    if (isExact(data)) return written(data);
    return typeof data === 'string' || typeof data === 'boolean' ? String(data) : '';
}

/** A figure, text or truth; undefined for anything else. */
export function asValue(data: Data | undefined): Value | undefined {
    return typeof data === 'string' || typeof data === 'boolean' || isExact(data) ? data : undefined;
}

export function asNumber(data: Data | undefined, what: string): Exact {
    const number = isExact(data) ? data : typeof data === 'string' ? readExact(data) : null;
    if (number === null) throw new CannotDerive(`${what} is no figure`);
    return number;
}

export function tables(data: Data | undefined): Table[] {
    return Array.isArray(data) ? data.map((item: Data, index) => asTable(item, `item ${index + 1}`)) : [];
}

export function texts(data: Data | undefined): string[] {
    return Array.isArray(data) ? data.map((item: Data) => asText(item)) : [];
}

/** Named parts of a plan in their order: a map, or a list whose items have a `key`. */
export function named(data: Data | undefined): [string, Data][] {
    if (Array.isArray(data)) return tables(data).map((part) => [asText(part['key']), part]);
    return data === undefined ? [] : Object.entries(asTable(data, 'a part of the plan'));
}

export function namedTables(data: Data | undefined): [string, Table][] {
    return named(data).map(([key, part]) => [key, asTable(part, key)]);
}

/** A word's text in a map; null where it is not there. */
export function wordOf(data: Data | undefined, word: string): string | null {
    return isTable(data) && Object.hasOwn(data, word) ? asText(data[word]) : null;
}
