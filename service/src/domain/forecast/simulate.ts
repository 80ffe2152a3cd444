// The won amount by drawing it: the same model as transform.ts, run by run. Slower and only as exact as its number of
// runs, but simple, so it is what the exact methods are tested and measured against. Same seed, same runs.
import { normalCdf, normalQuantile } from '../statistics/normal.ts';
import { SeededRandom } from '../statistics/random.ts';
import { countGivenShock } from './shock.ts';
import type { NewBusiness, Portfolio } from './types.ts';

/** The normal distribution function as a table with straight lines between: 2^32 * Phi, to half a millionth. */
const REACH = 8;
const STEPS_PER_UNIT = 256;
const TABLE = Float64Array.from(
    { length: 2 * REACH * STEPS_PER_UNIT + 2 },
    (_, step) => 2 ** 32 * normalCdf(step / STEPS_PER_UNIT - REACH)
);
const LAST = 2 * REACH * STEPS_PER_UNIT;

/** Won amounts of so many runs, in ascending order. */
export function simulateWonAmounts(portfolio: Portfolio, runs: number, seed: number): Float64Array {
    const { amounts, chances, shock, newBusiness } = portfolio;
    const random = new SeededRandom(seed);
    const totals = new Float64Array(runs);
    const scale = STEPS_PER_UNIT / Math.sqrt(1 - shock);
    const places = chances.map((chance) => scale * normalQuantile(chance) + REACH * STEPS_PER_UNIT);
    for (let run = 0; run < runs; run++) {
        const value = random.normal();
        const move = scale * Math.sqrt(shock) * value;
        let total = 0;
        for (let deal = 0; deal < amounts.length; deal++) {
            const moved = places[deal]! + move;
            const place = moved < 0 ? 0 : moved > LAST ? LAST : moved;
            const step = place | 0;
            const below = TABLE[step]!;
            const isWon = random.word() < below + (place - step) * (TABLE[step + 1]! - below);
            // A product instead of a branch: a processor cannot guess who wins.
            total += amounts[deal]! * Number(isWon);
        }
        totals[run] = total + (newBusiness ? drawBusiness(newBusiness, value, random) : 0);
    }
    return totals.sort();
}

/** Arrivals of a Poisson count, one exponential gap after the other. */
function drawBusiness(
    { expectedCount, shockDeviation, amountsMinor }: NewBusiness,
    value: number,
    random: SeededRandom
): number {
    const expected = countGivenShock(expectedCount, shockDeviation, value);
    let total = 0;
    for (let passed = -Math.log(random.fraction()); passed < expected; passed -= Math.log(random.fraction()))
        total += amountsMinor[Math.floor(random.fraction() * amountsMinor.length)]!;
    return total;
}

/** Amount below which this share of the runs fell. */
export function quantileOfRuns(sorted: Float64Array, level: number): number {
    return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(level * sorted.length) - 1))]!;
}
