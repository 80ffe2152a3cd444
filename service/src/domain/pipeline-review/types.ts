// The words of pipeline arithmetic: a deal with everything its history tells, and its state on a day. Amounts are integer
// minor units, days are day numbers of the org; instants are only used to put rows in order.
import type { DayNumber } from '../pipeline/types.ts';

/** One row of OpportunityHistory with its owner of that time: the whole state from then on. */
export interface DealVersion {
    versionId: string;
    atMs: number;
    stageName: string;
    amountMinor: number | null;
    closeDate: DayNumber;
    ownerId: string;
}

export interface DealRecord {
    dealId: string;
    accountId: string;
    segment: string;
    createdOn: DayNumber;
    /** NONE: not deleted */
    deletedOn: DayNumber;
    /** rows in any order; a row delivered twice counts once */
    versions: readonly DealVersion[];
}

export type DealOutcome = 'Open' | 'Won' | 'Lost';

/** A deal as it stood at the end of a day. */
export interface DealState {
    dealId: string;
    accountId: string;
    segment: string;
    ownerId: string;
    createdOn: DayNumber;
    stageName: string;
    outcome: DealOutcome;
    amountMinor: number | null;
    closeDate: DayNumber;
    stageEnteredOn: DayNumber;
    /** day of the last row before or on this day */
    changedOn: DayNumber;
    /** day on which it was won or lost; NONE while open. Reopened and closed again: the last time. */
    closedOn: DayNumber;
}

/** What a missing amount counts: nothing. */
export function valueOf({ amountMinor }: { amountMinor: number | null }): number {
    return amountMinor ?? 0;
}
