// Whether a series rises, falls or neither: the test of Mann and Kendall, exactly, so that chance alone says "rising" or "falling" of a
// steady series in at most one of ten cases. It asks only about order, so one wild month cannot make a trend.
import type { Trend } from './types.ts';

/** Points looked at, the newest ones. */
const MOST_POINTS = 8;
const LEAST_POINTS = 5;
const LEVEL = 0.1;

/** Over the newest 5 to 8 values that are there: S = pairs that rise less pairs that fall; a trend when so large an S, either way, comes by
 *  chance at most in 10 %. Of 1, 2, 3, 4, 5 S is 10 and chance says so in 1.7 %: rising. */
export function trendOf(values: readonly (number | null)[]): Trend {
    const known = values.filter((value) => value !== null).slice(-MOST_POINTS);
    if (known.length < LEAST_POINTS) return 'tooFew';
    let s = 0;
    known.forEach((value, at) => {
        for (const before of known.slice(0, at)) s += Math.sign(value - before);
    });
    if (chanceOf(Math.abs(s), known.length) > LEVEL) return 'steady';
    return s > 0 ? 'rising' : 'falling';
}

/** Chance of an S of at least this size, either way, when every order is equally likely. Equal values only make S smaller, so for them
 *  the chance is stated too high and never too low. */
function chanceOf(s: number, points: number): number {
    const orders = ordersByS(points);
    const pairs = (points * (points - 1)) / 2;
    const extreme = orders.reduce(
        (sum, count, index) => (Math.abs(2 * index - pairs) >= s ? sum + count : sum),
        0
    );
    return extreme / orders.reduce((sum, count) => sum + count, 0);
}

/** How many orders of so many different values have 0, 1, 2, ... rising pairs: each further value can rise over 0 to all before it. */
function ordersByS(points: number): number[] {
    let counts = [1];
    for (let size = 2; size <= points; size++) {
        const next = new Array<number>(counts.length + size - 1).fill(0);
        counts.forEach((count, rising) => {
            for (let more = 0; more < size; more++) next[rising + more]! += count;
        });
        counts = next;
    }
    return counts;
}
