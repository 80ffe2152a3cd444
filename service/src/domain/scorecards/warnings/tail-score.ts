// How unusual a number of events is, as the standard deviations of a normal value that is as unusual: half of the chance of exactly
// this number counts below (mid-p, H.O. Lancaster, JASA 56, 1961). Right for few events too, where numbers are skewed.
import { logFactorial } from '../../statistics/log-gamma.ts';
import { normalQuantile } from '../../statistics/normal.ts';

/** Further out than this says nothing more. */
const FURTHEST = 7;
const LEAST_CHANCE = 1e-12;

/** Poisson: none where 3 are expected is -1.96. */
export function poissonScore(hits: number, expected: number): number {
    const at = Math.round(hits);
    const own = Math.exp(at * Math.log(expected) - expected - logFactorial(at));
    if (at >= expected) return -scoreOf(own, at, (k) => expected / (k + 1), 1);
    return scoreOf(own, at, (k) => k / expected, -1);
}

/** Binomial: 5 of 10 at a half is 0. */
export function binomialScore(hits: number, count: number, rate: number): number {
    const at = Math.round(hits);
    const ways = logFactorial(count) - logFactorial(at) - logFactorial(count - at);
    const own = Math.exp(ways + at * Math.log(rate) + (count - at) * Math.log(1 - rate));
    const odds = rate / (1 - rate);
    if (at >= count * rate) return -scoreOf(own, at, (k) => (odds * (count - k)) / (k + 1), 1);
    return scoreOf(own, at, (k) => k / (odds * (count - k + 1)), -1);
}

/** Sums the tail from the number outwards, `ratio` leading from each chance to the next, until terms no longer matter. */
function scoreOf(own: number, at: number, ratio: (k: number) => number, step: 1 | -1): number {
    let beyond = 0;
    let chance = own;
    for (let k = at; chance > 1e-12 * (beyond + own); k += step) {
        chance *= ratio(k);
        beyond += chance;
    }
    return Math.max(-FURTHEST, normalQuantile(Math.max(LEAST_CHANCE, beyond + own / 2)));
}
