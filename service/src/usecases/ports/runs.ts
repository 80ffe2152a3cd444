// What the use cases ask of the outside, as interfaces only, one file for each subject; salesforce/ and state/ implement them and
// main.ts hands them in. Here: runs, what is known of one, where they are asked for, followed and kept.
import type { SimulationAsk } from '../../domain/replay/replay-facts.ts';

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
    find(orgId: string, runKey: string): Promise<Readonly<RunRecord> | null>;
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
    find(orgId: string, runKey: string): Promise<Readonly<RunRecord> | null>;
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
