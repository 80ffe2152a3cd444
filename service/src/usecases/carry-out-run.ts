// Carries out one run from request to its last row: journal, progress in the org, failure. What a run does is
// assess-pipeline.ts, review-pipeline.ts, build-scorecards.ts, calculate-period.ts, publish-statements.ts, simulate-plan.ts or answer-data-requests.ts; which
// run is next is run-desk.ts.
import { answerDataRequests } from './answer-data-requests.ts';
import { assessPipeline } from './assess-pipeline.ts';
import type { RunDeps } from './assess-pipeline.ts';
import { buildScorecards } from './build-scorecards.ts';
import { calculatePeriod } from './calculate-period.ts';
import { reviewPipeline } from './review-pipeline.ts';
import { publishStatements } from './publish-statements.ts';
import type { DataMap } from '../domain/data-rights/data-map.ts';
import type { OrgMemory } from './ports/memory.ts';
import type { DescribeError, OpenGateway, OrgGateway } from './ports/org.ts';
import type { WorkOutPay } from './ports/pay.ts';
import type { ReviewPeople } from './ports/people.ts';
import type { ReviewQuarters } from './ports/quarters.ts';
import type { RunJournal, RunKind, RunRecord } from './ports/runs.ts';
import type { Simulate } from './ports/simulations.ts';
import { GIVEN_UP, RunCancelled, RunStopped } from './run-states.ts';
import type { RunEnd } from './run-states.ts';
import { simulatePlan } from './simulate-plan.ts';

/** A short run is told of once, when it is done; a long one every few seconds. */
const FIRST_REPORT_MS = 1500;
const REPORT_EVERY_MS = 5000;
/** Here only; the org keeps its Run__c longer. */
const KEEP_RUNS_MS = 14 * 86_400_000;
const REPORTS_A_CALL = 200;

type WorkDeps = RunDeps &
    Pick<CarryOutDeps, 'now' | 'workOutPay' | 'simulate' | 'reviewQuarters' | 'reviewPeople' | 'dataMap'>;

const WORK: Record<RunKind, (run: RunRecord, deps: WorkDeps) => Promise<void>> = {
    Pipeline: assessPipeline,
    Forecast: reviewPipeline,
    Scorecards: buildScorecards,
    Pay: calculatePeriod,
    Publication: publishStatements,
    Simulation: simulatePlan,
    DataRequests: answerDataRequests
};

export interface CarryOutDeps {
    openGateway: OpenGateway;
    memoryOf: (orgId: string) => OrgMemory;
    journal: RunJournal;
    engineVersion: string;
    hash: (text: string) => string;
    now: () => Date;
    workOutPay: WorkOutPay;
    simulate: Simulate;
    reviewQuarters: ReviewQuarters;
    reviewPeople: ReviewPeople;
    dataMap: DataMap;
    describeError: DescribeError;
    onError: (run: RunRecord, error: unknown) => void;
    onFinished: (run: RunRecord) => void;
}

export interface RunTurn {
    /** When it breaks now, it is not tried again. */
    isLast: boolean;
    checkStop: () => void;
}

/** Throws RunStopped when the run was stopped, and any other error when it broke and has to be tried again. */
export async function carryOutRun(run: RunRecord, turn: RunTurn, deps: CarryOutDeps): Promise<RunEnd> {
    const org = await openOrEnd(run, turn, deps);
    if (org === null) return endOf(run);
    const reports = new ProgressReports(org, deps, run);
    // Killed after its results were in and before the org heard of it: only the report is missing.
    if (run.finishedAt === null) await work(run, org, reports, turn, deps);
    await reports.settled();
    run.stage = 'Done';
    if (run.status !== 'Cancelled') run.progressPercent = 100;
    // The call that saves the row counts too.
    run.counts.apiCalls = org.apiCalls + 1;
    await report(run, org, deps);
    await deps.journal.purge(run.orgId, new Date(deps.now().getTime() - KEEP_RUNS_MS).toISOString());
    deps.onFinished(run);
    return endOf(run);
}

/** Tells the org how the run ended, and with the same call how earlier ones did of which it could not be told. What cannot be
 *  told now either is owed to it: the next run that gets through brings it along. */
async function report(run: RunRecord, org: OrgGateway, { journal, onError }: CarryOutDeps): Promise<void> {
    // A run that failed says nothing of whether the org takes more than its own report.
    const owedBefore =
        run.status === 'Failed' ? [] : await journal.owedReports(run.orgId, REPORTS_A_CALL - 1);
    const reports = [run, ...owedBefore];
    let owed: readonly string[] = reports.map(({ runKey }) => runKey);
    try {
        const refused = await org.saveRuns(reports);
        owed = refused.map(({ runKey }) => runKey);
        for (const { code } of refused) onError(run, Object.assign(new Error('Not saved.'), { code }));
    } catch (error) {
        if (error instanceof RunStopped) throw error;
        onError(run, error);
    }
    await journal.finish(run, owed.includes(run.runKey));
    await journal.reported(reports.map(({ runKey }) => runKey).filter((runKey) => !owed.includes(runKey)));
}

