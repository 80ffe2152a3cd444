// What a reversal takes back of a component: its part of what was paid for the original, never more than that, and what was not
// due yet is cancelled. Without `chargeback` in the plan all that was paid comes back.
import { ProblemError } from '../problem.ts';
import { larger, Ratio, smaller, sumOf } from '../ratio.ts';
import { componentKey, HISTORY, type Books, type Credited, type Reversal } from './books.ts';
import type { Context } from './context.ts';
import { daysBetween, wholeMonths } from './dates.ts';
import type { Scope } from './evaluate.ts';
import type { Fields, PaidAmount, Transaction } from './input.ts';
import type { Component } from './plan.ts';
import type { EarningLine, Step } from './result.ts';
import { CreditScope } from './scopes/credit-scope.ts';
import { PeriodScope } from './scopes/period-scope.ts';
import { OwnNamesScope } from './scopes/plan-scope.ts';
import { figureAt, roundAt, step } from './working.ts';

export interface DatedLine {
    transaction: Transaction;
    line: EarningLine;
}

/** Lines of what is taken back in the period; what comes off the pay is entered among the dues. */
export function chargebacks(
    context: Context,
    books: Books,
    component: Component,
    period: number
): DatedLine[] {
    return books.reversals[period]!.flatMap(({ reversal, credits }) => {
        const own = credits.filter(
            ({ rule }) => component.credits.length === 0 || component.credits.includes(rule.key)
        );
        const line = chargebackLine(context, books, component, period, reversal, own[0]);
        return line ? [{ transaction: reversal.transaction, line }] : [];
    });
}

function chargebackLine(
    context: Context,
    books: Books,
    component: Component,
    period: number,
    reversal: Reversal,
    credited: Credited | undefined
): EarningLine | null {
    const { paid, takenBefore } = paidFor(context, books, component, reversal);
    const cancelled = cancelLater(context, books, component, period, reversal);
    if (paid.isZero && cancelled.isZero) return null;
    const scope = reversalScope(context, books, reversal, credited, period);
    const { amount, steps } = takenBack(context, books, component, reversal, { paid, takenBefore }, scope);
    books.dues[period]!.push({
        component: component.key,
        booked: reversal.original,
        amount: amount.negated(),
        scheduled: null
    });
    const total = amount.plus(cancelled).negated();
    if (!cancelled.isZero) {
        const place = `components.${component.key}.chargeback`;
        steps.push(step('not due yet, cancelled', place, { takenBack: amount, cancelled }, total));
    }
    const { id } = reversal.transaction;
    return {
        transaction: id,
        credit: credited?.credit.id ?? '',
        kind: 'chargeback',
        amount: total,
        bands: [],
        working: steps
    };
}

interface Paid {
    paid: Ratio;
    /** by earlier reversals of the same sale */
    takenBefore: Ratio;
}

/** What this run and earlier ones paid for the original, and took back of it. */
function paidFor(context: Context, books: Books, component: Component, reversal: Reversal): Paid {
    const { transaction, rootId, original } = reversal;
    const isCalculatedHere = original !== null && original.period !== HISTORY;
    const earlier = isCalculatedHere
        ? { paid: [], takenBack: [] }
        : context.rows.paidForSale(books.payee.id, rootId);
    if (original?.period === HISTORY && earlier.paid.length === 0)
        throw new ProblemError({
            code: 'PAID_MISSING',
            where: `payee ${books.payee.id}, transaction ${transaction.id}, reverses`,
            value: transaction.reverses,
            fix: `Give what earlier periods paid ${books.payee.id} for ${transaction.reverses} under paid; 0 for nothing.`
        });
    const key = componentKey(component.key, rootId);
    const own = (rows: readonly PaidAmount[]): Ratio =>
        sumOf(rows.filter((one) => one.component === component.key).map(({ amount }) => amount));
    return {
        paid: own(earlier.paid).plus(books.paidFor.get(key) ?? Ratio.ZERO),
        takenBefore: books.takenBack.get(key) ?? own(earlier.takenBack).negated()
    };
}

