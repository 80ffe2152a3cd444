// Shares of a count with their uncertainty, and whether two shares differ.
import { logFactorial } from './log-gamma.ts';
import { normalQuantile } from './normal.ts';

export interface Interval {
    low: number;
    high: number;
}

export const CONFIDENCE = 0.95;

/** Wilson's score interval (E.B. Wilson, JASA 22, 1927): keeps its promise for few observations and shares near 0 or 1.
 *  With z = 1.96 for 95 %: centre (h + z^2/2) / (n + z^2), half width z / (n + z^2) * sqrt(h (n - h) / n + z^2/4).
 *  5 of 10 gives 0.237 to 0.763; nothing observed gives 0 to 1. */
export function wilsonInterval(hits: number, count: number, confidence: number = CONFIDENCE): Interval {
    if (count === 0) return { low: 0, high: 1 };
    const z = normalQuantile((1 + confidence) / 2);
    const centre = hits + (z * z) / 2;
    const half = z * Math.sqrt((hits * (count - hits)) / count + (z * z) / 4);
    const whole = count + z * z;
    return {
        low: hits === 0 ? 0 : Math.max(0, (centre - half) / whole),
        high: hits === count ? 1 : Math.min(1, (centre + half) / whole)
    };
}

/** Fisher's exact test, two-sided: the chance of a split at least as unlikely as the one seen, were both groups alike
 *  (R.A. Fisher, 1935). 3 of 3 against 0 of 3 gives 0.1. */
export function fisherExact(hitsA: number, countA: number, hitsB: number, countB: number): number {
    const hits = hitsA + hitsB;
    const count = countA + countB;
    const chanceOf = (inA: number): number =>
        Math.exp(choose(countA, inA) + choose(countB, hits - inA) - choose(count, hits));
    const seen = chanceOf(hitsA);
    let sum = 0;
    for (let inA = Math.max(0, hits - countB); inA <= Math.min(countA, hits); inA++) {
        const chance = chanceOf(inA);
        // A little slack, so that splits equally likely on paper count as equally likely in doubles.
        if (chance <= seen * (1 + 1e-9)) sum += chance;
    }
    return Math.min(1, sum);
}

function choose(from: number, taken: number): number {
    return logFactorial(from) - logFactorial(taken) - logFactorial(from - taken);
}

/** Benjamini and Hochberg (J. R. Statist. Soc. B 57, 1995): for each p-value the smallest share of false findings (q) at
 *  which it would still be called a finding, when all of these were looked at together. 0.01, 0.04, 0.03 give 0.03, 0.04, 0.04. */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
    const order = pValues.map((_, index) => index).sort((a, b) => pValues[b]! - pValues[a]! || a - b);
    const q = new Array<number>(pValues.length);
    let smallest = 1;
    order.forEach((index, place) => {
        smallest = Math.min(smallest, (pValues[index]! * pValues.length) / (pValues.length - place));
        q[index] = smallest;
    });
    return q;
}
