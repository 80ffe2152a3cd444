// Sums of measures: what credits add in an interval, before and with a credit, and over windows of months. Events of a
// payee stand in order of date and id; sums between two days come from running totals, so nothing is added up twice.
import { ProblemError } from '../problem.ts';
import { Ratio } from '../ratio.ts';
import type { Books, Credited } from './books.ts';
import type { Context } from './context.ts';
import { addDays, addMonths } from './dates.ts';
import type { IsoDay, Measure } from './plan.ts';
import type { Span } from './plan-calendar.ts';
import { notGiven } from './scopes/not-given.ts';
import { fieldOf } from './scopes/transaction-scope.ts';

/** Running totals of one measure of one payee. */
export interface MeasureBook {
    /** day of each event, in order */
    days: readonly IsoDay[];
    /** total before each event, and after the last */
    totals: readonly Ratio[];
    /** sum before the first period, as the input gives it */
    opening: Ratio;
    /** of a measure that is kept apart by a field */
    apart: Apart | null;
}

export interface Apart {
    /** by the field's value */
    books: ReadonlyMap<string, MeasureBook>;
    /** by event, its place in the book of its own value */
    places: readonly number[];
}

export interface Movement {
    before: Ratio;
    after: Ratio;
}

/** 60 on the first and 40 on the second give totals 0, 60, 100. */
export function measureBook(days: readonly IsoDay[], added: readonly Ratio[], opening: Ratio): MeasureBook {
    const totals = [Ratio.ZERO];
    for (const amount of added) totals.push(amount.isZero ? totals.at(-1)! : totals.at(-1)!.plus(amount));
    return { days, totals, opening, apart: null };
}

/** What an event adds to the sum of one value of a field. */
export interface AddedApart {
    day: IsoDay;
    value: string;
    amount: Ratio;
}

/** A book for each value; `events` are in order, and a credit adds to one value only. */
export function booksApart(
    events: readonly (readonly AddedApart[])[],
    openingOf: (value: string) => Ratio
): Apart {
    const byValue = new Map<string, AddedApart[]>();
    const places = events.map((added) => {
        let place = 0;
        for (const one of added) {
            const own = byValue.get(one.value) ?? [];
            place = own.length;
            own.push(one);
            byValue.set(one.value, own);
        }
        return place;
    });
    const books = [...byValue].map(([value, own]) => {
        const days = own.map(({ day }) => day);
        const amounts = own.map(({ amount }) => amount);
        return [value, measureBook(days, amounts, openingOf(value))] as const;
    });
    return { books: new Map(books), places };
}

/** The value a credit is kept apart by. */
export function valueApart({ booked, credit }: Credited, field: string, place: string): string {
    const value = fieldOf(booked, field);
    if (value !== undefined) return String(value);
    throw new ProblemError(
        notGiven(
            [field],
            `transaction ${credit.transaction}, ${place}`,
            Object.keys(booked.transaction.fields)
        )
    );
}

const EMPTY_BOOK = measureBook([''], [Ratio.ZERO], Ratio.ZERO);

/** The sum before and with a credit. A window stands still during a period; `credit` measures begin anew each time. */
export function movementOfCredit(
    context: Context,
    books: Books,
    measure: Measure,
    credited: Credited
): Movement {
    const [book, event] = ownBook(books, measure, credited);
    const [before, after] = [book.totals[event]!, book.totals[event + 1]!];
    if (measure.window) {
        const span = context.periods[credited.booked.period]!;
        const { after: sum } = movementOfWindow(context, book, measure.window, span);
        return { before: sum, after: sum };
    }
    if (measure.interval === 'credit') return { before: Ratio.ZERO, after: after.minus(before) };
    const interval = context.calendar.intervalAt(measure.interval, credited.credit.date);
    const start = totalBefore(book, interval.start).minus(openingOf(context, book, interval));
    return { before: before.minus(start), after: after.minus(start) };
}

/** Where a credit stands: among all events, or among those with the value it is kept apart by. */
function ownBook(books: Books, { key, by }: Measure, credited: Credited): [MeasureBook, number] {
    const book = books.measures.get(key)!;
    if (by === null) return [book, credited.event];
    const own = book.apart!.books.get(valueApart(credited, by, `measures.${key}.by`));
    return own ? [own, book.apart!.places[credited.event]!] : [EMPTY_BOOK, 0];
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
