// Days at work: Monday to Friday without holidays, absences and the days before somebody joined or after he left. A quiet week of
// somebody on leave is no quiet week.
import { addBusinessDays, businessDaysBetween } from '../../calendar.ts';
import type { DayNumber } from '../../pipeline/types.ts';
import type { Grain, Person, SeriesPoint } from '../types.ts';
import type { Observation, WatchedMetric, WorkCalendar } from './types.ts';

const DAYS_OF: Record<Exclude<Grain, 'month'>, number> = { day: 1, week: 7, quarter: 91 };

/** Days the person was at work from `from` (counted) to `to` (not counted). */
export function daysAtWork(
    person: Pick<Person, 'id' | 'joined' | 'left'>,
    from: DayNumber,
    to: DayNumber,
    calendar: WorkCalendar
): number {
    const first = Math.max(from, person.joined);
    const end = person.left === null ? to : Math.min(to, person.left + 1);
    if (end <= first) return 0;
    const away = calendar.absences.get(person.id) ?? [];
    if (away.length === 0 && calendar.holidays.size === 0) return businessDaysBetween(first, end);
    let missed = 0;
    for (let day = first; day < end; day++) {
        const isAway =
            calendar.holidays.has(day) || away.some((absence) => absence.from <= day && day <= absence.to);
        if (isAway && isWeekday(day)) missed++;
    }
    return businessDaysBetween(first, end) - missed;
}

/** The day itself when the person works then, else the next day he does; null when none follows within a year. */
export function nextDayAtWork(
    person: Pick<Person, 'id' | 'joined' | 'left'>,
    day: DayNumber,
    calendar: WorkCalendar
): DayNumber | null {
    for (let next = day; next < day + 366; next++)
        if (daysAtWork(person, next, next + 1, calendar) === 1) return next;
    return null;
}

/** First day after the period that begins on `from`. A month begins on its first day: the next one is 31 days on or sooner. */
export function endOfPeriod(from: DayNumber, grain: Grain): DayNumber {
    if (grain !== 'month') return from + DAYS_OF[grain];
    const late = new Date((from + 31) * 86_400_000);
    return from + 32 - late.getUTCDate();
}

/** Monday of the week the day is in. */
export function mondayOf(day: DayNumber): DayNumber {
    // 1970-01-01 was a Thursday.
    return day - ((((day + 3) % 7) + 7) % 7);
}

export function isWeekday(day: DayNumber): boolean {
    return addBusinessDays(day, 1) === day + 1;
}

/** Whole periods up to the day in which the person was at work and something was measured, oldest first. Of a count, no point
 *  at all in a week at work would be "not delivered", so a count of nothing has to come as 0. */
export function observe(
    person: Person,
    points: readonly SeriesPoint[],
    grain: Grain,
    since: DayNumber,
    asOf: DayNumber,
    metric: Pick<WatchedMetric, 'scale'>,
    calendar: WorkCalendar
): Observation[] {
    return points
        .filter(({ from }) => from >= since && endOfPeriod(from, grain) <= asOf)
        .map(({ from, value, n }) => ({
            from,
            value,
            n,
            days: daysAtWork(person, from, endOfPeriod(from, grain), calendar)
        }))
        .filter((seen): seen is Observation => {
            if (seen.value === null || !Number.isFinite(seen.value) || seen.days === 0) return false;
            return metric.scale === 'count' || seen.n > 0;
        })
        .sort((a, b) => a.from - b.from);
}
