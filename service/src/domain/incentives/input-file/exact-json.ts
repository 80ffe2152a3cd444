// JSON whose numbers are exact: each is taken digit by digit as it stands in the file, never through a floating point number.
import { ProblemError } from '../../problem.ts';
import { Ratio } from '../../ratio.ts';
import { parseNumber } from '../parse-expression.ts';

export type Json = string | boolean | null | Ratio | Json[] | { [key: string]: Json };

/** Throws a ProblemError where the text is no JSON. */
export function parseExactJson(text: string, where: string): Json {
    try {
        const revive = (_: string, value: unknown, context: { source?: string }): unknown =>
            typeof value === 'number' ? exactly(context.source!) : value;
        // Node 24 passes the source of each number; TypeScript's library does not know that yet.
        return JSON.parse(
            text.replace(/^\uFEFF/, ''),
            revive as (key: string, value: unknown) => unknown
        ) as Json;
    } catch (error) {
        if (!(error instanceof SyntaxError) && !(error instanceof RangeError)) throw error;
        throw new ProblemError({
            code: 'JSON_INVALID',
            where,
            value: text.slice(0, 40),
            fix: `Correct the JSON: ${error.message}.`
        });
    }
}

/** Numbers too long to be meant stay text, and are refused where a figure is wanted. */
function exactly(source: string): Ratio | string {
    return parseNumber(source) ?? source;
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
