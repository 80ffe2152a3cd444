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

/** The least scale that makes whole numbers of all of them, and is a multiple of another. */
export function scaleOf(ratios: Iterable<Ratio>, multipleOf = 1n): bigint {
    let scale = multipleOf;
    for (const { denominator } of ratios)
        if (scale % denominator !== 0n) scale = leastCommonMultiple(scale, denominator);
    return scale;
}

/** `value` as a whole number of `1/scale`; NaN where it is none or has no room below the guard. */
export function wholeAt(value: Ratio, scale: bigint): number {
    const scaled = value.numerator * scale;
    if (scaled % value.denominator !== 0n) return NaN;
    const whole = Number(scaled / value.denominator);
    return isSafe(whole) ? whole : NaN;
}

/** Rounds n / d in whole numbers. */
export type Rounding = (n: number, d: number) => number;

/** By mode. Truncating the quotient is exact while n is below the guard: the nearest whole number above is at least 1/d away,
 *  more than half a step of Float64 there. */
export const ROUNDINGS: Record<RoundingMode, Rounding> = {
    down: (n, d) => Math.trunc(n / d),
    up(n, d) {
        const down = Math.trunc(n / d);
        return n - down * d === 0 ? down : away(down, n);
    },
    floor(n, d) {
        const down = Math.trunc(n / d);
        return n - down * d < 0 ? down - 1 : down;
    },
    ceiling(n, d) {
        const down = Math.trunc(n / d);
        return n - down * d > 0 ? down + 1 : down;
    },
    'half-even'(n, d) {
        if (!(Math.abs(n) < ROOM)) return truncatedHalfEven(n, d);
        // Adding what leaves no room for parts rounds half to even in one step, which guesses no branch. A quotient that is a
        // half only because it was rounded itself is found by what is left.
        const nearest = n / d + NO_PARTS - NO_PARTS;
        const rest = n - nearest * d;
        return overHalf(rest, d) > 0 ? away(nearest, rest) : nearest;
    },
    'half-up'(n, d) {
        const down = Math.trunc(n / d);
        return overHalf(n - down * d, d) >= 0 ? away(down, n) : down;
    },
    'half-down'(n, d) {
        const down = Math.trunc(n / d);
        return overHalf(n - down * d, d) > 0 ? away(down, n) : down;
    }
};

/** Below it a quotient leaves room for the parts that decide. */
const ROOM = 2 ** 51;
/** Numbers from here on to the guard have no parts. */
const NO_PARTS = 1.5 * 2 ** 52;

function truncatedHalfEven(n: number, d: number): number {
    const down = Math.trunc(n / d);
    const over = overHalf(n - down * d, d);
    return over > 0 || (over === 0 && down % 2 !== 0) ? away(down, n) : down;
}

/** Above zero where what truncation left is more than half of d, without leaving the whole numbers. */
function overHalf(rest: number, d: number): number {
    const left = Math.abs(rest);
    return left - (d - left);
}

function away(down: number, n: number): number {
    return n < 0 ? down - 1 : down + 1;
}
