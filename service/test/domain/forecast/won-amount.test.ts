import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ENUMERATED_BELOW } from '../../../src/domain/forecast/enumerate.ts';
import { chancesGivenShock, shockNodes } from '../../../src/domain/forecast/shock.ts';
import { quantileOfRuns, simulateWonAmounts } from '../../../src/domain/forecast/simulate.ts';
import { transformedAmount } from '../../../src/domain/forecast/transform.ts';
import type { Portfolio } from '../../../src/domain/forecast/types.ts';
import { wonAmountOf } from '../../../src/domain/forecast/won-amount.ts';
import { exactDistribution, portfolio } from './portfolios.ts';

const LEVELS = [0.1, 0.5, 0.9];

/** The level at which a quantile really lies, with the chance of exactly this amount as slack on either side. */
function levelBounds(runs: Float64Array, amount: number): [number, number] {
    const below = runs.findIndex((total) => total >= amount);
    const above = runs.findLastIndex((total) => total <= amount) + 1;
    return [(below < 0 ? runs.length : below) / runs.length, above / runs.length];
}

describe('two deals by hand', () => {
    const two: Portfolio = {
        amounts: Float64Array.of(10_000, 30_000),
        chances: Float64Array.of(0.5, 0.2),
        shock: 0,
        newBusiness: null
    };

    test('have four outcomes: 0 with 40 %, 100 with 40 %, 300 with 10 %, 400 with 10 %', () => {
        const amount = wonAmountOf(two);
        expect(amount.method).toBe('Enumerated');
        expect(amount.mean).toBe(11_000);
        expect([0, 10_000, 30_000, 40_000].map((at) => amount.chanceOfAtMost(at))).toEqual([
            0.4, 0.8, 0.9, 1
        ]);
        expect([0.1, 0.4, 0.5, 0.8, 0.85, 0.95].map((level) => amount.quantile(level))).toEqual([
            0, 0, 10_000, 10_000, 30_000, 40_000
        ]);
    });

    test('differ around the median and P10 by the deal that is won around the median', () => {
        // P45 to P55 is the outcome 100 alone; P5 to P15 the outcome 0 alone.
        const [small, large, business] = wonAmountOf(two).difference(0.5, 0.1);
        expect(small).toBeCloseTo(10_000, 6);
        expect(large).toBeCloseTo(0, 6);
        expect(business).toBe(0);
    });

    test('are pulled together by a shared shock: both won and none won become likelier', () => {
        const shaken = wonAmountOf({ ...two, shock: 0.2 });
        expect(shaken.mean).toBeCloseTo(11_000, 4);
        expect(shaken.chanceOfAtMost(0)).toBeGreaterThan(0.41);
        expect(1 - shaken.chanceOfAtMost(30_000)).toBeGreaterThan(0.12);
    });
});

