// Days and moments of generated data. A day is a whole number since 1970-01-01.
import type { Random } from './random.ts';

const MS_PER_DAY = 86_400_000;

export const toIsoDate = (day: number): string => new Date(day * MS_PER_DAY).toISOString().slice(0, 10);

export const dayOf = (moment: Date): number => Math.floor(moment.getTime() / MS_PER_DAY);

/** The day itself, or the Monday after it when it falls on a weekend. 1970-01-01 was a Thursday. */
export function workday(day: number): number {
    const weekday = (day + 3) % 7;
    return weekday < 5 ? day : day + (7 - weekday);
}

/** A moment in office hours (UTC 08:00-17:59) of that day. */
export function officeMoment(day: number, random: Random): string {
    return new Date(day * MS_PER_DAY + random.int(8 * 3600, 18 * 3600 - 1) * 1000).toISOString();
}
