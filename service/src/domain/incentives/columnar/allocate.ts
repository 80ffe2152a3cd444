// Sharing out in whole numbers: parts truncated, what is left to the residual's owners. The same rule as `allocate` in rounding.ts.
import type { RoundingRule } from '../../rounding.ts';

type Residual = RoundingRule['residual'];
type Weights = ArrayLike<number>;

/** Writes the parts of `total` in proportion to weights that sum to `sum`, from `at` on in `parts`. */
export function allocateWhole(
    total: number,
    weights: Weights,
    first: number,
    count: number,
    sum: number,
    residual: Residual,
    parts: Float64Array,
    at: number
): void {
    let left = total;
    for (let i = 0; i < count; i++) {
        const part = Math.trunc((total * weights[first + i]!) / sum);
        parts[at + i] = part;
        left -= part;
    }
    if (left !== 0 && count > 0) settle(total, weights, first, count, sum, residual, parts, at, left);
}

/** Gives what truncation left: a unit each to those it took most from, or all to one. */
export function settle(
    total: number,
    weights: Weights,
    first: number,
    count: number,
    sum: number,
    residual: Residual,
    parts: Float64Array,
    at: number,
    left: number
): void {
    // What does not fit below the guard is NaN and calculated with BigInt.
    if (Number.isNaN(left)) return;
    if (residual !== 'largestRemainder') {
        parts[at + ownerOf(weights, first, count, residual)]! += left;
        return;
    }
    const lost = Array.from({ length: count }, (_, i) => {
        const exact = total * weights[first + i]!;
        return Math.abs(exact - parts[at + i]! * sum);
    });
    const step = left < 0 ? -1 : 1;
    for (let rest = left; rest !== 0; rest -= step) {
        const most = lost.indexOf(Math.max(...lost));
        parts[at + most]! += step;
        lost[most] = -1;
    }
}

function ownerOf(weights: Weights, first: number, count: number, residual: Residual): number {
    if (residual !== 'largest') return residual === 'first' ? 0 : count - 1;
    let best = 0;
    for (let i = 1; i < count; i++)
        if (Math.abs(weights[first + i]!) > Math.abs(weights[first + best]!)) best = i;
    return best;
}
