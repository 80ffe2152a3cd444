// Whether deals move on more slowly than they did: steps forward of each of the last 26 weeks, a new deal's first stage apart,
// against the first twelve of them (pipeline-review/velocity.ts). A step back is none, and a deal that jumps stages takes one.
import type { StageStay } from '../pipeline-review/time-travel.ts';
import { slowdownOf } from '../pipeline-review/velocity.ts';
import type { DayNumber } from '../pipeline/types.ts';

const WEEKS = 26;
const WEEK = 7;
/** Steps a week in the first weeks below which a slowdown could be anything. */
const LEAST_STEPS = 3;

export interface Pace {
    /** steps forward, oldest week first; the last one ends on the day */
    weekly: number[];
    /** of the first twelve weeks, and of the last four */
    before: number;
    now: number;
    /** first day of the first slower week; null: no slower than before */
    slowerSince: DayNumber | null;
}

/** null where too little moves to say. `rankOf`: place of an open stage in its order. */
export function paceOf(
    deals: Iterable<{ stays: readonly StageStay[] }>,
    rankOf: (stageName: string) => number,
    asOf: DayNumber
): Pace | null {
    const weekly = new Array<number>(WEEKS).fill(0);
    for (const { stays } of deals)
        stays.forEach(({ stageName, outcome, fromOn }, at) => {
            const back = Math.floor((asOf - fromOn) / WEEK);
            const before = stays[at - 1];
            if (!before || back < 0 || back >= WEEKS || before.outcome !== 'Open') return;
            const isForward =
                outcome === 'Won' || (outcome === 'Open' && rankOf(stageName) > rankOf(before.stageName));
            if (isForward) weekly[WEEKS - 1 - back]! += 1;
        });
    const found = slowdownOf(weekly);
    if (!found || found.mean < LEAST_STEPS) return null;
    const last = weekly.slice(-4);
    return {
        weekly,
        before: found.mean,
        now: last.reduce((sum, count) => sum + count, 0) / last.length,
        slowerSince: found.since === null ? null : asOf - WEEK * (WEEKS - found.since) + 1
    };
}
