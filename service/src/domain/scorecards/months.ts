// Calendar months and tenure in day numbers. Nothing here knows what day it is today.
import { dayOf, formatDay, parseDay } from '../calendar.ts';
import type { DayNumber } from '../pipeline/types.ts';
import type { MonthKey } from './types.ts';

/** Months since year 0, so that months can be counted with: 2026-10 is 24321. */
export type MonthNumber = number;

export function monthNumberOf(day: DayNumber): MonthNumber {
    const text = formatDay(day);
    return Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7)) - 1;
}

export function firstDayOf(month: MonthNumber): DayNumber {
    return dayOf(Math.floor(month / 12), (month % 12) + 1, 1);
}

export function monthKeyOf(month: MonthNumber): MonthKey {
    return formatDay(firstDayOf(month)).slice(0, 7);
}

/** Null for anything but `2026-10`. */
export function parseMonth(key: string): MonthNumber | null {
    if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(key)) return null;
    return monthNumberOf(parseDay(`${key}-01`));
}

export function isFirstOfMonth(day: DayNumber): boolean {
    return firstDayOf(monthNumberOf(day)) === day;
}

/** Which month with the firm this is, counted from 1; who joins on the 20th has the first month until the end of the next one, so
 *  that nobody's first month is ten days long. */
export function tenureMonth(joined: DayNumber, month: MonthNumber): number {
    const first = isFirstOfMonth(joined) ? monthNumberOf(joined) : monthNumberOf(joined) + 1;
    return Math.max(1, month - first + 1);
}
