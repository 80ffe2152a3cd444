// What the use cases ask of the outside, as interfaces only. salesforce/ and state/ implement them; main.ts hands them in.
import type { DataRequest, ObjectAnswer, PersonalRows } from '../domain/data-rights/answer-request.ts';
import type { DataMapEntry } from '../domain/data-rights/data-map.ts';
import type { FlagVerdict } from '../domain/flag-record/types.ts';
import type { FactBatch, FactReject, ImportStatus, SentFact } from '../domain/scorecards/fact-batch.ts';
import type { Fact, Signal } from '../domain/scorecards/types.ts';
import type { Ratio } from '../domain/ratio.ts';
import type { SealedStatement } from '../domain/pay/seal-statements.ts';
import type { PayeeResult } from '../domain/pay/payee-results.ts';
import type { PayFacts, PayPeriod } from '../domain/pay/pay-facts.ts';
import type { PayAnswer, PayStep } from '../domain/pay/work-out-pay.ts';
import type { SimulationStep } from '../domain/incentives/simulation/simulation.ts';
import type { Problem } from '../domain/problem.ts';
import type { ReplayFacts, ReplayVersion, SimulationAsk } from '../domain/replay/replay-facts.ts';
import type { SimulationAnswer, SimulationJob } from '../domain/replay/simulate-replay.ts';
import type { StoredSimulation } from '../domain/replay/stored-simulation.ts';
import type { PeopleFacts } from '../domain/people-review/people-facts.ts';
import type { PeopleReview } from '../domain/people-review/people-review.ts';
import type { FiscalQuarter } from '../domain/fiscal-quarters.ts';
import type { DealHistories } from '../domain/quarter/kept-models.ts';
import type { QuarterFacts } from '../domain/quarter/quarter-facts.ts';
import type { DealScore, QuarterReview } from '../domain/quarter/quarter-review.ts';
import type { Renewal } from '../domain/suggestions/renew.ts';
import type { DealWork, HeldSuggestion } from '../domain/suggestions/types.ts';
import type { OrgTimeZone } from '../domain/org-time-zone.ts';
import type { PipelineFeatures } from '../domain/pipeline/features.ts';
import type { Stage } from '../domain/pipeline/stage-order.ts';
import type {
    ActivityCoverage,
    DayNumber,
    DealAssessment,
    DealFacts,
    RulePolicy
} from '../domain/pipeline/types.ts';

// ---- runs ----

export type RunStatus = 'Queued' | 'Running' | 'Succeeded' | 'Partial' | 'Failed' | 'Cancelled';
export type RunStage = 'Waiting' | 'Reading' | 'Computing' | 'Writing' | 'Done';
export type RunTrigger = 'Manual' | 'Scheduled' | 'Initial';
export type RunScope = 'Full' | 'Delta';
/** Pipeline: deal health. Forecast: quarters as they are and as they are likely to become. Pay: the statements of a period. Publication: its statements become final. Simulation: a plan version is
 *  tried on the past, and nothing is paid. */
export type RunKind =
    'Pipeline' | 'Forecast' | 'Scorecards' | 'Pay' | 'Publication' | 'Simulation' | 'DataRequests';

export interface RunCounts {
    read: number;
    computed: number;
    written: number;
    skipped: number;
    failed: number;
    apiCalls: number;
}

/** Something the run has to say, as a code with a sentence; never a record value. */
export interface RunNote {
    code: string;
    message: string;
    count: number;
}

export interface RunRecord {
    runKey: string;
    orgId: string;
    kind: RunKind;
    /** key of the period of pay; null for pipeline runs */
    period: string | null;
    /** only of simulations */
    simulation?: SimulationAsk;
    trigger: RunTrigger;
    /** As asked (Full or null) until the run begins, then as decided. */
    scope: RunScope | null;
    status: RunStatus;
    stage: RunStage;
    progressPercent: number;
    requestedBy: string | null;
    requestedAt: string;
    startedAt: string | null;
    finishedAt: string | null;
    dataAsOf: string | null;
    /** of deal health: fingerprint of all it judged by */
    rulesHash?: string;
    /** of the request that asked for it, or of its own */
    traceId?: string;
    counts: RunCounts;
    warnings: RunNote[];
    errors: RunNote[];
}

