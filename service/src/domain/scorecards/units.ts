// Decimals as whole numbers of ten-thousandths, exact in a Float64 up to nine hundred thousand million: read, written, divided with one
// rounding. Fields of results have four decimals for the same reason.
import { Ratio } from '../ratio.ts';
import { roundTo } from '../rounding.ts';
import type { Units } from './types.ts';

export const UNITS_PER_ONE = 10_000;
/** Largest value of one fact (ninety thousand million): ten of them still add up exactly. */
export const LARGEST_UNITS = 9e14;

const DECIMAL = /^[+-]?\d{1,11}(?:\.\d{1,4})?$/;
const TEN_THOUSANDTH = Ratio.of(1n, 10_000n);

/** `12.5` gives 125000; null for more than four decimals, too large a number, or no number. */
export function parseUnits(text: string): Units | null {
    if (!DECIMAL.test(text)) return null;
    const ratio = Ratio.parseDecimal(text)!;
    const units = Number((ratio.numerator * 10_000n) / ratio.denominator);
    return Math.abs(units) <= LARGEST_UNITS ? units + 0 : null;
}

/** `12.5` for 125000 */
export function unitsText(units: Units): string {
    return unitsRatio(units).toString();
}

export function unitsRatio(units: Units): Ratio {
    return Ratio.of(BigInt(units), 10_000n);
}

/** Rounded once, half away from zero as Salesforce shows decimals: 2/3 gives 6667. */
export function roundedUnits(exact: Ratio): Units {
    return Number(roundTo(exact, TEN_THOUSANDTH, 'half-up').times(Ratio.of(10_000n)).numerator);
}
