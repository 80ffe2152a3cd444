// Whole numbers in Float64: exact below 2^53. Scales turn fractions into them; what does not stay below the guard becomes NaN,
// which no comparison lets through, so that it is found and calculated with BigInt instead.
import type { Ratio } from '../../ratio.ts';
import type { RoundingMode } from '../../rounding.ts';

/** Every whole number below it is itself, and so are sums and products that stay below it. */
export const GUARD = 2 ** 53;

/** False for NaN too. */
export function isSafe(value: number): boolean {
    return Math.abs(value) < GUARD;
}

export function leastCommonMultiple(a: bigint, b: bigint): bigint {
    let [x, y] = [a, b];
    while (y !== 0n) [x, y] = [y, x % y];
    return (a / x) * b;
}

/** The least scale that makes whole numbers of all of them. */
export function scaleOf(ratios: Iterable<Ratio>): bigint {
    let scale = 1n;
    for (const { denominator } of ratios) scale = leastCommonMultiple(scale, denominator);
    return scale;
}

/** `value` as a whole number of `1/scale`; NaN where it is none or has no room below the guard. */
export function wholeAt(value: Ratio, scale: bigint): number {
    const scaled = value.numerator * scale;
    if (scaled % value.denominator !== 0n) return NaN;
    const whole = Number(scaled / value.denominator);
    return isSafe(whole) ? whole : NaN;
}

/** n / d in whole numbers by the plan's mode. Truncating the quotient is exact while n is below the guard: the nearest
 *  whole number above is at least 1/d away, more than half a step of Float64 there. */
export function roundedQuotient(n: number, d: number, mode: RoundingMode): number {
    const down = Math.trunc(n / d);
    const rest = n - down * d;
    if (rest === 0) return down;
    return roundsAway(rest, d, down, mode) ? down + (n < 0 ? -1 : 1) : down;
}

/** Whether what truncation left takes the figure one further from zero. */
function roundsAway(rest: number, d: number, down: number, mode: RoundingMode): boolean {
    const over = Math.abs(rest) - (d - Math.abs(rest));
    switch (mode) {
        case 'down':
            return false;
        case 'up':
            return true;
        case 'floor':
            return rest < 0;
        case 'ceiling':
            return rest > 0;
        case 'half-even':
            return over > 0 || (over === 0 && down % 2 !== 0);
        case 'half-up':
            return over >= 0;
        case 'half-down':
            return over > 0;
    }
}
