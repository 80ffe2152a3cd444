// Deals that do not exist yet but will be created and won before the period ends, learnt from the org's own past: how many
// there were, and of which amounts, in windows of the same length that lie behind the as-of day one after the other.
//
// Count: Poisson around the mean of the windows, moving with the shared shock as far as the windows moved more than a
// Poisson count would: with mean m and variance v of the counts, the logarithm's variance is ln(1 + (v - m) / m^2).
// Seasons are not known: the windows count alike.
import { NONE, type DayNumber } from '../pipeline/types.ts';
import type { ForecastPeriod, NewBusiness, PastDeal } from './types.ts';

/** Windows looked back at, and how many of them there must be. */
const MOST_WINDOWS = 12;
export const LEAST_WINDOWS = 4;
/** A count that moves more than this was moved by something else than a shock. */
const LARGEST_DEVIATION = 1;

export interface NewBusinessRecord {
    windowCount: number;
    /** deals created and won in one of the windows */
    deals: PastDeal[];
    shockDeviation: number;
}

export function newBusinessRecord(
    past: readonly PastDeal[],
    asOf: DayNumber,
    period: ForecastPeriod
): NewBusinessRecord {
    const length = period.endOn - asOf;
    const skipped = Math.max(0, period.startOn - 1 - asOf);
    const starts = windowsBefore(past, asOf, length);
    const windows = starts.map((start) =>
        past.filter(
            (deal) => deal.createdOn > start && deal.wonOn > start + skipped && deal.wonOn <= start + length
        )
    );
    return {
        windowCount: starts.length,
        deals: windows.flat(),
        shockDeviation: deviationOf(windows.map((deals) => deals.length))
    };
}

/** What is expected of some of the deals (an owner's, a team's); null below the least number of windows. The parts of all
 *  groups add up to the whole, because each has its own deals of the same windows; the shock is that of the whole. */
export function newBusinessOf(record: NewBusinessRecord, deals: readonly PastDeal[]): NewBusiness | null {
    if (record.windowCount < LEAST_WINDOWS) return null;
    const amountsMinor = deals.map(({ amountMinor }) => amountMinor ?? 0).filter((amount) => amount > 0);
    return {
        expectedCount: amountsMinor.length / record.windowCount,
        shockDeviation: record.shockDeviation,
        amountsMinor: amountsMinor.sort((a, b) => a - b)
    };
}

/** Days before the first of each window; windows end on the as-of day and do not overlap. */
function windowsBefore(past: readonly PastDeal[], asOf: DayNumber, length: number): DayNumber[] {
    let first = Infinity;
    for (const { createdOn } of past) if (createdOn !== NONE && createdOn < first) first = createdOn;
    const starts: DayNumber[] = [];
    if (length <= 0) return starts;
    for (let start = asOf - length; start >= first && starts.length < MOST_WINDOWS; start -= length)
        starts.push(start);
    return starts;
}

function deviationOf(counts: readonly number[]): number {
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    if (counts.length < LEAST_WINDOWS || mean === 0) return 0;
    const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (counts.length - 1);
    const excess = Math.max(0, variance - mean) / (mean * mean);
    return Math.min(LARGEST_DEVIATION, Math.sqrt(Math.log1p(excess)));
}
