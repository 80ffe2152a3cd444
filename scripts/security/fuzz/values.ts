// Values made from a JSON schema: valid ones, ones at and beyond its limits, and ones that break it. fast-check draws them,
// so the same seed gives the same values.
import fc from 'fast-check';
import type { Schema } from './operations.ts';

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
type Values = fc.Arbitrary<Json>;

/** Stands in every hostile text, so that it can be looked for where no text of a request may turn up. */
export const MARK = 'Zebra-7f3a';

const MOST_ITEMS = 4;

export function validValue(schema: Schema): Values {
    if ('const' in schema) return fc.constant(schema.const as Json);
    if (schema.anyOf) return fc.oneof(...schema.anyOf.map(validValue));
    if (schema.type === 'object') return validObject(schema);
    if (schema.type === 'array') {
        const { minItems = 0, maxItems = MOST_ITEMS } = schema;
        return fc.array(validValue(schema.items ?? {}), {
            minLength: minItems,
            maxLength: Math.max(minItems, Math.min(maxItems, MOST_ITEMS))
        }) as Values;
    }
    if (schema.type === 'string') return validText(schema);
    if (schema.type === 'integer' || schema.type === 'number')
        return fc.integer({ min: schema.minimum ?? -1_000_000, max: schema.maximum ?? 1_000_000 });
    if (schema.type === 'boolean') return fc.boolean();
    if (schema.type === 'null') return fc.constant(null);
    return anyJson;
}

function validText({ pattern, minLength = 0, maxLength = 60 }: Schema): Values {
    if (pattern) return matching(pattern);
    return fc.string({ minLength, maxLength, unit: 'grapheme' }).filter((text) => text.length <= maxLength);
}

const pools = new Map<string, Values>();

/** Drawn from a few dozen that are made once: making a text that fits costs more than the whole request. */
function matching(pattern: string): Values {
    let pool = pools.get(pattern);
    if (!pool) {
        const texts = fc.sample(fc.stringMatching(new RegExp(pattern), { size: 'small' }), {
            seed: 11,
            numRuns: 60
        });
        pool = fc.constantFrom<Json>(...texts);
        pools.set(pattern, pool);
    }
    return pool;
}

function validObject(schema: Schema): Values {
    const { properties = {}, required = [], patternProperties, maxProperties = MOST_ITEMS } = schema;
    const named = fc.record(
        Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, validValue(one)])),
        { requiredKeys: required }
    );
    const [free] = Object.values(patternProperties ?? {});
    if (!free) return named as Values;
    return fc.dictionary(fc.string({ maxLength: 12 }), validValue(free), {
        maxKeys: maxProperties
    }) as Values;
}

/** At the limits of the schema, and one step beyond them. */
export function edgeValue(schema: Schema): Values {
    if (schema.anyOf) return fc.oneof(...schema.anyOf.map(edgeValue));
    if (schema.type === 'string' && !('const' in schema)) return fc.constantFrom(...edgeTexts(schema));
    if (schema.type === 'integer' || schema.type === 'number')
        return fc.constantFrom<Json>(...edgeNumbers(schema));
    return validValue(schema);
}

function edgeTexts({ minLength = 0, maxLength = 60 }: Schema): string[] {
    const lengths = [0, minLength - 1, minLength, maxLength, maxLength + 1, 4 * maxLength];
    return lengths.filter((length) => length >= 0).map((length) => 'x'.repeat(length));
}

function edgeNumbers({ minimum = 0, maximum = 1000 }: Schema): number[] {
    const odd = [
        0.5,
        -1,
        1e21,
        -1e308,
        Number.MAX_SAFE_INTEGER,
        Number.MAX_SAFE_INTEGER + 1,
        2 ** 31,
        5e-324
    ];
    return [minimum - 1, minimum, maximum, maximum + 1, ...odd];
}

/** Anything JSON can say, deep and wide things among it. */
export const anyJson: Values = fc.oneof(
    fc.jsonValue({ maxDepth: 4 }) as Values,
    fc.constantFrom<Json>(null, true, 0, -0, 1e308, '', [], {}, [[]], { length: 1e9 }, { toString: 'x' }),
    fc.integer({ min: 1, max: 2000 }).map((depth) => nested(depth))
);

function nested(depth: number): Json {
    let value: Json = 1;
    for (let level = 0; level < depth; level++) value = level % 2 ? [value] : { a: value };
    return value;
}

/** Texts that have broken other programs: each means something to a database, a shell, a page, a log or a parser. */
export const hostileText: fc.Arbitrary<string> = fc
    .constantFrom(
        `' OR Id != null --`,
        `\\' OR Name LIKE '%`,
        `' LIMIT 1 FOR UPDATE --`,
        `2026-Q3' AND (SELECT Id FROM User)`,
        `"; DROP TABLE run; --`,
        '$(touch /tmp/x)`id`',
        '<script>alert(1)</script>',
        '{{7*7}}#{7*7}<%= 7*7 %>',
        '../../../../etc/passwd',
        '..%2f..%2fetc%2fpasswd',
        '__proto__',
        'constructor.prototype.isAdmin',
        '=HYPERLINK("https://evil.example","x")',
        '+1+1|cmd',
        '\u0000nul',
        '\r\nSet-Cookie: a=b',
        '\u202Egnp.exe',
        '\uD800',
        '%s%n%x%d',
        'NaN',
        '9'.repeat(400),
        'é'.repeat(300),
        '(a+)+$'.repeat(20),
        '\u{1F4A9}'.repeat(40),
        '00D000000000001EAA'
    )
    .map((text) => `${text}${MARK}`);

/** A valid value with one of its parts replaced by what another source gives. */
export function withOnePartReplaced(values: Values, other: Values): Values {
    return fc.tuple(values, other, fc.nat()).map(([value, part, place]) => {
        const places = partsOf(value);
        return replacedAt(value, places[place % places.length]!, part);
    });
}

/** A valid value that lacks a property, or has one more: also those that other programs take for the prototype. */
export function withPropertyChanged(values: Values): Values {
    const extra = fc.constantFrom(
        '__proto__',
        'constructor',
        'prototype',
        'orgId',
        'tenant',
        'toString',
        '',
        MARK
    );
    return fc.tuple(values, extra, fc.nat(), fc.boolean()).map(([value, name, place, isExtra]) => {
        if (value === null || typeof value !== 'object' || Array.isArray(value)) return { [name]: value };
        const names = Object.keys(value);
        if (isExtra || names.length === 0) {
            const polluted = { isAdmin: true, prototype: { isAdmin: true } };
            // Not by a literal: there `__proto__` would set the prototype instead of naming a property.
            return Object.defineProperty({ ...value }, name, { value: polluted, enumerable: true });
        }
        const { [names[place % names.length]!]: _gone, ...rest } = value;
        return rest;
    });
}

type Place = (string | number)[];

function partsOf(value: Json, place: Place = []): Place[] {
    if (value === null || typeof value !== 'object') return [place];
    const inner = Object.entries(value).flatMap(([name, part]) => partsOf(part as Json, [...place, name]));
    return [place, ...inner];
}

function replacedAt(value: Json, [name, ...rest]: Place, part: Json): Json {
    if (name === undefined) return part;
    const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string, Json>;
    copy[name] = replacedAt(copy[name]!, rest, part);
    return copy;
}
