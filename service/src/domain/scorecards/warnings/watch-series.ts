// Watches one metric of one person against his own usual course: the last periods are charted as cumulative sum and as moving
// average of distances from usual, to the worse side only. A break is told when both are beyond what luck does, the change is large
// enough to matter and rests on enough observations; it stays told until the charts have come halfway back.
import { CUSUM, EWMA, ALLOWANCE, WEIGHT, limitOf } from './luck.ts';
import { readingOf, usualCourse, type UsualCourse } from './usual-course.ts';
import type { Break, Observation, WatchedGrain, WatchedMetric } from './types.ts';

interface Window {
    /** newest periods that are watched */
    watched: number;
    /** periods before them that make the usual course */
    usual: number;
    /** fewest of these */
    leastUsual: number;
}

export const WINDOWS: Record<WatchedGrain, Window> = {
    day: { watched: 30, usual: 150, leastUsual: 60 },
    week: { watched: 13, usual: 39, leastUsual: 13 },
    month: { watched: 4, usual: 12, leastUsual: 8 }
};

/** Chance that somebody whose course did not change crosses a limit within the watched periods. */
export const LUCK = 0.005;
/** A warning that is out stays until its charts are below this part of the limit: it does not flicker. */
export const STAYS_ABOVE = 0.5;
/** The spread of people in a metric counts as much as so many periods of one's own: few periods tell a spread only roughly. */
const TYPICAL_PERIODS = 39;
const DAYS_OF_WEEK = 5;

export interface Split {
    watched: readonly Observation[];
    course: UsualCourse;
}

export interface Charted {
    seen: Observation;
    /** standard deviations to the worse side */
    worse: number;
    cusum: number;
    ewma: number;
}

/** The usual course from the older periods, and the newer ones that are held against it; 'TooFew': no usual course yet. */
export function splitOf(
    observations: readonly Observation[],
    grain: WatchedGrain,
    metric: WatchedMetric
): Split | 'TooFew' {
    const { watched, usual, leastUsual } = WINDOWS[grain];
    const before = observations.slice(0, -watched).slice(-usual);
    if (before.length < leastUsual || sumOf(before, metric) < metric.leastN.usual) return 'TooFew';
    const course = usualCourse(before, metric);
    if (perPeriodOf(metric) * course.centre < metric.leastUsual) return 'TooFew';
    return { watched: observations.slice(-watched), course };
}

/** Null: nothing to tell. `typicalSpread`: that of people in this metric. */
export function watchSeries(
    { watched, course }: Split,
    grain: WatchedGrain,
    metric: WatchedMetric,
    typicalSpread: number,
    isOut: boolean
): Break | null {
    const chart = chartOf(watched, course, typicalSpread);
    const last = chart.at(-1)!;
    const strength = Math.min(
        last.cusum / limitOf(CUSUM, WINDOWS[grain].watched, LUCK),
        last.ewma / limitOf(EWMA, WINDOWS[grain].watched, LUCK)
    );
    if (strength < (isOut ? STAYS_ABOVE : 1)) return null;
    return breakOf(chart, course, metric, strength);
}

export function chartOf(
    watched: readonly Observation[],
    course: UsualCourse,
    typicalSpread: number
): Charted[] {
    const { periods } = course;
    const variance = periods * course.spread ** 2 + TYPICAL_PERIODS * typicalSpread ** 2;
    const spread = Math.sqrt(variance / (periods + TYPICAL_PERIODS));
    let cusum = 0;
    let ewma = 0;
    return watched.map((seen) => {
        const worse = course.worse(seen, spread);
        cusum = Math.max(0, cusum + worse - ALLOWANCE);
        ewma = (1 - WEIGHT) * ewma + WEIGHT * worse;
        return { seen, worse, cusum, ewma };
    });
}

function breakOf(
    chart: readonly Charted[],
    course: UsualCourse,
    metric: WatchedMetric,
    strength: number
): Break | null {
    if (!isLargeEnough(chart, course, metric)) return null;
    const since = sinceOf(chart);
    const per = perPeriodOf(metric);
    return {
        since: since[0]!.from,
        usual: course.centre * per,
        observed: meanOf(since, metric) * per,
        n: sumOf(since, metric),
        strength
    };
}

/** The change matters, and rests on enough observations. */
export function isLargeEnough(
    chart: readonly Charted[],
    { centre }: UsualCourse,
    metric: WatchedMetric
): boolean {
    const since = sinceOf(chart);
    if (since.length === 0 || sumOf(since, metric) < metric.leastN.since) return false;
    const change = Math.abs(meanOf(since, metric) - centre) / Math.max(Math.abs(centre), Number.MIN_VALUE);
    return change >= metric.leastChange;
}

/** The periods since the cumulative sum last rested. */
function sinceOf(chart: readonly Charted[]): Observation[] {
    const lastAtRest = chart.findLastIndex(({ cusum }) => cusum === 0);
    return chart.slice(lastAtRest + 1).map(({ seen }) => seen);
}

/** Counts are told per full week at work. */
function perPeriodOf({ scale }: WatchedMetric): number {
    return scale === 'count' ? DAYS_OF_WEEK : 1;
}

/** Of a count, events per day at work; else the mean over observations, of durations that of their logarithms. */
export function meanOf(seen: readonly Observation[], metric: Pick<WatchedMetric, 'scale'>): number {
    const isCount = metric.scale === 'count';
    const { read, write } = readingOf(metric);
    const over = seen.reduce((sum, { days, n }) => sum + (isCount ? days : n), 0);
    return write(seen.reduce((sum, { value, n }) => sum + read(value) * (isCount ? 1 : n), 0) / over);
}

/** What minimum numbers are about: days at work of a count (a week of nothing says much), else observations. */
function sumOf(seen: readonly Observation[], metric: WatchedMetric): number {
    return seen.reduce((sum, { days, n }) => sum + (metric.scale === 'count' ? days : n), 0);
}
