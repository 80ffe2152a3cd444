// JSON whose numbers are exact: each is taken digit by digit as it stands in the file, never through a floating point number.
// How text becomes values is json-reader.ts.
import { Ratio } from '../../ratio.ts';
import { JsonReader } from './json-reader.ts';

export type Json = string | boolean | null | Ratio | Json[] | { [key: string]: Json };

/** Throws a ProblemError where the text is no JSON, with line and column. */
export function parseExactJson(text: string, where: string): Json {
    return new JsonReader(text, where).read();
}

export function isObject(value: Json | undefined): value is { [key: string]: Json } {
    return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Ratio);
}

/** What a problem shows of a value. */
export function shown(value: Json | undefined): string {
    if (value === undefined || value === null) return '';
    if (Array.isArray(value)) return `a list of ${value.length}`;
    return isObject(value) ? 'an object' : shortened(String(value));
}

/** Somebody reads it. */
function shortened(text: string): string {
    return text.length <= 120 ? text : `${text.slice(0, 120)}…`;
}
