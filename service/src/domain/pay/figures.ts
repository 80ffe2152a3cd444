// Figures of statements as text: amounts in cents, rates with the digits the fields hold, keys and labels.
import { Ratio } from '../ratio.ts';
import { roundTo } from '../rounding.ts';

const CENT = Ratio.of(1, 100n);
const RATE_UNIT = Ratio.of(1, 100_000_000n);
const COUNT_UNIT = Ratio.of(1, 1_000_000n);
/** Amounts of the org's fields have 14 digits before the point, and a Float64 keeps every cent below this. */
const LARGEST = Ratio.of(9_000_000_000_000);

export function cents(amount: Ratio): string {
    return roundTo(amount, CENT, 'half-even').toFixed(2);
}

export function rateText(rate: Ratio): string {
    return roundTo(rate, RATE_UNIT, 'half-even').toFixed(8);
}

export function countText(count: Ratio): string {
    return roundTo(count, COUNT_UNIT, 'half-even').toFixed(6);
}

export function fits(amount: Ratio): boolean {
    return amount.absolute().compare(LARGEST) < 0;
}

/** Text of an amount, written here or by the org. */
export function amountOf(text: string): Ratio {
    const amount = Ratio.parseDecimal(text);
    if (!amount) throw new Error(`${JSON.stringify(text)} is no amount`);
    return amount;
}

/** Parts of a key; `-` for none. Trailing ones without meaning are left out by the caller. */
export function keyOf(...parts: string[]): string {
    return parts.map((part) => part || '-').join(':');
}

/** `upfrontTrail` to `Upfront trail`: what a part of a plan without a name is called. */
export function labelOf(key: string): string {
    const words = key.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
    return words.charAt(0).toUpperCase() + words.slice(1);
}
