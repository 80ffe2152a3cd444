// Rows as REST reading hands them over: one object each, ids and words as text. Bulk reading does not make these; it
// feeds PipelineFeatures with bytes and codes.
import type { ActivityWords } from './activity-kind.ts';
import type { DayNumber } from './types.ts';

export interface OpportunityRow {
    id: string;
    ownerId: string;
    /** Opportunity.Type, '' when none */
    type: string;
    stageName: string;
    isClosed: boolean;
    isWon: boolean;
    amountMinor: number | null;
    closeDate: DayNumber;
    createdAtMs: number;
    hasNextStep: boolean;
    isPersonAccount: boolean;
}

export interface HistoryRow {
    id: string;
    opportunityId: string;
    stageName: string;
    amountMinor: number | null;
    closeDate: DayNumber;
    createdAtMs: number;
}

/** A task or event. Open tasks are plans, the rest are touches; see activity-kind.ts. */
export interface ActivityRow extends ActivityWords {
    id: string;
    /** rows that belong to no opportunity are ignored */
    whatId: string | null;
    whoId: string | null;
    /** ActivityDate: due date of a task, day of an event */
    activityDate: DayNumber;
    /** Task.CompletedDateTime, null when open or unknown */
    completedAtMs: number | null;
    createdAtMs: number;
}

export interface ContactRoleRow {
    opportunityId: string;
    contactId: string;
    role: string;
}
