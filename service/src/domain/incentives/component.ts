// What a component gives each payee in a period: base x rate, gates, factors and limits for every credit or once; then what falls
// due of it and what reversals take back.
import { ProblemError, type Problem } from '../problem.ts';
import { Ratio, sumOf } from '../ratio.ts';
import { inOrderOfEvents } from './booking.ts';
import { componentKey, fail, type Books } from './books.ts';
import { chargebacks, type DatedLine } from './chargeback.ts';
import type { Context } from './context.ts';
import { limitPeriod } from './limits.ts';
import { linesOf, periodLine, type Line } from './earning-lines.ts';
import { takePartMalus } from './part-malus.ts';
import type { Component } from './plan.ts';
import { membersOf, poolShares, type PoolShare } from './pool.ts';
import type { EarningLine } from './result.ts';
import { duesOf, scheduleEarning, type Earned } from './schedule.ts';
import { CreditScope } from './scopes/credit-scope.ts';
import { PeriodScope } from './scopes/period-scope.ts';
import { shareOut } from './share-out.ts';
import { roundAt } from './working.ts';

/** All payees, one after the other; a problem of one does not keep the others from being calculated. */
export function earn(context: Context, component: Component, period: number): void {
    const shares = sharesOfPool(context, component, period);
    for (const books of context.books.values()) {
        if (books.failedFrom <= period) continue;
        try {
            earnFor(context, books, component, period, shares?.get(books.payee.id));
        } catch (error) {
            if (!(error instanceof ProblemError)) throw error;
            fail(books, period, error.problem);
        }
    }
}

/** A pool that cannot be shared is a problem of everybody who might have a share. */
function sharesOfPool(context: Context, component: Component, period: number): Map<string, PoolShare> | null {
    if (!component.pool) return null;
    try {
        return poolShares(context, component, period);
    } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        for (const books of membersOf(context, period)) fail(books, period, ofPayee(error.problem, books));
        return new Map();
    }
}

function ofPayee(problem: Problem, { payee }: Books): Problem {
    return { ...problem, where: `payee ${payee.id}, ${problem.where}` };
}

function earnFor(
    context: Context,
    books: Books,
    component: Component,
    period: number,
    poolShare: PoolShare | undefined
): void {
    const lines = linesOf(context, books, component, period, poolShare);
    const scope = new PeriodScope(context, books, period);
    const sum = sumOf(lines.map(({ line }) => line.amount));
    const limited = limitPeriod(context, books, component, period, sum, scope);
    const limitedAmount = roundAt('line', limited.amount, context.plan.rounding);
    const held = limitedAmount.minus(sum);
    const limitLines = held.isZero ? [] : [periodLine('limit', held, limited.steps)];
    const beforeChargebacks = roundAt('component', limitedAmount, context.plan.rounding);
    for (const earned of byTransaction(context, books, lines, beforeChargebacks, scope))
        scheduleEarning(context, books, component, period, earned);
    const malus = takePartMalus(context, books, component, period);
    notePaid(books, component, period);
    const takenBack = chargebacks(context, books, component, period);
    const earning = beforeChargebacks.plus(sumOf(takenBack.map(({ line }) => line.amount)));
    const earnings = books.earned.get(component.key) ?? [];
    earnings[period] = { earning, beforeChargebacks };
    books.earned.set(component.key, earnings);
    const ordered = [...inOrder(lines, takenBack), ...limitLines, ...malus];
    const told = earning.plus(sumOf(malus.map(({ amount }) => amount)));
    books.components.push({
        component: component.key,
        earning: told,
        rate: effectiveRate(lines),
        lines: ordered
    });
}

/** Lines of transactions in order of events, then those of the whole period. */
function inOrder(lines: readonly Line[], takenBack: readonly DatedLine[]): EarningLine[] {
    const earned = lines.flatMap(({ line, credited }) =>
        credited ? [{ line, transaction: credited.booked.transaction }] : []
    );
    const sorted = [...earned, ...takenBack].sort((a, b) => inOrderOfEvents(a.transaction, b.transaction));
    const whole = lines.filter(({ credited }) => !credited);
    return [...sorted, ...whole].map(({ line }) => line);
}

/** The earning by transaction: as the lines say it, or shared out in their proportion where limits or rounding came after. */
function byTransaction(
    context: Context,
    books: Books,
    lines: readonly Line[],
    earning: Ratio,
    whole: PeriodScope
): Earned[] {
    const credited = lines.flatMap(({ credited: of, line }) => (of ? [{ of, amount: line.amount }] : []));
    const sum = sumOf(credited.map(({ amount }) => amount));
    if (credited.length === 0 || (sum.isZero && !earning.isZero))
        return earning.isZero ? [] : [{ booked: null, amount: earning, scope: whole }];
    const weights = credited.map(({ amount }) => amount);
    const { rounding } = context.plan;
    // Rounded as a whole: also parts that sum to it as they are must be whole units each.
    const isAsItIs = sum.equals(earning) && rounding.at !== 'component';
    const amounts = isAsItIs ? weights : shareOut(earning, weights, rounding);
    return credited.map(({ of }, index) => ({
        booked: of.booked,
        amount: amounts[index]!,
        scope: new CreditScope(context, books, of)
    }));
}

/** What falls due counts as paid, so that a reversal can take it back. */
function notePaid(books: Books, component: Component, period: number): void {
    for (const { booked, amount } of duesOf(books, component, period)) {
        if (!booked) continue;
        const key = componentKey(component.key, booked.rootId);
        books.paidFor.set(key, (books.paidFor.get(key) ?? Ratio.ZERO).plus(amount));
    }
}

function effectiveRate(lines: readonly Line[]): Ratio | null {
    const base = sumOf(lines.map((line) => line.base ?? Ratio.ZERO));
    if (base.isZero) return null;
    return sumOf(lines.map(({ value }) => value)).over(base);
}
