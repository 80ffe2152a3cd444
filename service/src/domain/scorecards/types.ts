// The words of scorecards as types: signals and facts, metrics and their versions, standards, templates, people over time, and what
// comes out: metric results, scorecards, series. Only data; how a score comes about is told in docs/scorecards.md.
import type { DayNumber } from '../pipeline/types.ts';
import type { Problem } from '../problem.ts';
import type { Ratio } from '../ratio.ts';
import type { Formula } from './formula.ts';

/** A decimal as a whole number of ten-thousandths: 12.5 is 125000. See units.ts. */
export type Units = number;

/** `2026-10` */
export type MonthKey = string;

export const ROLE_KEYS = ['adviser', 'asset-servicing', 'operations', 'manager', 'new-joiner'] as const;
export type RoleKey = (typeof ROLE_KEYS)[number];

export const DIMENSIONS = ['client', 'business', 'execution', 'team', 'learning'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

export const FAMILIES = ['results', 'behaviour', 'capability'] as const;
export type Family = (typeof FAMILIES)[number];

export const UNITS = ['count', 'amount', 'percent', 'days', 'hours', 'score', 'ratio'] as const;
export type UnitName = (typeof UNITS)[number];

export const GRAINS = ['day', 'week', 'month', 'quarter'] as const;
export type Grain = (typeof GRAINS)[number];

export const METRIC_KINDS = [
    'leading',
    'predictive',
    'outcome',
    'client',
    'risk',
    'team',
    'learning',
    'hygiene'
] as const;
export type MetricKind = (typeof METRIC_KINDS)[number];

export const DIRECTIONS = ['up', 'down', 'band'] as const;
/** `up`: more is better; `down`: less is better; `band`: best between floor and target. */
export type Direction = (typeof DIRECTIONS)[number];

export const DATA_CLASSES = [
    'work-activity',
    'work-result',
    'client-opinion',
    'colleague-opinion',
    'conduct',
    'learning',
    'employment'
] as const;
/** What kind of personal data a signal is. Health, mood, voice and face have no class, so nothing of them can be listed. */
export type DataClass = (typeof DATA_CLASSES)[number];

/** An allow-listed kind of fact. A fact of any other signal is refused. */
export interface Signal {
    id: string;
    name: string;
    unit: UnitName;
    /** `crm`: read from records of the org; `import`: comes through the import of facts */
    source: 'crm' | 'import';
    /** words for people, e.g. "Opportunity, OpportunityHistory" or "learning platform" */
    sourceObjects: string;
    /** `event`: happens on a day; `level`: holds from its day until the next one for the same subject */
    grain: 'event' | 'level';
    purpose: string;
    retentionMonths: number;
    dataClass: DataClass;
    /** who said it is never shown: no evidence, and at least `leastRaters` of them */
    isAnonymous: boolean;
    leastRaters: number;
    /** what no fact in a month means once the source has delivered that month: nothing happened, or nothing is known */
    absence: 'zero' | 'unknown';
    /** values of attributes that facts may carry, e.g. severity: minor, material, severe */
    attributes: Readonly<Record<string, readonly string[]>>;
}

/** One allow-listed thing that is so: `n` observations of `value` each. */
export interface Fact {
    signal: string;
    person: string;
    day: DayNumber;
    value: Units;
    /** how many observations this stands for, at least 1; `value` is what each of them is (their mean) */
    n: number;
    source: string;
    /** with `source` what makes a fact the same fact */
    sourceId: string;
    /** milliseconds; of two facts with the same source and id the one extracted later counts */
    extractedAt: number;
    /** record it is about, or null; levels hold for each subject apart */
    subject: string | null;
    attributes: Readonly<Record<string, string>>;
}

/** One version of one metric, in force from a first day of a month. */
export interface MetricDefinition {
    id: string;
    version: number;
    name: string;
    kind: MetricKind;
    unit: UnitName;
    grain: Grain;
    direction: Direction;
    formulaWords: string;
    formula: Formula;
    /** months the formula looks back over, the month itself included: 1 is the month alone */
    windowMonths: number;
    /** whose facts: the person's own, or those of the people who reported to them on the day */
    scope: 'own' | 'team';
    /** counts what was sold: never in the scorecard of a control function */
    isSalesVolume: boolean;
    minimumN: number;
    interval: 'wilson' | 'none';
    owner: string;
    sourceObjects: string;
    whatMovesIt: string;
    /** metrics of which this is the sum, exactly; a difference is a problem */
    parts: readonly string[];
    effectiveFrom: DayNumber;
    /** first day no longer in force, or null */
    effectiveTo: DayNumber | null;
}

/** What a role is held to in one metric from a first day of a month. Additive metrics: for a whole calendar month. */
export interface Standard {
    role: RoleKey;
    metric: string;
    family: Family;
    floor: Units;
    target: Units;
    effectiveFrom: DayNumber;
    effectiveTo: DayNumber | null;
    reason: string;
}

export interface TemplateMetric {
    metric: string;
    weight: Ratio;
}

export interface TemplateDimension {
    dimension: Dimension;
    weight: Ratio;
    metrics: readonly TemplateMetric[];
}

/** The business dimension counts at most `atMost` points of 100 while the paired metric is below its floor. */
export interface PairRule {
    dimension: Dimension;
    paired: string;
    atMost: Ratio;
}

/** The whole score is at most `scoreAtMost` when the metric is above `above`. */
export interface OverrideRule {
    metric: string;
    above: Units;
    scoreAtMost: Ratio;
    words: string;
}

/** How long people new in the firm are judged against people of the same tenure. */
export interface Ramp {
    leastMonths: number;
    mostMonths: number;
    /** the metric whose course over tenure tells how long a ramp is */
    metric: string;
    /** roles whose people pass through the ramp */
    roles: readonly RoleKey[];
    /** share of the target that is expected in month 1, 2, ... where no cohort of the same tenure is large enough */
    expected: readonly Ratio[];
}

export interface Template {
    role: RoleKey;
    name: string;
    version: string;
    /** what one metric can contribute at most, 1 is its whole weight */
    cap: Ratio;
    /** least coverage for a score to be told */
    leastCoverage: Ratio;
    dimensions: readonly TemplateDimension[];
    pairs: readonly PairRule[];
    overrides: readonly OverrideRule[];
    /** only of the template of new joiners */
    ramp: Ramp | null;
}

/** From the first day on, up to and without `to`; null is open. */
export interface Dated {
    from: DayNumber;
    to: DayNumber | null;
}

export interface Person {
    id: string;
    joined: DayNumber;
    /** last day with the firm, or null */
    left: DayNumber | null;
    roles: readonly (Dated & { role: RoleKey })[];
    managers: readonly (Dated & { manager: string })[];
    /** people are compared within their unit where it is large enough; null is the firm */
    unit: string | null;
}

export type Trend = 'rising' | 'steady' | 'falling' | 'tooFew';
export type ResultStatus = 'met' | 'near' | 'missed' | 'noData' | 'tooFew' | 'noStandard';

/** A metric of a person over time, for pictures and for early warnings. Values are plain decimals. */
export interface Series {
    person: string;
    metric: string;
    grain: Grain;
    points: readonly SeriesPoint[];
}

export interface SeriesPoint {
    /** first day of the period */
    from: DayNumber;
    /** null where there is nothing to tell */
    value: number | null;
    n: number;
}

/** One figure a result was made of, in the order it was used. */
export interface WorkingStep {
    words: string;
    /** decimal, or a fraction where no decimal ends */
    value: string;
}

export interface Evidence {
    id: string;
    signal: string;
    day: DayNumber;
}

export interface MetricResult {
    metric: string;
    version: number;
    dimension: Dimension;
    /** of the whole score: weight of the dimension times weight within it */
    weight: Ratio;
    status: ResultStatus;
    /** null without data, or hidden because there are too few observations */
    value: Units | null;
    n: number;
    low: Units | null;
    high: Units | null;
    family: Family | null;
    floor: Units | null;
    target: Units | null;
    /** exact; null where value or standard is missing */
    attainment: Ratio | null;
    /** what it adds to the score of 100, before dimension and score are capped; null where it does not count */
    points: Ratio | null;
    trend: Trend;
    /** share of comparable people below, 0 to 100; null where fewer than five could be told apart */
    percentile: number | null;
    peers: number;
    series: Series;
    working: readonly WorkingStep[];
    evidence: readonly Evidence[];
    /** in the person's own words of what moves it */
    whatMovesIt: string;
}

export interface DimensionResult {
    dimension: Dimension;
    weight: Ratio;
    /** 0 to 100, exact; null without data */
    score: Ratio | null;
    /** 0 to 1 */
    coverage: Ratio;
}

export interface Scorecard {
    person: string;
    month: MonthKey;
    role: RoleKey;
    templateVersion: string;
    /** `closed` once the month is over: metric versions, standards and facts of its days count */
    status: 'open' | 'closed';
    from: DayNumber;
    /** first day no longer counted */
    to: DayNumber;
    /** days in this role, of the days of the month */
    days: number;
    daysOfMonth: number;
    managers: readonly { manager: string; days: number }[];
    isRamping: boolean;
    /** month of tenure, counted from 1; null outside the ramp */
    rampMonth: number | null;
    /** 0 to 100, one decimal; null below the least coverage */
    score: number | null;
    exactScore: Ratio | null;
    /** 0 to 1 */
    coverage: Ratio;
    trend: Trend;
    previousScore: number | null;
    percentile: number | null;
    peers: number;
    cappedBy: string | null;
    overriddenBy: string | null;
    dimensions: readonly DimensionResult[];
    metrics: readonly MetricResult[];
    problems: readonly Problem[];
}
