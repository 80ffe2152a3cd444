// On which days there was work on each deal, to be asked for any day of the past.
import type { OrgTimeZone } from '../org-time-zone.ts';
import { NONE, type DayNumber } from '../pipeline/types.ts';
import type { Touch } from './quarter-facts.ts';

export class TouchDays {
    readonly #days = new Map<string, DayNumber[]>();

    constructor(touches: readonly Touch[], zone: Pick<OrgTimeZone, 'dayOfInstant'>) {
        for (const { dealId, atMs, isDone } of touches) {
            if (!isDone) continue;
            const days = this.#days.get(dealId);
            if (days) days.push(zone.dayOfInstant(atMs));
            else this.#days.set(dealId, [zone.dayOfInstant(atMs)]);
        }
        for (const days of this.#days.values()) days.sort((a, b) => a - b);
    }

    /** NONE: never before the end of that day. */
    lastUntil(dealId: string, day: DayNumber): DayNumber {
        return this.#days.get(dealId)?.findLast((one) => one <= day) ?? NONE;
    }
}
