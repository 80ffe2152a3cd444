// Formula functions on numbers.
import { many, plain } from './builders.ts';
import type { Build } from './builders.ts';
import { roundHalfUp } from './values.ts';

const wholeDigits = (value: number): number => Number(value.toPrecision(15));
const awayFromZero = (value: number): number => (value < 0 ? Math.floor(value) : Math.ceil(value));
/** Digits that are left out are 0. */
const truncated = (value: number, digits = 0): number => {
    const shifted = Math.trunc(wholeDigits(value * 10 ** Math.trunc(digits)));
    return wholeDigits(shifted / 10 ** Math.trunc(digits));
};

const N = 'number';

export const NUMBER_FUNCTIONS: Record<string, Build> = {
    ABS: plain([N], N, (value: number) => Math.abs(value)),
    SQRT: plain([N], N, (value: number) => (value < 0 ? null : Math.sqrt(value))),
    EXP: plain([N], N, (value: number) => Math.exp(value)),
    LN: plain([N], N, (value: number) => (value > 0 ? Math.log(value) : null)),
    LOG: plain([N], N, (value: number) => (value > 0 ? Math.log10(value) : null)),
    MOD: plain([N, N], N, (value: number, divisor: number) =>
        divisor === 0 ? null : wholeDigits(value % divisor)
    ),
    // FLOOR and CEILING go by the size of the number: towards and away from zero.
    FLOOR: plain([N], N, (value: number) => Math.trunc(wholeDigits(value))),
    CEILING: plain([N], N, (value: number) => awayFromZero(wholeDigits(value))),
    MFLOOR: plain([N], N, (value: number) => Math.floor(wholeDigits(value))),
    MCEILING: plain([N], N, (value: number) => Math.ceil(wholeDigits(value))),
    ROUND: plain([N, N], N, (value: number, digits: number) => roundHalfUp(value, Math.trunc(digits))),
    MIN: many((values) => Math.min(...values)),
    MAX: many((values) => Math.max(...values)),
    TRUNC: plain([N, N], N, truncated, 1),
    PI: plain([], N, () => Math.PI),
    SIN: plain([N], N, Math.sin),
    COS: plain([N], N, Math.cos),
    TAN: plain([N], N, Math.tan),
    ASIN: plain([N], N, (value: number) => finite(Math.asin(value))),
    ACOS: plain([N], N, (value: number) => finite(Math.acos(value))),
    ATAN: plain([N], N, Math.atan),
    ATAN2: plain([N, N], N, Math.atan2)
};

function finite(value: number): number | null {
    return Number.isFinite(value) ? value : null;
}
