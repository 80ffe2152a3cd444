// Lines of a component: base x rate for every credit or once a period, through gates, factors and limits per credit, rounded.
// Limits of the period and what falls due of the lines are in component.ts.
import { Ratio } from '../ratio.ts';
import { assignedDays } from './assignment.ts';
import type { Books, Credited } from './books.ts';
import type { Context } from './context.ts';
import { passGates } from './gates.ts';
import { limitCredit } from './limits.ts';
import type { Component } from './plan.ts';
import type { PoolShare } from './pool.ts';
import { rated, type MovingScope, type Rated } from './rate.ts';
import type { EarningLine, Step } from './result.ts';
import { CreditScope } from './scopes/credit-scope.ts';
import { PeriodScope } from './scopes/period-scope.ts';
import { earnedBefore } from './to-date.ts';
import { holds, roundAt, step, workedFigure } from './working.ts';

export interface Line {
    line: EarningLine;
    credited: Credited | null;
    base: Ratio | null;
    /** before rounding, true-up and limits of the period */
    value: Ratio;
}

export function linesOf(
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

export function periodLine(kind: EarningLine['kind'], amount: Ratio, working: Step[]): EarningLine {
    return { transaction: '', credit: '', kind, amount, bands: [], working };
}
