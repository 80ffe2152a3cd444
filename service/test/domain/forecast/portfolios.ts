// Portfolios for the tests of the forecast: uneven amounts and chances, the same for the same seed.
import type { NewBusiness, Portfolio } from '../../../src/domain/forecast/types.ts';
import { SeededRandom } from '../../../src/domain/statistics/random.ts';

export function portfolio(
    count: number,
    {
        shock = 0.05,
        newBusiness = null,
        seed = 3
    }: Partial<{ shock: number; newBusiness: NewBusiness | null; seed: number }> = {}
): Portfolio {
    const random = new SeededRandom(seed);
    const amounts = Float64Array.from({ length: count }, () =>
        Math.round(1e6 * Math.exp(1.2 * random.normal()))
    );
    const chances = Float64Array.from({ length: count }, () => 0.02 + 0.9 * random.fraction() ** 2);
    return { amounts, chances, shock, newBusiness };
}

/** The distribution on whole units, exactly: one deal after the other, for each value of the shock. `chancesAt` gives the
 *  chances for a value of the shock with its weight. */
export function exactDistribution(
    amounts: readonly number[],
    chancesAt: readonly { weight: number; chances: readonly number[] }[]
): Float64Array {
    const total = amounts.reduce((sum, amount) => sum + amount, 0);
    const all = new Float64Array(total + 1);
    for (const { weight, chances } of chancesAt) {
        let given = new Float64Array(total + 1);
        given[0] = weight;
        amounts.forEach((amount, deal) => {
            const next = new Float64Array(total + 1);
            for (let at = 0; at <= total; at++) {
                next[at]! += given[at]! * (1 - chances[deal]!);
                if (at + amount <= total) next[at + amount]! += given[at]! * chances[deal]!;
            }
            given = next;
        });
        given.forEach((chance, at) => (all[at]! += chance));
    }
    return all;
}