describe('the transform', () => {
    test('agrees with the exact distribution of deals in whole units, with and without a shock', () => {
        const amounts = [3, 5, 8, 2, 13, 7, 1, 4, 9, 6, 11, 2, 3, 5, 10, 12, 4, 7];
        const chances = amounts.map((_, at) => 0.1 + 0.045 * at);
        for (const shock of [0, 0.05, 0.25]) {
            const nodes = shockNodes(1 / 16);
            const byDeal = chances.map((chance) => chancesGivenShock(chance, shock, nodes.values));
            const exact = exactDistribution(
                amounts,
                Array.from(nodes.weights, (weight, node) => ({
                    weight,
                    chances: byDeal.map((given) => given[node]!)
                }))
            );
            const amount = transformedAmount({
                amounts: Float64Array.from(amounts),
                chances: Float64Array.from(chances),
                shock,
                newBusiness: null
            });
            let below = 0;
            exact.forEach((chance, at) => {
                below += chance;
                // Half way between two amounts, where the staircase is flat.
                expect(Math.abs(amount.chanceOfAtMost(at + 0.5) - below)).toBeLessThan(5e-5);
            });
        }
    });

    test('agrees with the enumeration of all outcomes', () => {
        const few = portfolio(ENUMERATED_BELOW - 1, { shock: 0.1 });
        const exact = wonAmountOf(few);
        const series = transformedAmount(few);
        expect(exact.method).toBe('Enumerated');
        expect(series.mean / exact.mean).toBeCloseTo(1, 8);
        expect(series.deviation / exact.deviation).toBeCloseTo(1, 8);
        const total = few.amounts.reduce((sum, amount) => sum + amount, 0);
        for (const level of LEVELS)
            expect(Math.abs(series.quantile(level) - exact.quantile(level)) / total).toBeLessThan(0.003);
    });

    test.each([
        ['30 deals, one as large as all others', { ...portfolio(30), isLumpy: true }, 10_000],
        [
            '60 deals and new business',
            portfolio(60, {
                newBusiness: { expectedCount: 5, shockDeviation: 0.3, amountsMinor: [1e6, 3e6, 8e6] }
            }),
            10_000
        ],
        ['400 deals without a shock', portfolio(400, { shock: 0 }), 4000],
        ['300 deals with a strong shock', portfolio(300, { shock: 0.3 }), 4000]
    ])('agrees with simulation: %s', (_, deals: Portfolio & { isLumpy?: boolean }, runs) => {
        if (deals.isLumpy) deals.amounts[0] = deals.amounts.reduce((sum, amount) => sum + amount, 0);
        const amount = transformedAmount(deals);
        const drawn = simulateWonAmounts(deals, runs, 7);
        for (const level of LEVELS) {
            const slack = 4.5 * Math.sqrt((level * (1 - level)) / runs);
            const [from, to] = levelBounds(drawn, amount.quantile(level));
            expect(from).toBeLessThan(level + slack);
            expect(to).toBeGreaterThan(level - slack);
        }
        const mean = drawn.reduce((sum, total) => sum + total, 0) / runs;
        expect(Math.abs(mean - amount.mean)).toBeLessThan((4.5 * amount.deviation) / Math.sqrt(runs));
    });

    test('gives the deals and new business the parts they have in simulation', () => {
        const newBusiness = { expectedCount: 4, shockDeviation: 0.4, amountsMinor: [2e6, 5e6] };
        const deals = portfolio(40, { shock: 0.15, newBusiness });
        const amount = transformedAmount(deals);
        const parts = amount.difference(0.5, 0.1);
        const gap = amount.quantile(0.5) - amount.quantile(0.1);
        const drawn = simulateWonAmounts(deals, 20_000, 5);
        const around = (level: number): number => {
            const band = drawn.subarray((level - 0.05) * drawn.length, (level + 0.05) * drawn.length);
            return band.reduce((sum, total) => sum + total, 0) / band.length;
        };
        const sum = parts.reduce((total, part) => total + part, 0);
        expect(Math.abs(sum - (around(0.5) - around(0.1))) / gap).toBeLessThan(0.03);
        expect(Math.abs(sum / gap - 1)).toBeLessThan(0.05);
        expect(parts.at(-1)).toBeGreaterThan(0);
    });

    test('knows small deals from the grid of chances as well as one by one', () => {
        const many = portfolio(4000, { shock: 0.05 });
        const amount = wonAmountOf(many);
        const mean = many.amounts.reduce((sum, each, at) => sum + each * many.chances[at]!, 0);
        expect(amount.mean / mean).toBeCloseTo(1, 9);
        const variance = varianceByPairs(many);
        expect(amount.deviation / Math.sqrt(variance)).toBeCloseTo(1, 6);
    });

    test('is not led astray by one unlikely deal far larger than all others together', () => {
        const deals = portfolio(60);
        deals.amounts[0] = 50 * deals.amounts.reduce((sum, amount) => sum + amount, 0);
        deals.chances[0] = 0.002;
        const amount = transformedAmount(deals);
        const without = transformedAmount({ ...deals, chances: deals.chances.with(0, 1e-12) });
        for (const level of LEVELS)
            expect(Math.abs(without.chanceOfAtMost(amount.quantile(level)) - level)).toBeLessThan(0.01);
    });

    test('gives a shared shock its due: independent deals seem far too certain', () => {
        const width = (shock: number): number => {
            const amount = wonAmountOf(portfolio(2000, { shock }));
            return amount.quantile(0.9) - amount.quantile(0.1);
        };
        expect(width(0.05)).toBeGreaterThan(3 * width(0));
    });
});

/** Variance from a direct average over the shock, without grid or waves. */
function varianceByPairs({ amounts, chances, shock }: Portfolio): number {
    const nodes = shockNodes(1 / 16);
    const means = new Float64Array(nodes.values.length);
    const variances = new Float64Array(nodes.values.length);
    amounts.forEach((amount, deal) => {
        chancesGivenShock(chances[deal]!, shock, nodes.values).forEach((chance, node) => {
            means[node]! += amount * chance;
            variances[node]! += amount * amount * chance * (1 - chance);
        });
    });
    const mean = nodes.weights.reduce((sum, weight, node) => sum + weight * means[node]!, 0);
    return nodes.weights.reduce(
        (sum, weight, node) => sum + weight * (variances[node]! + (means[node]! - mean) ** 2),
        0
    );
}

describe('any portfolio', () => {
    const anyPortfolio = fc.record({
        amounts: fc.array(fc.integer({ min: 0, max: 1e9 }), { minLength: 1, maxLength: 40 }),
        chance: fc.double({ min: 0, max: 1, noNaN: true }),
        shock: fc.constantFrom(0, 0.02, 0.1, 0.3)
    });

    test('has quantiles that rise with the level and stay between nothing and everything', () => {
        fc.assert(
            fc.property(anyPortfolio, ({ amounts, chance, shock }) => {
                const amount = wonAmountOf({
                    amounts: Float64Array.from(amounts),
                    chances: Float64Array.from(amounts, (_, at) =>
                        at % 3 === 0 ? chance : (chance + at / 40) / 2
                    ),
                    shock,
                    newBusiness: null
                });
                const found = [0.05, 0.1, 0.3, 0.5, 0.7, 0.9, 0.95].map((level) => amount.quantile(level));
                found.slice(1).forEach((value, at) => expect(value).toBeGreaterThanOrEqual(found[at]!));
                expect(found[0]).toBeGreaterThanOrEqual(0);
                expect(found.at(-1)).toBeLessThanOrEqual(amounts.reduce((sum, each) => sum + each, 0) + 1e-3);
            }),
            { numRuns: 20 }
        );
    });
});

test('simulation draws the same runs for the same seed', () => {
    const runs = simulateWonAmounts(portfolio(5), 50, 1);
    expect(runs).toEqual(simulateWonAmounts(portfolio(5), 50, 1));
    expect(quantileOfRuns(runs, 0.5)).toBe(runs[24]);
});
