// The quarters the demo firm is paid for: the last four that are over.
import { addDays, addMonths } from '../../../service/src/domain/incentives/dates.ts';

export interface Quarter {
    key: string;
    start: string;
    /** last day */
    end: string;
}

export function lastQuarters(asOf: Date, count = 4): Quarter[] {
    const current = new Date(Date.UTC(asOf.getUTCFullYear(), Math.floor(asOf.getUTCMonth() / 3) * 3, 1));
    const start = current.toISOString().slice(0, 10);
    return Array.from({ length: count }, (_, index) => {
        const first = addMonths(start, 3 * (index - count));
        const quarter = Math.floor((Number(first.slice(5, 7)) - 1) / 3) + 1;
        return {
            key: `${first.slice(0, 4)}-Q${quarter}`,
            start: first,
            end: addDays(addMonths(first, 3), -1)
        };
    });
}
