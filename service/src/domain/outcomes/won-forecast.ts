// The amount that will be won within a horizon: open deals by their probability, and business not created yet.
// Owns the sum and its range for the back-test; the product's forecast by owner and segment is its own module.
//
// Deals are not independent: a common shock moves all of them. With mean m and independent variance s2, the total's
// variance is s2 + (shock x m)^2; its quantiles are read off the lognormal of that mean and variance (amounts are
// positive and skewed; with hundreds of deals it is close to normal).
import type { ExpectedAmount } from './new-business.ts';

export interface AmountRange {
    p10: number;
    p50: number;
    p90: number;
    mean: number;
}

/** Spread of the common shock as a share of the mean: months differ by more than the luck of single deals. Measured as
 *  what misses of past forecasts have beyond that luck (service/docs/outcome-models.md). */
export const SHARED_SHOCK = 0.15;
const Z90 = 1.2815515655446004;

export function expectOpenDeals(probability: Float64Array, amount: Float64Array): ExpectedAmount {
    let mean = 0;
    let variance = 0;
    for (let i = 0; i < probability.length; i++) {
        const p = probability[i]!;
        const value = amount[i]! > 0 ? amount[i]! : 0;
        mean += p * value;
        variance += p * (1 - p) * value * value;
    }
    return { mean, variance };
}

export function rangeOf(parts: ExpectedAmount[], shock: number): AmountRange {
    const mean = parts.reduce((sum, part) => sum + part.mean, 0);
    if (mean <= 0) return { p10: 0, p50: 0, p90: 0, mean: 0 };
    const own = parts.reduce((sum, part) => sum + part.variance, 0);
    const logVariance = Math.log1p((own + (shock * mean) ** 2) / mean ** 2);
    const median = mean / Math.exp(logVariance / 2);
    const step = Math.exp(Z90 * Math.sqrt(logVariance));
    return { p10: median / step, p50: median, p90: median * step, mean };
}
