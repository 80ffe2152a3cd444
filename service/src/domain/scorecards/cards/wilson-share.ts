// The interval of a share of a hundred, in units: what the same share would come to by chance alone in 95 of 100 months.
import type { Ratio } from '../../ratio.ts';
import { wilsonInterval } from '../../statistics/proportions.ts';
import { shareOf } from '../checks/check-metrics.ts';
import { evaluateExactly, type Cell } from '../columns/evaluate.ts';
import type { FigurePlan } from '../columns/figure-plan.ts';
import type { MetricDefinition, Units } from '../types.ts';
import { UNITS_PER_ONE } from '../units.ts';

/** Null for metrics without interval, and for shares that are none (fewer hits than nothing, or more than all). */
export function intervalOf(
    { interval, formula, scope }: MetricDefinition,
    plan: FigurePlan,
    cell: Cell
): { low: Units; high: Units } | null {
    const share = interval === 'wilson' ? shareOf(formula) : null;
    if (!share) return null;
    const hits = evaluateExactly(share.hits, scope, plan, cell, () => undefined)?.value;
    const of = evaluateExactly(share.of, scope, plan, cell, () => undefined)?.value;
    if (!hits || !of || !isCount(hits) || !isCount(of) || of.isZero || hits.compare(of) > 0) return null;
    const { low, high } = wilsonInterval(Number(hits.numerator), Number(of.numerator));
    const units = (part: number): Units => Math.round(part * 100 * UNITS_PER_ONE);
    return { low: units(low), high: units(high) };
}

function isCount(ratio: Ratio): boolean {
    return ratio.denominator === 1n && ratio.sign >= 0;
}
