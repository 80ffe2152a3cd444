// Expressions from text to value and back to text.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ProblemError } from '../../../src/domain/problem.ts';
import { Ratio } from '../../../src/domain/ratio.ts';
import { evaluate, type Scope } from '../../../src/domain/incentives/evaluate.ts';
import { namesIn, type Value } from '../../../src/domain/incentives/expression.ts';
import { parseExpression, parseNumber } from '../../../src/domain/incentives/parse-expression.ts';
import { writeExpression } from '../../../src/domain/incentives/plan-file/write-expression.ts';
import { expressions } from './plan-arbitrary.ts';

function scopeOf(names: Record<string, Value>, groups: Record<string, Record<string, Value>[]> = {}): Scope {
    return {
        where: 'the test',
        name: (path) => names[path.join('.')],
        table: (key, x, y) => x.times(y ?? Ratio.of(key.length)),
        group: (name) => groups[name]?.map((member) => scopeOf(member)) ?? null
    };
}

function valueOf(text: string, names: Record<string, Value> = {}, groups = {}): string {
    const value = evaluate(parseExpression(text, 'the test'), scopeOf(names, groups));
    return value instanceof Ratio ? value.toString() : String(value);
}

function problemOf(run: () => unknown): { code: string; fix: string } {
    try {
        run();
    } catch (error) {
        if (error instanceof ProblemError) return error.problem;
        throw error;
    }
    throw new Error('nothing was wrong');
}

const x = Ratio.of(7);

describe('the value of an expression', () => {
    test.each([
        ['1 + 2 * 3', '7'],
        ['(1 + 2) * 3', '9'],
        ['10 - 2 - 3', '5'],
        ['2 / 3 / 4', '1/6'],
        ['-x + 1', '-6'],
        ['- -x', '7'],
        ['100 * 5%', '5'],
        ['10000 * 25bp', '25'],
        ['0.1 + 0.2 = 0.3', 'true'],
        ['1 < 2 and 2 < 1 or true', 'true'],
        ['not x = 7', 'false'],
        ['not not true', 'true'],
        ["'Bond' = product", 'true'],
        ['"Bond" = product', 'true'],
        ["'it''s' = quoted", 'true'],
        ["product in ('Loan', 'Bond')", 'true'],
        ['x in (1, 2, 7.0)', 'true'],
        ["product != 'Loan'", 'true'],
        ['text = 7', 'true'],
        ['if(x > 5, 10%, 5%)', '0.1'],
        ['default(missing, 3)', '3'],
        ['default(x, 3)', '7'],
        ['given(missing)', 'false'],
        ['min(3, x, 2.5)', '2.5'],
        ['max(3, x, 2.5)', '7'],
        ['abs(-x)', '7'],
        ['floor(-0.5)', '-1'],
        ['ceil(-0.5)', '0'],
        ['round(2.345, 0.01)', '2.34'],
        ["round(2.345, 0.01, 'half-up')", '2.35'],
        ["days('2026-02-27', '2026-03-01')", '2'],
        ['days(2028-02-28, 2028-03-01)', '2'],
        ["months('2026-01-31', '2026-02-27')", '0'],
        ["addMonths('2026-01-31', 1)", '2026-02-28'],
        ['day >= 2026-04-01', 'true'],
        ['year(day)', '2026'],
        ['month(day)', '4'],
        ["table('grid', x)", '28'],
        ["table('grid', x, 2)", '14'],
        ['sum(team, sales)', '30'],
        ['count(team, sales > 10)', '1'],
        ['average(team, sales)', '15'],
        ['rank(team, sales)', '2'],
        ['sum(nobody, sales) + average(nobody, sales)', '0']
    ])('%s is %s', (text, value) => {
        const names = {
            x,
            product: 'Bond',
            quoted: "it's",
            text: '7.0',
            day: '2026-04-05',
            sales: Ratio.of(15)
        };
        const groups = { team: [{ sales: Ratio.of(10) }, { sales: Ratio.of(20) }], nobody: [] };
        expect(valueOf(text, names, groups)).toBe(value);
    });

    test('a condition that is not asked for is not worked out', () => {
        expect(valueOf('if(true, 1, 1 / 0)')).toBe('1');
        expect(valueOf('false and 1 / 0 > 1')).toBe('false');
        expect(valueOf('true or missing')).toBe('true');
    });

    test.each([
        ['missing + 1', 'NOT_GIVEN'],
        ['1 / (x - 7)', 'DIVISION_BY_ZERO'],
        ["'Bond' * 2", 'FIGURE_WANTED'],
        ['if(x, 1, 2)', 'CONDITION_WANTED'],
        ["x < 'Bond'", 'NOT_COMPARABLE'],
        ['sum(crew, 1)', 'GROUP_UNKNOWN'],
        ["round(1, 1, 'sideways')", 'ROUNDING_MODE_UNKNOWN'],
        ["days('2026-02-29', '2026-03-01')", 'DATE_INVALID']
    ])('%s is a problem: %s', (text, code) => {
        expect(problemOf(() => valueOf(text, { x })).code).toBe(code);
    });

    test('names are found in order of writing', () => {
        const names = namesIn(parseExpression("if(a in (b, c.d), -e, sum(team, 'f'))", ''));
        expect(names.map((path) => path.join('.'))).toEqual(['a', 'b', 'c.d', 'e', 'team']);
    });
});