/** Instalments and releases that have not fallen due are not paid any more, in so far as the original is reversed. */
function cancelLater(
    context: Context,
    books: Books,
    component: Component,
    period: number,
    { rootId, fraction }: Reversal
): Ratio {
    let sum = Ratio.ZERO;
    for (const { due, period: dueIn } of books.pending.get(componentKey(component.key, rootId)) ?? []) {
        if (dueIn <= period) continue;
        const cancelled = roundAt('payout', due.amount.times(fraction), context.plan.rounding);
        due.amount = due.amount.minus(cancelled);
        if (due.scheduled) books.cancelled.push({ scheduled: due.scheduled, period, amount: cancelled });
        sum = sum.plus(cancelled);
    }
    return sum;
}

function takenBack(
    context: Context,
    books: Books,
    component: Component,
    reversal: Reversal,
    { paid, takenBefore }: Paid,
    scope: Scope
): { amount: Ratio; steps: Step[] } {
    const place = `components.${component.key}.chargeback`;
    const { transaction, original, fraction } = reversal;
    const elapsed: Fields = original ? { elapsedMonths: elapsedMonths(reversal)! } : {};
    const window = windowOf(component, reversal, scope);
    if (window && elapsedMonths(reversal)!.compare(window) >= 0) {
        const after = step(
            'after the window: nothing is taken back',
            place,
            { ...elapsed, windowMonths: window },
            Ratio.ZERO
        );
        return { amount: Ratio.ZERO, steps: [after] };
    }
    const part = component.chargeback
        ? figureAt(component.chargeback.part, scope, `${place}.part`)
        : Ratio.ONE;
    const wanted = roundAt(
        'line',
        paid.times(larger(part, Ratio.ZERO)).times(fraction),
        context.plan.rounding
    );
    const left = paid.minus(takenBefore);
    const amount = paid.sign < 0 ? larger(wanted, left) : smaller(wanted, left);
    books.takenBack.set(componentKey(component.key, reversal.rootId), takenBefore.plus(amount));
    const inputs = {
        reverses: transaction.reverses,
        ...elapsed,
        paid,
        part,
        reversed: fraction,
        takenBackBefore: takenBefore
    };
    return { amount, steps: [step('paid x part, at most what is left of it', place, inputs, amount)] };
}

function windowOf({ key, chargeback }: Component, reversal: Reversal, scope: Scope): Ratio | null {
    if (!chargeback?.windowMonths) return null;
    const place = `components.${key}.chargeback.windowMonths`;
    if (reversal.original) return figureAt(chargeback.windowMonths, scope, place);
    throw new ProblemError({
        code: 'ORIGINAL_NEEDED',
        where: `${scope.where}, ${place}`,
        value: reversal.transaction.reverses,
        fix: `Give transaction ${reversal.transaction.reverses} too: the window counts from its date.`
    });
}

function elapsedMonths({ original, transaction }: Reversal): Ratio | null {
    return original && Ratio.of(wholeMonths(original.transaction.date, transaction.date));
}

function elapsedDays({ original, transaction }: Reversal): Ratio | null {
    return original && Ratio.of(daysBetween(original.transaction.date, transaction.date));
}

function reversalScope(
    context: Context,
    books: Books,
    reversal: Reversal,
    credited: Credited | undefined,
    period: number
): Scope {
    const elapsed = elapsedMonths(reversal);
    const { fields, date, id } = reversal.transaction;
    const times: Fields = elapsed
        ? { elapsedMonths: elapsed, monthsInForce: elapsed, elapsedDays: elapsedDays(reversal)! }
        : {};
    const inner = credited
        ? new CreditScope(context, books, credited)
        : new PeriodScope(context, books, period);
    return new OwnNamesScope(inner, { ...fields, ...times, date, id });
}
