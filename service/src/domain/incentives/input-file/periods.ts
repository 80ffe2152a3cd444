// The periods an input asks for: listed one by one, or all from a day to a day as the plan divides time. Keys are those people
// write: 2026-01, 2026-Q1, 2026-H1, 2026, 2026-W07 (ISO week), plan. A month or week is named for the day it starts, a quarter
// or half-year by its number in the plan's year, and that year for the calendar year it starts in.
import type { Problem } from '../../problem.ts';
import { addDays } from '../dates.ts';
import type { PeriodDates } from '../input.ts';
import type { Interval, IsoDay, Plan } from '../plan.ts';
import { PlanCalendar } from '../plan-calendar.ts';
import type { RowReader } from './row-reader.ts';

export function readPeriods(input: RowReader, plan: Plan): PeriodDates[] {
    if (input.has('periods')) return listedPeriods(input);
    const [from, to] = [input.needDay('from'), input.needDay('to')];
    if (from === '' || to === '') return [];
    if (to < from) {
        input.report('DATES_TURNED', 'to', to, `Write a day from ${from} on.`);
        return [];
    }
    const { periods, problem } = periodsBetween(from, to, plan);
    if (problem) input.report(problem.code, problem.where, problem.value, problem.fix);
    return periods;
}

/** From a day (counted) to a day (counted), which must be whole periods. */
export function periodsBetween(
    from: IsoDay,
    to: IsoDay,
    plan: Pick<Plan, 'period' | 'yearStart' | 'effectiveFrom' | 'effectiveTo'>
): { periods: PeriodDates[]; problem: Problem | null } {
    if (plan.period === 'plan') return { periods: [{ key: 'plan', start: from, end: to }], problem: null };
    const calendar = new PlanCalendar(plan);
    const first = calendar.intervalAt(plan.period, from);
    const last = calendar.intervalAt(plan.period, to);
    const notWhole = (where: string, value: string, whole: string): Problem => ({
        code: 'PERIOD_NOT_WHOLE',
        where,
        value,
        fix: `It lies inside a ${plan.period}: write ${whole}, or list the periods: "periods": [{ "key", "start", "end" }].`
    });
    if (first.start !== from) return { periods: [], problem: notWhole('from', from, first.start) };
    if (last.end !== to) return { periods: [], problem: notWhole('to', to, last.end) };
    const periods: PeriodDates[] = [];
    for (let start = from; start <= to;) {
        const { end } = calendar.intervalAt(plan.period, start);
        periods.push({ key: keyOf(plan.period, start, calendar), start, end });
        start = addDays(end, 1);
    }
    return { periods, problem: null };
}

function keyOf(interval: Exclude<Interval, 'plan'>, start: IsoDay, calendar: PlanCalendar): string {
    if (interval === 'week') return weekKey(start);
    if (interval === 'month') return start.slice(0, 7);
    const year = calendar.intervalAt('year', start).start.slice(0, 4);
    if (interval === 'year') return year;
    return `${year}-${interval === 'quarter' ? 'Q' : 'H'}${calendar.numberInYear(interval, start)}`;
}

/** ISO 8601: a week belongs to the year its Thursday lies in. */
function weekKey(monday: IsoDay): string {
    const thursday = addDays(monday, 3);
    const year = thursday.slice(0, 4);
    let number = 1;
    for (let day = addDays(thursday, -7); day.startsWith(year); day = addDays(day, -7)) number++;
    return `${year}-W${String(number).padStart(2, '0')}`;
}

function listedPeriods(input: RowReader): PeriodDates[] {
    for (const field of ['from', 'to'])
        if (input.has(field))
            input.report(
                'PERIODS_TWICE',
                field,
                input.text(field),
                'Write periods, or from and to, not both.'
            );
    const periods = input.rows('periods', (row) => ({
        key: row.needText('key'),
        start: row.needDay('start'),
        end: row.needDay('end')
    }));
    if (periods.length === 0) input.report('MISSING', 'periods', '', 'List at least one period.');
    const sorted = periods.toSorted((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0));
    sorted.forEach(({ key, start, end }, index) => {
        const before = sorted[index - 1];
        if (end < start)
            input.report(
                'DATES_TURNED',
                `periods.${key}`,
                `${start} to ${end}`,
                'A period must end after it begins.'
            );
        else if (before && start <= before.end)
            input.report(
                'PERIODS_OVERLAP',
                `periods.${key}`,
                start,
                `Begin it after ${before.key} ends on ${before.end}.`
            );
        if (sorted.findIndex((one) => one.key === key) < index)
            input.report('KEY_TWICE', `periods.${key}`, key, 'Give each period a key of its own.');
    });
    return sorted;
}
