// The org's fiscal quarters, as its Period rows state them: standard years, shifted ones and custom ones (4-4-5) alike.
import type { DayNumber } from './pipeline/types.ts';

export interface FiscalQuarter {
    startOn: DayNumber;
    /** last day, inclusive */
    endOn: DayNumber;
}

/** True when a date that moved from one day to a later one left its fiscal quarter. False where no quarter is known. */
export function leftQuarter(quarters: readonly FiscalQuarter[], from: DayNumber, to: DayNumber): boolean {
    return quarters.some(({ startOn, endOn }) => from >= startOn && from <= endOn && to > endOn);
}
