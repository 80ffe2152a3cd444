// The words of a flag's record. A landmark is one open deal on one past day with the flags it had then, worked out from
// what was known on that day, and what became of it afterwards.
import type { Interval } from '../statistics/proportions.ts';
import type { DayNumber, RuleKey } from '../pipeline/types.ts';

export interface Landmark {
    dealId: string;
    segment: string;
    asOf: DayNumber;
    flagged: readonly RuleKey[];
    /** was not won within the horizon after the day: lost, or still open */
    wentBadly: boolean;
    /** day it was lost, whenever that was; NONE otherwise */
    lostOn: DayNumber;
}

export type FeedbackReason = 'DealIsActive' | 'WaitingOnClient' | 'ThresholdWrong' | 'DataWrong' | 'Other';

/** A rep's "not right" (FlagFeedback__c). */
export interface Feedback {
    dealId: string;
    segment: string;
    ruleKey: RuleKey;
    authorId: string;
    givenOn: DayNumber;
    reason: FeedbackReason;
}

/** Any segment: the firm. */
export const FIRM = '*';

export type Verdict = 'Earned' | 'Demoted' | 'NotEnough';

/** What was found of a rule in a segment, without the figures. */
export interface FlagVerdict {
    ruleKey: RuleKey;
    segment: string;
    verdict: Verdict;
}

export interface FlagRecord {
    ruleKey: RuleKey;
    /** FIRM for all segments together */
    segment: string;
    horizonDays: number;
    flaggedDeals: number;
    otherDeals: number;
    /** share of flagged deals that went badly, and of the others; null without any */
    hitRate: number | null;
    otherRate: number | null;
    /** hit rate over the others' rate; null below the least numbers */
    lift: number | null;
    interval: Interval | null;
    /** days from the first flag to the loss, over flagged deals that were lost */
    lead: { count: number; p25: number; median: number; p75: number } | null;
    /** "not right" that counted, and how many deals they weigh */
    feedbackCount: number;
    feedbackWeight: number;
    verdict: Verdict;
    /** for the admin: what was found, and what follows from it */
    sentence: string;
}
