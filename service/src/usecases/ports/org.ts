// One connected org for the time of one run: what is read of it and written to it.
import type { FiscalQuarter } from '../../domain/fiscal-quarters.ts';
import type { FlagVerdict } from '../../domain/flag-record/types.ts';
import type { OrgTimeZone } from '../../domain/org-time-zone.ts';
import type { PipelineFeatures } from '../../domain/pipeline/features.ts';
import type { Stage } from '../../domain/pipeline/stage-order.ts';
import type {
    ActivityCoverage,
    DayNumber,
    DealAssessment,
    DealFacts,
    RulePolicy
} from '../../domain/pipeline/types.ts';
import type { DealScore } from '../../domain/quarter/quarter-review.ts';
import type { DataRequestGateway } from './data-requests.ts';
import type { RememberedRow, ResultObject, RowMemory } from './memory.ts';
import type { PayGateway } from './pay.ts';
import type { PeopleGateway } from './people.ts';
import type { QuarterGateway } from './quarters.ts';
import type { RunRecord } from './runs.ts';
import type { SimulationGateway } from './simulations.ts';
import type { SuggestionGateway } from './suggestions.ts';

/** Notes something for the run row: counted by code. */
export type Notes = (code: string, message: string, count?: number) => void;

export interface OrgPerson {
    /** '' when none. */
    managerId: string;
    isActive: boolean;
}

export interface OrgReference {
    timeZone: OrgTimeZone;
    /** Empty when they cannot be read. */
    fiscalQuarters: readonly FiscalQuarter[];
    /** Today in the org. */
    today: DayNumber;
    /** The org's clock when this was read. */
    nowMs: number;
    stages: readonly Stage[];
    people: ReadonlyMap<string, OrgPerson>;
    policies: readonly RulePolicy[];
    /** what the last review of quarters found of the warning rules */
    ruleVerdicts: readonly FlagVerdict[];
    activityCoverage: ActivityCoverage;
    hasNextStepField: boolean;
}

/** One connected org, for the time of one run. */
export interface OrgGateway {
    readonly pay: PayGateway;
    readonly simulations: SimulationGateway;
    readonly quarters: QuarterGateway;
    readonly people: PeopleGateway;
    readonly suggestions: SuggestionGateway;
    readonly dataRequests: DataRequestGateway;
    /** Calls of the org's API this run has made. */
    readonly apiCalls: number;
    reference(note: Notes): Promise<OrgReference>;
    /** Reads every deal into `features`; returns the number of rows. */
    readEverything(
        features: PipelineFeatures,
        note: Notes,
        onProgress: (fraction: number) => void
    ): Promise<number>;
    readDeals(ids: readonly string[], features: PipelineFeatures, note: Notes): Promise<number>;
    /** Deals touched since the watermarks. */
    readChanges(
        watermarks: Readonly<Record<string, string>>
    ): Promise<{ opportunityIds: Set<string>; read: number }>;
    /** Watermarks for all objects if everything up to `nowMs` has been worked in. */
    watermarksAt(nowMs: number): Record<string, string>;
    /** What the org holds of our results: for a lost state file, and after a kill. */
    readResultRows(runKey: string): Promise<{ rows: RememberedRow[]; writtenByRun: RememberedRow[] }>;
    saveResults(batch: ResultBatch): Promise<SaveOutcome>;
    saveRun(run: RunRecord): Promise<void>;
    /** Returns those the org refused, with its code. */
    saveRuns(runs: readonly RunRecord[]): Promise<{ runKey: string; code: string }[]>;
    /** Deletes results of deals closed long ago or gone, and old runs; returns the keys of deleted result rows. */
    purge(today: DayNumber, note: Notes): Promise<{ object: ResultObject; keys: string[] }[]>;
}

/** An open deal on its way to the org. */
export interface AssessedDeal {
    facts: DealFacts;
    assessment: DealAssessment;
}

/** What models say anew of a deal that changed. */
export interface FreshScore {
    score: DealScore;
    /** day of the models */
    fittedOn: DayNumber;
}

export interface ResultBatch {
    runKey: string;
    today: DayNumber;
    dataAsOf: string;
    open: Iterable<AssessedDeal>;
    /** Deals that were open at the last run and are closed now: their flags are cleared. */
    closed: readonly string[];
    /** Deals that no longer exist: their rows are deleted. */
    gone: readonly string[];
    people: ReadonlyMap<string, OrgPerson>;
    rows: RowMemory;
    /** of open deals, where they differ from what the org holds; only in runs of deals that changed */
    scores: ReadonlyMap<string, FreshScore>;
    /** True in a full run: rows that could not be given to their owner are tried again. */
    retryOwners: boolean;
    note: Notes;
    fail: Notes;
    /** Called before every call that writes; throws to stop. */
    checkStop: () => void;
    onProgress: (counts: SaveCounts, fraction: number) => void;
}

export interface SaveCounts {
    written: number;
    skipped: number;
    failed: number;
}

export interface SaveOutcome extends SaveCounts {
    /** Deals of the rows that failed. */
    failedDealIds: ReadonlySet<string>;
}

/** Makes the gateway of an org for one run. */
export type OpenGateway = (orgId: string, isUrgent: boolean, checkStop: () => void) => Promise<OrgGateway>;

/** The code and sentence of a failure, without anything of the inside. One that is not understood may pass by itself. */
export type DescribeError = (error: unknown) => { code: string; message: string; isUnderstood: boolean };

/** Whether the service can sign in to an org; for Setup. */
export interface OutboundCheck {
    ok: boolean;
    orgId: string | null;
    code: string | null;
    fix: string | null;
}
