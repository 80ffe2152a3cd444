// Sums of measures: what credits add in an interval, before and with a credit, and over windows of months. Events of a
// payee stand in order of date and id; sums between two days come from running totals, so nothing is added up twice.
import { Ratio } from '../ratio.ts';
import type { Books, Credited } from './books.ts';
import type { Context } from './context.ts';
import { addDays, addMonths } from './dates.ts';
import type { IsoDay, Measure } from './plan.ts';
import type { Span } from './plan-calendar.ts';

/** Running totals of one measure of one payee. */
export interface MeasureBook {
    /** day of each event, in order */
    days: readonly IsoDay[];
    /** total before each event, and after the last */
    totals: readonly Ratio[];
    /** sum before the first period, as the input gives it */
    opening: Ratio;
}

export interface Movement {
    before: Ratio;
    after: Ratio;
}

/** 60 on the first and 40 on the second give totals 0, 60, 100. */
export function measureBook(days: readonly IsoDay[], added: readonly Ratio[], opening: Ratio): MeasureBook {
    const totals = [Ratio.ZERO];
    for (const amount of added) totals.push(amount.isZero ? totals.at(-1)! : totals.at(-1)!.plus(amount));
    return { days, totals, opening };
}

/** The sum before and with a credit. A window stands still during a period; `credit` measures begin anew each time. */
export function movementOfCredit(
    context: Context,
    books: Books,
    measure: Measure,
    credited: Credited
): Movement {
    const book = books.measures.get(measure.key)!;
    const [before, after] = [book.totals[credited.event]!, book.totals[credited.event + 1]!];
    if (measure.window) {
        const { after: sum } = movementOfPeriod(context, books, measure, credited.booked.period);
        return { before: sum, after: sum };
    }
    if (measure.interval === 'credit') return { before: Ratio.ZERO, after: after.minus(before) };
    const interval = context.calendar.intervalAt(measure.interval, credited.credit.date);
    const start = totalBefore(book, interval.start).minus(openingOf(context, book, interval));
    return { before: before.minus(start), after: after.minus(start) };
}

/** The sum of the interval before a period and to its end. */
export function movementOfPeriod(context: Context, books: Books, measure: Measure, period: number): Movement {
    const book = books.measures.get(measure.key)!;
    const span = context.periods[period]!;
    if (measure.window) return movementOfWindow(context, book, measure.window, span);
    if (measure.interval === 'credit') return { before: Ratio.ZERO, after: sumBetween(book, span) };
    const interval = context.calendar.intervalAt(measure.interval, span.end);
    const opening = openingOf(context, book, interval);
    const untilStart = sumBetween(book, { start: interval.start, end: addDays(span.start, -1) });
    return {
        before: untilStart.plus(opening),
        after: sumBetween(book, { start: interval.start, end: span.end }).plus(opening)
    };
}

/** What a period alone adds. */
export function addedInPeriod(context: Context, books: Books, measure: Measure, period: number): Ratio {
    return sumBetween(books.measures.get(measure.key)!, context.periods[period]!);
}

/** Six months until the start of July are January to June. An opening counts as of the day before the first period. */
function movementOfWindow(
    context: Context,
    book: MeasureBook,
    { months, until }: NonNullable<Measure['window']>,
    period: Span
): Movement {
    const next = until === 'periodEnd' ? addDays(period.end, 1) : period.start;
    const window = { start: addMonths(next, -months), end: addDays(next, -1) };
    const openingDay = addDays(context.periods[0]!.start, -1);
    const hasOpening = window.start <= openingDay && openingDay <= window.end;
    const opening = hasOpening ? book.opening : Ratio.ZERO;
    const untilStart = sumBetween(book, { start: window.start, end: addDays(period.start, -1) });
    return { before: untilStart.plus(opening), after: sumBetween(book, window).plus(opening) };
}

/** An opening belongs to the interval in progress when the first period begins. */
function openingOf(context: Context, { opening }: MeasureBook, interval: Span): Ratio {
    const first = context.periods[0]!.start;
    return interval.start <= first && first <= interval.end ? opening : Ratio.ZERO;
}

function sumBetween(book: MeasureBook, { start, end }: Span): Ratio {
    if (end < start) return Ratio.ZERO;
    return totalBefore(book, addDays(end, 1)).minus(totalBefore(book, start));
}

function totalBefore({ days, totals }: MeasureBook, day: IsoDay): Ratio {
    let [low, high] = [0, days.length];
    while (low < high) {
        const middle = (low + high) >> 1;
        if (days[middle]! < day) low = middle + 1;
        else high = middle;
    }
    return totals[low]!;
}