export interface RunRequest {
    orgId: string;
    kind: RunKind;
    period: string | null;
    /** only of simulations */
    simulation?: SimulationAsk;
    trigger: RunTrigger;
    requestedBy: string | null;
    /** where the caller is in one */
    traceId?: string;
    /** Full: read everything again. Null: whatever is enough. */
    scope: 'Full' | null;
}

/** Where runs are asked for and followed. */
export interface RunDesk {
    /** The run that now serves this request; null when the service is stopping. Throws TooManyRuns. */
    request(request: RunRequest): Promise<{ run: RunRecord; alreadyRunning: boolean } | null>;
    find(orgId: string, runKey: string): Promise<RunRecord | null>;
    /** Null when the org has no such run. */
    cancel(orgId: string, runKey: string): Promise<{ run: RunRecord; outcome: CancelOutcome } | null>;
}

/** - `Cancelled`: it had not begun
 *  - `Asked`: it ends at its next call to the org
 *  - `TooLate`: it is over, or writes what must not stay half written */
export type CancelOutcome = 'Cancelled' | 'Asked' | 'TooLate';

/** The runs that were given up, for the operator. */
export interface RunsPutAside {
    list(): Promise<{ run: RunRecord; putAsideAt: string }[]>;
    /** Has it tried again under its key; null when it is not put aside or the same work is under way. */
    replay(runKey: string): Promise<RunRecord | null>;
}

/** The runs that are kept: what survives a kill. */
export interface RunJournal {
    /** Writes a new run down, unless the same work of the org is under way: answers the run that stands for it. Throws
     *  TooManyRuns beyond `most`, which requests at the same moment may exceed by their number. */
    add(run: RunRecord, workKey: string, most?: RunBounds): Promise<RunRecord>;
    update(run: RunRecord): Promise<void>;
    /** The run is at stage Done. `isReportOwed`: its org could not be told so. */
    finish(run: RunRecord, isReportOwed: boolean): Promise<void>;
    /** Those that are over and of which the org was not told, newest first. */
    owedReports(orgId: string, atMost: number): Promise<RunRecord[]>;
    /** The org was told of these. */
    reported(runKeys: readonly string[]): Promise<void>;
    find(orgId: string, runKey: string): Promise<RunRecord | null>;
    /** Those that are not at stage Done, oldest first. */
    unfinished(orgId: string): Promise<RunRecord[]>;
    /** The oldest of them. */
    next(orgId: string): Promise<RunRecord | null>;
    /** Counts a beginning of the run; null when it is over. From then on it is not cancelled without asking. */
    begin(orgId: string, runKey: string): Promise<BegunRun | null>;
    /** Keeps the run as cancelled if it has not begun. */
    cancelUnbegun(run: RunRecord): Promise<boolean>;
    askToCancel(runKey: string): Promise<void>;
    isCancelAsked(runKey: string): Promise<boolean>;
    putAside(runKey: string, moment: string): Promise<void>;
    allPutAside(): Promise<{ run: RunRecord; putAsideAt: string }[]>;
    /** As if it had just been asked for, under its key; false when the same work is under way. */
    takeUpAgain(run: RunRecord): Promise<boolean>;
    /** How many those are, for each org that has any. */
    unfinishedByOrg(): Promise<Map<string, number>>;
    /** Forgets runs finished before `moment`. */
    purge(orgId: string, moment: string): Promise<void>;
}

/** How many runs may be asked for and not over. */
export interface RunBounds {
    /** of the org the run is for */
    org: number;
    /** of all orgs */
    service: number;
}

/** A run nobody can be promised: more are waiting already than are taken, of the org or of all. */
export class TooManyRuns extends Error {
    readonly whose: keyof RunBounds;

    constructor(whose: keyof RunBounds) {
        super('Too many runs are waiting.');
        this.name = 'TooManyRuns';
        this.whose = whose;
    }
}

export interface BegunRun {
    run: RunRecord;
    /** this one included */
    beginnings: number;
    isCancelAsked: boolean;
}

