// Values of CSV fields the careful way, from their text; and the table of days the compiled scanner reads dates with.
import { MS_PER_DAY, dayOf, parseDay } from '../../domain/calendar.ts';
import { minorUnits } from '../../domain/money.ts';
import { NONE } from '../../domain/pipeline/types.ts';
import { ProblemError } from '../../domain/problem.ts';
import type { ColumnKind } from './columns.ts';

const FIRST_TABLE_YEAR = 1900;
const TABLE_YEARS = 256;

/** Day number of the first of each month from 1900 to 2155, and of the month after. */
const MONTH_STARTS = Int32Array.from({ length: TABLE_YEARS * 12 + 1 }, (_, month) =>
    dayOf(FIRST_TABLE_YEAR + Math.floor(month / 12), (month % 12) + 1, 1)
);

/** bytes of a date, after which the time of an instant begins */
export const DAY_BYTES = 10;
const DASHES = 0x2d00002d;
const HOUR_FRAME = 0x5400003a;
const MINUTE_FRAME = 0x3a00003a;
const SECOND_FRAME = 0x3a00002e;
const Z = 0x5a;
const ZERO = 0x30;
const MINUS = 0x2d;
const POINT = 0x2e;
const QUOTE = 0x22;
const COMMA = 0x2c;
const LF = 0x0a;
const CR = 0x0d;

/** What dayAt and instantAt answer for text that is not in Bulk's own form; it may be a date in another one. */
export const OTHER_FORM = -0x8000_0000;

/** Non-zero when one of four bytes is no digit. */
function notDigits(word: number): number {
    return ((word - 0x30303030) | (0x39393939 - word)) & 0x80808080;
}

function number2(word: number): number {
    return ((word >>> 8) & 15) * 10 + (word & 15);
}

/** Day number of `2026-11-21` at `offset`, for the years 1900 to 2155. */
export function dayAt(view: DataView, offset: number): number {
    const year = view.getInt32(offset);
    const month = view.getInt32(offset + 4);
    const day = view.getInt16(offset + 8);
    const monthDigits = (month >>> 8) & 0xffff;
    if (
        (month & 0xff0000ff) !== DASHES ||
        notDigits(year) !== 0 ||
        notDigits((monthDigits << 16) | (day & 0xffff)) !== 0
    ) {
        return OTHER_FORM;
    }
    const years = number2(year >>> 16) * 100 + number2(year) - FIRST_TABLE_YEAR;
    const monthOfYear = number2(monthDigits);
    const at = years * 12 + monthOfYear - 1;
    const dayOfMonth = number2(day);
    const isThere =
        years >= 0 && years < TABLE_YEARS && monthOfYear >= 1 && monthOfYear <= 12 && dayOfMonth >= 1;
    if (!isThere || dayOfMonth > MONTH_STARTS[at + 1]! - MONTH_STARTS[at]!) return OTHER_FORM;
    const found = MONTH_STARTS[at]! + dayOfMonth - 1;
    // 1969-12-31 would read as "none": parseDay knows what to make of it.
    return found === NONE ? OTHER_FORM : found;
}

/** Milliseconds of `T13:45:59.123Z` at `offset` since the day began. */
export function timeAt(view: DataView, offset: number): number {
    const hour = view.getInt32(offset);
    const minute = view.getInt32(offset + 3);
    const second = view.getInt32(offset + 6);
    const milli = view.getInt32(offset + 10);
    // "T13:", ":45:", ":59." and "123Z": two digits in the middle of the first three.
    const isForm =
        (hour & 0xff0000ff) === HOUR_FRAME &&
        (minute & 0xff0000ff) === MINUTE_FRAME &&
        (second & 0xff0000ff) === SECOND_FRAME &&
        (milli & 0xff) === Z;
    const digits = (((hour >>> 8) & 0xffff) << 16) | ((minute >>> 8) & 0xffff);
    const moreDigits = (milli & ~0xff) | ZERO;
    if (!isForm || notDigits(digits) !== 0 || notDigits(moreDigits) !== 0) return OTHER_FORM;
    const seconds = (second >>> 8) & 0xffff;
    if (notDigits((seconds << 16) | seconds) !== 0) return OTHER_FORM;
    const h = number2(hour >>> 8);
    const m = number2(minute >>> 8);
    const s = number2(seconds);
    if (h > 23 || m > 59 || s > 59) return OTHER_FORM;
    return ((h * 60 + m) * 60 + s) * 1000 + ((milli >>> 24) & 15) * 100 + number2(milli >>> 8);
}

