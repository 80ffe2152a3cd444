// The intervals of a plan: weeks (from Monday), months, quarters, half-years and years counted from the plan's year start.
// A year that starts on 6 April has months from the 6th to the 5th.
import { parseDay } from '../calendar.ts';
import { addDays, addMonths, daysBetween, wholeMonths } from './dates.ts';
import type { Interval, IsoDay, Plan } from './plan.ts';

export interface Span {
    start: IsoDay;
    /** last day */
    end: IsoDay;
}

const MONTHS = { month: 1, quarter: 3, 'half-year': 6, year: 12 } as const;
const NO_END: IsoDay = '9999-12-31';
/** A Monday, as weeks are counted from Mondays. */
const A_MONDAY: IsoDay = '2001-01-01';

export class PlanCalendar {
    readonly #yearStart: string;
    readonly #whole: Span;
    readonly #known = new Map<string, Span>();

    constructor(plan: Pick<Plan, 'yearStart' | 'effectiveFrom' | 'effectiveTo'>) {
        this.#yearStart = plan.yearStart;
        this.#whole = { start: plan.effectiveFrom, end: plan.effectiveTo ?? NO_END };
    }

    /** The interval a day lies in. */
    intervalAt(interval: Interval, day: IsoDay): Span {
        const key = `${interval} ${day}`;
        const known = this.#known.get(key);
        if (known) return known;
        const span = this.#find(interval, day);
        this.#known.set(key, span);
        return span;
    }

    /** Number of the interval in the plan's year, from 1: the second quarter is 2. */
    numberInYear(interval: Interval, day: IsoDay): number {
        const year = this.#yearStartBefore(day);
        if (interval === 'week') return Math.floor(daysBetween(year, day) / 7) + 1;
        if (interval === 'plan') return 1;
        return Math.floor(wholeMonths(year, day) / MONTHS[interval]) + 1;
    }

    /** Intervals completed from one day to another. */
    intervalsBetween(interval: Interval, from: IsoDay, to: IsoDay): number {
        if (interval === 'plan') return 0;
        const [first, last] = [this.intervalAt(interval, from).start, this.intervalAt(interval, to).start];
        if (interval === 'week') return Math.round(daysBetween(first, last) / 7);
        return Math.round(wholeMonths(first, last) / MONTHS[interval]);
    }

    /** Last day of the interval so many intervals after the one the day lies in. */
    endAfter(interval: Interval, day: IsoDay, count: number): IsoDay {
        const span = this.intervalAt(interval, day);
        if (interval === 'plan') return span.end;
        if (interval === 'week') return addDays(span.end, 7 * count);
        return addDays(addMonths(span.start, MONTHS[interval] * (count + 1)), -1);
    }

    #find(interval: Interval, day: IsoDay): Span {
        if (interval === 'plan') return this.#whole;
        if (interval === 'week') {
            const start = addDays(day, -(((parseDay(day) - parseDay(A_MONDAY)) % 7) + 7) % 7);
            return { start, end: addDays(start, 6) };
        }
        const months = MONTHS[interval];
        const year = this.#yearStartBefore(day);
        const passed = Math.floor(wholeMonths(year, day) / months) * months;
        return { start: addMonths(year, passed), end: addDays(addMonths(year, passed + months), -1) };
    }

    #yearStartBefore(day: IsoDay): IsoDay {
        const start = `${day.slice(0, 4)}-${this.#yearStart}`;
        return start <= day ? start : addMonths(start, -12);
    }
}

/** Whole months of a span: January is 1, 15 January to 14 March is 2. */
export function monthsOf({ start, end }: Span): number {
    return wholeMonths(start, addDays(end, 1));
}

export function daysOf({ start, end }: Span): number {
    return daysBetween(start, addDays(end, 1));
}

/** Each day, in order. */
export function daysIn({ start, end }: Span): IsoDay[] {
    const days: IsoDay[] = [];
    for (let day = start; day <= end; day = addDays(day, 1)) days.push(day);
    return days;
}

/** The part of the span from `from` to `to` (null: without end); null when they do not meet. */
export function overlap(span: Span, from: IsoDay, to: IsoDay | null): Span | null {
    const start = from > span.start ? from : span.start;
    const end = to !== null && to < span.end ? to : span.end;
    return start <= end ? { start, end } : null;
}