describe('the text of an expression', () => {
    test.each([
        ['1 +', 'is missing where it ends, at character 4'],
        ['(1 + 2', "')' is missing"],
        ['a == b', 'write = instead of =='],
        ['a && b', 'write and'],
        ['a OR b', 'write or instead of OR'],
        ["product = 'Bond", 'the quote at character 11 is not closed'],
        ['1 2', "where '2' stands"],
        ['a.b.', "'.'"],
        ['a b', "where 'b' stands"]
    ])('%j is refused and says why: %s', (text, why) => {
        const { code, fix } = problemOf(() => parseExpression(text, 'here'));
        expect(code).toBe('EXPRESSION_INVALID');
        expect(fix).toContain(why);
    });

    test.each([
        ['brackets', `${'('.repeat(5000)}1`, 'nested more than 100 deep'],
        ['signs', `${'-'.repeat(5000)}1`, 'nested more than 100 deep'],
        ['digits', '9'.repeat(101), 'at most 100 digits'],
        ['nothing', '', 'is missing where it ends']
    ])('too many %s, or too few, are refused', (_, text, why) => {
        expect(problemOf(() => parseExpression(text, 'here')).fix).toContain(why);
    });

    test('any text is either an expression or a problem', () => {
        const pieces = fc.constantFrom(
            'a',
            '.',
            '1',
            '%',
            "'",
            '(',
            ')',
            ',',
            '=',
            'if',
            'not',
            ' ',
            'in',
            '-',
            '2026-01-01'
        );
        fc.assert(
            fc.property(
                fc.oneof(
                    fc.string(),
                    fc.array(pieces).map((list) => list.join(''))
                ),
                (text) => {
                    try {
                        parseExpression(text, 'here');
                    } catch (error) {
                        expect(error).toBeInstanceOf(ProblemError);
                    }
                }
            ),
            { numRuns: 500 }
        );
    });

    test('written and read again it is the same, with no brackets to spare', () => {
        fc.assert(
            fc.property(expressions('credit'), (expression) => {
                expect(parseExpression(writeExpression(expression), '')).toEqual(expression);
            }),
            { numRuns: 500 }
        );
        expect(writeExpression(parseExpression('((a + b)) * (c - (d - e))', ''))).toBe(
            '(a + b) * (c - (d - e))'
        );
    });

    test.each([
        ['5%', '0.05'],
        [' 25 bp', '0.0025'],
        ['2/3', '2/3'],
        ['10%/4', '0.025'],
        ['-1.50', '-1.5']
    ])('%s as a number of an input is %s', (text, value) => {
        expect(parseNumber(text)!.toString()).toBe(value);
    });

    test.each(['', 'Bond', '1/0', '1/2/3', '5%%', '1e1000'])('%j is no number', (text) => {
        expect(parseNumber(text)).toBeNull();
    });

    test('a number of an input has at most a hundred digits', () => {
        expect(parseNumber('9'.repeat(100))).not.toBeNull();
        expect(parseNumber('9'.repeat(101))).toBeNull();
    });
});
