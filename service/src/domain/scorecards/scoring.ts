// From values to a score, exactly: attainment of a standard, score of a dimension, caps and overrides. The formula in words and a worked
// number are in docs/scorecards.md; the fast way to the same figures is columns/score-pass.ts.
import { Ratio, smaller, sumOf } from '../ratio.ts';
import type { Direction, Template, Units } from './types.ts';

const HUNDRED = Ratio.of(100n);
const HALF = Ratio.of(1n, 2n);

/** What a row is held to in one metric of one period. */
export interface Hurdle {
    direction: Direction;
    floor: Ratio;
    target: Ratio;
}

/** How far a value is what is wanted: 1 is the target. `up`: value / target. `down`: 1 at the target, half at the floor, on in a straight
 *  line. `band`: 1 between the edges, else as far as it is from the nearer one. Never below 0. 30 of a target of 40 gives 0.75. */
export function attainmentOf(value: Ratio, { direction, floor, target }: Hurdle): Ratio {
    switch (direction) {
        case 'up':
            return target.sign <= 0 ? Ratio.ONE : notNegative(value.over(target));
        case 'down':
            return notNegative(Ratio.ONE.minus(value.minus(target).over(floor.minus(target)).times(HALF)));
        case 'band':
            if (value.compare(floor) < 0) return notNegative(value.over(floor));
            return value.compare(target) <= 0 ? Ratio.ONE : target.over(value);
    }
}

function notNegative(ratio: Ratio): Ratio {
    return ratio.sign < 0 ? Ratio.ZERO : ratio;
}

export function isMet(value: Ratio, { direction, floor, target }: Hurdle): 'met' | 'near' | 'missed' {
    if (direction === 'band')
        return value.compare(floor) >= 0 && value.compare(target) <= 0 ? 'met' : 'missed';
    const isGood = (bound: Ratio): boolean =>
        direction === 'up' ? value.compare(bound) >= 0 : value.compare(bound) <= 0;
    return isGood(target) ? 'met' : isGood(floor) ? 'near' : 'missed';
}

/** Below its floor, or above where less is better: what pairs look at. */
export function isBelowFloor(value: Ratio, hurdle: Hurdle): boolean {
    return isMet(value, hurdle) === 'missed';
}

export interface ScoredDimension {
    /** 0 to 100; null without data */
    score: Ratio | null;
    /** share of the weights of the dimension that had data */
    coverage: Ratio;
    cappedBy: string | null;
}

/** Sum of weight times attainment over the metrics with data, over their weights, times 100, at most 100. */
function dimensionScore(
    { metrics }: Template['dimensions'][number],
    attainmentOfMetric: (metric: string) => Ratio | null,
    cap: Ratio
): { score: Ratio | null; coverage: Ratio } {
    const counted = metrics.flatMap(({ metric, weight }) => {
        const attainment = attainmentOfMetric(metric);
        return attainment === null ? [] : [{ weight, attainment }];
    });
    const coverage = sumOf(counted.map(({ weight }) => weight));
    if (coverage.isZero) return { score: null, coverage };
    const sum = sumOf(counted.map(({ weight, attainment }) => weight.times(smaller(cap, attainment))));
    return { score: smaller(HUNDRED, sum.over(coverage).times(HUNDRED)), coverage };
}

export interface ScoreOutcome {
    /** null below the least coverage */
    score: Ratio | null;
    coverage: Ratio;
    dimensions: readonly ScoredDimension[];
    cappedBy: string | null;
    overriddenBy: string | null;
}

/** What scoring asks about a row: null is no data. */
export interface RowFacts {
    attainment(metric: string): Ratio | null;
    /** null where the paired metric has no data: then nothing is capped */
    isBelowFloor(metric: string): boolean | null;
    value(metric: string): Units | null;
}

export function scoreOf(template: Template, row: RowFacts): ScoreOutcome {
    const dimensions = template.dimensions.map((dimension) => {
        const scored = dimensionScore(dimension, row.attainment, template.cap);
        return { ...capped(template, dimension.dimension, scored.score, row), coverage: scored.coverage };
    });
    const weighted = template.dimensions.map(({ weight }, index) => ({ weight, ...dimensions[index]! }));
    const coverage = sumOf(weighted.map(({ weight, coverage: share }) => weight.times(share)));
    const counted = weighted.filter(({ score }) => score !== null);
    const weights = sumOf(counted.map(({ weight }) => weight));
    const cappedBy = dimensions.find((one) => one.cappedBy !== null)?.cappedBy ?? null;
    if (weights.isZero || coverage.compare(template.leastCoverage) < 0)
        return { score: null, coverage, dimensions, cappedBy, overriddenBy: null };
    const sum = sumOf(counted.map(({ weight, score }) => weight.times(score!))).over(weights);
    return { ...overridden(template, sum, row), coverage, dimensions, cappedBy };
}

function capped(
    { pairs }: Template,
    dimension: Template['dimensions'][number]['dimension'],
    score: Ratio | null,
    row: RowFacts
): { score: Ratio | null; cappedBy: string | null } {
    const rule = pairs
        .filter((pair) => pair.dimension === dimension && row.isBelowFloor(pair.paired) === true)
        .toSorted((a, b) => a.atMost.compare(b.atMost))[0];
    if (!rule || score === null || score.compare(rule.atMost) <= 0) return { score, cappedBy: null };
    return { score: rule.atMost, cappedBy: rule.paired };
}

function overridden(
    { overrides }: Template,
    score: Ratio,
    row: RowFacts
): { score: Ratio; overriddenBy: string | null } {
    const rule = overrides
        .filter(({ metric, above }) => (row.value(metric) ?? -Infinity) > above)
        .toSorted((a, b) => a.scoreAtMost.compare(b.scoreAtMost))[0];
    if (!rule || score.compare(rule.scoreAtMost) <= 0) return { score, overriddenBy: null };
    return { score: rule.scoreAtMost, overriddenBy: rule.words };
}
