// Ways to notice a decline, for comparison: the two charts that are used together, each alone, and two plain ones people know. All see
// the same weeks and the same usual course.
import { CUSUM, EWMA, limitOf } from '../../../service/src/domain/scorecards/warnings/luck.ts';
import { LUCK, WINDOWS, type Charted } from '../../../service/src/domain/scorecards/warnings/watch-series.ts';

export interface Method {
    key: string;
    words: string;
    /** true: this method would warn now */
    warns: (chart: readonly Charted[]) => boolean;
}

const WATCHED = WINDOWS.week.watched;
const RECENT_WEEKS = 4;

const cusum = (chart: readonly Charted[]): boolean => chart.at(-1)!.cusum >= limitOf(CUSUM, WATCHED, LUCK);
const ewma = (chart: readonly Charted[]): boolean => chart.at(-1)!.ewma >= limitOf(EWMA, WATCHED, LUCK);

export const METHODS: Method[] = [
    { key: 'both', words: 'CUSUM and EWMA agree (used)', warns: (chart) => cusum(chart) && ewma(chart) },
    { key: 'cusum', words: 'CUSUM alone', warns: cusum },
    { key: 'ewma', words: 'EWMA alone', warns: ewma },
    {
        key: 'recent',
        words: 'last 4 weeks together 2 standard deviations off',
        warns: (chart) => {
            const recent = chart.slice(-RECENT_WEEKS);
            const sum = recent.reduce((total, { worse }) => total + worse, 0);
            return sum / Math.sqrt(recent.length) >= 2;
        }
    },
    {
        key: 'week',
        words: 'one week 2 standard deviations off',
        warns: (chart) => chart.at(-1)!.worse >= 2
    }
];
