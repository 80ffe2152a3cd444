// Days of plans as ISO text: months passed, days passed, the same day of another month.
import { dayOf, formatDay, parseDay } from '../calendar.ts';
import type { IsoDay } from './plan.ts';

/** From `from` (counted) to `to` (not counted). */
export function daysBetween(from: IsoDay, to: IsoDay): number {
    return parseDay(to) - parseDay(from);
}

/** Months completed from one day to another: 2026-01-31 to 2026-02-28 is 1, because February has no 31st; negative
 *  backwards. */
export function wholeMonths(from: IsoDay, to: IsoDay): number {
    if (to < from) return -wholeMonths(to, from);
    const months = monthNumber(to) - monthNumber(from);
    return addMonths(from, months) > to ? months - 1 : months;
}

/** The same day so many months later, or the last day of a month that lacks it. */
export function addMonths(day: IsoDay, count: number): IsoDay {
    parseDay(day);
    const month = monthNumber(day) + count;
    const year = Math.floor(month / 12);
    const wanted = Number(day.slice(8, 10));
    const lastDay =
        dayOf(Math.floor((month + 1) / 12), ((month + 1) % 12) + 1, 1) - dayOf(year, (month % 12) + 1, 1);
    return formatDay(dayOf(year, (month % 12) + 1, Math.min(wanted, lastDay)));
}

export function addDays(day: IsoDay, count: number): IsoDay {
    return formatDay(parseDay(day) + count);
}

function monthNumber(day: IsoDay): number {
    return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
}
