// A whole shared out without loss: in whole units where the whole has no part of a unit, else exactly.
import { Ratio, sumOf } from '../ratio.ts';
import { allocate, roundTo, type RoundingRule } from '../rounding.ts';

/** 100.00 in thirds is 33.34, 33.33, 33.33; 10.005 in halves is 5.0025 twice. Weights must not sum to zero. */
export function shareOut(whole: Ratio, weights: readonly Ratio[], rounding: RoundingRule): Ratio[] {
    if (whole.isZero) return weights.map(() => Ratio.ZERO);
    if (roundTo(whole, rounding.unit, 'down').equals(whole)) return allocate(whole, weights, rounding);
    const sum = sumOf(weights);
    return weights.map((weight) => whole.times(weight).over(sum));
}
