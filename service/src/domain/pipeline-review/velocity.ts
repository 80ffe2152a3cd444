// How fast money comes through the pipeline, and whether it has become slower than it was.
//
//     velocity = open deals * win rate * average won amount / days from creation to win     (money a day)
//
// Slowing down is found by a tabular CUSUM (E.S. Page, Biometrika 41, 1954; Montgomery, Introduction to Statistical
// Quality Control, 9.1) on any weekly series, against the series' own twelve weeks before: with mean m and standard
// deviation s of those weeks, week t adds
//     C(t) = max(0, C(t-1) + (m - x(t)) / s - 1/2)
// and a slowdown is told when C passes 4. A shift of one deviation is found after about eight weeks; a steady series alarms
// about once in three hundred weeks were m and s known, more often as they are learnt from twelve.
import { toMinor } from '../forecast/round-parts.ts';

export interface VelocityInput {
    openCount: number;
    wonCount: number;
    lostCount: number;
    wonMinor: number;
    /** sum over won deals of days from creation to win */
    wonDays: number;
}

export interface Velocity {
    winRate: number;
    averageWonMinor: number;
    averageDays: number;
    perDayMinor: number;
}

/** null where nothing was won: then there is no speed to speak of. A deal won on its first day counts one day. */
export function velocityOf({
    openCount,
    wonCount,
    lostCount,
    wonMinor,
    wonDays
}: VelocityInput): Velocity | null {
    if (wonCount === 0) return null;
    const winRate = wonCount / (wonCount + lostCount);
    const averageDays = Math.max(1, wonDays / wonCount);
    const averageWonMinor = wonMinor / wonCount;
    return {
        winRate,
        averageWonMinor: toMinor(averageWonMinor),
        averageDays,
        perDayMinor: toMinor((openCount * winRate * averageWonMinor) / averageDays)
    };
}

export const BASELINE_WEEKS = 12;
export const ALLOWANCE = 0.5;
export const DECISION = 4;
/** A series that hardly ever moves is given this deviation, as a share of its mean. */
const LEAST_DEVIATION = 0.05;

export interface Slowdown {
    mean: number;
    deviation: number;
    /** one value for each week after the baseline */
    cusum: number[];
    isSlower: boolean;
    /** first week (place in the series) of the run that passed the limit; null while there is none */
    since: number | null;
}

/** Oldest week first; null with fewer than a baseline and one week, or where the baseline is all zero. */
export function slowdownOf(weekly: readonly number[]): Slowdown | null {
    if (weekly.length <= BASELINE_WEEKS) return null;
    const baseline = weekly.slice(0, BASELINE_WEEKS);
    const mean = baseline.reduce((sum, value) => sum + value, 0) / BASELINE_WEEKS;
    const variance = baseline.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (BASELINE_WEEKS - 1);
    const deviation = Math.max(Math.sqrt(variance), LEAST_DEVIATION * Math.abs(mean));
    if (deviation === 0) return null;
    const cusum: number[] = [];
    let began: number | null = null;
    let since: number | null = null;
    let level = 0;
    for (let week = BASELINE_WEEKS; week < weekly.length; week++) {
        level = Math.max(0, level + (mean - weekly[week]!) / deviation - ALLOWANCE);
        if (level === 0) began = null;
        else began ??= week;
        if (level > DECISION) since ??= began;
        else if (level === 0) since = null;
        cusum.push(level);
    }
    return { mean, deviation, cusum, isSlower: since !== null, since };
}
