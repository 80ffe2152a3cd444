// Rounding and sharing out, as plan-language.md states them, written anew for the checker.
import {
    add,
    compare,
    divide,
    exact,
    multiply,
    sign,
    subtract,
    total,
    wholeBelow,
    ZERO,
    type Exact
} from './exact.ts';

export interface Rounding {
    unit: Exact;
    mode: string;
    at: 'line' | 'component' | 'payout';
    residual: string;
}

/** Whether the upper neighbour is taken, by mode: from the part above the lower one, compared with a half, and the sign. */
const UPPER: Record<string, (toHalf: number, isBelowZero: boolean, lowerIsOdd: boolean) => boolean> = {
    'half-even': (toHalf, _, lowerIsOdd) => toHalf > 0 || (toHalf === 0 && lowerIsOdd),
    'half-up': (toHalf, isBelowZero) => toHalf > 0 || (toHalf === 0 && !isBelowZero),
    'half-down': (toHalf, isBelowZero) => toHalf > 0 || (toHalf === 0 && isBelowZero),
    up: (_, isBelowZero) => !isBelowZero,
    down: (_, isBelowZero) => isBelowZero,
    ceiling: () => true,
    floor: () => false
};

export function rounded(value: Exact, unit: Exact, mode: string): Exact {
    const units = divide(value, unit);
    const lower = wholeBelow(units);
    const above = subtract(units, exact(lower));
    const takesUpper = UPPER[mode];
    if (!takesUpper) throw new Error(`${mode} is no rounding mode`);
    const isUpper =
        sign(above) > 0 && takesUpper(compare(above, exact(1, 2)), sign(value) < 0, lower % 2n !== 0n);
    return multiply(exact(isUpper ? lower + 1n : lower), unit);
}

export function isWholeUnits(value: Exact, unit: Exact): boolean {
    return divide(value, unit).bottom === 1n;
}

/** The whole in proportion to the weights: in whole units without loss where the whole is whole units, else exactly. */
export function sharedOut(whole: Exact, weights: readonly Exact[], { unit, residual }: Rounding): Exact[] {
    if (whole.top === 0n) return weights.map(() => ZERO);
    const sum = total(weights);
    const parts = weights.map((weight) => divide(multiply(whole, weight), sum));
    if (!isWholeUnits(whole, unit)) return parts;
    const kept = parts.map((part) => rounded(part, unit, 'down'));
    const units = divide(subtract(whole, total(kept)), unit).top;
    const order = orderOfReceivers(parts, kept, residual);
    const one = units < 0n ? -1n : 1n;
    for (let given = 0; BigInt(given) !== units * one; given++) {
        const receiver = order[given % order.length]!;
        kept[receiver] = add(kept[receiver]!, multiply(exact(one), unit));
    }
    return kept;
}

function orderOfReceivers(parts: readonly Exact[], kept: readonly Exact[], residual: string): number[] {
    const indices = parts.map((_, index) => index);
    const size = (value: Exact): Exact => (sign(value) < 0 ? subtract(ZERO, value) : value);
    const by = (measure: (index: number) => Exact): number[] =>
        indices.sort((a, b) => compare(measure(b), measure(a)) || a - b);
    switch (residual) {
        case 'first':
            return [0];
        case 'last':
            return [parts.length - 1];
        case 'largest':
            return by((index) => size(parts[index]!)).slice(0, 1);
        default:
            return by((index) => size(subtract(parts[index]!, kept[index]!)));
    }
}
