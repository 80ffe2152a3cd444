// What a review of people is made from, as the org has it: who they are, what they did and sold, what was imported about them, what
// is defined, and what their managers decided before. Plain data. Amounts are integer minor units of the org's one currency.
import type { DayNumber } from '../pipeline/types.ts';
import type { Definitions } from '../scorecards/checks/check-definitions.ts';
import type { FocusFlag } from '../scorecards/focus/types.ts';
import type { WrittenGoal } from '../scorecards/goals.ts';
import type { Fact, Person } from '../scorecards/types.ts';
import type { GamingInput } from '../scorecards/warnings/gaming/types.ts';
import type { EarlierWarning } from '../scorecards/warnings/types.ts';
import type { Held } from '../scorecards/week/cadence.ts';
import type { PastIntervention, Playbook } from '../scorecards/week/types.ts';

export interface DealMove {
    on: DayNumber;
    outcome: 'advanced' | 'returned' | 'lost';
}

export interface DealFact {
    id: string;
    ownerId: string;
    createdOn: DayNumber;
    /** null: none is written */
    amountMinor: number | null;
    /** null: the org does not say */
    isNewClient: boolean | null;
    outcome: 'open' | 'won' | 'lost';
    /** null while open */
    closedOn: DayNumber | null;
    closeDate: DayNumber | null;
    stageSince: DayNumber;
    hasNextStep: boolean;
    moves: readonly DealMove[];
    /** since when a red warning is up, null without one */
    redSince: DayNumber | null;
    flags: readonly FocusFlag[];
    /** to be won, 0 to 1; null without a model */
    chance: number | null;
}

export interface WorkFact {
    id: string;
    ownerId: string;
    on: DayNumber;
    kind: 'call' | 'mail' | 'meeting';
}

/** Amount agreed from the first day up to the last, both included. */
export interface AmountSpan {
    id: string;
    personId: string;
    from: DayNumber;
    to: DayNumber;
    amountMinor: number;
}

/** What a person said themselves that the period will bring. */
export interface CommitSaid extends AmountSpan {
    on: DayNumber;
    atMs: number;
}

/** A sign of manufactured numbers that is open. */
export interface EarlierFinding {
    key: string;
    person: string;
    metric: string;
    since: DayNumber;
    raisedOn: DayNumber;
}

export interface PeopleFacts {
    asOf: DayNumber;
    nowMs: number;
    people: readonly Person[];
    deals: readonly DealFact[];
    work: readonly WorkFact[];
    quotas: readonly AmountSpan[];
    commits: readonly CommitSaid[];
    /** through the import, as they came */
    imported: readonly Fact[];
    held: readonly Held[];
    definitions: Definitions;
    playbook: Playbook;
    past: readonly PastIntervention[];
    earlier: readonly EarlierWarning[];
    /** what the search for manufactured numbers looks at */
    conduct: Omit<GamingInput, 'asOf'>;
    earlierFindings: readonly EarlierFinding[];
    /** that are open; keys are record ids */
    goals: readonly WrittenGoal[];
}
