// Which quarters are reviewed, and their names.
import { formatDay } from '../calendar.ts';
import type { FiscalQuarter } from '../fiscal-quarters.ts';
import type { ForecastPeriod } from '../forecast/types.ts';
import type { DayNumber } from '../pipeline/types.ts';

const AHEAD = 2;

/** The quarter of the day and the next one. */
export function quartersFrom(quarters: readonly FiscalQuarter[], asOf: DayNumber): ForecastPeriod[] {
    return inOrder(quarters)
        .filter(({ endOn }) => endOn >= asOf)
        .slice(0, AHEAD)
        .map(toPeriod);
}

/** Those that were over before the day, oldest first. */
export function quartersBefore(quarters: readonly FiscalQuarter[], asOf: DayNumber): ForecastPeriod[] {
    return inOrder(quarters)
        .filter(({ endOn }) => endOn < asOf)
        .map(toPeriod);
}

function inOrder(quarters: readonly FiscalQuarter[]): FiscalQuarter[] {
    return quarters.toSorted((a, b) => a.startOn - b.startOn);
}

/** Named for the year and quarter of the calendar in which its middle lies: `2026-Q4`. */
function toPeriod({ startOn, endOn }: FiscalQuarter): ForecastPeriod {
    const middle = formatDay(Math.floor((startOn + endOn) / 2));
    const quarter = Math.ceil(Number(middle.slice(5, 7)) / 3);
    return { key: `${middle.slice(0, 4)}-Q${quarter}`, startOn, endOn };
}