function endOf({ errors }: RunRecord): RunEnd {
    return errors.some(({ code }) => code === GIVEN_UP[0].code) ? 'GivenUp' : 'Over';
}

/** Null when the org cannot even be called: then the run has ended, and the org is told of it when it can be. */
async function openOrEnd(
    run: RunRecord,
    { checkStop, isLast }: RunTurn,
    deps: CarryOutDeps
): Promise<OrgGateway | null> {
    try {
        return await deps.openGateway(run.orgId, run.trigger !== 'Scheduled', checkStop);
    } catch (error) {
        failedBy(run, error, isLast, deps);
        run.stage = 'Done';
        run.finishedAt = deps.now().toISOString();
        await deps.journal.finish(run, true);
        deps.onFinished(run);
        return null;
    }
}

async function work(
    run: RunRecord,
    org: OrgGateway,
    reports: ProgressReports,
    { checkStop, isLast }: RunTurn,
    deps: CarryOutDeps
): Promise<void> {
    run.status = 'Running';
    run.errors = [];
    run.startedAt ??= deps.now().toISOString();
    await deps.journal.update(run);
    try {
        await WORK[run.kind](run, {
            org,
            now: deps.now,
            workOutPay: deps.workOutPay,
            simulate: deps.simulate,
            reviewQuarters: deps.reviewQuarters,
            reviewPeople: deps.reviewPeople,
            dataMap: deps.dataMap,
            memory: deps.memoryOf(run.orgId),
            engineVersion: deps.engineVersion,
            hash: deps.hash,
            onProgress: () => reports.progress(),
            checkStop
        });
    } catch (error) {
        await reports.settled();
        if (error instanceof RunCancelled) run.status = 'Cancelled';
        else if (error instanceof RunStopped) throw error;
        else await broke(run, error, isLast, org, deps);
    }
    run.finishedAt = deps.now().toISOString();
    await reports.settled();
    await deps.journal.update(run);
}

/** The run failed. One that broke for a reason nobody understands waits to be tried again: then this throws. */
async function broke(
    run: RunRecord,
    error: unknown,
    isLast: boolean,
    org: OrgGateway,
    deps: CarryOutDeps
): Promise<void> {
    try {
        failedBy(run, error, isLast, deps);
    } catch (unknownReason) {
        run.status = 'Queued';
        run.stage = 'Waiting';
        await deps.journal.update(run);
        await org.saveRun(run).catch((failure: unknown) => deps.onError(run, failure));
        throw unknownReason;
    }
}

/** Throws the error again when it may be gone at the next try. */
function failedBy(run: RunRecord, error: unknown, isLast: boolean, deps: CarryOutDeps): void {
    const { isUnderstood, code, message } = deps.describeError(error);
    run.errors = [{ code, message, count: 1 }];
    if (!isUnderstood && !isLast) throw error;
    deps.onError(run, error);
    run.status = 'Failed';
    if (!isUnderstood) run.errors.push(...GIVEN_UP);
}

/** Tells journal and org how far a run is, one after the other, the org not too often. A report that fails costs the run
 *  nothing. */
class ProgressReports {
    readonly #org: OrgGateway;
    readonly #deps: CarryOutDeps;
    readonly #run: RunRecord;
    #nextAtMs: number;
    #stage = '';
    #underWay: Promise<void> = Promise.resolve();

    constructor(org: OrgGateway, deps: CarryOutDeps, run: RunRecord) {
        this.#org = org;
        this.#deps = deps;
        this.#run = run;
        this.#nextAtMs = deps.now().getTime() + FIRST_REPORT_MS;
    }

    progress(): void {
        if (this.#run.stage !== this.#stage) {
            this.#stage = this.#run.stage;
            const atStage = structuredClone(this.#run);
            this.#afterThat(atStage, () => this.#deps.journal.update(atStage));
        }
        const nowMs = this.#deps.now().getTime();
        if (nowMs < this.#nextAtMs) return;
        this.#nextAtMs = nowMs + REPORT_EVERY_MS;
        const snapshot = structuredClone(this.#run);
        this.#afterThat(snapshot, () => this.#org.saveRun(snapshot));
    }

    #afterThat(run: RunRecord, tell: () => Promise<void>): void {
        this.#underWay = this.#underWay.then(tell).catch((error: unknown) => this.#deps.onError(run, error));
    }

    settled(): Promise<void> {
        return this.#underWay;
    }
}
