// Days, months and intervals of a plan for the checker, on the platform's UTC calendar.
const DAY_MS = 86_400_000;
const MONTHS: Record<string, number> = { month: 1, quarter: 3, 'half-year': 6, year: 12 };

export interface Span {
    from: string;
    /** last day */
    to: string;
}

const toMs = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const toDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

export const isDay = (text: string): boolean =>
    /^\d{4}-\d\d-\d\d$/.test(text) && Number.isFinite(toMs(text)) && toDay(toMs(text)) === text;
export const plusDays = (day: string, count: number): string => toDay(toMs(day) + count * DAY_MS);
export const daysFrom = (from: string, to: string): number => Math.round((toMs(to) - toMs(from)) / DAY_MS);
export const daysOf = (span: Span): string[] =>
    Array.from({ length: daysIn(span) }, (_, index) => plusDays(span.from, index));
export const daysIn = ({ from, to }: Span): number => daysFrom(from, to) + 1;
export const monthsIn = ({ from, to }: Span): number => monthsFrom(from, plusDays(to, 1));

/** The same day of a later month, or that month's last. */
export function plusMonths(day: string, count: number): string {
    const date = new Date(toMs(day));
    const wanted = date.getUTCDate();
    date.setUTCDate(1);
    date.setUTCMonth(date.getUTCMonth() + count + 1, 0);
    if (wanted < date.getUTCDate()) date.setUTCDate(wanted);
    return date.toISOString().slice(0, 10);
}

/** Whole months passed. */
export function monthsFrom(from: string, to: string): number {
    if (from > to) return -monthsFrom(to, from);
    let months =
        12 * (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) +
        Number(to.slice(5, 7)) -
        Number(from.slice(5, 7));
    while (months > 0 && plusMonths(from, months) > to) months--;
    return months;
}

/** The intervals of a plan whose years begin on `yearStart` (month and day). */
export class Intervals {
    readonly #yearStart: string;
    readonly #plan: Span;
    readonly #known = new Map<string, Span>();

    constructor(yearStart: string, plan: Span) {
        this.#yearStart = yearStart;
        this.#plan = plan;
    }

    around(interval: string, day: string): Span {
        const key = `${interval} ${day}`;
        const known = this.#known.get(key) ?? this.#find(interval, day);
        this.#known.set(key, known);
        return known;
    }

    #find(interval: string, day: string): Span {
        if (interval === 'plan') return this.#plan;
        if (interval === 'week') {
            const monday = plusDays(day, -((new Date(toMs(day)).getUTCDay() + 6) % 7));
            return { from: monday, to: plusDays(monday, 6) };
        }
        const step = MONTHS[interval]!;
        let from = this.yearOf(day);
        while (plusMonths(from, step) <= day) from = plusMonths(from, step);
        return { from, to: plusDays(plusMonths(from, step), -1) };
    }

    /** First day of the plan's year the day lies in. */
    yearOf(day: string): string {
        const year = Number(day.slice(0, 4));
        const begun = `${String(year).padStart(4, '0')}-${this.#yearStart}`;
        return begun <= day ? begun : `${String(year - 1).padStart(4, '0')}-${this.#yearStart}`;
    }

    /** The day on which the plan's year begins that starts in the calendar year. */
    startIn(year: string): string {
        return `${year}-${this.#yearStart}`;
    }

    /** Number of the interval in the plan's year, from 1. */
    numberOf(interval: string, day: string): number {
        const year = this.yearOf(day);
        if (interval === 'plan') return 1;
        if (interval === 'week') return Math.floor(daysFrom(year, day) / 7) + 1;
        return Math.floor(monthsFrom(year, day) / MONTHS[interval]!) + 1;
    }

    /** Intervals from the one a day lies in to the one another lies in. */
    between(interval: string, from: string, to: string): number {
        if (interval === 'plan') return 0;
        const [a, b] = [this.around(interval, from).from, this.around(interval, to).from];
        return interval === 'week' ? daysFrom(a, b) / 7 : monthsFrom(a, b) / MONTHS[interval]!;
    }

    /** Last day of the interval so many after the one the day lies in. */
    endOfLater(interval: string, day: string, count: number): string {
        const { from, to } = this.around(interval, day);
        if (interval === 'plan') return to;
        if (interval === 'week') return plusDays(to, 7 * count);
        return plusDays(plusMonths(from, MONTHS[interval]! * (count + 1)), -1);
    }
}
