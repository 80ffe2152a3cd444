// What a rule pack is, once parsed: dated figures of a regulation with their sources, what they require of a person's variable
// pay, and which checks a plan must pass. Data of config/rule-packs; nothing here is legal advice. No behaviour.
import type { Ratio } from '../../ratio.ts';
import type { Expression } from '../expression.ts';
import type { IsoDay } from '../plan.ts';

export interface RulePack {
    key: string;
    version: string;
    name: string;
    /** packs of one regime follow each other in time */
    regime: string;
    authority: string;
    /** in whose currency the figures are; '' where there is no money in it */
    currency: string;
    /** the day that decides whether the pack is in force: first day of the performance year, or of the plan */
    datedBy: DatedBy;
    effectiveFrom: IsoDay;
    /** last day; null: open */
    effectiveTo: IsoDay | null;
    /** from this day a firm may apply it before it must; null: never */
    optionalFrom: IsoDay | null;
    notes: string[];
    sources: Source[];
    figures: RuleFigure[];
    exemptions: Exemption[];
    requirements: Requirement[];
    checks: PackCheck[];
}

export const DATED_BY = ['performanceYear', 'plan'] as const;
export type DatedBy = (typeof DATED_BY)[number];

export interface Source {
    key: string;
    title: string;
    /** '' where none was read */
    url: string;
    published: IsoDay | '';
}

/** `stated`: read in the text of whoever makes the rule. Anything else is shown as to be confirmed wherever it is used. */
export const FIGURE_STATUSES = ['stated', 'toBeConfirmedByCompliance'] as const;
export type FigureStatus = (typeof FIGURE_STATUSES)[number];

export interface RuleFigure {
    key: string;
    value: Ratio;
    /** as it was written, e.g. `40%` */
    text: string;
    meaning: string;
    source: string;
    /** where in the source; '' where not known */
    clause: string;
    status: FigureStatus;
    /** day on which it was looked up */
    asOf: IsoDay;
}

/** What a requirement is about; the same words name what an award's terms have of it (award-terms.ts). */
export const SUBJECTS = [
    'variablePart',
    'deferredPart',
    'deferralMonths',
    'firstVestingMonths',
    'vestedEarly',
    'instrumentsPart',
    'upfrontInstrumentsPart',
    'deferredInstrumentsPart',
    'upfrontRetentionMonths',
    'deferredRetentionMonths',
    'clawbackMonths'
] as const;
export type Subject = (typeof SUBJECTS)[number];

/** Money or months the award must have at least, or at most. */
export interface Requirement {
    key: string;
    subject: Subject;
    bound: 'least' | 'most';
    amount: Expression;
    /** null: always */
    when: Expression | null;
    /** last day of the pack's date on which it applies; null: as long as the pack */
    until: IsoDay | null;
    source: string;
    clause: string;
}

/** Where the condition holds the subjects are not required. */
export interface Exemption {
    key: string;
    when: Expression;
    lifts: Subject[];
    source: string;
    clause: string;
}

/** A check of plan-checks/ with the limit this regulation sets. */
export interface PackCheck {
    key: string;
    check: string;
    /** key of the figure; null where the check has no figure */
    limit: string | null;
    /** what a hit means: the plan may not be, or somebody must look at it */
    onHit: 'fail' | 'toBeReviewed';
    /** of the rule itself; to be confirmed unless somebody wrote that it was read */
    status: FigureStatus;
    source: string;
    clause: string;
}