/** A lock that was not renewed for so long passes on to whoever asks. */
export const LOCK_EXPIRES_MS = 60_000;

/** Only one process writes to an org at a time. */
export interface WriterLock {
    /** True when this process holds the lock now. */
    acquire(orgId: string): Promise<boolean>;
    /** Renews; false when another process has taken over. */
    renew(orgId: string): Promise<boolean>;
    release(orgId: string): Promise<void>;
}

// ---- changes as they happen ----

/** Where changes in an org are heard of as they happen. Nothing depends on it: what is missed is found by reading. */
export interface ChangeFeed {
    /** Follows the org until what is returned is called. */
    follow(orgId: string, onChange: () => void): () => Promise<void>;
}

// ---- whose turn it is ----

/** One run of one org is to be carried out now, here. */
export interface Turn {
    orgId: string;
    runKey: string;
    /** When it breaks again, it is put aside. */
    isLast: boolean;
}

/** - `Over`: the run has ended, well or not, or there was none
 *  - `Later`: it could not be carried out here and now, through no fault of its own
 *  - `Broken`: it has not ended, and is tried again after a while
 *  - `GivenUp`: it has ended and is put aside */
export type TurnEnd = 'Over' | 'Later' | 'Broken' | 'GivenUp';

/** Gives turns to runs: one at a time for each org among all processes, orgs one after the other, broken runs again with
 *  growing pauses. The journal says which runs there are; a queue that forgets everything is filled from it. */
export interface RunQueue {
    start(take: (turn: Turn) => Promise<TurnEnd>): Promise<void>;
    /** The org has a run. Said twice is as good as said once. */
    offer(orgId: string): Promise<void>;
    /** Gives no more turns; resolves when those under way have ended. */
    stop(): Promise<void>;
}

/** What queues go by. */
export interface QueueOptions {
    /** runs that this process carries out at the same time */
    slots: number;
    /** how often a broken run is tried again, and after how many seconds the first time */
    retries: number;
    retrySeconds: number;
    orgIds: () => Promise<readonly string[]>;
    onError: (error: unknown) => void;
}

/** Calls `onMinutes` with the minutes (since 1970) that have begun, each once among all processes. */
export type StartMinutes = (onMinutes: (minutes: readonly number[]) => Promise<void>) => Promise<EndMinutes>;
export type EndMinutes = () => Promise<void>;

// ---- what is remembered between runs: ids, hashes, moments, aggregates ----

export type ResultObject = 'DealHealth__c' | 'PipelineFlag__c';

/** What the org holds of one result row, as far as deciding about the next write needs it. */
export interface RememberedRow {
    object: ResultObject;
    key: string;
    opportunityId: string;
    hash: string;
    /** The owner last sent; '' when not known. */
    ownerId: string;
    /** False for a cleared flag and for the health of a closed deal. */
    isOpen: boolean;
}

/** What is remembered of some deals. */
export interface KnownRows {
    get(object: ResultObject, key: string): RememberedRow | null;
    flagsOf(opportunityId: string): readonly RememberedRow[];
}

export interface RowMemory {
    of(opportunityIds: readonly string[]): Promise<KnownRows>;
    /** Opportunities with an open row. */
    openOpportunityIds(): Promise<string[]>;
    remember(rows: readonly RememberedRow[]): Promise<void>;
    forget(object: ResultObject, keys: readonly string[]): Promise<void>;
    replaceAll(rows: readonly RememberedRow[]): Promise<void>;
}

export interface OrgMemory {
    rows: RowMemory;
    /** SystemModstamp up to which each object has been worked in; null when never. */
    watermarks(): Promise<Record<string, string> | null>;
    /** Everything a successful run leaves behind, in one transaction. */
    commitRun(outcome: RunOutcome): Promise<void>;
    /** Opportunities whose health changes by the passing of time on or before `day`. */
    dueOn(day: DayNumber): Promise<string[]>;
    fact(name: MemoryFact): Promise<string | null>;
    setFact(name: MemoryFact, value: string | null): Promise<void>;
}

