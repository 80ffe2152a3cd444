// Pools: an amount shared among the payees who qualify, in equal parts or by a figure, without loss of a unit.
import { ProblemError } from '../problem.ts';
import { Ratio, sumOf } from '../ratio.ts';
import { roundTo } from '../rounding.ts';
import { assignedDays } from './assignment.ts';
import type { Books } from './books.ts';
import type { Context } from './context.ts';
import type { Component, Pool } from './plan.ts';
import type { Step } from './result.ts';
import { dependsOn, PeriodScope, SharedScope } from './scopes/period-scope.ts';
import { shareOut } from './share-out.ts';
import { figureAt, holds, step } from './working.ts';

export interface PoolShare {
    amount: Ratio;
    step: Step;
}

/** Shares by payee; those who do not qualify have none. */
export function poolShares(
    context: Context,
    { key, pool }: Component,
    period: number
): Map<string, PoolShare> {
    const { amount, among, by } = pool!;
    const { unit, mode } = context.plan.rounding;
    const place = `components.${key}.pool`;
    const whole = roundTo(figureAt(amount, new SharedScope(context, period), `${place}.amount`), unit, mode);
    const members = membersOf(context, period).map((books) => {
        if (books.failedFrom <= period)
            throw dependsOn(books.payee.id, `${context.periods[period]!.key}, ${place}`);
        return new PeriodScope(context, books, period);
    });
    const qualified = members.filter((scope) => holds(among, scope, `${place}.among`));
    if (qualified.length === 0) return new Map();
    const weights = qualified.map((scope) => weightOf(by, scope, `${place}.by`));
    const sum = sumOf(weights);
    if (sum.isZero) throw nothingToShareBy(context, period, place);
    const shares = shareOut(whole, weights, context.plan.rounding);
    return new Map(
        qualified.map((scope, index) => {
            const inputs = {
                pool: whole,
                weight: weights[index]!,
                weights: sum,
                payees: Ratio.of(qualified.length)
            };
            const share = shares[index]!;
            return [
                scope.books.payee.id,
                { amount: share, step: step('share of the pool', place, inputs, share) }
            ];
        })
    );
}

/** Everybody on the plan in the period, in order of their ids. */
export function membersOf(context: Context, period: number): Books[] {
    return [...context.books.values()].filter((books) => assignedDays(books, context.periods[period]!) > 0);
}

function weightOf(by: Pool['by'], scope: PeriodScope, place: string): Ratio {
    const weight = by ? figureAt(by, scope, place) : Ratio.ONE;
    if (weight.sign >= 0) return weight;
    throw new ProblemError({
        code: 'POOL_WEIGHT_NEGATIVE',
        where: `${scope.where}, ${place}`,
        value: weight.toString(),
        fix: 'A pool is shared by figures of at least zero: write max(0, ...) or leave the payee out by `among`.'
    });
}

function nothingToShareBy(context: Context, period: number, place: string): ProblemError {
    return new ProblemError({
        code: 'POOL_WEIGHTS_ZERO',
        where: `${context.periods[period]!.key}, ${place}.by`,
        value: '0',
        fix: 'All figures the pool is shared by are zero: correct them, or leave `by` out for equal parts.'
    });
}
