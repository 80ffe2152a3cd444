// Flat loops where generated plans do not reach: more splits than are laid out at once, and tables of many bands.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { calculate } from '../../../../src/domain/incentives/calculate.ts';
import { bandAt, SHORTEST_TABLE } from '../../../../src/domain/incentives/columnar/band-at.ts';
import { generatedKernel } from '../../../../src/domain/incentives/columnar/kernel.ts';
import { load, publishedKernel, runLoaded } from '../../../../src/domain/incentives/columnar/load.ts';
import type { CalculationInput } from '../../../../src/domain/incentives/input.ts';
import { parseInput } from '../../../../src/domain/incentives/parse-input.ts';
import { parsePlan } from '../../../../src/domain/incentives/parse-plan.ts';
import type { Plan } from '../../../../src/domain/incentives/plan.ts';
import { differences } from './differences.ts';
import { differingBits } from './same-bits.ts';

const RUNS = { seed: 20261121, numRuns: 60 };
const PAYEES = ['A', 'B', 'C', 'D', 'E', 'F', 'G'];
const MONTHS = ['2026-01', '2026-02', '2026-03'];

function planWith(residual: string): Plan {
    const { plan } = parsePlan(`
plan: flat
version: '1'
currency: EUR
period: month
negativeAmounts: allowed
rounding: { unit: '0.01', mode: half-even, at: component, residual: ${residual} }
crediting: [{ key: sales, to: splits }]
measures: { sold: { of: payable, interval: year } }
tables:
  rates: { mode: marginal, rows: [{ from: -100000, to: 500, value: 3% }, { from: 500, to: 900, value: 5% }, { from: 900, value: 7.5% }] }
components:
  commission: { per: credit, base: payable, rate: { table: rates, at: measure.sold } }
`);
    return plan!;
}

/** Cents, the month, and weights of whoever shares. */
const rowArbitrary = fc.record({
    cents: fc.integer({ min: -20_000, max: 60_000 }),
    month: fc.constantFrom(...MONTHS),
    weights: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: PAYEES.length })
});

/** Shares of the first are what the others leave of 100 %. */
function inputOf(
    plan: Plan,
    rows: readonly { cents: number; month: string; weights: number[] }[]
): CalculationInput {
    const { input, problems } = parseInput(
        JSON.stringify({
            periods: MONTHS.map((key) => ({ key, start: `${key}-01`, end: `${key}-28` })),
            payees: PAYEES.map((id) => ({ id })),
            transactions: rows.map(({ cents, month, weights: [, ...others] }, place) => ({
                id: `t${String(place).padStart(3, '0')}`,
                date: `${month}-05`,
                amount: (cents / 100).toFixed(2),
                splits: Object.fromEntries([
                    ['A', `${100 - others.reduce((sum, weight) => sum + weight, 0)}%`],
                    ...others.map((weight, other) => [PAYEES[other + 1]!, `${weight}%`])
                ])
            }))
        }),
        plan
    );
    expect(problems).toEqual([]);
    return input!;
}

describe('rows of one to seven splits', () => {
    test.each(['first', 'last', 'largest', 'largestRemainder'])(
        'pay the same by generated code, by operators and by the reference when the residual is owned by: %s',
        (residual) => {
            const plan = planWith(residual);
            const kernel = generatedKernel(publishedKernel(plan).value!);
            fc.assert(
                fc.property(fc.array(rowArbitrary, { minLength: 1, maxLength: 12 }), (rows) => {
                    const input = inputOf(plan, rows);
                    const loaded = load(plan, input).value!;
                    const generated = runLoaded(loaded, kernel).value!;
                    const operators = runLoaded(loaded).value!;
                    expect(generated.frame.kindFirst).not.toBeNull();
                    expect(differences(calculate(plan, input), generated)).toEqual([]);
                    expect(differingBits(operators, generated)).toEqual([]);
                    for (const name of ['credit', 'before', 'worth', 'bands'] as const)
                        expect(operators.frame[name]).toEqual(generated.frame[name]);
                }),
                RUNS
            );
        }
    );
});

test('a band is found in tables of any number of bands', () => {
    const table = fc.uniqueArray(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 100 });
    fc.assert(
        fc.property(table, fc.integer({ min: -1100, max: 1100 }), fc.nat(3), (bounds, x, before) => {
            const sorted = [-Infinity, ...bounds.toSorted((a, b) => a - b)];
            const length = Math.max(SHORTEST_TABLE, 2 ** Math.ceil(Math.log2(sorted.length + 1)));
            const low = new Float64Array(length * (before + 1)).fill(Infinity);
            low.set(sorted, before * length);
            const expected = sorted.findLastIndex((bound) => x >= bound);
            expect(bandAt(low, before * length, length, x)).toBe(before * length + expected);
            expect(bandAt(low, before * length, length, NaN)).toBe(before * length);
        }),
        RUNS
    );
});
