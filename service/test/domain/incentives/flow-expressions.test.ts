// Expressions may stand inside { } and [ ] as they are, although YAML would cut them at their commas.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'yaml';
import { quoteFlowExpressions } from '../../../src/domain/incentives/plan-file/flow-expressions.ts';
import { writeExpression } from '../../../src/domain/incentives/plan-file/write-expression.ts';
import { expressions } from './plan-arbitrary.ts';

function quoted(yaml: string): string {
    return quoteFlowExpressions(yaml).text;
}

describe('an expression inside { } or [ ]', () => {
    test.each([
        ['a: { b: min(1, 2) }', 'a: { b: "min(1, 2)" }'],
        [
            "- { when: product in ('A', 'B') and x, to: owner }",
            `- { when: "product in ('A', 'B') and x", to: owner }`
        ],
        ['a: [max(1, min(2, 3)), 4]', 'a: ["max(1, min(2, 3))", 4]'],
        ['{ a: { b: [{ c: f(x, (y + 1) * 2) }] } }', '{ a: { b: [{ c: "f(x, (y + 1) * 2)" }] } }'],
        ["a: { b: in (')', ',') , c: 1 }", `a: { b: "in (')', ',')" , c: 1 }`],
        ['a: { b: x in ("u", "v") }', 'a: { b: "x in (\\"u\\", \\"v\\")" }'],
        ['a: {\n  b: min(1,\n    2), c: 3\n}', 'a: {\n  b: "min(1,\\n    2)", c: 3\n}'],
        ['"a key": { b: min(1, 2) } # min(3, 4)', '"a key": { b: "min(1, 2)" } # min(3, 4)']
    ])('%s becomes %s', (yaml, text) => {
        expect(quoted(yaml)).toBe(text);
        expect(() => parse(text) as unknown).not.toThrow();
    });

    test('is read as it was written, whatever it is', () => {
        fc.assert(
            fc.property(expressions('credit'), (expression) => {
                const written = `min(1, ${writeExpression(expression)})`;
                fc.pre(!/["{}[\]]/.test(written));
                const read = parse(quoted(`x: { a: ${written}, b: [${written}] }`)) as {
                    x: { a: string; b: string[] };
                };
                expect([read.x.a, ...read.x.b]).toEqual([written, written]);
            }),
            { numRuns: 300 }
        );
    });
});

describe('what is no such expression stays as it stands', () => {
    test.each([
        'a: min(1, 2)',
        'a: { b: "min(1, 2)" }',
        "a: { b: 'min(1, 2)' }",
        'a: { b: (1 + 2) * 3 }',
        'a: { b: x(1, c: 2 }',
        'a: { b: rep (old, { c: 1 } }',
        'a: { b: 1 } # { c: min(1, 2) }',
        '# a: { b: min(1, 2) }',
        'a: |\n  { b: min(1, 2) }\n  text',
        'a: >-\n  x\n\n  { b: min(1, 2) }',
        'a: "{ b: min(1, 2) }"',
        'a: {',
        '{ a: "b',
        "a: { b: rep's (x, y's) ] , d: 'z' }"
    ])('%j', (yaml) => {
        expect(quoted(yaml)).toBe(yaml);
    });

    test('text after a block of text is read again', () => {
        expect(quoted('a: |\n  { x: min(1, 2) }\nb: { x: min(1, 2) }')).toBe(
            'a: |\n  { x: min(1, 2) }\nb: { x: "min(1, 2)" }'
        );
    });

    test('any text comes to an end', () => {
        const pieces = fc.constantFrom(
            '{',
            '}',
            '[',
            ']',
            '(',
            ')',
            ',',
            ':',
            ' ',
            '\n',
            "'",
            '"',
            'a',
            '#',
            '- ',
            '|'
        );
        fc.assert(
            fc.property(fc.array(pieces, { maxLength: 60 }), (list) => {
                const yaml = list.join('');
                const { text, originalOffset } = quoteFlowExpressions(yaml);
                expect(text.length).toBeGreaterThanOrEqual(yaml.length);
                expect(originalOffset(text.length)).toBe(yaml.length);
            }),
            { numRuns: 1000 }
        );
    });
});

test('places are those of the file, not of the text that was read', () => {
    const yaml = 'a: { b: min(1, 2), c: 3 }\nd: 4';
    const { text, originalOffset } = quoteFlowExpressions(yaml);
    for (const word of ['c:', '3', 'd:', '4'])
        expect(originalOffset(text.indexOf(word))).toBe(yaml.indexOf(word));
});
