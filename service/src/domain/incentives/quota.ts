// The goal of a payee for the interval of a measure: from the plan or the input, by months since the start (ramp), by season,
// and for the part of the interval the payee was on the plan.
import { ProblemError } from '../problem.ts';
import { Ratio, sumOf } from '../ratio.ts';
import { assignedDays, assignedMonths, firstDay } from './assignment.ts';
import type { Books } from './books.ts';
import type { Context } from './context.ts';
import { wholeMonths } from './dates.ts';
import type { Scope } from './evaluate.ts';
import type { IsoDay, Measure, Quota } from './plan.ts';
import { daysOf, monthsOf, type Span } from './plan-calendar.ts';
import { figureAt } from './working.ts';

/** Undefined where neither plan nor input gives one. `scope` is the payee's period the day lies in. */
export function quotaOn(
    context: Context,
    books: Books,
    measure: Measure,
    day: IsoDay,
    period: number,
    scope: Scope
): Ratio | undefined {
    const span = spanOf(context, measure, day, period);
    const key = `${measure.key} ${span.start} ${period}`;
    if (!books.quotas.has(key)) books.quotas.set(key, worked(context, books, measure, span, period, scope));
    return books.quotas.get(key);
}

function worked(
    context: Context,
    books: Books,
    measure: Measure,
    span: Span,
    period: number,
    scope: Scope
): Ratio | undefined {
    const quota = context.plan.quotas.find((one) => one.measure === measure.key);
    const full = quota
        ? amountOf(context, books, quota, span, scope)
        : fromInput(context, books, measure.key, span);
    if (full === undefined || !quota) return full;
    return full
        .times(seasonOf(context, quota, measure, span, period, scope))
        .times(assignedPart(books, quota, span));
}

/** Windows and single credits are measured against the goal of the pay period. */
function spanOf(context: Context, { window, interval }: Measure, day: IsoDay, period: number): Span {
    if (window || interval === 'credit') return context.periods[period]!;
    return context.calendar.intervalAt(interval, day);
}

function amountOf(context: Context, books: Books, quota: Quota, span: Span, scope: Scope): Ratio | undefined {
    const place = `quotas.${quota.measure}`;
    const ramped = rampStep(books, quota, span, scope);
    if (ramped) return figureAt(ramped.amount, scope, `${place}.ramp`);
    if (quota.amount) return figureAt(quota.amount, scope, `${place}.amount`);
    return fromInput(context, books, quota.measure, span);
}

/** The last step begun by the last day of the interval; the month of the start is the first. */
function rampStep(books: Books, quota: Quota, span: Span, scope: Scope): Quota['ramp'][number] | undefined {
    if (quota.ramp.length === 0) return undefined;
    const start = books.payee.start || firstDay(books);
    if (start === '')
        throw new ProblemError({
            code: 'NOT_GIVEN',
            where: `${scope.where}, quotas.${quota.measure}.ramp`,
            value: 'start',
            fix: `Give the day payee ${books.payee.id} began: the ramp counts months from it.`
        });
    const month = wholeMonths(start, span.end) + 1;
    return quota.ramp
        .filter(({ fromMonth }) => fromMonth <= month)
        .reduce<Quota['ramp'][number] | undefined>(
            (a, b) => (a && a.fromMonth > b.fromMonth ? a : b),
            undefined
        );
}

/** Rows inside the interval add up; otherwise the row in force on its last day stands for the whole of it. */
function fromInput(context: Context, books: Books, measure: string, span: Span): Ratio | undefined {
    const rows = context.rows.quotasFor(books.payee.id, measure);
    const inside = rows.filter(({ from, to }) => from >= span.start && to <= span.end);
    if (inside.length > 0) return sumOf(inside.map(({ amount }) => amount));
    return rows.find(({ from, to }) => from <= span.end && to >= span.end)?.amount;
}

/** The interval's part of a year's goal; of a goal for the year or longer, the parts up to this period. */
function seasonOf(
    context: Context,
    { seasonality, measure: key }: Quota,
    { interval, window }: Measure,
    span: Span,
    period: number,
    scope: Scope
): Ratio {
    if (seasonality.length === 0) return Ratio.ONE;
    const { calendar, plan, periods } = context;
    const isToDate = !window && (interval === 'year' || interval === 'plan');
    const isOfPeriod = isToDate || window !== null || interval === 'credit';
    const number = isOfPeriod
        ? calendar.numberInYear(plan.period, periods[period]!.start)
        : calendar.numberInYear(interval, span.start);
    const parts = seasonality.slice(isToDate ? 0 : number - 1, number);
    if (number > seasonality.length)
        throw new ProblemError({
            code: 'SEASON_MISSING',
            where: `${scope.where}, quotas.${key}.seasonality`,
            value: String(number),
            fix: `Give a part for period ${number} of the year.`
        });
    return sumOf(parts.map((part) => figureAt(part, scope, `quotas.${key}.seasonality`)));
}

function assignedPart(books: Books, { prorate }: Quota, span: Span): Ratio {
    if (prorate === 'none') return Ratio.ONE;
    return prorate === 'days'
        ? Ratio.of(assignedDays(books, span), daysOf(span))
        : Ratio.of(assignedMonths(books, span), monthsOf(span));
}
