// The periods figures are worked out for: months for scorecards, weeks or days for warnings. Every day finds its period in one step.
import type { DayNumber } from '../../pipeline/types.ts';
import { firstDayOf, type MonthNumber } from '../months.ts';
import type { Grain } from '../types.ts';

export interface Grid {
    grain: Grain;
    /** first day of each period, and the day after the last */
    starts: Int32Array;
    count: number;
    /** period of each day from the first one on */
    ofDay: Int16Array;
    /** month number of each period, on a grid of months */
    firstMonth: MonthNumber;
}

export function monthGrid(first: MonthNumber, last: MonthNumber): Grid {
    const starts = Int32Array.from({ length: last - first + 2 }, (_, index) => firstDayOf(first + index));
    return { ...gridOf('month', starts), firstMonth: first };
}

/** Weeks or days from `from` on, each of so many days. */
export function stepGrid(grain: 'day' | 'week', from: DayNumber, count: number): Grid {
    const days = grain === 'week' ? 7 : 1;
    return gridOf(
        grain,
        Int32Array.from({ length: count + 1 }, (_, index) => from + index * days)
    );
}

function gridOf(grain: Grain, starts: Int32Array): Grid {
    const count = starts.length - 1;
    const ofDay = new Int16Array(starts[count]! - starts[0]!);
    for (let period = 0; period < count; period++)
        ofDay.fill(period, starts[period]! - starts[0]!, starts[period + 1]! - starts[0]!);
    return { grain, starts, count, ofDay, firstMonth: 0 };
}

/** -1 before the grid, `count` after it. */
export function periodOf({ starts, ofDay, count }: Grid, day: DayNumber): number {
    const at = day - starts[0]!;
    return at < 0 ? -1 : at >= ofDay.length ? count : ofDay[at]!;
}
