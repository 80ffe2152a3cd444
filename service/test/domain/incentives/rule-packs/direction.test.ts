import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Ratio } from '../../../../src/domain/ratio.ts';
import { evaluate, type Scope } from '../../../../src/domain/incentives/evaluate.ts';
import { parseExpression } from '../../../../src/domain/incentives/parse-expression.ts';
import { parsePlan } from '../../../../src/domain/incentives/parse-plan.ts';
import { tableValue } from '../../../../src/domain/incentives/rate-table.ts';
import { Directions } from '../../../../src/domain/incentives/rule-packs/direction.ts';

const { plan } = parsePlan(`plan: p
currency: USD
period: month
parameters: { half: 50%, more: param.half * 3 }
tables:
  falling: { mode: step, rows: [{ from: 0, to: 2, value: 100% }, { from: 2, value: 40% }] }
  rising: { mode: interpolated, rows: [{ at: 0, value: 0 }, { at: 10, value: 5 }] }
  waving: { mode: step, rows: [{ from: 0, to: 2, value: 1 }, { from: 2, to: 4, value: 2 }, { from: 4, value: 1 }] }
  added: { mode: marginal, rows: [{ from: 0, to: 2, value: 10% }, { from: 2, value: 1% }] }
components: { c: { per: period, base: 1 } }
`);
const directions = new Directions(plan!, new Map([['fact.breaches', 'up']]));

const directionOf = (text: string): string => directions.of(parseExpression(text, 'test'));

test.each([
    ['100', 'constant'],
    ['measure.sales * 6%', 'constant'],
    ['fact.breaches', 'up'],
    ['-fact.breaches', 'down'],
    ['1 - fact.breaches * 10%', 'down'],
    ['measure.sales / (1 + fact.breaches)', 'down'],
    ['measure.sales * (5 - 7)', 'constant'],
    ['fact.breaches * (measure.sales - 100)', 'unknown'],
    ['fact.breaches > 2', 'up'],
    ['fact.breaches = 0', 'down'],
    ['fact.breaches != 0', 'up'],
    ['fact.breaches = 3', 'unknown'],
    ['not fact.breaches > 2', 'down'],
    ['fact.breaches < 3 and measure.sales > 10', 'down'],
    ['if(fact.breaches > 0, 50%, 100%)', 'down'],
    ['if(fact.breaches > 0, 100%, 50%)', 'up'],
    ['if(fact.breaches = 0, due, due * 50%)', 'down'],
    ['if(fact.breaches = 0, due, 0)', 'down'],
    ['if(fact.breaches = 0, due, measure.sales)', 'unknown'],
    ['if(measure.sales > 10, 1 - fact.breaches, 2)', 'down'],
    ['max(0, 1 - default(fact.breaches, 0) * 25%)', 'down'],
    ['round(100 - fact.breaches, 5)', 'down'],
    ["table('falling', fact.breaches)", 'down'],
    ["table('rising', fact.breaches)", 'up'],
    ["table('waving', fact.breaches)", 'unknown'],
    ["table('added', fact.breaches)", 'up'],
    ['if(fact.breaches > 0, param.half, param.more)', 'down'],
    ['fact.breaches in (1, 2)', 'unknown']
])('%s is %s', (text, direction) => {
    expect(directionOf(text)).toBe(direction);
});

describe('a direction that is said', () => {
    const leaf = fc.oneof(
        fc.constant('fact.breaches'),
        fc.constantFrom('measure.sales', 'payee.salary', 'param.half', 'param.more'),
        fc.integer({ min: 0, max: 5 }).map(String)
    );
    const { expression } = fc.letrec<{ expression: string; condition: string }>((tie) => ({
        expression: fc.oneof(
            { maxDepth: 4, withCrossShrink: true },
            leaf,
            fc
                .tuple(tie('expression'), fc.constantFrom('+', '-', '*', '/'), tie('expression'))
                .map(([a, sign, b]) => `(${a} ${sign} ${b})`),
            fc
                .tuple(tie('condition'), tie('expression'), tie('expression'))
                .map(([c, a, b]) => `if(${c}, ${a}, ${b})`),
            fc
                .tuple(fc.constantFrom('min', 'max'), tie('expression'), tie('expression'))
                .map(([name, a, b]) => `${name}(${a}, ${b})`),
            fc
                .tuple(fc.constantFrom('abs', 'floor', 'ceil'), tie('expression'))
                .map(([name, a]) => `${name}(${a})`),
            fc
                .constantFrom('falling', 'rising', 'waving', 'added')
                .map((name) => `table('${name}', fact.breaches)`)
        ),
        condition: fc.oneof(
            { maxDepth: 4 },
            fc
                .tuple(tie('expression'), fc.constantFrom('=', '!=', '<', '<=', '>', '>='), tie('expression'))
                .map(([a, sign, b]) => `${a} ${sign} ${b}`),
            tie('condition').map((c) => `not (${c})`)
        )
    }));

    const valueAt = (text: string, breaches: number, sales: number): Ratio | null => {
        const scope: Scope = {
            where: 'test',
            name: ([root, key]) => {
                if (root === 'fact') return Ratio.of(breaches);
                if (root === 'param') return key === 'half' ? Ratio.of(1, 2) : Ratio.of(3, 2);
                return Ratio.of(sales);
            },
            table: (key, x, y) =>
                tableValue(
                    plan!.tables.find((table) => table.key === key)!,
                    x,
                    y,
                    scope
                ),
            group: () => null
        };
        try {
            return evaluate(parseExpression(text, 'test'), scope) as Ratio;
        } catch {
            // Division by zero and values outside a table have no direction.
            return null;
        }
    };

    test('holds wherever it is calculated', () => {
        let said = 0;
        fc.assert(
            fc.property(expression, fc.nat(9), fc.nat(4), fc.nat(7), (text, breaches, more, sales) => {
                const direction = directionOf(text);
                const [before, after] = [
                    valueAt(text, breaches, sales),
                    valueAt(text, breaches + more, sales)
                ];
                if (direction === 'unknown' || before === null || after === null) return;
                said++;
                const difference = after.compare(before);
                if (direction !== 'up')
                    expect({ text, breaches, more, difference: Math.max(difference, 0) }).toMatchObject({
                        difference: 0
                    });
                if (direction !== 'down')
                    expect({ text, breaches, more, difference: Math.min(difference, 0) }).toMatchObject({
                        difference: expect.closeTo(0)
                    });
            }),
            { seed: 5, numRuns: 3000 }
        );
        expect(said).toBeGreaterThan(1000);
    });
});
