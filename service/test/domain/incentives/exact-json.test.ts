// JSON as an input file has it: the same values as JSON.parse, exact, with the place of whatever is wrong.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseExactJson, type Json } from '../../../src/domain/incentives/input-file/exact-json.ts';
import { keysTwice } from '../../../src/domain/incentives/input-file/json-reader.ts';
import { ProblemError } from '../../../src/domain/problem.ts';
import { Ratio } from '../../../src/domain/ratio.ts';

/** Figures as numbers again, for comparing. */
function plain(value: Json): unknown {
    if (value instanceof Ratio) return Number(value.toString());
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]));
}

function problemOf(text: string): string {
    try {
        parseExactJson(text, 'the input');
    } catch (error) {
        if (error instanceof ProblemError) return `${error.problem.where}: ${error.problem.fix}`;
        throw error;
    }
    return '';
}

/** JSON without figures that have an exponent or are no finite decimals. */
const jsonValue = fc.letrec((tie) => ({
    value: fc.oneof(
        fc.string(),
        fc.boolean(),
        fc.constant(null),
        fc.integer(),
        fc.array(tie('value')),
        fc.dictionary(fc.string(), tie('value'))
    )
})).value;

describe('values', () => {
    test('are those JSON.parse has, however the text is spaced', () => {
        fc.assert(
            fc.property(jsonValue, fc.constantFrom(0, 2, '\t'), (value, space) => {
                const text = JSON.stringify(value, null, space);
                expect(plain(parseExactJson(text, 'x'))).toEqual(JSON.parse(text));
            })
        );
    });

    test('text is no JSON exactly where JSON.parse finds none', () => {
        fc.assert(
            fc.property(
                fc.array(fc.constantFrom(...'{}[]",:\\ \nu0-1.e', 'true', 'nul', '"a"'), { maxLength: 12 }),
                (parts) => {
                    const text = parts.join('');
                    let isJson = true;
                    try {
                        JSON.parse(text);
                    } catch {
                        isJson = false;
                    }
                    expect([text, problemOf(text) === '']).toEqual([text, isJson]);
                }
            )
        );
    });

    test('a figure is what its digits say', () => {
        const value = parseExactJson('[0.1, 12345678901234567.89, -1e-3]', 'x') as Ratio[];
        expect(value.map(String)).toEqual(['0.1', '12345678901234567.89', '-0.001']);
    });

    test('no word of the input becomes what every object has', () => {
        const value = parseExactJson('{ "__proto__": { "admin": true } }', 'x') as Record<string, Json>;
        expect(Object.keys(value)).toEqual(['__proto__']);
        expect(value['admin']).toBeUndefined();
    });
});

describe('what is wrong is told with its line and column', () => {
    test.each([
        ['', 'the input (line 1, column 1): Correct the JSON: the text ends, and a value is wanted here'],
        [
            '{\n  "a": 1,\n}',
            'the input (line 3, column 1): Correct the JSON: a key in double quotes is wanted here'
        ],
        ["{ 'a': 1 }", 'the input (line 1, column 3): Correct the JSON: a key in double quotes'],
        [
            '{\n"a" 1 }',
            'the input (line 2, column 5): Correct the JSON: a colon is wanted between key and value'
        ],
        ['[1 2]', 'the input (line 1, column 4): Correct the JSON: a comma or ] is wanted here'],
        ['["a]', 'the input (line 1, column 2): Correct the JSON: this text does not end'],
        ['{} {}', 'the input (line 1, column 4): Correct the JSON: nothing more may follow here'],
        ['['.repeat(200_000), 'Correct the JSON: ']
    ])('%.20j', (text, told) => {
        expect(problemOf(text)).toContain(told);
    });
});

test('a key that is written twice is known with the place of the second, in whatever depth', () => {
    const value = parseExactJson('{ "a": [{ "b": 1,\n "c": 2, "b": 3 }] }', 'x') as { a: [object] };
    expect(keysTwice(value)).toEqual([]);
    expect(keysTwice(value.a[0])).toEqual([{ key: 'b', line: 2, column: 10 }]);
});
