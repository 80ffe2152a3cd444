// What was earned and paid since an interval began: from the periods calculated, and from the rows under `paid` of those before.
import { Ratio, sumOf } from '../ratio.ts';
import type { Books } from './books.ts';
import type { Context } from './context.ts';
import type { Interval } from './plan.ts';
import { dayOfKey } from './period-keys.ts';

/** Of the year, with this period where it is calculated already. */
export function earnedToDate(context: Context, books: Books, component: string, period: number): Ratio {
    const now = books.earned.get(component)?.[period]?.earning ?? Ratio.ZERO;
    return earnedBefore(context, books, component, 'year', period, 'earning').plus(now);
}

/** Of the interval, before this period. */
export function earnedBefore(
    context: Context,
    books: Books,
    component: string,
    interval: Interval,
    period: number,
    what: 'earning' | 'beforeChargebacks'
): Ratio {
    const earned = books.earned.get(component) ?? [];
    return sumBefore(context, books, component, interval, period, (index) => earned[index]?.[what]);
}

export function paidToDate(context: Context, books: Books, period: number): Ratio {
    return sumBefore(context, books, null, 'year', period, (index) => books.paid[index]);
}

/** Sum over earlier periods of the same interval. Before the first period it is what the input says was paid, for one
 *  component or (null) for all. */
export function sumBefore(
    context: Context,
    books: Books,
    component: string | null,
    interval: Interval,
    period: number,
    amountOf: (period: number) => Ratio | undefined
): Ratio {
    const { start } = context.calendar.intervalAt(interval, context.periods[period]!.end);
    const amounts: Ratio[] = [];
    for (let index = period - 1; index >= 0 && context.periods[index]!.end >= start; index--)
        amounts.push(amountOf(index) ?? Ratio.ZERO);
    return sumOf([...amounts, ...paidBefore(context, books, component, start)]);
}

function paidBefore(context: Context, books: Books, component: string | null, start: string): Ratio[] {
    const first = context.periods[0]!.start;
    if (start >= first) return [];
    return context.rows
        .paidTo(books.payee.id)
        .filter((one) => component === null || one.component === component)
        .filter(({ period }) => {
            const day = dayOfKey(period, context.plan);
            return day !== null && start <= day && day < first;
        })
        .map(({ amount }) => amount);
}
