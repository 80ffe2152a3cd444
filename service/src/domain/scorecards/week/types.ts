// The words of a manager's week: the playbook, what is wrong with whom, what is recommended, and what became of it. Only data.
import type { DayNumber } from '../../pipeline/types.ts';
import type { AlertRules } from '../warnings/types.ts';
import type { WatchedWeekly } from '../warnings/weekly-series.ts';

/** Skill: can be learnt here. Fit: another task would suit better. Unclear: ask first. */
export const GAP_KINDS = ['Skill', 'Fit', 'Unclear'] as const;
export type GapKind = (typeof GAP_KINDS)[number];

export interface PlaybookStep {
    key: string;
    label: string;
    text: string;
    gap: GapKind;
    /** metrics it is for; none: any metric of its dimension */
    metrics: readonly string[];
    /** `*`: any */
    dimension: string;
    dueInDays: number;
    isActive: boolean;
    /** chance that it helps, and how many cases that counts as */
    prior: { helps: number; cases: number };
}

export interface ShortlistRules {
    atMost: number;
    leastBenefitMinor: number;
    stakeWithoutDealsMinor: number;
    quietDaysAfterDismissal: number;
    /** share of a shortfall that reaches money, by metric; `otherwise` for all others */
    reaches: ReadonlyMap<string, number>;
    otherwise: number;
}

export interface EffectRules {
    weeks: number;
    leastWeeks: number;
    waitDays: number;
}

export interface GapRules {
    coachingBeforeFit: number;
    leastDays: number;
    reviewAfterDays: number;
}

export const CADENCE_KINDS = ['OneToOne', 'Review', 'Forecast'] as const;
export type CadenceKind = (typeof CADENCE_KINDS)[number];

export interface CadenceRule {
    kind: CadenceKind;
    everyDays: number;
    graceDays: number;
}

export interface FocusAction {
    key: string;
    /** warnings of deals it answers; none: any deal */
    rules: readonly string[];
    text: string;
    minutes: number;
    recovers: number;
}

export interface Playbook {
    alerts: AlertRules;
    watch: readonly WatchedWeekly[];
    shortlist: ShortlistRules;
    effect: EffectRules;
    gap: GapRules;
    steps: readonly PlaybookStep[];
    cadence: readonly CadenceRule[];
    focus: { capacityMinutes: number; actions: readonly FocusAction[] };
}

export interface EvidenceItem {
    id: string;
    object: string;
    label: string;
}

/** Something about one person that may need the manager: an early warning, or a standard that is missed beyond luck. */
export interface Concern {
    person: string;
    metric: string;
    dimension: string;
    words: string;
    observed: number;
    /** usual value of a warning, floor of a standard */
    baseline: number;
    since: DayNumber;
    /** how much worse than that, as a fraction of it: 0.25 is a quarter worse */
    shortfall: number;
    evidence: readonly EvidenceItem[];
}

export const STATUSES = ['Suggested', 'Accepted', 'Changed', 'Dismissed', 'Done'] as const;
export type InterventionStatus = (typeof STATUSES)[number];

/** An intervention as the org has it. */
export interface PastIntervention {
    key: string;
    manager: string;
    person: string;
    metric: string;
    stepKey: string;
    gap: GapKind;
    /** Monday */
    week: DayNumber;
    status: InterventionStatus;
    rank: number;
    /** day it was dismissed or done, null while it is neither */
    closedOn: DayNumber | null;
}

/** `NotTested`: what was before and after is known, but not week by week, so nothing tells it from luck. */
export type Verdict = 'Better' | 'Worse' | 'NoEvidence' | 'TooEarly' | 'NotTested';

/** What changed after a step, in the metric's own unit, better is positive. */
export interface Effect {
    verdict: Verdict;
    /** null while it is too early */
    change: number | null;
    low: number | null;
    high: number | null;
    weeksBefore: number;
    weeksAfter: number;
    words: string;
}

export interface Reason {
    metric: string;
    words: string;
    observed: number;
    baseline: number;
    since: DayNumber;
}

export interface Suggestion {
    /** `<manager>:<Monday as 2026-11-16>:<person>` */
    key: string;
    manager: string;
    person: string;
    week: DayNumber;
    rank: number;
    benefitMinor: number;
    /** how the benefit comes about, in words */
    working: string[];
    /** the one that the step is for first */
    reasons: Reason[];
    evidence: EvidenceItem[];
    gap: GapKind;
    stepKey: string;
    stepText: string;
    dueOn: DayNumber;
}
