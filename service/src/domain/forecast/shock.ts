// The one shock all deals share: the market, the quarter's budget mood, a new price list. Given the shock deals are
// independent of each other, which keeps every method exact and cheap.
//
// One-factor Gaussian copula (O. Vasicek, "The distribution of loan portfolio value", Risk, 2002; D.X. Li, J. Fixed Income
// 9, 2000): a deal is won when sqrt(r) Z + sqrt(1 - r) E_i is above a threshold that gives it its own chance p_i, so
//     p_i(z) = Phi((Phi^-1(p_i) + sqrt(r) z) / sqrt(1 - r))
// and the mean of p_i(Z) over a standard normal Z is p_i again. Good quarters have a positive z.
// Worked: r = 0.05, p = 0.3: p(-1) = 0.22, p(1) = 0.38.
import { normalCdf, normalDensity, normalQuantile } from '../statistics/normal.ts';

/** Beyond this deals would hardly be different from one deal; an org whose history says more is read as this. */
export const LARGEST_SHOCK = 0.3;

const REACH = 7;

/** Values of the shock and their weights, which sum to 1. */
export interface ShockNodes {
    values: Float64Array;
    weights: Float64Array;
}

/** Chance of a deal at each of these values of the shock. */
export function chancesGivenShock(chance: number, shock: number, values: Float64Array): Float64Array {
    const threshold = normalQuantile(chance);
    const move = Math.sqrt(shock);
    const rest = Math.sqrt(1 - shock);
    return values.map((value) => (shock === 0 ? chance : normalCdf((threshold + move * value) / rest)));
}

/** Where there is no shared shock, one value says all. */
export const NO_SHOCK: ShockNodes = { values: Float64Array.of(0), weights: Float64Array.of(1) };

/** The trapezoidal rule on -7 to 7: for smooth functions times the normal density its error falls exponentially with the
 *  number of nodes (Trefethen and Weideman, SIAM Review 56, 2014). */
export function shockNodes(step: number): ShockNodes {
    const count = Math.round((2 * REACH) / step) + 1;
    const values = Float64Array.from({ length: count }, (_, node) => -REACH + node * step);
    const weights = values.map(normalDensity);
    const sum = weights.reduce((a, b) => a + b, 0);
    return { values, weights: weights.map((weight) => weight / sum) };
}

/** Expected count of new business once the shock is known: log-normal around its mean, so that its mean over the shock
 *  is the expected count. */
export function countGivenShock(expectedCount: number, deviation: number, value: number): number {
    return expectedCount * Math.exp(deviation * value - (deviation * deviation) / 2);
}
