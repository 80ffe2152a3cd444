// Enters credits and reversals in the books of each payee, in order of events, and adds up the measures.
import { ProblemError, type Problem } from '../problem.ts';
import { Ratio, sumOf } from '../ratio.ts';
import { inOrderOfEvents } from './booking.ts';
import { fail, HISTORY, type Books, type Credited, type Reversal } from './books.ts';
import type { Context } from './context.ts';
import type { Transaction } from './input.ts';
import { booksApart, measureBook, valueApart, type AddedApart } from './measure.ts';
import type { Measure } from './plan.ts';
import { CreditScope } from './scopes/credit-scope.ts';
import { fieldOf } from './scopes/transaction-scope.ts';
import { figureAt, holds } from './working.ts';

interface Event {
    transaction: Transaction;
    period: number;
    credits: Credited[];
    /** what the event adds of each credit: 1, or minus the part reversed */
    factor: Ratio;
    /** the credit itself, or a reversal */
    isCredit: boolean;
}

export function openBooks(
    context: Context,
    credits: readonly Credited[],
    reversals: readonly Reversal[]
): void {
    const events = new Map<string, Event[]>([...context.books.keys()].map((payeeId) => [payeeId, []]));
    for (const credited of credits) enterCredit(context, credited, events.get(credited.payeeId)!);
    const byRoot = Map.groupBy(credits, ({ booked }) => booked.rootId);
    for (const reversal of reversals)
        enterReversal(context, reversal, byRoot.get(reversal.rootId) ?? [], events);
    for (const [payeeId, list] of events) addUp(context, context.books.get(payeeId)!, list);
}

/** Reversals lower measures unless a component takes back pay without touching attainment. */
export function reversalsLowerMeasures({ plan }: Context): boolean {
    return plan.components.every(({ chargeback }) => chargeback?.reducesMeasures ?? true);
}

function enterCredit(context: Context, credited: Credited, events: Event[]): void {
    const { booked, payeeId } = credited;
    const { period } = booked;
    if (period !== HISTORY) context.books.get(payeeId)!.credits[period]!.push(credited);
    events.push({
        transaction: booked.transaction,
        period,
        credits: [credited],
        factor: Ratio.ONE,
        isCredit: true
    });
}

function enterReversal(
    context: Context,
    reversal: Reversal,
    credits: readonly Credited[],
    events: ReadonlyMap<string, Event[]>
): void {
    const { transaction, period, fraction } = reversal;
    const { date, reverses } = transaction;
    const before = credits.filter(({ credit }) => credit.date <= date);
    const byPayee = Map.groupBy(before, ({ payeeId }) => payeeId);
    const paid = context.input.paid
        .filter((one) => one.transaction === reverses)
        .map(({ payeeId }) => payeeId);
    for (const payeeId of new Set([...byPayee.keys(), ...paid])) {
        const books = context.books.get(payeeId);
        if (!books) continue;
        const own = byPayee.get(payeeId) ?? [];
        if (period !== HISTORY) books.reversals[period]!.push({ reversal, credits: own });
        if (!reversalsLowerMeasures(context)) continue;
        if (own.length === 0 && context.plan.measures.length > 0)
            fail(books, period, originalNeeded(reversal));
        events
            .get(payeeId)!
            .push({ transaction, period, credits: own, factor: fraction.negated(), isCredit: false });
    }
}

function originalNeeded({ transaction: { id, reverses } }: Reversal): Problem {
    return {
        code: 'ORIGINAL_NEEDED',
        where: `transaction ${id}, reverses`,
        value: reverses,
        fix: `Give transaction ${reverses} too, so that measures can be lowered by it, or write reducesMeasures: false.`
    };
}

function addUp(context: Context, books: Books, events: Event[]): void {
    const { measures } = context.plan;
    events.sort((a, b) => inOrderOfEvents(a.transaction, b.transaction));
    for (const [index, event] of events.entries()) if (event.isCredit) event.credits[0]!.event = index;
    const days = events.map(({ transaction }) => transaction.date);
    const added = events.map((event) => contributions(context, books, measures, event));
    const opened = measures.map(({ key, by }, index) => {
        const own = added.map((amounts) => amounts[index]!);
        const sums = own.map((parts) => sumOf(parts.map(({ amount }) => amount)));
        const book = measureBook(days, sums, openingFor(context, books, key, null));
        const apart = by === null ? null : booksApart(own, (value) => openingFor(context, books, key, value));
        return [key, { ...book, apart }] as const;
    });
    books.measures = new Map(opened);
}

/** By measure, what each credit of the event adds. */
function contributions(
    context: Context,
    books: Books,
    measures: readonly Measure[],
    event: Event
): AddedApart[][] {
    try {
        return measures.map((measure) => {
            return event.credits.map((credited) => {
                const amount = added(context, books, measure, credited).times(event.factor);
                const { by, key } = measure;
                const isKept = by !== null && !amount.isZero;
                const value = isKept
                    ? valueApart(credited, by, `measures.${key}.by`)
                    : String((by && fieldOf(credited.booked, by)) ?? '');
                return { day: event.transaction.date, value, amount };
            });
        });
    } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        fail(books, event.period, error.problem);
        return measures.map(() => []);
    }
}

function added(context: Context, books: Books, measure: Measure, credited: Credited): Ratio {
    const { only } = credited.rule;
    if (only.length > 0 && !only.includes(measure.key)) return Ratio.ZERO;
    const scope = new CreditScope(context, books, credited);
    const place = `measures.${measure.key}`;
    if (!holds(measure.when, scope, `${place}.when`)) return Ratio.ZERO;
    return figureAt(measure.of, scope, `${place}.of`);
}

/** `value`: of one it is kept apart by; null: of all. */
function openingFor(context: Context, { payee }: Books, measure: string, value: string | null): Ratio {
    const own = context.input.openings.filter(
        (opening) =>
            'measure' in opening &&
            opening.measure === measure &&
            opening.payeeId === payee.id &&
            (value === null || opening.scope === value)
    );
    return sumOf(own.map(({ amount }) => amount));
}
