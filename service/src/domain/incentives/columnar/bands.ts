// Rates of a component as they stand for a payee and period, and the same as whole numbers: bounds in grains of the sum, and for
// each band the line `rate * x + intercept` in parts of a unit. Band 0 lies before the table and the last after it, with NaN for
// rates, so that a value no row covers is never paid.
import { larger, Ratio, smaller } from '../../ratio.ts';
import type { Scope } from '../evaluate.ts';
import { bandsOf } from '../rate-table.ts';
import { figureAt, holds } from '../working.ts';
import { ProblemError } from '../../problem.ts';
import type { ComponentShape } from './shape.ts';
import { wholeAt } from './whole.ts';

/** Exact; a flat rate is a single band without bounds. */
export interface Bands {
    /** where each begins; empty for a flat rate */
    from: Ratio[];
    /** where the last one ends; null: nowhere */
    end: Ratio | null;
    rates: Ratio[];
    /** of the line through each band, for marginal tables */
    intercepts: Ratio[];
    /** whether a value on a bound belongs to the band below it */
    isUpper: boolean;
}

export function bandsFor(shape: ComponentShape, scope: Scope): Bands {
    const adjust = adjustments(shape, scope);
    const { table, cellBase, place } = shape;
    const times = cellBase ? figureAt(cellBase, scope, `${place}.base`) : Ratio.ONE;
    if (!table) {
        const rate = shape.rate ? adjust(figureAt(shape.rate, scope, `${place}.rate`)) : flatRate(shape);
        return { from: [], end: null, rates: [rate.times(times)], intercepts: [Ratio.ZERO], isUpper: false };
    }
    const bands = bandsOf(table, null, scope);
    const scale = attainedQuota(shape, scope);
    const from = bands.map((band) => band.from.times(scale));
    const rates = bands.map(({ value }) => adjust(value).times(times));
    const end = bands.at(-1)!.to;
    const intercepts = [from[0]!.times(rates[0]!).negated()];
    for (let i = 1; i < bands.length; i++)
        intercepts.push(intercepts[i - 1]!.plus(rates[i - 1]!.minus(rates[i]!).times(from[i]!)));
    return { from, end: end && end.times(scale), rates, intercepts, isUpper: table.boundary === 'upper' };
}

/** Without a rate the base itself is paid, without either nothing. */
function flatRate({ component }: ComponentShape): Ratio {
    return component.base ? Ratio.ONE : Ratio.ZERO;
}

/** What bounds of attainment are parts of. */
function attainedQuota({ attained, place }: ComponentShape, scope: Scope): Ratio {
    if (attained === null) return Ratio.ONE;
    const quota = figureAt({ kind: 'name', path: ['quota', attained] }, scope, `${place}.rate.at`);
    if (quota.sign > 0) return quota;
    throw new ProblemError({
        code: 'QUOTA_ZERO',
        where: `${scope.where}, quotas.${attained}`,
        value: quota.toString(),
        fix: `Give a quota above zero for ${attained}: the plan asks for its attainment.`
    });
}

function adjustments({ component, place }: ComponentShape, scope: Scope): (rate: Ratio) => Ratio {
    const { rateAdjustments, rateFloor, rateCeiling } = component;
    const added = rateAdjustments
        .filter(({ key, when }) => holds(when, scope, `${place}.rateAdjustments.${key}.when`))
        .reduce(
            (sum, { key, add }) => sum.plus(figureAt(add, scope, `${place}.rateAdjustments.${key}`)),
            Ratio.ZERO
        );
    const floor = rateFloor && figureAt(rateFloor, scope, `${place}.rateFloor`);
    const ceiling = rateCeiling && figureAt(rateCeiling, scope, `${place}.rateCeiling`);
    return (rate) => {
        const sum = rate.plus(added);
        const raised = floor ? larger(sum, floor) : sum;
        return ceiling ? smaller(raised, ceiling) : raised;
    };
}

/** Place of x among the bands, from 1; 0 before the first, one more than there are after the last. */
export function bandOf({ from, end, rates, isUpper }: Bands, x: Ratio): number {
    if (from.length === 0) return 1;
    const isFrom = (bound: Ratio, index: number): boolean => {
        const over = x.compare(bound);
        return over > 0 || (over === 0 && (!isUpper || index === 0));
    };
    if (end && x.compare(end) > 0) return rates.length + 1;
    return from.filter(isFrom).length;
}

export interface WholeBands {
    /** first whole number of grains in each band; -Infinity for band 0 */
    low: number[];
    rate: number[];
    intercept: number[];
}

/** `grain`: what one whole number of the sum is worth; `parts` of a unit the amounts are counted in. */
export function wholeBands(
    { from, end, rates, intercepts, isUpper }: Bands,
    grain: Ratio,
    unit: Ratio,
    parts: bigint
): WholeBands {
    const firstIn = (bound: Ratio, index: number): number => {
        const grains = bound.over(grain);
        const isInBelow = isUpper && index > 0;
        return Number(isInBelow ? grains.floor() + 1n : grains.negated().floor() * -1n);
    };
    const perGrain = grain.over(unit);
    return {
        low: [
            -Infinity,
            ...(from.length === 0 ? [-Infinity] : from.map(firstIn)),
            end ? Number(end.over(grain).floor() + 1n) : Infinity
        ],
        rate: [NaN, ...rates.map((rate) => wholeAt(rate.times(perGrain), parts)), NaN],
        intercept: [NaN, ...intercepts.map((one) => wholeAt(one.over(unit), parts)), NaN]
    };
}
