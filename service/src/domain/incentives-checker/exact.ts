// The checker's own exact numbers: pairs of whole numbers, with its own reading, rounding and sharing out. On purpose nothing
// here comes from the engine, so that a mistake in one of the two shows as a difference.

export interface Exact {
    readonly top: bigint;
    /** above zero; the pair is not always in lowest terms */
    readonly bottom: bigint;
}

export const ZERO: Exact = { top: 0n, bottom: 1n };
export const ONE: Exact = { top: 1n, bottom: 1n };

export function exact(top: bigint | number, bottom: bigint | number = 1n): Exact {
    const [a, b] = [BigInt(top), BigInt(bottom)];
    if (b === 0n) throw new RangeError('division by zero');
    const divisor = commonDivisor(a < 0n ? -a : a, b < 0n ? -b : b);
    const sign = b < 0n ? -1n : 1n;
    return { top: (sign * a) / divisor, bottom: (sign * b) / divisor };
}

export const add = (a: Exact, b: Exact): Exact =>
    exact(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom);
export const subtract = (a: Exact, b: Exact): Exact => add(a, negative(b));
export const multiply = (a: Exact, b: Exact): Exact => exact(a.top * b.top, a.bottom * b.bottom);
export const divide = (a: Exact, b: Exact): Exact => exact(a.top * b.bottom, a.bottom * b.top);
export const negative = (a: Exact): Exact => ({ top: -a.top, bottom: a.bottom });
export const isSame = (a: Exact, b: Exact): boolean => compare(a, b) === 0;
export const least = (a: Exact, b: Exact): Exact => (compare(b, a) < 0 ? b : a);
export const most = (a: Exact, b: Exact): Exact => (compare(b, a) > 0 ? b : a);
export const total = (items: Iterable<Exact>): Exact => [...items].reduce(add, ZERO);
export const sign = (a: Exact): number => compare(a, ZERO);

export function compare(a: Exact, b: Exact): number {
    const [left, right] = [a.top * b.bottom, b.top * a.bottom];
    return left === right ? 0 : left < right ? -1 : 1;
}

/** Largest whole number not above it. */
export function wholeBelow({ top, bottom }: Exact): bigint {
    const rest = ((top % bottom) + bottom) % bottom;
    return (top - rest) / bottom;
}

/** `-1250.50`, `1e3`, `5%`, `25bp`, `2/3`; null for anything else. */
export function readExact(text: string): Exact | null {
    const parts = text.split('/').map(readPlain);
    if (parts.length > 2 || parts.some((part) => part === null)) return null;
    const [over, under = ONE] = parts as Exact[];
    return under.top === 0n ? null : divide(over!, under);
}

function readPlain(text: string): Exact | null {
    const found = /^\s*([+-]?)(\d+)(?:\.(\d*))?(?:e([+-]?\d+))?\s*(%|bp)?\s*$/i.exec(text);
    if (!found || found[3] === '') return null;
    const [, minus, whole, decimals = '', power = '0', unit = ''] = found;
    const shift = BigInt(power) - BigInt(decimals.length) - ({ '%': 2n, bp: 4n }[unit] ?? 0n);
    const digits = BigInt(whole! + decimals) * (minus === '-' ? -1n : 1n);
    return shift < 0n ? exact(digits, 10n ** -shift) : exact(digits * 10n ** shift);
}

/** As results write it: a decimal where it ends, else a fraction in lowest terms. */
export function written(value: Exact): string {
    const { top, bottom } = exact(value.top, value.bottom);
    let rest = bottom;
    let [twos, fives] = [0, 0];
    for (; rest % 2n === 0n; rest /= 2n) twos++;
    for (; rest % 5n === 0n; rest /= 5n) fives++;
    return rest === 1n ? withDecimals({ top, bottom }, Math.max(twos, fives)) : `${top}/${bottom}`;
}

/** The value must end after so many decimals. */
function withDecimals({ top, bottom }: Exact, decimals: number): string {
    const digits = (top * 10n ** BigInt(decimals)) / bottom;
    const text = String(digits < 0n ? -digits : digits).padStart(decimals + 1, '0');
    const point = text.length - decimals;
    return (digits < 0n ? '-' : '') + text.slice(0, point) + (decimals > 0 ? `.${text.slice(point)}` : '');
}

/** As results write money: with the decimals of the unit, or exactly where it was not rounded. */
export function writtenMoney(value: Exact, unit: Exact): string {
    const decimals = (written(unit).split('.')[1] ?? '').length;
    const isWhole = (value.top * 10n ** BigInt(decimals)) % value.bottom === 0n;
    return isWhole ? withDecimals(value, decimals) : written(value);
}

function commonDivisor(a: bigint, b: bigint): bigint {
    return b === 0n ? a || 1n : commonDivisor(b, a % b);
}