/** - `rulesHash`: engine, policy and fiscal quarters of the last run; another one means that every deal is assessed again
 *  - `learned`: what the last full run learnt over all deals (JSON aggregates)
 *  - `lastFullAt`: when that was
 *  - `writingRun`: the run that may have written rows not remembered here
 *  - `purgedOn`: the day on which old rows were last deleted
 *  - `keptModels`: models of the last review of quarters, for deals that change before the next (JSON; null: none in use)
 *  - `suggestedOn`: the day on which all open deals were last looked at for suggestions (null: due) */
export type MemoryFact =
    'rulesHash' | 'learned' | 'lastFullAt' | 'writingRun' | 'purgedOn' | 'keptModels' | 'suggestedOn';

export interface RunOutcome {
    watermarks: Record<string, string>;
    /** Replaces all due days (full run) or those of the deals named (delta). */
    reassess: { replaceAll: boolean; days: ReadonlyMap<string, DayNumber> };
    facts: Partial<Record<MemoryFact, string | null>>;
}

// ---- reading and writing the org ----

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

// ---- suggested field updates ----

/** Reading what suggestions are made from and writing them; deals themselves are never written. */
export interface SuggestionGateway {
    /** @param ids at most 400 */
    read(ids: readonly string[], reference: OrgReference, note: Notes): Promise<SuggestionReading>;
    save(batch: SuggestionBatch): Promise<SaveCounts>;
}

export interface SuggestionReading {
    deals: DealWork[];
    /** by deal */
    held: ReadonlyMap<string, HeldSuggestion[]>;
    rowCount: number;
}

export interface SuggestionChange extends Renewal {
    dealId: string;
    ownerId: string;
    held: readonly HeldSuggestion[];
}

export interface SuggestionBatch {
    runKey: string;
    dataAsOf: string;
    today: DayNumber;
    people: ReadonlyMap<string, OrgPerson>;
    changes: readonly SuggestionChange[];
    note: Notes;
    fail: Notes;
    checkStop: () => void;
}

// ---- quarters ----

export interface QuarterReading {
    facts: QuarterFacts;
    rowCount: number;
    /** days (2026-11-16) that have a snapshot */
    heldDays: ReadonlySet<string>;
}

/** Reading what a review of quarters is made from and writing what came out. */
export interface QuarterGateway {
    read(
        reference: OrgReference,
        note: Notes,
        onProgress: (fraction: number) => void
    ): Promise<QuarterReading>;
    /** Only these deals, as models score them; stages as the models know them. */
    readChanged(
        ids: readonly string[],
        reference: OrgReference,
        renamedStages: ReadonlyMap<string, string>,
        note: Notes
    ): Promise<ChangedDeals>;
    /** Upserts rows whose content differs, and deletes those past the day they are kept to. */
    save(batch: QuarterBatch): Promise<SaveCounts>;
}

export interface ChangedDeals extends DealHistories {
    rowCount: number;
    /** True where the org holds this score of the deal already. */
    holds(score: FreshScore): boolean;
}

export interface QuarterBatch {
    runKey: string;
    dataAsOf: string;
    today: DayNumber;
    review: QuarterReview;
    note: Notes;
    fail: Notes;
    checkStop: () => void;
    onProgress: (counts: SaveCounts) => void;
}

/** Makes a review without holding up whoever asks meanwhile. */
export type ReviewQuarters = (
    facts: QuarterFacts,
    pastDays: readonly DayNumber[],
    checkStop: () => void
) => Promise<QuarterReview>;

// ---- people ----

/** Reading what a review of people is made from and writing what came out. */
export interface PeopleGateway {
    read(
        reference: OrgReference,
        note: Notes,
        onProgress: (fraction: number) => void
    ): Promise<{ facts: PeopleFacts; rowCount: number; currency: string | null }>;
    /** Upserts rows whose content differs; leaves closed months and decided steps alone; deletes what is past its day. */
    save(batch: PeopleBatch): Promise<SaveCounts>;
}

export interface PeopleBatch {
    runKey: string;
    dataAsOf: string;
    today: DayNumber;
    review: PeopleReview;
    /** of the org's amounts; null where it cannot be told */
    currency: string | null;
    note: Notes;
    fail: Notes;
    checkStop: () => void;
    onProgress: (counts: SaveCounts) => void;
}

