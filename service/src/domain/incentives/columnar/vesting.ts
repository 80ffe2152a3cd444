// When tranches of awards are paid, as numbers for the close.
import type { RunCalendar } from './calendar.ts';

export interface Vesting {
    /** by period, the first of the tranches paid in it, and of one after the last */
    starts: Int32Array;
    /** of each, the period of its award and which tranche it is */
    awards: Int32Array;
    places: Int32Array;
    /** by period, the last period in which it or an earlier one pays something */
    paidUntil: Int32Array;
}

export function vestingOf({ vesting, vestsIn }: RunCalendar): Vesting {
    const all = vesting.flat();
    const starts = new Int32Array(vesting.length + 1);
    for (const [period, paid] of vesting.entries()) starts[period + 1] = starts[period]! + paid.length;
    let last = 0;
    return {
        starts,
        awards: Int32Array.from(all, ({ award }) => award),
        places: Int32Array.from(all, ({ tranche }) => tranche),
        paidUntil: Int32Array.from(
            vesting,
            (_, period) => (last = Math.max(last, period, ...vestsIn.map((paidIn) => paidIn[period]!)))
        )
    };
}
