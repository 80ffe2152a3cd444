// Our formulas against formulon, an interpreter of Salesforce formulas by other hands, over generated formulas of the
// functions both have. Where it differs, the reason stands here and the formula is not generated.
import { createRequire } from 'node:module';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { evaluateFormula } from '../formula/formula.ts';
import type { ObjectDef } from '../schema/types.ts';
import { createMiniOrg } from './support/mini-schema.ts';

interface Answer {
    type: string;
    value: unknown;
    message?: string;
}

// The package has no types of its own.
const formulon: { parse(formula: string, fields: object): Answer } = createRequire(import.meta.url)(
    'formulon'
);
const { schema } = createMiniOrg();
const opportunity = schema.object('Opportunity') as ObjectDef;

/** What it answers differently, and what Salesforce documents. */
const DIFFERENCES: [formula: string, ours: unknown, theirs: unknown][] = [
    // A date that does not exist is an error there, so blank here; formulon counts on into the next month.
    ['TEXT(DATE(2026, 2, 30))', '', '2026-03-02'],
    // A blank number makes the result blank, as in every other function here; formulon leaves it out.
    ['MAX(1, NULL)', null, 1],
    // There are no more than three characters to take; formulon starts to count over.
    ['RIGHT("abc", 4)', 'abc', 'c']
];

function ours(formula: string): unknown {
    const input = { now: new Date('2026-11-21T12:00:00Z'), timeZone: 'UTC', value: () => null };
    return evaluateFormula(formula, opportunity, schema, input);
}

function theirs(formula: string): unknown {
    const answer = formulon.parse(formula, {});
    if (answer.type === 'error') throw new Error(`${formula}: ${answer.message}`);
    return answer.value;
}

type Kind = 'number' | 'text' | 'boolean';

const { number, text, boolean } = fc.letrec<Record<Kind, string>>((of) => {
    const call = (name: string, ...args: Kind[]): fc.Arbitrary<string> =>
        fc.tuple(...args.map((kind) => of(kind))).map((parts) => `${name}(${parts.join(', ')})`);
    const binary = (kind: 'number' | 'text', operators: string[]): fc.Arbitrary<string> =>
        fc.tuple(of(kind), fc.constantFrom(...operators), of(kind)).map((parts) => `(${parts.join(' ')})`);
    const small = fc.integer({ min: 0, max: 9 }).map(String);
    const literal = fc.constantFrom('"abc"', '"B"', '"a-b c"', '"12"', '" x "', '"Zürich"');
    const kinds = {
        number: fc.oneof(
            { maxDepth: 4 },
            small,
            fc.constantFrom('2.5', '0.125', '1.005', '100'),
            binary('number', ['+', '-', '*']),
            ...['ABS', 'FLOOR', 'CEILING', 'MFLOOR', 'MCEILING'].map((name) => call(name, 'number')),
            ...['MIN', 'MAX'].map((name) => call(name, 'number', 'number')),
            fc.tuple(of('number'), small).map(([value, digits]) => `ROUND(${value}, ${digits})`),
            call('IF', 'boolean', 'number', 'number'),
            call('LEN', 'text'),
            call('FIND', 'text', 'text'),
            call('CASE', 'number', 'number', 'number', 'number')
        ),
        text: fc.oneof(
            { maxDepth: 4 },
            literal,
            binary('text', ['&']),
            ...['UPPER', 'LOWER', 'TRIM'].map((name) => call(name, 'text')),
            fc.tuple(of('text'), small).map(([value, count]) => `LEFT(${value}, ${count})`),
            fc.tuple(literal, fc.constantFrom(0, 1)).map(([value, count]) => `RIGHT(${value}, ${count})`),
            fc.tuple(literal, literal, literal).map((parts) => `SUBSTITUTE(${parts.join(', ')})`),
            call('IF', 'boolean', 'text', 'text'),
            call('BLANKVALUE', 'text', 'text')
        ),
        boolean: fc.oneof(
            { maxDepth: 4 },
            fc.constantFrom('TRUE', 'FALSE'),
            binary('number', ['<', '<=', '>', '>=', '=', '<>']),
            binary('text', ['=', '<>']),
            ...['AND', 'OR'].map((name) => call(name, 'boolean', 'boolean')),
            call('NOT', 'boolean'),
            call('CONTAINS', 'text', 'text'),
            call('BEGINS', 'text', 'text'),
            call('ISBLANK', 'text')
        )
    };
    return kinds;
});

describe('formulas of both interpreters', () => {
    test.each([
        ['number', number],
        ['text', text],
        ['boolean', boolean]
    ])('give the same %s', (_kind, formulas) => {
        fc.assert(
            fc.property(formulas, (formula) => {
                const [mine, other] = [ours(formula), theirs(formula)];
                if (typeof mine === 'number') expect(mine).toBeCloseTo(other as number, 6);
                else expect(mine).toEqual(other);
            }),
            { numRuns: 400, seed: 2026 }
        );
    });

    test.each(DIFFERENCES)('%s differs, with reason', (formula, mine, other) => {
        expect(ours(formula)).toEqual(mine);
        expect(theirs(formula)).toEqual(other);
    });
});
