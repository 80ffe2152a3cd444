// Changes at the edge of whole numbers: what generated plans reach too seldom.
import { expect, test } from '@jest/globals';
import { generatedKernel } from '../../../../src/domain/incentives/columnar/kernel.ts';
import { figuresOf } from '../../../../src/domain/incentives/columnar/figures-of.ts';
import { LiveRun } from '../../../../src/domain/incentives/columnar/live-run.ts';
import { load, publishedKernel } from '../../../../src/domain/incentives/columnar/load.ts';
import type { CalculationInput, Transaction } from '../../../../src/domain/incentives/input.ts';
import { parseInput } from '../../../../src/domain/incentives/parse-input.ts';
import { parsePlan } from '../../../../src/domain/incentives/parse-plan.ts';
import { Ratio } from '../../../../src/domain/ratio.ts';

const PLAN = `
plan: live
version: '1'
currency: EUR
period: month
crediting: [{ key: sales, to: splits }]
measures: { sold: { of: payable, interval: year } }
components:
  commission: { per: credit, base: payable, rate: 10% }
`;

const { plan } = parsePlan(PLAN);

/** Shares of one transaction need a scale of 10,000, those of the other two. */
function inputOf(amount: string): CalculationInput {
    const { input, problems } = parseInput(
        JSON.stringify({
            periods: [{ key: '2026-01', start: '2026-01-01', end: '2026-01-31' }],
            payees: [{ id: 'A' }, { id: 'B' }],
            transactions: [
                {
                    id: 'fine',
                    date: '2026-01-02',
                    amount: '100.00',
                    splits: { A: '33.33%', B: '66.67%' }
                },
                {
                    id: 'large',
                    date: '2026-01-03',
                    amount,
                    splits: { A: '50%', B: '50%' }
                }
            ]
        }),
        plan!
    );
    expect(problems).toEqual([]);
    return input!;
}

test('an amount whose shares have no room at the scale of all is shared out exactly', () => {
    const kernel = generatedKernel(publishedKernel(plan!).value!);
    const live = new LiveRun(load(plan!, inputOf('10.00')).value!, kernel);
    // 2^46 + 1 cents: times 5,000 of 10,000 they are above 2^53, times one of two they are not.
    const cents = 2n ** 46n + 1n;
    const changed: Transaction = { ...inputOf('10.00').transactions[1]!, amount: Ratio.of(cents, 100n) };
    expect(live.change(1, changed).reason).toBeNull();
    const paid = [0, 1].map((payee) => figuresOf(live.run, payee, 0).added[0]!);
    expect(paid[0]!.plus(paid[1]!).toString()).toBe(Ratio.of(cents + 10_000n, 100n).toString());
    const half = Ratio.of(cents / 2n + 1n + 3333n, 100n);
    expect(paid[0]!.toString()).toBe(half.toString());
    expect(live.run.exact.size).toBe(2);
});
