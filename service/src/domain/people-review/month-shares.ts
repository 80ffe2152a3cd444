// Amounts agreed for several months, month by month.
import { firstDayOf, monthNumberOf } from '../scorecards/months.ts';
import type { AmountSpan } from './people-facts.ts';
import type { DayNumber } from '../pipeline/types.ts';

export interface MonthShare {
    /** first day of the span in that month */
    day: DayNumber;
    amountMinor: number;
}

/** Shared among the months by days, to the minor unit: what is left goes to the first ones. */
export function monthShares({ from, to, amountMinor }: Omit<AmountSpan, 'id' | 'personId'>): MonthShare[] {
    const parts: { day: DayNumber; days: number }[] = [];
    for (let month = monthNumberOf(from); firstDayOf(month) <= to; month++) {
        const first = Math.max(from, firstDayOf(month));
        const last = Math.min(to, firstDayOf(month + 1) - 1);
        parts.push({ day: first, days: last - first + 1 });
    }
    const all = parts.reduce((sum, { days }) => sum + days, 0);
    const shares = parts.map(({ day, days }) => ({
        day,
        amountMinor: Number((BigInt(amountMinor) * BigInt(days)) / BigInt(all))
    }));
    const left = amountMinor - shares.reduce((sum, share) => sum + share.amountMinor, 0);
    return shares.map((share, index) => ({
        ...share,
        amountMinor: share.amountMinor + (index < left ? 1 : 0)
    }));
}
