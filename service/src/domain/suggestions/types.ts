// The words of suggested field updates: what is known of one open deal, what is suggested for it and why, and what was suggested
// before. A suggestion is never written to a deal by the service; a person accepts it on the deal's page.
import type { ActivityKind } from '../pipeline/activity-kind.ts';
import type { DayNumber, Evidence } from '../pipeline/types.ts';

export type SuggestionKind = 'NextStep' | 'CloseDate' | 'ContactRole';
export type SuggestionRule =
    | 'PlannedMeeting'
    | 'OpenTask'
    | 'LastMessage'
    | 'CloseDatePast'
    | 'CloseDatePushed'
    | 'CloseDateTooEarly'
    | 'CloseDateTooLate'
    | 'NoPrimaryContact'
    | 'ContactWithoutRole';

/** A task or meeting on the deal. */
export interface WorkItem {
    id: string;
    object: 'Task' | 'Event';
    subject: string;
    /** due, held or done; NONE where it has no day */
    on: DayNumber;
    kind: ActivityKind;
    /** '' when nobody, or no contact */
    contactId: string;
}

/** Days by which one, five and nine of ten deals like this one are closed. */
export interface CloseRange {
    early: DayNumber;
    likely: DayNumber;
    late: DayNumber;
}

export interface DealRole {
    contactId: string;
    isPrimary: boolean;
}

/** What is known of one deal. */
export interface DealWork {
    dealId: string;
    ownerId: string;
    isOpen: boolean;
    closeDate: DayNumber;
    closePushCount: number;
    /** null without a model in use */
    closeRange: CloseRange | null;
    /** null where the org does not expose the field */
    nextStep: string | null;
    /** null where contact roles, or which of them is primary, cannot be read */
    roles: readonly DealRole[] | null;
    work: readonly WorkItem[];
}

export interface Suggestion {
    kind: SuggestionKind;
    rule: SuggestionRule;
    /** What the deal says now, as text: days as 2026-10-03, nothing as ''. When it says something else, the suggestion is stale. */
    currentValue: string;
    /** a day, a text, or the id of a contact */
    suggestedValue: string;
    /** the record whose content the suggested value repeats or names, which who reads it must see too; '' when none */
    sourceId: string;
    /** the rule in one sentence with the figures of this deal; days as 2026-10-03 */
    why: string;
    evidence: readonly Evidence[];
}

export type SuggestionStatus = 'Open' | 'Accepted' | 'Dismissed' | 'Withdrawn';

/** A suggestion as the org holds it. */
export interface HeldSuggestion {
    /** see suggestionKey */
    key: string;
    kind: SuggestionKind;
    status: SuggestionStatus;
    currentValue: string;
    suggestedValue: string;
    /** whom it was made for */
    ownerId: string;
    /** day of the decision, NONE while there is none */
    decidedOn: DayNumber;
    hash: string;
}
