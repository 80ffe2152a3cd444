// What a component gives each payee in a period: base x rate, gates, factors and limits for every credit or once; then what falls
// due of it and what reversals take back.
import { ProblemError, type Problem } from '../problem.ts';
import { Ratio, sumOf } from '../ratio.ts';
import { assignedDays } from './assignment.ts';
import { compareText } from './attribution.ts';
import { componentKey, fail, type Books, type Credited } from './books.ts';
import { chargebacks, type DatedLine } from './chargeback.ts';
import type { Context } from './context.ts';
import { passGates } from './gates.ts';
import { limitCredit, limitPeriod } from './limits.ts';
import type { Component } from './plan.ts';
import { membersOf, poolShares, type PoolShare } from './pool.ts';
import { rated, type MovingScope, type Rated } from './rate.ts';
import type { EarningLine, Step } from './result.ts';
import { duesOf, scheduleEarning, type Earned } from './schedule.ts';
import { CreditScope } from './scopes/credit-scope.ts';
import { PeriodScope } from './scopes/period-scope.ts';
import { shareOut } from './share-out.ts';
import { earnedBefore } from './to-date.ts';
import { holds, roundAt, step, workedFigure } from './working.ts';

interface Line {
    line: EarningLine;
    credited: Credited | null;
    base: Ratio | null;
    /** before rounding, true-up and limits of the period */
    value: Ratio;
}

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
    notePaid(books, component, period);
    const takenBack = chargebacks(context, books, component, period);
    const earning = beforeChargebacks.plus(sumOf(takenBack.map(({ line }) => line.amount)));
    const earnings = books.earned.get(component.key) ?? [];
    earnings[period] = { earning, beforeChargebacks };
    books.earned.set(component.key, earnings);
    const ordered = [...inOrder(lines, takenBack), ...limitLines];
    books.components.push({ component: component.key, earning, rate: effectiveRate(lines), lines: ordered });
}

/** Lines of transactions by date and id, then those of the whole period. */
function inOrder(lines: readonly Line[], takenBack: readonly DatedLine[]): EarningLine[] {
    const dated = lines.flatMap(({ line, credited }) =>
        credited ? [{ line, date: credited.credit.date }] : []
    );
    const sorted = [...dated, ...takenBack].sort(
        (a, b) => compareText(a.date, b.date) || compareText(a.line.transaction, b.line.transaction)
    );
    const whole = lines.filter(({ credited }) => !credited);
    return [...sorted, ...whole].map(({ line }) => line);
}

function linesOf(
    context: Context,
    books: Books,
    component: Component,
    period: number,
    poolShare: PoolShare | undefined
): Line[] {
    if (component.per === 'credit')
        return books.credits[period]!.filter(
            ({ rule }) => component.credits.length === 0 || component.credits.includes(rule.key)
        ).flatMap((credited) => creditLine(context, books, component, period, credited));
    if (assignedDays(books, context.periods[period]!) === 0) return [];
    if (component.pool && !poolShare) return [];
    return wholeLine(context, books, component, period, poolShare);
}

function creditLine(
    context: Context,
    books: Books,
    component: Component,
    period: number,
    credited: Credited
): Line[] {
    const scope = new CreditScope(context, books, credited);
    credited.earned.set(component.key, Ratio.ZERO);
    if (!holds(component.when, scope, `components.${component.key}.when`)) return [];
    const { base, value, bands, steps, isZero } = valueOf(
        context,
        books,
        component,
        period,
        scope,
        undefined
    );
    const limited = isZero ? { amount: Ratio.ZERO, steps: [] } : limitCredit(component, value, scope);
    const { amount, step: rounded } = rounding(context, component, limited.amount);
    credited.earned.set(component.key, amount);
    const { credit } = credited;
    const working = [...steps, ...limited.steps, ...rounded];
    const line = {
        transaction: credit.transaction,
        credit: credit.id,
        kind: 'earning' as const,
        amount,
        bands,
        working
    };
    return [{ line, credited, base, value }];
}

function wholeLine(
    context: Context,
    books: Books,
    component: Component,
    period: number,
    poolShare: PoolShare | undefined
): Line[] {
    const scope = new PeriodScope(context, books, period);
    if (!holds(component.when, scope, `components.${component.key}.when`)) return [];
    const { base, value, bands, steps } = valueOf(context, books, component, period, scope, poolShare);
    const { amount, step: rounded } = rounding(context, component, value);
    const working = [...steps, ...rounded];
    const kind = component.pool ? 'poolShare' : component.toDate ? 'trueUp' : 'earning';
    if (!component.toDate)
        return [{ line: { ...periodLine(kind, amount, working), bands }, credited: null, base, value }];
    const earlier = earnedBefore(
        context,
        books,
        component.key,
        component.toDate,
        period,
        'beforeChargebacks'
    );
    const added = amount.minus(earlier);
    const place = `components.${component.key}.toDate`;
    working.push(
        step('earned to date less earned before', place, { toDate: amount, before: earlier }, added)
    );
    return [{ line: { ...periodLine(kind, added, working), bands }, credited: null, base, value }];
}

/** Base x rate, through gates and factors. */
function valueOf(
    context: Context,
    books: Books,
    component: Component,
    period: number,
    scope: MovingScope,
    poolShare: PoolShare | undefined
): { base: Ratio | null; value: Ratio; bands: EarningLine['bands']; steps: Step[]; isZero: boolean } {
    const place = `components.${component.key}`;
    const gates = passGates(context, books, component, period, scope);
    const base = component.base && workedFigure('base', component.base, scope, `${place}.base`);
    if (gates.isZero)
        return { base: base?.value ?? null, value: Ratio.ZERO, bands: [], steps: gates.steps, isZero: true };
    const found: Rated = poolShare
        ? { amount: poolShare.amount, bands: [], steps: [poolShare.step] }
        : rated(context, component, base?.value ?? null, scope);
    const steps = [...(base ? [base.step] : []), ...found.steps, ...gates.steps];
    let value = found.amount;
    for (const factor of component.factors) {
        const rule = `${place}.factors.${factor.key}`;
        if (!holds(factor.when, scope, `${rule}.when`)) continue;
        const by = workedFigure(`factor ${factor.key}`, factor.value, scope, rule);
        const after = value.times(by.value);
        steps.push(by.step, step(`x ${factor.key}`, rule, { amount: value, factor: by.value }, after));
        value = after;
    }
    const held = gates.hold(value);
    return {
        base: base?.value ?? null,
        value: held.amount,
        bands: found.bands,
        steps: [...steps, ...held.steps],
        isZero: false
    };
}

function rounding(context: Context, component: Component, exact: Ratio): { amount: Ratio; step: Step[] } {
    const { rounding: rule } = context.plan;
    const amount = roundAt('line', exact, rule);
    if (amount.equals(exact)) return { amount, step: [] };
    const inputs = { amount: exact, unit: rule.unit, mode: rule.mode };
    return { amount, step: [step(`rounded (${component.key})`, 'rounding', inputs, amount)] };
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
    const amounts = sum.equals(earning) ? weights : shareOut(earning, weights, context.plan.rounding);
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

function periodLine(kind: EarningLine['kind'], amount: Ratio, working: Step[]): EarningLine {
    return { transaction: '', credit: '', kind, amount, bands: [], working };
}
