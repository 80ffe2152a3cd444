// Chance to see so many by ordinary work.
import { logFactorial } from '../../../statistics/log-gamma.ts';

/** P(X >= hits) of X binomial with `count` tries at `rate`. 8 of 10 at a half: 0.0547. */
export function atLeast(hits: number, count: number, rate: number): number {
    if (hits <= 0) return 1;
    if (rate <= 0) return 0;
    if (rate >= 1) return 1;
    let sum = 0;
    for (let k = hits; k <= count; k++)
        sum += Math.exp(
            logFactorial(count) -
                logFactorial(k) -
                logFactorial(count - k) +
                k * Math.log(rate) +
                (count - k) * Math.log(1 - rate)
        );
    return Math.min(1, sum);
}

/** Rate among everybody else, half a hit and one try added, so that a firm without any is not held to be certain. */
export function rateOfOthers(
    all: { hits: number; count: number },
    own: { hits: number; count: number }
): number {
    return (all.hits - own.hits + 0.5) / (all.count - own.count + 1);
}

/** Findings of thousands of people: one in ten thousand by luck is rare enough to look at. */
export const RARE = 1e-4;
export const MOST_EVIDENCE = 50;
