// How unusual a number of events is, as the standard deviations of a normal value that is as unusual: half of the chance of exactly
// this number counts below (mid-p, H.O. Lancaster, JASA 56, 1961). Right for few events too, where numbers are skewed.
import { logFactorial } from '../../statistics/log-gamma.ts';
import { normalQuantile } from '../../statistics/normal.ts';

/** Further out than this says nothing more. */
const FURTHEST = 7;
const LEAST_CHANCE = 1e-12;

/** Poisson: 3 where 3 are expected is -0.02; 0 where 3 are expected is -1.96. */
export function poissonScore(hits: number, expected: number): number {
    return scoreOf(hits, (k) => k * Math.log(expected) - expected - logFactorial(k), expected, Infinity);
}

/** Binomial: 5 of 10 at a half is 0. */
export function binomialScore(hits: number, count: number, rate: number): number {
    const all = logFactorial(count);
    return scoreOf(
        hits,
        (k) =>
            all -
            logFactorial(k) -
            logFactorial(count - k) +
            k * Math.log(rate) +
            (count - k) * Math.log(1 - rate),
        count * rate,
        count
    );
}

/** Sums the smaller tail, from the number outwards until terms no longer matter. */
function scoreOf(hits: number, logChance: (k: number) => number, expected: number, most: number): number {
    const at = Math.round(hits);
    const isAbove = at >= expected;
    const step = isAbove ? 1 : -1;
    const own = Math.exp(logChance(at));
    let beyond = 0;
    for (let k = at + step; k >= 0 && k <= most; k += step) {
        const chance = Math.exp(logChance(k));
        beyond += chance;
        if (chance <= 1e-12 * (beyond + own)) break;
    }
    const score = normalQuantile(Math.max(LEAST_CHANCE, beyond + own / 2));
    return Math.max(-FURTHEST, Math.min(FURTHEST, isAbove ? -score : score));
}
