// What was earned and paid since an interval began: from the periods calculated, and from the rows under `paid` of those before.
import { ProblemError } from '../problem.ts';
import { Ratio, sumOf } from '../ratio.ts';
import type { Books } from './books.ts';
import type { Context } from './context.ts';
import type { PaidAmount } from './input.ts';
import type { Interval, IsoDay } from './plan.ts';
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
    return sumBefore(context, books, { component }, interval, period, (index) => earned[index]?.[what]);
}

export function paidToDate(context: Context, books: Books, period: number): Ratio {
    const step = context.plan.payout.at(-1)?.key ?? '';
    return sumBefore(context, books, { step }, 'year', period, (index) => books.paid[index]);
}

/** Whose sum: of a component, or of what came out of a payout step. */
type Summed = { component: string } | { step: string };

/** Sum over earlier periods of the same interval. Before the first period it is what the input says was paid. */
export function sumBefore(
    context: Context,
    books: Books,
    of: Summed,
    interval: Interval,
    period: number,
    amountOf: (period: number) => Ratio | undefined
): Ratio {
    const { start } = context.calendar.intervalAt(interval, context.periods[period]!.end);
    const amounts: Ratio[] = [];
    for (let index = period - 1; index >= 0 && context.periods[index]!.end >= start; index--)
        amounts.push(amountOf(index) ?? Ratio.ZERO);
    return sumOf([...amounts, ...paidBefore(context, books, of, start)]);
}

function paidBefore(context: Context, books: Books, of: Summed, start: IsoDay): Ratio[] {
    const first = context.periods[0]!.start;
    if (start >= first) return [];
    return rowsOf(context, books, of)
        .filter((one) => {
            const day = dayPaid(context, one);
            return start <= day && day < first;
        })
        .map(({ amount }) => amount);
}

/** Of a step its own rows; without any, what was paid of all components. */
function rowsOf(context: Context, { payee }: Books, of: Summed): PaidAmount[] {
    const all = context.rows.paidTo(payee.id);
    if ('component' in of)
        return all.filter(({ component, isMalus }) => component === of.component && !isMalus);
    const ofComponents = all.filter(({ component }) => context.component(component) !== undefined);
    const own = all.filter((one) => one.component === of.step && !ofComponents.includes(one));
    return own.length > 0 ? own : ofComponents;
}

function dayPaid(context: Context, { payeeId, period, component }: PaidAmount): IsoDay {
    const here = context.periods.find(({ key }) => key === period);
    const day = here?.start ?? dayOfKey(period, context.plan);
    if (day !== null) return day;
    throw new ProblemError({
        code: 'PERIOD_UNKNOWN',
        where: `payee ${payeeId}, paid, ${component}, period`,
        value: period,
        fix: 'Give the period it was paid in, e.g. 2026-01: the plan asks for what was paid to date.'
    });
}
