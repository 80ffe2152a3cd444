// When what was earned falls due: at once, in instalments, or in parts that wait for events of the transaction. Parts sum to the
// earning in whole units. Amortisation spreads the expense by month and changes nothing in what is due.
import { ProblemError } from '../problem.ts';
import { Ratio, sumOf } from '../ratio.ts';
import { allocate, roundTo } from '../rounding.ts';
import { componentKey, type Booked, type Books, type Due } from './books.ts';
import type { Context } from './context.ts';
import type { Scope } from './evaluate.ts';
import type { Amortisation, Component, IsoDay, Schedule } from './plan.ts';
import type { ScheduledAmount } from './result.ts';
import { figureAt } from './working.ts';

/** Part of a component's earning, by transaction. */
export interface Earned {
    /** null for earnings of the whole period */
    booked: Booked | null;
    amount: Ratio;
    scope: Scope;
}

interface Part {
    /** index of the period it falls due in; the number of periods for later */
    period: number;
    dueOn: IsoDay | null;
    event: string;
    share: Ratio;
}

export function scheduleEarning(
    context: Context,
    books: Books,
    component: Component,
    period: number,
    earned: Earned
): void {
    if (component.amortisation) amortise(context, books, component, component.amortisation, period, earned);
    const { booked, amount } = earned;
    if (!component.schedule) {
        books.dues[period]!.push({ component: component.key, booked, amount, scheduled: null });
        return;
    }
    const { rounding } = context.plan;
    const parts = partsOf(context, component, component.schedule, period, earned);
    const whole = roundTo(amount, rounding.unit, rounding.mode);
    const amounts = allocate(
        whole,
        parts.map(({ share }) => share),
        rounding
    );
    for (const [index, { period: due, dueOn, event }] of parts.entries()) {
        const kind = component.schedule.kind === 'release' ? 'release' : 'instalment';
        const entry = scheduledAmount(
            context,
            books,
            component,
            period,
            earned,
            kind,
            dueOn,
            amounts[index]!
        );
        const scheduled: ScheduledAmount = { ...entry, event };
        books.scheduled.push(scheduled);
        enterDue(books, { component: component.key, booked, amount: amounts[index]!, scheduled }, due);
    }
}

/** In the list after the last period: later. */
export function enterDue(books: Books, due: Due, period: number): void {
    books.dues[period]!.push(due);
    if (!due.booked) return;
    const key = componentKey(due.component, due.booked.rootId);
    const pending = books.pending.get(key) ?? [];
    pending.push({ due, period });
    books.pending.set(key, pending);
}

function partsOf(
    context: Context,
    component: Component,
    schedule: Schedule,
    period: number,
    earned: Earned
): Part[] {
    const place = `components.${component.key}.schedule`;
    const shareOf = (part: Schedule['parts'][number]): Ratio => figureAt(part.share, earned.scope, place);
    const parts =
        schedule.kind === 'instalments'
            ? schedule.parts.map((part) => ({
                  ...instalment(context, period, part.afterPeriods),
                  share: shareOf(part)
              }))
            : schedule.parts.map((part) => ({
                  ...release(context, component, period, earned, part.on),
                  share: shareOf(part)
              }));
    const sum = sumOf(parts.map(({ share }) => share));
    if (sum.equals(Ratio.ONE)) return parts;
    throw new ProblemError({
        code: 'SHARES_NOT_WHOLE',
        where: `${earned.scope.where}, ${place}`,
        value: sum.toString(),
        fix: 'The parts of a schedule must sum to 100 %.'
    });
}

function instalment(context: Context, period: number, after: number): Omit<Part, 'share'> {
    const { periods, calendar, plan } = context;
    const due = periods[period + after];
    if (due) return { period: period + after, dueOn: due.end, event: '' };
    const dueOn = calendar.endAfter(plan.period, periods[period]!.end, after);
    return { period: periods.length, dueOn, event: '' };
}

/** Due when the event happened, at the earliest when it is earned. */
function release(
    context: Context,
    component: Component,
    period: number,
    { booked, scope }: Earned,
    event: string
): Omit<Part, 'share'> {
    const { periods } = context;
    if (!booked)
        throw new ProblemError({
            code: 'RELEASE_NEEDS_CREDITS',
            where: `${scope.where}, components.${component.key}.schedule`,
            value: event,
            fix: 'Events belong to transactions: write per: credit in the component.'
        });
    const day = booked.transaction.events[event];
    if (day === undefined) return { period: periods.length, dueOn: null, event };
    const found = periods.findIndex(({ end }, index) => index >= period && end >= day);
    return { period: found === -1 ? periods.length : found, dueOn: day, event };
}

/** In equal parts by month from the month of the transaction; at once where the contract is short (practical expedient). */
function amortise(
    context: Context,
    books: Books,
    component: Component,
    { months, expedientMonths }: Amortisation,
    period: number,
    earned: Earned
): void {
    const { rounding } = context.plan;
    const place = `components.${component.key}.amortisation.months`;
    const count = figureAt(months, earned.scope, place);
    if (count.denominator !== 1n || count.sign <= 0 || count.numerator > 1200n)
        throw new ProblemError({
            code: 'MONTHS_INVALID',
            where: `${earned.scope.where}, ${place}`,
            value: count.toString(),
            fix: 'Give a whole number of months from 1 to 1200.'
        });
    const isExpensed = expedientMonths !== null && count.compare(Ratio.of(expedientMonths)) <= 0;
    const parts = isExpensed ? 1 : Number(count.numerator);
    const whole = roundTo(earned.amount, rounding.unit, rounding.mode);
    const amounts = allocate(
        whole,
        Array.from({ length: parts }, () => Ratio.ONE),
        rounding
    );
    const first = earned.booked?.transaction.date ?? context.periods[period]!.start;
    for (const [index, amount] of amounts.entries()) {
        const dueOn = context.calendar.endAfter('month', first, index);
        const entry = scheduledAmount(
            context,
            books,
            component,
            period,
            earned,
            'amortisation',
            dueOn,
            amount
        );
        books.scheduled.push(entry);
    }
}

function scheduledAmount(
    context: Context,
    books: Books,
    component: Component,
    period: number,
    { booked }: Earned,
    kind: ScheduledAmount['kind'],
    dueOn: IsoDay | null,
    amount: Ratio
): ScheduledAmount {
    return {
        payeeId: books.payee.id,
        period: context.periods[period]!.key,
        source: component.key,
        transaction: booked?.transaction.id ?? '',
        kind,
        dueOn,
        event: '',
        form: kind === 'amortisation' ? 'expense' : 'cash',
        amount,
        clawbackUntil: null
    };
}

/** What falls due in a period of a component. */
export function duesOf(books: Books, component: Component, period: number): Due[] {
    return books.dues[period]!.filter((due) => due.component === component.key);
}