/** Reviews people without holding up whoever asks meanwhile. */
export type ReviewPeople = (facts: PeopleFacts, checkStop: () => void) => Promise<PeopleReview>;

// ---- pay ----

/** All of a period that is worked out: handed in, so that the independent check can be held against an engine that is wrong. */
export type WorkOutPay = (
    facts: PayFacts,
    options: { onStep: (step: PayStep) => void; checkStop: () => void }
) => Promise<PayAnswer>;

/** Reading what pay is made from and writing what came out. */
export interface PayGateway {
    /** Null where the org has no such period. */
    read(periodKey: string): Promise<{ facts: PayFacts; rowCount: number; nowMs: number } | null>;
    period(periodKey: string): Promise<PayPeriod | null>;
    /** Upserts rows whose hash differs and deletes those the period no longer has. */
    save(batch: PayBatch): Promise<SaveCounts>;
    /** The end of the chain of calculations, without the run named; and the last one of the period. */
    calculations(periodKey: string, withoutRunKey: string): Promise<EarlierCalculations>;
    /** Keeps what the calculation came to for each payee where it differs from before; returns how many rows were refused. */
    savePayeeResults(batch: PayeeResultBatch): Promise<number>;
    saveCalculation(calculation: Calculation): Promise<void>;
    /** Says up to when changes are in the figures; a period that was Open becomes Calculated. */
    markCalculated(period: PayPeriod, dataAsOf: string): Promise<void>;
    /** Sets the drafts of a published period to Published. */
    publish(
        period: PayPeriod,
        options: Pick<PayBatch, 'fail' | 'checkStop' | 'onProgress'>
    ): Promise<SaveCounts>;
}

export interface PayBatch {
    runKey: string;
    dataAsOf: string;
    period: PayPeriod;
    statements: readonly SealedStatement[];
    people: PayFacts['people'];
    note: Notes;
    fail: Notes;
    checkStop: () => void;
    onProgress: (counts: SaveCounts, fraction: number) => void;
}

export interface PayeeResultBatch {
    runKey: string;
    periodKey: string;
    /** place of the calculation in the chain */
    sequence: number;
    results: readonly PayeeResult[];
    fail: Notes;
    checkStop: () => void;
}

export interface EarlierCalculations {
    last: { sequence: number; hash: string } | null;
    /** totals of the period's last calculation, by plan */
    payouts: ReadonlyMap<string, string>;
}

export interface PlanTotals {
    planKey: string;
    planVersion: string;
    planName: string;
    currency: string;
    payeeCount: number;
    statementCount: number;
    earned: string;
    payout: string;
    previousPayout: string | null;
    payoutChange: string | null;
}

export interface Calculation {
    runKey: string;
    periodKey: string;
    kind: PayAnswer['kind'];
    status: 'Succeeded' | 'Partial';
    startedAt: string;
    finishedAt: string;
    dataAsOf: string;
    sequence: number;
    inputHash: string;
    hash: string;
    previousHash: string;
    counts: {
        payees: number;
        transactions: number;
        credits: number;
        statements: number;
        lines: number;
        problems: number;
    };
    problems: { code: string; where: string; value: string; message: string; fix: string; payeeId: string }[];
    totals: PlanTotals[];
    /** what the independent check says of it */
    check: { status: 'NotChecked' | 'Agrees' | 'Differs'; differenceCount: number };
}

// ---- simulations ----

/** Reading what a plan version is tried on and writing what came out; nothing here touches statements or periods. */
export interface SimulationGateway {
    /** `unknown`: keys of plan versions the org does not have. */
    read(
        ask: SimulationAsk
    ): Promise<{ facts: ReplayFacts; rowCount: number; nowMs: number } | { unknown: string[] }>;
    /** Writes the simulation and its parts, and deletes simulations nobody keeps any longer. */
    save(kept: KeptSimulation, options: Pick<PayBatch, 'note' | 'checkStop'>): Promise<{ written: number }>;
}

