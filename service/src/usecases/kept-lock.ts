// What is watched while a run is under way: that the lock on the org is still held, that the org is not suspended, and
// that nobody asked for the run to end.
import { LOCK_EXPIRES_MS } from './ports/runs.ts';
import type { RunJournal, RunRecord, WriterLock } from './ports/runs.ts';
import { RunCancelled, RunStopped, canCancel } from './run-states.ts';

const WATCH_MS = 1000;
const RENEW_MS = 10_000;
/** Before others may take the lock by the shared clock, its holder counts it as lost by its own. */
const HELD_MS = LOCK_EXPIRES_MS * 0.75;

export interface KeptLock {
    /** Throws when the run has to end here. */
    check(): void;
    cancel(): void;
    end(): void;
}

export interface KeptLockDeps {
    lock: WriterLock;
    journal: Pick<RunJournal, 'isCancelAsked'>;
    isActive: (orgId: string) => Promise<boolean>;
}

export function keepLock(run: RunRecord, { lock, journal, isActive }: KeptLockDeps): KeptLock {
    let renewedAtMs = performance.now();
    let isLost = false;
    let isSuspended = false;
    let isCancelAsked = false;
    let isWatching = false;
    const watch = async (): Promise<void> => {
        isCancelAsked ||= await journal.isCancelAsked(run.runKey);
        isSuspended ||= !(await isActive(run.orgId));
        const nowMs = performance.now();
        if (nowMs - renewedAtMs < RENEW_MS) return;
        if (await lock.renew(run.orgId)) renewedAtMs = nowMs;
        else isLost = true;
    };
    // A store that is away is waited for; the lock counts as lost when that takes too long.
    const timer = setInterval(() => {
        if (isWatching) return;
        isWatching = true;
        void watch()
            .catch(() => undefined)
            .finally(() => (isWatching = false));
    }, WATCH_MS);
    return {
        check: () => {
            if (isLost || performance.now() - renewedAtMs >= HELD_MS)
                throw new RunStopped('Another process may have taken over the org.');
            if (isSuspended)
                throw new RunStopped('The org is suspended; the run goes on when it is active again.');
            if (isCancelAsked && canCancel(run)) throw new RunCancelled('Somebody asked for the run to end.');
        },
        cancel: () => (isCancelAsked = true),
        end: () => clearInterval(timer)
    };
}
