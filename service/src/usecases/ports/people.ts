// Reviews of people: what they are made from, and their rows.
import type { PeopleFacts } from '../../domain/people-review/people-facts.ts';
import type { PeopleReview } from '../../domain/people-review/people-review.ts';
import type { DayNumber } from '../../domain/pipeline/types.ts';
import type { Notes, OrgReference, SaveCounts } from './org.ts';

/** Reading what a review of people is made from and writing what came out. */
export interface PeopleGateway {
    read(
        reference: OrgReference,
        note: Notes,
        onProgress: (fraction: number) => void
    ): Promise<{ facts: PeopleFacts; rowCount: number; currency: string | null }>;
    /** Upserts rows whose content differs; leaves closed months and decided steps alone; deletes what is past its day. */
    save(batch: PeopleBatch): Promise<SaveCounts>;
}

export interface PeopleBatch {
    runKey: string;
    dataAsOf: string;
    today: DayNumber;
    review: PeopleReview;
    /** of the org's amounts; null where it cannot be told */
    currency: string | null;
    note: Notes;
    fail: Notes;
    checkStop: () => void;
    onProgress: (counts: SaveCounts) => void;
}

/** Reviews people without holding up whoever asks meanwhile. */
export type ReviewPeople = (facts: PeopleFacts, checkStop: () => void) => Promise<PeopleReview>;
