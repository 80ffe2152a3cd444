// Takes requests for runs, carries them out one at a time for each org, and goes on with what a stop or a kill left
// unfinished. Knows nothing of HTTP or Salesforce: journal, lock and the run itself are handed in.
import { LOCK_EXPIRES_MS } from './ports.ts';
import type { RunDesk, RunJournal, RunRecord, RunRequest, WriterLock } from './ports.ts';

const HEARTBEAT_MS = 10_000;
/** Before others may take the lock by their clock, its holder counts it as lost by its own. */
const HELD_MS = LOCK_EXPIRES_MS * 0.75;

/** Thrown by checkStop: the run is left in the journal as it is and continued at the next start. */
export class RunStopped extends Error {}

export interface RunDeskDeps {
    /** Orgs that runs are carried out for. */
    orgIds: () => Promise<readonly string[]>;
    /** Runs of an org that is suspended or disconnected wait, also one that is under way. */
    isActive: (orgId: string) => Promise<boolean>;
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
    start(): Promise<void>;
    /** Takes no more requests, ends or checkpoints what runs, and resolves when nothing runs any more. */
    stop(): Promise<void>;
    /** Resolves when no run of the org is under way. For tests and the command line. */
    idle(orgId: string): Promise<void>;
}

export function createRunDesk(deps: RunDeskDeps): RunningDesk {
    const workers = new Map<string, Promise<void>>();
    let isStopping = false;
    const hasWork = async (orgId: string) =>
        (await deps.isActive(orgId)) && (await deps.journal.unfinished(orgId)).length > 0;
    const work = async (orgId: string): Promise<void> => {
        while (!isStopping && (await hasWork(orgId))) {
            if (!(await deps.lock.acquire(orgId))) {
                await deps.pause();
                continue;
            }
            try {
                // Read again under the lock: another process may have finished the run meanwhile.
                const [run] = await deps.journal.unfinished(orgId);
                if (run) await carryOutOne(run, deps, () => isStopping);
            } finally {
                await deps.lock.release(orgId);
            }
        }
    };
    const ensureWorker = (orgId: string): void => {
        if (workers.has(orgId) || isStopping) return;
        const worker = work(orgId).finally(async () => {
            workers.delete(orgId);
            // A request may have come in after the last look at the journal.
            if (!isStopping && (await hasWork(orgId))) ensureWorker(orgId);
        });
        workers.set(orgId, worker);
    };
    return {
        start: async () => {
            for (const orgId of await deps.orgIds()) if (await hasWork(orgId)) ensureWorker(orgId);
        },
        request: async (request) => {
            if (isStopping) return null;
            const asked = newRun(request, deps);
            const run = await deps.journal.add(asked, workKeyOf(request));
            ensureWorker(request.orgId);
            return { run, alreadyRunning: run.runKey !== asked.runKey };
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
function workKeyOf({ kind, period, simulation, requestedBy }: RunRequest): string {
    return JSON.stringify(kind === 'Simulation' ? [kind, requestedBy, simulation] : [kind, period]);
}

async function carryOutOne(run: RunRecord, deps: RunDeskDeps, isStopping: () => boolean): Promise<void> {
    const lease = keepLock(run.orgId, deps);
    try {
        await deps.carryOut(run, () => {
            if (isStopping())
                throw new RunStopped('The service is stopping; the run goes on after the next start.');
            if (!lease.isHeld())
                throw new RunStopped('Another process may have taken over the org, or it was suspended.');
        });
    } catch (error) {
        if (!(error instanceof RunStopped)) throw error;
    } finally {
        lease.end();
    }
}

/** Renews the lock while a run is under way. Held as long as the last renewal is younger than what lets others take it. */
function keepLock(
    orgId: string,
    { lock, isActive }: RunDeskDeps
): { isHeld: () => boolean; end: () => void } {
    let renewedAtMs = performance.now();
    let isTaken = false;
    const renew = async (): Promise<void> => {
        const askedAtMs = performance.now();
        if ((await isActive(orgId)) && (await lock.renew(orgId))) renewedAtMs = askedAtMs;
        else isTaken = true;
    };
    const heartbeat = setInterval(() => void renew().catch(() => undefined), HEARTBEAT_MS);
    return {
        isHeld: () => !isTaken && performance.now() - renewedAtMs < HELD_MS,
        end: () => clearInterval(heartbeat)
    };
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
