// Metrics of everybody over time, for early warnings and pictures: by week or day, or by month as on scorecards. A week's or day's value
// is of that week or day alone, so that a change shows when it happens; a month's looks back as its definition says.
import type { DayNumber } from '../pipeline/types.ts';
import { prepare, type ScorecardInput } from './build-scorecards.ts';
import { monthGrid, stepGrid, type Grid } from './columns/grid.ts';
import { monthNumberOf } from './months.ts';
import type { Series } from './types.ts';
import { UNITS_PER_ONE } from './units.ts';

/** Longest look back of a metric. */
const WINDOW_MONTHS = 12;

export interface SeriesWanted {
    metrics: readonly string[];
    grain: 'day' | 'week' | 'month';
    /** periods, the last one is that of `asOf` */
    count: number;
}

/** One series for each person and metric, in the order of the people's ids; periods in which a person had no role have no value. Of a
 *  person with two roles in one period the role with more days counts. */
export function buildSeries(
    input: Omit<ScorecardInput, 'months'>,
    { metrics, grain, count }: SeriesWanted
): Series[] {
    const { definitions, asOf } = input;
    const chosen = definitions.metrics.filter(({ id }) => metrics.includes(id));
    const narrowed = { ...input, definitions: { ...definitions, metrics: chosen }, months: null };
    const { context } = prepare(narrowed, gridOf(grain, count, asOf));
    const { book, scores } = context;
    const skipped = book.grid.count - count;
    return book.roster.people.flatMap(({ id }, person) =>
        book.registry.metricIds.map((metricId, metric) => ({
            person: id,
            metric: metricId,
            grain,
            points: Array.from({ length: count }, (_, index) => {
                const period = skipped + index;
                const row = rowWithMostDays(person, period);
                const units = row === null ? null : scores.valueOf(metric, row, period);
                return {
                    from: book.grid.starts[period]!,
                    value: units === null ? null : units / UNITS_PER_ONE,
                    n: row === null ? 0 : book.counts[metric]![row * book.grid.count + period]!
                };
            })
        }))
    );

    function rowWithMostDays(person: number, period: number): number | null {
        let best: number | null = null;
        const { firstRow } = book.roster;
        const daysOf = (row: number): number => book.rowDays.days[row * book.grid.count + period]!;
        for (let row = firstRow[person]!; row < firstRow[person + 1]!; row++)
            if (daysOf(row) > 0 && (best === null || daysOf(row) > daysOf(best))) best = row;
        return best;
    }
}

/** Weeks begin on Monday. */
function gridOf(grain: SeriesWanted['grain'], count: number, asOf: DayNumber): Grid {
    if (grain === 'month') {
        const last = monthNumberOf(asOf);
        return monthGrid(last - count + 1 - WINDOW_MONTHS, last);
    }
    // Day 4 is Monday 1970-01-05.
    const start = grain === 'week' ? asOf - ((((asOf - 4) % 7) + 7) % 7) : asOf;
    return stepGrid(grain, start - (count - 1) * (grain === 'week' ? 7 : 1), count);
}
