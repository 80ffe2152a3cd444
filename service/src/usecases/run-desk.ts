// Takes requests for runs and carries out the run whose turn it is, under the lock of its org; goes on with what a stop or
// a kill left unfinished. Knows nothing of HTTP or Salesforce: journal, queue, lock and the run itself are handed in.
import { keepLock } from './kept-lock.ts';
import type {
    BegunRun,
    CancelOutcome,
    RunBounds,
    RunDesk,
    RunJournal,
    RunRecord,
    RunsPutAside,
    WriterLock
} from './ports/runs.ts';
import type { RunQueue, Turn, TurnEnd } from './ports/turns.ts';
import { GIVEN_UP, RunStopped, canCancel, endedEarly, newRun, workKeyOf } from './run-states.ts';
import type { RunEnd } from './run-states.ts';

/** A run that takes its process down with it every time has to end somewhere; kills and restarts are not its fault. */
const MOST_BEGINNINGS = 50;
const IDLE_LOOK_MS = 20;

/** Far more than people ask for: what is asked for beyond has gone wrong, and would only wait for days. */
const MOST_WAITING: RunBounds = { org: 50, service: 5000 };

export interface RunDeskDeps {
    /** of those people ask for */
    most?: RunBounds;
    /** Runs of an org that is suspended or disconnected wait, also one that is under way. */
    isActive: (orgId: string) => Promise<boolean>;
    journal: RunJournal;
    queue: RunQueue;
    lock: WriterLock;
    newRunKey: () => string;
    now: () => Date;
    /** Carries out the run to stage Done, whether it succeeds or fails; throws RunStopped when it was stopped, and any
     *  other error when it has to be tried again. */
    carryOut: (run: RunRecord, turn: { isLast: boolean; checkStop: () => void }) => Promise<RunEnd>;
    onError: (error: unknown, run?: RunRecord) => void;
}

export interface RunningDesk extends RunDesk {
    readonly putAside: RunsPutAside;
    /** Goes on with what was left unfinished. */
    start(): Promise<void>;
    /** Takes no more requests, ends or checkpoints what runs, and resolves when nothing runs any more. */
    stop(): Promise<void>;
    /** Resolves when the org has no run that waits or is under way. For tests and the command line. */
    idle(orgId: string): Promise<void>;
}

export function createRunDesk(deps: RunDeskDeps): RunningDesk {
    const { journal, queue } = deps;
    const cancels = new Map<string, () => void>();
    let isStopping = false;
    return {
        start: () => queue.start((turn) => takeTurn(turn, deps, { cancels, isStopping: () => isStopping })),
        request: async (request) => {
            if (isStopping) return null;
            const asked = newRun(request, deps.newRunKey(), deps.now());
            // The schedule asks for one run of a kind at most.
            const most = request.trigger === 'Manual' ? (deps.most ?? MOST_WAITING) : undefined;
            const run = await journal.add(asked, workKeyOf(request), most);
            await offer(run.orgId, deps);
            return { run, alreadyRunning: run.runKey !== asked.runKey };
        },
        find: (orgId, runKey) => journal.find(orgId, runKey),
        cancel: async (orgId, runKey) => {
            const found = await journal.find(orgId, runKey);
            const run = found && { ...found };
            return run && { run, outcome: await cancel(run, deps, cancels.get(runKey)) };
        },
        putAside: {
            list: () => journal.allPutAside(),
            replay: async (runKey) => replay(runKey, deps)
        },
        stop: async () => {
            isStopping = true;
            await queue.stop();
        },
        idle: async (orgId) => {
            while (!isStopping && (await deps.isActive(orgId)) && (await journal.next(orgId)))
                await new Promise((resolve) => setTimeout(resolve, IDLE_LOOK_MS));
        }
    };
}

/** A run that is in the journal gets its turn, whether or not the queue hears of it now. */
async function offer(orgId: string, { queue, onError }: RunDeskDeps): Promise<void> {
    await queue.offer(orgId).catch((error: unknown) => onError(error));
}

interface DeskState {
    /** What cancels a run that is under way here. */
    cancels: Map<string, () => void>;
    isStopping: () => boolean;
}

async function takeTurn(turn: Turn, deps: RunDeskDeps, state: DeskState): Promise<TurnEnd> {
    const { orgId, runKey } = turn;
    if (state.isStopping() || !(await deps.isActive(orgId))) return 'Later';
    if (!(await deps.lock.acquire(orgId))) return 'Later';
    try {
        const begun = await deps.journal.begin(orgId, runKey);
        if (!begun) return 'Over';
        return await carryOutUnderLock(asItBegins(begun, deps.now()), turn.isLast, deps, state);
    } finally {
        // Not released, it passes on by itself after a while.
        await deps.lock.release(orgId).catch((error: unknown) => deps.onError(error));
    }
}

function asItBegins({ run, beginnings, isCancelAsked }: BegunRun, now: Date): RunRecord {
    if (isCancelAsked && canCancel(run)) return endedEarly(run, 'Cancelled', now, []);
    return beginnings > MOST_BEGINNINGS ? endedEarly(run, 'Failed', now, GIVEN_UP) : run;
}

async function carryOutUnderLock(
    run: RunRecord,
    isLast: boolean,
    deps: RunDeskDeps,
    { cancels, isStopping }: DeskState
): Promise<TurnEnd> {
    const kept = keepLock(run, deps);
    cancels.set(run.runKey, kept.cancel);
    const checkStop = (): void => {
        if (isStopping())
            throw new RunStopped('The service is stopping; the run goes on after the next start.');
        kept.check();
    };
    try {
        const end = await deps.carryOut(run, { isLast, checkStop });
        if (end === 'Over') return 'Over';
        await deps.journal.putAside(run.runKey, deps.now().toISOString());
        return 'GivenUp';
    } catch (error) {
        if (error instanceof RunStopped) return 'Later';
        deps.onError(error, run);
        return 'Broken';
    } finally {
        kept.end();
        cancels.delete(run.runKey);
    }
}

async function cancel(
    run: RunRecord,
    deps: RunDeskDeps,
    cancelHere: (() => void) | undefined
): Promise<CancelOutcome> {
    if (!canCancel(run)) return 'TooLate';
    const cancelled = endedEarly(run, 'Cancelled', deps.now(), []);
    if (await deps.journal.cancelUnbegun(cancelled)) {
        Object.assign(run, cancelled);
        // Its turn is what tells the org of it.
        await offer(run.orgId, deps);
        return 'Cancelled';
    }
    await deps.journal.askToCancel(run.runKey);
    cancelHere?.();
    return 'Asked';
}

async function replay(runKey: string, deps: RunDeskDeps): Promise<RunRecord | null> {
    const all = await deps.journal.allPutAside();
    const found = all.find(({ run }) => run.runKey === runKey);
    if (!found) return null;
    const run: RunRecord = {
        ...found.run,
        status: 'Queued',
        stage: 'Waiting',
        progressPercent: 0,
        startedAt: null,
        finishedAt: null,
        warnings: [],
        errors: []
    };
    if (!(await deps.journal.takeUpAgain(run))) return null;
    await offer(run.orgId, deps);
    return run;
}
