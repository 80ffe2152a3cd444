// What a review of quarters tells, row by row, before it becomes rows of an org. Amounts are integer minor units. No behaviour.
import type { FlagRecord } from '../flag-record/types.ts';
import type { ForecastPeriod } from '../forecast/types.ts';
import type { StageRow } from '../pipeline-review/stage-conversion.ts';
import type { WinLoss } from '../pipeline-review/win-loss.ts';
import type { Velocity } from '../pipeline-review/velocity.ts';
import type { FailedCheck } from '../pipeline-review/hygiene.ts';
import type { DayNumber } from '../pipeline/types.ts';
import type { KeptModels } from './kept-models.ts';
import type { Pace } from './pace.ts';
import type { ScopeOfPeople } from './teams.ts';

/** A part of an amount that adds up. */
export interface Part {
    kind: string;
    amountMinor: number;
    dealCount: number;
}

export interface Snapshot {
    of: ScopeOfPeople;
    asOf: DayNumber;
    period: ForecastPeriod;
    claimedMinor: number;
    realMinor: number;
    /** null without chances, and for days of the past */
    expectedMinor: number | null;
    wonMinor: number;
    /** null without quotas */
    targetMinor: number | null;
    /** real pipeline over what is missing to the target; null without a target, or where nothing is missing */
    coverage: number | null;
    dealCount: number;
    realDealCount: number;
    openingMinor: number;
    changesSince: DayNumber;
    /** claimed less these is real */
    exclusions: Part[];
    /** opening plus these is claimed */
    changes: Part[];
    requiredCoverage: number | null;
    hygieneScore: number | null;
    figures: SnapshotFigures;
}

export interface SnapshotFigures {
    velocity: Velocity | null;
    /** null where too little moves, and for days of the past */
    pace: Pace | null;
    conversion: StageRow[];
    /** null for days of the past */
    winLoss: WinLoss | null;
    /** largest loss of points first */
    hygiene: FailedCheck[];
    /** closed deals that required coverage rests on */
    closedCount: number;
}

export type Basis = 'Model' | 'StageRates' | 'TooLittle';

export interface Mitigation {
    dealId: string;
    kind: 'Secure';
    lowMinor: number;
    middleMinor: number;
}

export interface Driver {
    /** null: accounts that are not named, and deals that do not exist yet */
    accountId: string | null;
    amountMinor: number;
    dealIds: string[];
    mitigations: Mitigation[];
}

export interface ForecastResult {
    of: ScopeOfPeople;
    /** '' for the whole */
    segment: string;
    asOf: DayNumber;
    period: ForecastPeriod;
    basis: Basis;
    /** null where history is too little */
    range: { low: number; middle: number; high: number; newBusiness: number } | null;
    wonMinor: number;
    targetMinor: number | null;
    stageWeightedMinor: number | null;
    lastPeriodMinor: number | null;
    commitMinor: number | null;
    dealCount: number;
    drivers: Driver[];
    /** JSON object for the page; '' where there is none */
    optimism: string;
}

/** What the models say of one open deal; days are day numbers, chances whole percents as fractions. */
export interface DealScore {
    dealId: string;
    win: number;
    winSoon: number;
    stall: number | null;
    earlyOn: DayNumber;
    likelyOn: DayNumber;
    lateOn: DayNumber;
    reasons: { words: string; points: number }[];
}

export interface ModelCardResult {
    kind: 'Win' | 'Win14' | 'Win30' | 'Stall14';
    status: 'InUse' | 'NotEnoughHistory' | 'NoSignal' | 'Demoted';
    method: string;
    dealCount: number;
    outcomeCount: number;
    discrimination: number | null;
    brierScore: number | null;
    baselineBrierScore: number | null;
    calibrationError: number | null;
    /** standard errors between what lately came and what was foretold */
    driftScore: number | null;
    reliability: { from: number; to: number; predicted: number; observed: number; count: number }[];
    race: {
        method: string;
        isNaive: boolean;
        discrimination: number;
        brierScore: number;
        calibrationError: number;
    }[];
    inputs: { name: string; words: string; weight: number }[];
    plainText: string;
}

/** A figure of a sentence and the row it is read from; the page writes it as its reader does. */
export interface Figure {
    unit: 'Amount' | 'Count' | 'Times' | 'Share';
    /** decimal text */
    value: string;
    recordKey: string;
    field: string;
}

export interface Sentence {
    /** with {0}, {1} ... where its figures stand */
    text: string;
    figures: Figure[];
}

export interface Brief {
    readerId: string;
    asOf: DayNumber;
    period: ForecastPeriod;
    sentences: Sentence[];
}

export interface QuarterReview {
    snapshots: Snapshot[];
    forecasts: ForecastResult[];
    scores: DealScore[];
    /** what scores deals that change before the next review; null where no model is in use */
    models: KeptModels | null;
    cards: ModelCardResult[];
    briefs: Brief[];
    /** what quarters that are over became, where their forecasts do not say so yet */
    actuals: { key: string; actualMinor: number }[];
    /** what each warning rule proved to be worth */
    rules: FlagRecord[];
    /** codes with sentences, for the run */
    warnings: { code: string; message: string; count: number }[];
}
