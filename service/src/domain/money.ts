// Exact money: integer minor units (cents) from the decimal text or JSON number that Salesforce sends.
// Does no arithmetic on rates and knows no currency; amounts from 9e12 units on are refused, because the service
// promises that every sum and comparison of amounts is exact in a Float64.
import { ProblemError } from './problem.ts';

/** Amounts below this many units keep all their cents exactly in a Float64. */
export const LARGEST_AMOUNT_UNITS = 9e12;

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;
const MINOR_DIGITS = 2;
const MINOR_PER_UNIT = 100;

/** '1234.5' gives 123450, null and blank give null. Digits beyond the cent are rounded half away from zero, as
 *  Salesforce shows them. `where` names the row and field for the problem. */
export function minorUnits(value: string | number | null | undefined, where: string): number | null {
    if (value === null || value === undefined || value === '') return null;
    if (typeof value === 'number') {
        const minor = Math.round(value * MINOR_PER_UNIT);
        // A number that has at most two decimals comes back unchanged; others take the exact way through their text.
        if (minor / MINOR_PER_UNIT === value && Math.abs(value) < LARGEST_AMOUNT_UNITS) return minor + 0;
    }
    return fromText(String(value), where);
}

/** Units with cents, for Salesforce fields and people: 123450 gives 1234.5. */
export function toUnits(minor: number): number {
    return minor / MINOR_PER_UNIT;
}

function fromText(text: string, where: string): number {
    const parts = DECIMAL.exec(text.trim());
    if (!parts || (parts[2] === '' && (parts[3] ?? '') === '')) {
        throw new ProblemError({
            code: 'AMOUNT_INVALID',
            where,
            value: text,
            fix: 'Correct the amount in Salesforce.'
        });
    }
    const digits = parts[2]! + (parts[3] ?? '');
    // Where the point stands in `digits` once the exponent is applied; two digits after it are the cents.
    const cut = parts[2]!.length + Number(parts[4] ?? 0) + MINOR_DIGITS;
    const whole = cut <= 0 ? '0' : digits.slice(0, cut).padEnd(cut, '0');
    const roundsUp = cut >= 0 && cut < digits.length && digits[cut]! >= '5';
    const minor = Number(whole) + (roundsUp ? 1 : 0);
    if (!(minor < LARGEST_AMOUNT_UNITS * MINOR_PER_UNIT)) {
        throw new ProblemError({
            code: 'AMOUNT_TOO_LARGE',
            where,
            value: text,
            fix: 'Amounts must be below 9,000,000,000,000 units; correct the amount in Salesforce.'
        });
    }
    return parts[1] === '-' && minor !== 0 ? -minor : minor;
}
