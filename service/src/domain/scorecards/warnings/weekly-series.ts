// Facts week by week, for charts. Scorecards look back over months that overlap, in which a change shows late and twice, and hide weeks
// with few observations (build-series.ts); here a thin week counts for little, and many of them add up.
// A week of a count without facts is 0 from the person's first fact on; of a share or a level it is no observation.
import type { DayNumber } from '../../pipeline/types.ts';
import type { Fact, Series, SeriesPoint } from '../types.ts';
import { UNITS_PER_ONE } from '../units.ts';
import { mondayOf } from './presence.ts';
import { weightedMedian } from './usual-course.ts';
import type { WatchedMetric } from './types.ts';

/** How the facts of a week become one value. */
export interface WeeklySum {
    signals: readonly string[];
    how: 'count' | 'share' | 'mean' | 'median';
    /** of a share: which facts are hits */
    hits: Readonly<Record<string, string>>;
}

export type WatchedWeekly = WatchedMetric & { weekly: WeeklySum };

/** By person, then metric. Weeks begin on Monday; the last one ends before or on the day. */
export function weeklySeries(
    facts: readonly Fact[],
    metrics: readonly WatchedWeekly[],
    asOf: DayNumber
): Series[] {
    const lastMonday = mondayOf(asOf) - 7;
    const bySignal = Map.groupBy(facts, ({ signal }) => signal);
    const series = metrics.flatMap((metric) => {
        const own = metric.weekly.signals.flatMap((signal) => bySignal.get(signal) ?? []);
        return [...Map.groupBy(own, ({ person }) => person)].map(([person, ofPerson]): Series => {
            const weeks = Map.groupBy(ofPerson, ({ day }) => mondayOf(day));
            return {
                person,
                metric: metric.id,
                grain: 'week',
                points: pointsOf(weeks, metric, lastMonday)
            };
        });
    });
    return series.sort((a, b) =>
        a.person !== b.person ? (a.person < b.person ? -1 : 1) : a.metric < b.metric ? -1 : 1
    );
}

function pointsOf(
    weeks: ReadonlyMap<DayNumber, readonly Fact[]>,
    metric: WatchedWeekly,
    lastMonday: DayNumber
): SeriesPoint[] {
    const points: SeriesPoint[] = [];
    // The first week with facts may be the middle of one: a source that begins on a Thursday saw two days of it.
    const first = Math.min(...weeks.keys()) + 7;
    for (let from = first; from <= lastMonday; from += 7) {
        const point = pointOf(from, weeks.get(from) ?? [], metric);
        if (point) points.push(point);
    }
    return points;
}

function pointOf(from: DayNumber, facts: readonly Fact[], metric: WatchedWeekly): SeriesPoint | null {
    const { how, hits } = metric.weekly;
    const n = facts.reduce((sum, fact) => sum + fact.n, 0);
    if (how === 'count') return { from, value: n, n };
    if (n === 0) return null;
    if (how === 'median') {
        const median = weightedMedian(facts.map((fact) => ({ value: fact.value, weight: fact.n })));
        return { from, value: median / UNITS_PER_ONE, n };
    }
    if (how === 'mean')
        return {
            from,
            value: facts.reduce((sum, fact) => sum + fact.value * fact.n, 0) / n / UNITS_PER_ONE,
            n
        };
    const hit = facts.filter(({ attributes }) =>
        Object.entries(hits).every(([name, value]) => attributes[name] === value)
    );
    return { from, value: (hit.reduce((sum, fact) => sum + fact.n, 0) / n) * metric.whole, n };
}
