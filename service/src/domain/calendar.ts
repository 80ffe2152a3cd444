// Days of the org: day numbers (whole days since 1970-01-01), business days, and the day an instant falls on in the
// org's time zone. Pure apart from the time zone tables that come with Node; nothing here knows what day it is today.
import { ProblemError } from './problem.ts';
import { NONE, type DayNumber } from './pipeline/types.ts';

export const MS_PER_DAY = 86_400_000;

/** Monday 1900-01-08, the anchor of the weekday formula in the package's formula fields. */
const ANCHOR_MONDAY: DayNumber = -25_560;

const DASH = '-'.charCodeAt(0);
const ZERO = '0'.charCodeAt(0);

/** Day number of a date of the (proleptic) Gregorian calendar: 1970-01-01 gives 0, 2026-11-21 gives 20778. */
export function dayOf(year: number, month: number, day: number): DayNumber {
    // Years are counted from March, so that the leap day is the last one.
    const marchYear = month > 2 ? year : year - 1;
    const era = Math.floor(marchYear / 400);
    const yearOfEra = marchYear - era * 400;
    const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
    const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
    return real(era * 146_097 + dayOfEra - 719_468);
}

/** NONE is -1, which is also 1969-12-31: that one day is read as the day before it. */
function real(day: number): DayNumber {
    return day === NONE ? NONE - 1 : day;
}

/** Day number of `2026-11-21`; NONE for blank. A date that does not exist is a problem, years 0001 to 9999 are not. */
export function parseDay(text: string | null | undefined): DayNumber {
    if (text === null || text === undefined || text === '') return NONE;
    const isIso = text.length === 10 && text.charCodeAt(4) === DASH && text.charCodeAt(7) === DASH;
    const year = numberAt(text, 0, 4);
    const month = numberAt(text, 5, 7);
    const day = numberAt(text, 8, 10);
    // What is no digit is NaN, which is within no bounds.
    if (isIso && year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysOf(year, month))
        return dayOf(year, month, day);
    throw new ProblemError({
        code: 'DATE_INVALID',
        where: 'a date',
        value: text,
        fix: 'Write dates as YYYY-MM-DD.'
    });
}

/** NaN where there is another character than digits. */
function numberAt(text: string, from: number, to: number): number {
    let number = 0;
    for (let at = from; at < to; at++) {
        const digit = text.charCodeAt(at) - ZERO;
        if (!(digit >= 0 && digit <= 9)) return NaN;
        number = number * 10 + digit;
    }
    return number;
}

function daysOf(year: number, month: number): number {
    if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
    return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

/** `2026-11-21` for 20778, '' for NONE. */
export function formatDay(day: DayNumber): string {
    if (day === NONE) return '';
    const shifted = day + 719_468;
    const era = Math.floor(shifted / 146_097);
    const dayOfEra = shifted - era * 146_097;
    const yearOfEra = Math.floor(
        (dayOfEra -
            Math.floor(dayOfEra / 1460) +
            Math.floor(dayOfEra / 36_524) -
            Math.floor(dayOfEra / 146_096)) /
            365
    );
    const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
    const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
    const dayOfMonth = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
    const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
    const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
    return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`;
}

/** Mondays to Fridays from the anchor up to, not including, `day`: 5*FLOOR(d/7) + MIN(5, MOD(d, 7)). */
function weekdaysBefore(day: DayNumber): number {
    const days = day - ANCHOR_MONDAY;
    const weeks = Math.floor(days / 7);
    return 5 * weeks + Math.min(5, days - 7 * weeks);
}

/** Weekdays from `from` (counted) to `to` (not counted): Friday to Monday is 1, Saturday to Monday is 0.
 *  Equal to the formula field ObservedBusinessDays__c read on the day `to`. */
export function businessDaysBetween(from: DayNumber, to: DayNumber): number {
    return weekdaysBefore(to) - weekdaysBefore(from);
}

/** The first day on which at least `count` business days have passed since `day`: Friday plus 1 is Saturday. */
export function addBusinessDays(day: DayNumber, count: number): DayNumber {
    const target = weekdaysBefore(day) + Math.max(0, Math.ceil(count));
    if (target === weekdaysBefore(day)) return day;
    const weeks = Math.floor(target / 5);
    const rest = target - 5 * weeks;
    return real(ANCHOR_MONDAY + (rest === 0 ? 7 * weeks - 2 : 7 * weeks + rest));
}