export interface KeptSimulation {
    runKey: string;
    ask: SimulationAsk;
    /** who asked and owns it; null or nobody the org knows: the integration user */
    requestedBy: string | null;
    status: 'Succeeded' | 'Partial' | 'Failed';
    dataAsOf: string;
    tried: ReplayVersion;
    against: ReplayVersion | null;
    people: ReplayFacts['people'];
    dealCount: number;
    /** of plans, input and rule packs; '' where there was no input */
    inputHash: string;
    /** null: it could not be made, and the problems say why */
    stored: StoredSimulation | null;
    problems: readonly Problem[];
    /** day after which it is deleted */
    deleteAfter: string;
    engineVersion: string;
}

/** Makes a simulation without holding up whoever asks meanwhile. */
export type Simulate = (
    job: SimulationJob,
    options: { onStep: (step: SimulationStep) => void; checkStop: () => void }
) => Promise<SimulationAnswer>;

// ---- facts from outside the CRM ----

type FactDetails = 'n' | 'subject' | 'attributes';

/** A batch as its source sent it: the shape is right, what it says is not judged yet. */
export interface SentBatch {
    batch: string;
    source: string;
    /** milliseconds */
    extractedAt: number;
    /** how many facts, and the sum of value times n as decimal text */
    stated: { count: number; total: string };
    /** persons by ids of 15 or 18 characters */
    facts: readonly (Omit<SentFact, FactDetails> & Partial<Pick<SentFact, FactDetails>>)[];
}

export interface ImportOutcome {
    accepted: number;
    duplicates: number;
    rejected: FactReject[];
    status: ImportStatus;
}

export type ImportBatch = (orgId: string, batch: SentBatch) => Promise<ImportOutcome>;

/** What an org knows of people and of facts, and where facts are kept. */
export interface FactStore {
    /** Today in the org. */
    today(): Promise<DayNumber>;
    activeUsers(ids: readonly string[]): Promise<ReadonlySet<string>>;
    /** When the stored facts of this batch were extracted, by `keyOfFact`. */
    extracts(batch: FactBatch): Promise<ReadonlyMap<string, number>>;
    /** For each fact null, or the code the org refused it with. */
    save(facts: readonly { fact: Fact; signal: Signal }[], batchKey: string): Promise<(string | null)[]>;
    saveImport(told: FactImport): Promise<void>;
}

export interface FactImport {
    batch: FactBatch;
    status: ImportStatus;
    acceptedCount: number;
    acceptedTotal: Ratio;
    duplicateCount: number;
    rejected: readonly FactReject[];
}

// ---- tenants ----

/** A tenant as it is stored: what is known of it as JSON, which only tenants/ reads. */
export interface TenantRow {
    orgId: string;
    record: string;
    /** another one after every change */
    revision: number;
    lastSeenAt: string | null;
}

export interface TenantStore {
    list(): Promise<TenantRow[]>;
    find(orgId: string): Promise<TenantRow | null>;
    /** False when the org has a row already. */
    insert(orgId: string, record: string): Promise<boolean>;
    /** False when the row is not at this revision any more. */
    replace(orgId: string, record: string, revision: number): Promise<boolean>;
    seen(orgId: string, moment: string): Promise<void>;
    /** The row and everything else that is remembered of the org. */
    remove(orgId: string): Promise<void>;
}

// ---- what is held about a person ----

export interface DataRequestAnswer {
    /** Asked: told how far it is, not done yet */
    status: 'Asked' | 'Answered' | 'Refused';
    result: { refused: string } | { objects: readonly ObjectAnswer[] };
    /** parts of the file of an export */
    parts: number;
}

export interface DataRequestGateway {
    /** Those without an answer, oldest first. */
    asked(): Promise<DataRequest[]>;
    /** Null: there is no such user. */
    isActive(userId: string): Promise<boolean | null>;
    read(entry: DataMapEntry, userId: string): Promise<PersonalRows>;
    /** Null, or the code with which the org refused. Rows that are gone already are no failure. */
    erase(held: PersonalRows): Promise<string | null>;
    /** Saving them again changes nothing. */
    saveParts(request: DataRequest, parts: readonly string[]): Promise<void>;
    answer(request: DataRequest, answer: DataRequestAnswer, runKey: string): Promise<void>;
    /** Deletes requests and files past the day they are kept; returns how many rows. */
    purge(note: Notes): Promise<number>;
}
