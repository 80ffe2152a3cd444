// What earlier runs scheduled (`scheduled` of the input): whatever falls due from the first period on is paid here, whether or not the
// plan still has the part it comes from; what fell due before was paid before. All of it is told again with the result, so that
// one calculation can follow another without losing anything.
import { Ratio } from '../ratio.ts';
import { componentKey, type Booked, type Books } from './books.ts';
import type { Context } from './context.ts';
import { ledgersOf } from './ledgers.ts';
import type { IsoDay } from './plan.ts';
import { enterDue } from './schedule.ts';
import type { ScheduledAmount } from './scheduled-amount.ts';

export function enterOpenParts(context: Context, booked: readonly Booked[]): void {
    const sales = new Map(booked.map((one) => [one.transaction.id, one]));
    const ledgers = new Set(ledgersOf(context.plan));
    for (const given of context.input.scheduled) {
        const books = context.books.get(given.payeeId);
        if (!books) continue;
        const scheduled = { ...given };
        books.scheduled.push(scheduled);
        // Tranches of a step the plan has are paid by that step.
        if (scheduled.kind === 'tranche' && ledgers.has(scheduled.source)) continue;
        if (scheduled.form === 'cash') enterOpenPart(context, books, scheduled, sales);
    }
}

function enterOpenPart(
    context: Context,
    books: Books,
    scheduled: ScheduledAmount,
    sales: ReadonlyMap<string, Booked>
): void {
    const sale = sales.get(scheduled.transaction) ?? null;
    const { periods } = context;
    const { start } = periods[0]!;
    scheduled.dueOn ??= eventDay(scheduled, sale, start);
    const { dueOn } = scheduled;
    if (dueOn !== null && dueOn < start) return;
    const found = dueOn === null ? -1 : periods.findIndex(({ end }) => end >= dueOn);
    const period = found === -1 ? periods.length : found;
    const { source: component, amount } = scheduled;
    enterDue(books, { component, booked: sale, amount, scheduled }, period);
    if (!sale) return;
    // What was earned stands under `paid`; until it falls due no reversal can take this part back.
    const key = componentKey(component, sale.rootId);
    books.paidFor.set(key, (books.paidFor.get(key) ?? Ratio.ZERO).minus(amount));
}

/** An event of days before the first period counts on its first day: the calculation before did not know of it. Told as the day it
 *  falls due, so that the calculation after this one does not pay it again. */
function eventDay({ event }: ScheduledAmount, sale: Booked | null, first: IsoDay): IsoDay | null {
    const day = sale?.transaction.events[event];
    if (day === undefined) return null;
    return day < first ? first : day;
}
