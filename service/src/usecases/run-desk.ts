// Takes requests for runs, carries them out one at a time for each org, and goes on with what a stop or a kill left
// unfinished. Knows nothing of HTTP or Salesforce: journal, lock and the run itself are handed in.
import type { RunDesk, RunJournal, RunRecord, RunRequest, WriterLock } from './ports.ts';

const HEARTBEAT_MS = 10_000;

/** Thrown by checkStop: the run is left in the journal as it is and continued at the next start. */
export class RunStopped extends Error {}

export interface RunDeskDeps {
    orgIds: readonly string[];
    journal: RunJournal;
    lock: WriterLock;
    newRunKey: () => string;
    now: () => Date;
    /** Carries out the run to stage Done, whether it succeeds or fails; throws RunStopped when it was stopped. */
    carryOut: (run: RunRecord, checkStop: () => void) => Promise<void>;
    /** Waits before asking for a lock again. */
    pause: () => Promise<void>;
}

export interface RunningDesk extends RunDesk {
    /** Goes on with what was left unfinished. */
    start(): void;
    /** Takes no more requests, ends or checkpoints what runs, and resolves when nothing runs any more. */
    stop(): Promise<void>;
    /** Resolves when no run of the org is under way. For tests and the command line. */
    idle(orgId: string): Promise<void>;
}

export function createRunDesk(deps: RunDeskDeps): RunningDesk {
    const workers = new Map<string, Promise<void>>();
    let isStopping = false;
    const work = async (orgId: string): Promise<void> => {
        while (!isStopping && deps.journal.unfinished(orgId).length > 0) {
            if (!deps.lock.acquire(orgId)) {
                await deps.pause();
                continue;
            }
            try {
                // Read again under the lock: another process may have finished the run meanwhile.
                const [run] = deps.journal.unfinished(orgId);
                if (run) await carryOutOne(run, deps, () => isStopping);
            } finally {
                deps.lock.release(orgId);
            }
        }
    };
    const ensureWorker = (orgId: string): void => {
        if (workers.has(orgId) || isStopping) return;
        const worker = work(orgId).finally(() => {
            workers.delete(orgId);
            // A request may have come in after the last look at the journal.
            if (!isStopping && deps.journal.unfinished(orgId).length > 0) ensureWorker(orgId);
        });
        workers.set(orgId, worker);
    };
    return {
        start: () => {
            for (const orgId of deps.orgIds)
                if (deps.journal.unfinished(orgId).length > 0) ensureWorker(orgId);
        },
        request: (request) => {
            if (isStopping) return null;
            const underWay = deps.journal.unfinished(request.orgId).find((run) => isSameWork(run, request));
            const run = underWay ?? newRun(request, deps);
            if (!underWay) deps.journal.insert(run);
            ensureWorker(request.orgId);
            return { run, alreadyRunning: underWay !== undefined };
        },
        find: (orgId, runKey) => deps.journal.find(orgId, runKey),
        stop: async () => {
            isStopping = true;
            await Promise.allSettled(workers.values());
        },
        idle: async (orgId) => {
            while (workers.has(orgId)) await workers.get(orgId);
        }
    };
}

/** Two people who ask for the same simulation get one each: it belongs to who asked. */
function isSameWork(run: RunRecord, request: RunRequest): boolean {
    if (run.kind !== request.kind || run.period !== request.period) return false;
    if (request.kind !== 'Simulation') return true;
    return (
        run.requestedBy === request.requestedBy &&
        JSON.stringify(run.simulation) === JSON.stringify(request.simulation)
    );
}

async function carryOutOne(run: RunRecord, deps: RunDeskDeps, isStopping: () => boolean): Promise<void> {
    const checkStop = (): void => {
        if (isStopping())
            throw new RunStopped('The service is stopping; the run goes on after the next start.');
        if (!deps.lock.renew(run.orgId)) throw new RunStopped('Another process has taken over the org.');
    };
    const heartbeat = setInterval(() => deps.lock.renew(run.orgId), HEARTBEAT_MS);
    try {
        await deps.carryOut(run, checkStop);
    } catch (error) {
        if (!(error instanceof RunStopped)) throw error;
    } finally {
        clearInterval(heartbeat);
    }
}

function newRun(request: RunRequest, deps: RunDeskDeps): RunRecord {
    const { orgId, kind, period, simulation, trigger, requestedBy, scope } = request;
    return {
        runKey: deps.newRunKey(),
        orgId,
        kind,
        period,
        ...(simulation ? { simulation } : {}),
        trigger,
        scope,
        status: 'Queued',
        stage: 'Waiting',
        progressPercent: 0,
        requestedBy,
        requestedAt: deps.now().toISOString(),
        startedAt: null,
        finishedAt: null,
        dataAsOf: null,
        counts: { read: 0, computed: 0, written: 0, skipped: 0, failed: 0, apiCalls: 0 },
        warnings: [],
        errors: []
    };
}
