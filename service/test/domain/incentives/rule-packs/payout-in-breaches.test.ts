import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { calculate } from '../../../../src/domain/incentives/calculate.ts';
import { parseInput } from '../../../../src/domain/incentives/parse-input.ts';
import { parsePlan } from '../../../../src/domain/incentives/parse-plan.ts';
import type { Plan } from '../../../../src/domain/incentives/plan.ts';
import type { Ratio } from '../../../../src/domain/ratio.ts';
import { movedBy } from '../../../../src/domain/incentives/rule-packs/plan-direction.ts';

/** Conditions and figures that look at conduct, right and wrong ways round. */
const condition = fc.constantFrom(
    'fact.breaches = 0',
    'fact.breaches < 3',
    'fact.breaches > 1',
    'measure.sales > 500',
    'not fact.breaches >= 2'
);
const otherwise = fc.constantFrom(
    'zero',
    '{ multiply: 50% }',
    '{ multiply: 150% }',
    '{ cap: 20 }',
    '{ cap: 10 * fact.breaches }',
    '{ multiply: 1 / (1 + fact.breaches) }'
);
const figure = fc.constantFrom(
    '100%',
    '"if(fact.breaches > 0, 50%, 100%)"',
    '"if(fact.breaches > 0, 100%, 50%)"',
    '"max(0, 1 - fact.breaches * 25%)"',
    '"table(\'steps\', fact.breaches)"',
    '1 + fact.breaches'
);
const step = fc.oneof(
    figure.map((by) => `{ multiply: ${by} }`),
    fc.constantFrom('{ add: 100, when: fact.breaches = 0 }', '{ add: 100, when: fact.breaches > 0 }'),
    fc.constantFrom(
        '{ limit: { most: 300, interval: year }, when: fact.breaches > 2 }',
        '{ limit: { most: "if(fact.breaches > 2, 10, 300)", interval: year } }'
    )
);

const planText = fc
    .record({
        gates: fc.array(fc.tuple(condition, otherwise), { maxLength: 2 }),
        factors: fc.array(figure, { maxLength: 2 }),
        steps: fc.array(step, { maxLength: 2 }),
        base: fc.constantFrom('payable', 'payable * 2')
    })
    .map(
        ({ gates, factors, steps, base }) => `plan: p
currency: GBP
period: year
crediting: [{ key: direct, to: owner }]
measures: { sales: { of: payable, interval: year } }
tables: { steps: { mode: step, rows: [{ from: 0, to: 2, value: 100% }, { from: 2, value: 40% }] } }
components:
  c:
    per: credit
    base: ${base}
    rate: 10%
    gates: [${gates.map(([when, then], index) => `{ key: g${index}, when: ${when}, otherwise: ${then} }`).join(', ')}]
    factors: [${factors.map((value, index) => `{ key: f${index}, value: ${value} }`).join(', ')}]
payout: [${steps.map((one, index) => `{ key: s${index}, ${one.slice(1)}`).join(', ')}]
`
    );

function paid(plan: Plan, breaches: number, amounts: readonly number[]): Ratio {
    const input = {
        from: '2026-01-01',
        to: '2026-12-31',
        payees: [{ id: 'ada' }],
        facts: [{ name: 'breaches', value: breaches }],
        transactions: amounts.map((amount, index) => ({
            id: `t${index}`,
            date: '2026-05-01',
            owner: 'ada',
            amount
        }))
    };
    const { payees } = calculate(plan, parseInput(JSON.stringify(input), plan).input!);
    expect(payees[0]!.problems).toEqual([]);
    return payees[0]!.total;
}

test('where the check says that worse conduct never pays more, the engine never pays more', () => {
    let certain = 0;
    fc.assert(
        fc.property(
            planText,
            fc.nat(4),
            fc.integer({ min: 1, max: 3 }),
            fc.array(fc.nat(2000), { minLength: 1, maxLength: 3 }),
            (text, breaches, more, amounts) => {
                const { plan, problems } = parsePlan(text);
                expect(problems).toEqual([]);
                const isCertain = movedBy(plan!, 'fact.breaches').every(
                    ({ direction }) => direction === 'down'
                );
                if (!isCertain) return;
                certain++;
                const [before, after] = [
                    paid(plan!, breaches, amounts),
                    paid(plan!, breaches + more, amounts)
                ];
                expect({
                    text,
                    breaches,
                    more,
                    amounts,
                    difference: Math.max(after.compare(before), 0)
                }).toMatchObject({ difference: 0 });
            }
        ),
        { seed: 12, numRuns: 600 }
    );
    expect(certain).toBeGreaterThan(100);
});
