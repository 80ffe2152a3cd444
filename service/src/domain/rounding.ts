// Rounding on purpose: to a unit, in a named mode, and so that rounded parts still sum to the rounded whole.
import { Ratio, sumOf } from './ratio.ts';

export const ROUNDING_MODES = [
    'half-even',
    'half-up',
    'half-down',
    'up',
    'down',
    'ceiling',
    'floor'
] as const;
/** `half-up`, `half-down`, `up` and `down` look away from and towards zero, so that -0.5 mirrors 0.5. */
export type RoundingMode = (typeof ROUNDING_MODES)[number];

export const ROUNDING_STAGES = ['line', 'component', 'payout'] as const;
export const RESIDUAL_OWNERS = ['largestRemainder', 'largest', 'first', 'last'] as const;

export interface RoundingRule {
    /** smallest amount, e.g. 0.01 */
    unit: Ratio;
    mode: RoundingMode;
    /** what is rounded first; everything after works on rounded figures */
    at: (typeof ROUNDING_STAGES)[number];
    /** the part that takes what rounding leaves over */
    residual: (typeof RESIDUAL_OWNERS)[number];
}

/** 2.5 cents in units of a cent: 2 by half-even, 3 by half-up. */
export function roundTo(value: Ratio, unit: Ratio, mode: RoundingMode): Ratio {
    return Ratio.of(wholeUnits(value.over(unit), mode)).times(unit);
}

/** Parts of a rounded total, in proportion to their weights, each a whole number of units, summing to the total. Units
 *  that are left over go one each to the parts that rounding took most from (`largestRemainder`, the first of equal ones),
 *  or all to the `largest`, `first` or `last` part. Weights must not sum to zero; the total is a whole number of units.
 *  100.00 in thirds: 33.34, 33.33, 33.33. */
export function allocate(
    total: Ratio,
    weights: readonly Ratio[],
    { unit, residual }: Pick<RoundingRule, 'unit' | 'residual'>
): Ratio[] {
    const sum = sumOf(weights);
    const exact = weights.map((weight) => total.times(weight).over(sum).over(unit));
    const parts = exact.map((part) => wholeUnits(part, 'down'));
    const left = wholeUnits(total.over(unit), 'down') - parts.reduce((a, b) => a + b, 0n);
    const receivers =
        residual === 'largestRemainder' ? byRemainder(exact, parts) : [ownerOf(exact, residual)];
    const step = left < 0n ? -1n : 1n;
    for (let given = 0n; given !== left; given += step)
        parts[receivers[Number(given * step) % receivers.length]!]! += step;
    return parts.map((part) => Ratio.of(part).times(unit));
}

function byRemainder(exact: readonly Ratio[], parts: readonly bigint[]): number[] {
    return exact
        .map((part, index) => ({ index, lost: part.minus(Ratio.of(parts[index]!)).absolute() }))
        .sort((a, b) => b.lost.compare(a.lost) || a.index - b.index)
        .map(({ index }) => index);
}

function ownerOf(exact: readonly Ratio[], residual: 'largest' | 'first' | 'last'): number {
    if (residual !== 'largest') return residual === 'first' ? 0 : exact.length - 1;
    return exact.reduce(
        (best, part, i) => (part.absolute().compare(exact[best]!.absolute()) > 0 ? i : best),
        0
    );
}

function wholeUnits(value: Ratio, mode: RoundingMode): bigint {
    const below = value.floor();
    const rest = value.minus(Ratio.of(below));
    if (rest.isZero) return below;
    const half = rest.compare(Ratio.of(1n, 2n));
    switch (mode) {
        case 'floor':
            return below;
        case 'ceiling':
            return below + 1n;
        case 'down':
            return value.sign < 0 ? below + 1n : below;
        case 'up':
            return value.sign < 0 ? below : below + 1n;
        case 'half-even':
            if (half !== 0) return half < 0 ? below : below + 1n;
            return below % 2n === 0n ? below : below + 1n;
        case 'half-up':
            if (half !== 0) return half < 0 ? below : below + 1n;
            return value.sign < 0 ? below : below + 1n;
        case 'half-down':
            if (half !== 0) return half < 0 ? below : below + 1n;
            return value.sign < 0 ? below + 1n : below;
    }
}