/** Milliseconds since 1970 of `2026-11-21T13:45:59.123Z` at `offset`. */
export function instantAt(view: DataView, offset: number): number {
    const day = dayAt(view, offset);
    const time = timeAt(view, offset + DAY_BYTES);
    return day === OTHER_FORM || time === OTHER_FORM ? OTHER_FORM : day * MS_PER_DAY + time;
}

/** What amountAt answers for text it does not read. */
export const OTHER_AMOUNT = Infinity;

/** Integer minor units of `-1250.5` at `offset`: up to twelve digits and two decimals, to the end of the field. */
export function amountAt(view: DataView, offset: number): number {
    let at = offset;
    const isNegative = view.getUint8(at) === MINUS;
    if (isNegative) at++;
    const first = at;
    let minor = 0;
    let digit = 0;
    while ((digit = view.getUint8(at) - ZERO) >= 0 && digit <= 9) {
        minor = minor * 10 + digit;
        at++;
    }
    const digits = at - first;
    minor *= 100;
    if (view.getUint8(at) === POINT && (digit = view.getUint8(at + 1) - ZERO) >= 0 && digit <= 9) {
        minor += digit * 10;
        at += 2;
        if ((digit = view.getUint8(at) - ZERO) >= 0 && digit <= 9) {
            minor += digit;
            at++;
        }
    }
    if (digits === 0 || digits > 12 || !endsAt(view, offset, at)) return OTHER_AMOUNT;
    return isNegative && minor !== 0 ? -minor : minor;
}

/** Where the text of a field that begins at `offset` ends. Of a text with doubled quotes it is the part up to them:
 *  enough to refuse it. */
export function endOfPlainText(view: DataView, offset: number): number {
    let at = offset;
    while (at < view.byteLength && !endsAt(view, offset, at)) at++;
    return at;
}

function endsAt(view: DataView, offset: number, at: number): boolean {
    const byte = view.getUint8(at);
    if (byte === QUOTE) return at + 1 === view.byteLength || view.getUint8(at + 1) !== QUOTE;
    const isQuoted = offset > 0 && view.getUint8(offset - 1) === QUOTE;
    return !isQuoted && (byte === COMMA || byte === LF || byte === CR);
}

const BOOLEANS: Record<string, number> = { true: 1, false: 0, '': -1 };

/** `where` names the row and column for the problem. Kinds that are not read from text are not asked for. */
export function valueOfText(kind: ColumnKind, text: string, where: string): number {
    switch (kind) {
        case 'date':
            return placed(where, () => parseDay(text));
        case 'datetime': {
            const instant = Date.parse(text);
            if (text !== '' && Number.isNaN(instant)) throw wrong('DATETIME_INVALID', where, text);
            return instant;
        }
        case 'amount':
            return minorUnits(text, where) ?? NaN;
        case 'number':
            if (text.trim() === '' ? text !== '' : Number.isNaN(Number(text)))
                throw wrong('NUMBER_INVALID', where, text);
            return text === '' ? NaN : Number(text);
        case 'boolean':
            if (BOOLEANS[text] === undefined) throw wrong('BOOLEAN_INVALID', where, text);
            return BOOLEANS[text];
        default:
            throw new Error(`${kind} is not read from text`);
    }
}

function placed(where: string, read: () => number): number {
    try {
        return read();
    } catch (error) {
        if (error instanceof ProblemError) throw new ProblemError({ ...error.problem, where });
        throw error;
    }
}

export function wrong(code: string, where: string, value: string): ProblemError {
    return new ProblemError({
        code,
        where,
        value,
        fix: 'Download the result again; if it repeats, report the query and this row.'
    });
}
