// Reviews of quarters: what they are made from, and their rows.
import type { DayNumber } from '../../domain/pipeline/types.ts';
import type { DealHistories } from '../../domain/quarter/kept-models.ts';
import type { QuarterFacts } from '../../domain/quarter/quarter-facts.ts';
import type { QuarterReview } from '../../domain/quarter/quarter-review.ts';
import type { FreshScore, Notes, OrgReference, SaveCounts } from './org.ts';

export interface QuarterReading {
    facts: QuarterFacts;
    rowCount: number;
    /** days (2026-11-16) that have a snapshot */
    heldDays: ReadonlySet<string>;
}

/** Reading what a review of quarters is made from and writing what came out. */
export interface QuarterGateway {
    read(
        reference: OrgReference,
        note: Notes,
        onProgress: (fraction: number) => void
    ): Promise<QuarterReading>;
    /** Only these deals, as models score them; stages as the models know them. */
    readChanged(
        ids: readonly string[],
        reference: OrgReference,
        renamedStages: ReadonlyMap<string, string>,
        note: Notes
    ): Promise<ChangedDeals>;
    /** Upserts rows whose content differs, and deletes those past the day they are kept to. */
    save(batch: QuarterBatch): Promise<SaveCounts>;
}

export interface ChangedDeals extends DealHistories {
    rowCount: number;
    /** True where the org holds this score of the deal already. */
    holds(score: FreshScore): boolean;
}

export interface QuarterBatch {
    runKey: string;
    dataAsOf: string;
    today: DayNumber;
    review: QuarterReview;
    note: Notes;
    fail: Notes;
    checkStop: () => void;
    onProgress: (counts: SaveCounts) => void;
}

/** Makes a review without holding up whoever asks meanwhile. */
export type ReviewQuarters = (
    facts: QuarterFacts,
    pastDays: readonly DayNumber[],
    checkStop: () => void
) => Promise<QuarterReview>;
