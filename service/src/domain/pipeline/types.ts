// The words of the pipeline domain, shared by features, rules, learning and the use case. Pure: no Salesforce, no clock.
// Dates are whole days since 1970-01-01 in the org's time zone ("day numbers"); -1 or null-like NONE means "never".
// Amounts are integer minor units (cents) in Float64-safe range.

/** Days since 1970-01-01 in the org's time zone. */
export type DayNumber = number;
/** No such date. */
export const NONE: DayNumber = -1;

export type ActivityCoverage = 'Full' | 'Partial' | 'None';
export type Band = 'Healthy' | 'Watch' | 'AtRisk' | 'Stalled';
export type Severity = 'Amber' | 'Red';
export type ThresholdBasis = 'Segment' | 'Team' | 'Firm' | 'Default' | 'Policy';
export type Unit = 'BusinessDays' | 'Days' | 'Count' | 'Amount' | 'Percent';
export type RuleKey = 'R1' | 'R2' | 'R3' | 'R4' | 'R5' | 'R6' | 'R7' | 'R8' | 'R9' | 'R10' | 'R11';

/** Everything the rules may know about one deal as of one day. Built by features.ts from rows in any order. */
export interface DealFacts {
    opportunityId: string;
    ownerId: string;
    /** Opportunity.Type, or '' */
    segment: string;
    /** owner's manager id (the team key), or '' */
    teamKey: string;
    stageName: string;
    isClosed: boolean;
    isWon: boolean;
    amountMinor: number | null;
    createdOn: DayNumber;
    closeDate: DayNumber;
    /** day the current stage was entered, from history; createdOn when history is silent */
    stageEnteredOn: DayNumber;
    lastActivityOn: DayNumber;
    /** last day on which the client answered or met us (inbound mail, logged call, meeting held) */
    lastTwoWayOn: DayNumber;
    /** outbound touches after the last two-way contact, and the day of the first of them */
    outboundSinceTwoWay: number;
    firstOutboundSinceTwoWayOn: DayNumber;
    closePushCount: number;
    /** sum of forward moves of the close date, in days */
    closePushDays: number;
    /** largest relative change of the amount since the deal passed the midpoint stage, as a fraction; 0 when none */
    lateAmountChange: number;
    backwardMoveCount: number;
    lastBackwardMoveOn: DayNumber;
    /** null where the org keeps no contact roles */
    contactRoleCount: number | null;
    decisionMakerCount: number;
    decisionMakerLastTouchOn: DayNumber;
    /** a next step is written down; null where the org does not expose the field or hardly anybody fills it */
    hasNextStep: boolean | null;
    /** due date of the earliest open task, NONE when there is no open task */
    nextStepDueOn: DayNumber;
    isPersonAccount: boolean;
    activityCoverage: ActivityCoverage;
    /** first day after the facts' day on which time alone changes them (a planned meeting takes place); NONE or absent: never */
    changesOn?: DayNumber;
    /** newest evidence first, at most 5 a kind: record ids with a label the rep reads */
    evidence: {
        activity: Evidence[];
        outbound: Evidence[];
        push: Evidence[];
        stage: Evidence[];
        contact: Evidence[];
    };
}

export interface Evidence {
    id: string;
    object: string;
    /** e.g. "Close date moved 2026-03-31 to 2026-06-30 on 2026-03-28". Days are always written so: the service does not
     *  know who reads, and screens write each such day as their reader does (formatDaysIn of c/labelText). */
    label: string;
}

/** One dated policy record (PipelineFlagRule__mdt). */
export interface RulePolicy {
    /** of the record an admin keeps it in */
    name: string;
    ruleKey: RuleKey;
    stage: string;
    segment: string;
    effectiveStartOn: DayNumber;
    /** exclusive; NONE = open */
    effectiveEndOn: DayNumber;
    isActive: boolean;
    amberThreshold: number | null;
    redThreshold: number | null;
    minimumSampleSize: number;
    isLearned: boolean;
    importance: number;
    unit: Unit;
    actionKey: string;
    actionText: string;
}

/** A rule met, with what was observed, against what, and why that threshold. */
export interface Flag {
    ruleKey: RuleKey;
    /** the policy record in force for the deal */
    policyName: string;
    severity: Severity;
    importance: number;
    /** calendar-moving observations are counted from here; NONE for others */
    observedSince: DayNumber;
    /** value that does not move with the calendar; null for others */
    observedValue: number | null;
    unit: Unit;
    threshold: number;
    thresholdBasis: ThresholdBasis;
    thresholdSampleSize: number;
    evidence: Evidence[];
    actionKey: string;
    actionText: string;
}

export interface DealAssessment {
    opportunityId: string;
    band: Band;
    /** highest importance first, at most one a rule */
    flags: Flag[];
    priorityPoints: number;
    /** median business days won deals spent in this stage, with its basis; null when not enough history */
    stageMedianDays: number | null;
    /** first later day on which the passing of time alone changes this result; NONE when never */
    reassessOn: DayNumber;
}
