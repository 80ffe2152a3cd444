// On how many days of each period a row holds, and on which of them last.
import type { DayNumber } from '../../pipeline/types.ts';
import type { Roster } from '../roster.ts';
import type { Grid } from './grid.ts';

export interface RowDays {
    /** by row * periods + period */
    days: Int16Array;
    /** last day of the row in the period; only where it has days */
    last: Int32Array;
}

/** Days up to and with `asOf`; what comes after it has not happened. */
export function rowDaysOf({ segments, rowRole }: Roster, { starts, count }: Grid, asOf: DayNumber): RowDays {
    const days = new Int16Array(rowRole.length * count);
    const last = new Int32Array(rowRole.length * count);
    for (const { from, to, row } of segments) {
        for (let period = 0; period < count; period++) {
            const first = Math.max(from, starts[period]!);
            const end = Math.min(to, starts[period + 1]!, asOf + 1);
            if (first >= end) continue;
            days[row * count + period]! += end - first;
            last[row * count + period] = Math.max(last[row * count + period]!, end - 1);
        }
    }
    return { days, last };
}
