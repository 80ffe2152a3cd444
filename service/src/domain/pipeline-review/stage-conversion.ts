// Where deals go from each stage, by cohort: the stays that began in a window of days. Stays that are not over yet are
// censored, so the Aalen-Johansen estimate is used (Aalen and Johansen, Scand. J. Statistics 5, 1978): with S the share
// still in the stage, each exit at age t to j adds S(t-) * exits(t, j) / at risk(t) to the share of j. The row of a stage
// (each destination, and "still there" within the horizon) sums to 1.
// Worked: of 4 stays one moves on after 10 days, one is lost after 20, one moves on after 30, one is 15 days old. Still
// there after 40 days: 3/4 * 1/2 * 0 = 0; lost 3/4 * 1/2 = 3/8; moved on 1/4 + 3/8 = 5/8.
import type { DayNumber } from '../pipeline/types.ts';
import type { DealState } from './types.ts';
import type { StageStay } from './time-travel.ts';

export interface ConversionWindow {
    /** stays that began on these days, both inclusive */
    fromOn: DayNumber;
    toOn: DayNumber;
    /** rows are read up to here */
    asOf: DayNumber;
    /** share reached within so many days of entering */
    horizonDays: number;
}

export const STILL_THERE = 'Still there';

export interface StageRow {
    stageName: string;
    entered: number;
    /** stays that were not over on the as-of day, before the horizon */
    censored: number;
    /** share by next stage (Won and Lost stages by their own names) and STILL_THERE; sums to 1 */
    to: Map<string, number>;
}

interface Stay {
    days: number;
    /** null: not over */
    next: string | null;
}

/** One row for each open stage that deals entered in the window, in order of names. A stage entered twice counts twice. */
export function stageConversion(
    deals: Iterable<{ deal: DealState; stays: readonly StageStay[] }>,
    window: ConversionWindow
): StageRow[] {
    const byStage = new Map<string, Stay[]>();
    for (const { stays } of deals)
        stays.forEach(({ stageName, outcome, fromOn }, at) => {
            if (outcome !== 'Open' || fromOn < window.fromOn || fromOn > window.toOn) return;
            const next = stays[at + 1];
            const stay = { days: (next?.fromOn ?? window.asOf) - fromOn, next: next?.stageName ?? null };
            const same = byStage.get(stageName);
            if (same) same.push(stay);
            else byStage.set(stageName, [stay]);
        });
    return [...byStage]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([stageName, stays]) => rowOf(stageName, stays, window.horizonDays));
}

function rowOf(stageName: string, stays: Stay[], horizonDays: number): StageRow {
    stays.sort((a, b) => a.days - b.days);
    const to = new Map<string, number>();
    let stillThere = 1;
    let censored = 0;
    for (let start = 0; start < stays.length && stays[start]!.days <= horizonDays;) {
        const { days } = stays[start]!;
        const atRisk = stays.length - start;
        let left = 0;
        let end = start;
        for (; end < stays.length && stays[end]!.days === days; end++) {
            const { next } = stays[end]!;
            if (next === null) {
                if (days < horizonDays) censored++;
                continue;
            }
            left++;
            to.set(next, (to.get(next) ?? 0) + stillThere / atRisk);
        }
        stillThere *= 1 - left / atRisk;
        start = end;
    }
    to.set(STILL_THERE, stillThere);
    return { stageName, entered: stays.length, censored, to };
}
