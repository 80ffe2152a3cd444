// Asks for a run of deal health soon after something changed in an org, and not for more than are of use: changes that come together
// are read by one run, and what changes while a run reads is read by one more. The runs of the clock go on as they are.
import type { RunDesk } from './ports/runs.ts';

/** Changes made together arrive together. Also how long before its run a change was committed: the run reads it. */
const SETTLE_MS = 500;
/** Between two runs asked for here. */
const APART_MS = 5_000;
/** A run under way may have read already: asked again until it is over. */
const ASK_AGAIN_MS = 1_000;

export interface HurryDeps {
    runs: Pick<RunDesk, 'request'>;
    isActive: (orgId: string) => Promise<boolean>;
    /** Whether the org has calls to spare for runs that could wait for the clock. */
    hasCallsToSpare: (orgId: string) => Promise<boolean>;
    onHurried: (orgId: string, outcome: HurryOutcome) => void;
    onError: (error: unknown) => void;
    apartMs?: number;
}

/** `Left`: to the run of the clock, since the org is short of calls. */
export type HurryOutcome = 'Asked' | 'Left';

export interface Hurry {
    changed(orgId: string): void;
    stop(): void;
}

export function createHurry(deps: HurryDeps): Hurry {
    /** Orgs in which something changed since their last run was asked for. */
    const changed = new Set<string>();
    const timers = new Map<string, NodeJS.Timeout>();
    const lastAsked = new Map<string, number>();
    const apartMs = deps.apartMs ?? APART_MS;
    let isStopped = false;

    const plan = (orgId: string, ms: number): void => {
        if (isStopped) return;
        timers.set(
            orgId,
            setTimeout(() => {
                void ask(orgId).catch((error: unknown) => {
                    timers.delete(orgId);
                    deps.onError(error);
                });
            }, ms)
        );
    };

    const ask = async (orgId: string): Promise<void> => {
        changed.delete(orgId);
        const isTaken = await askOnce(orgId, deps);
        timers.delete(orgId);
        if (isTaken) lastAsked.set(orgId, performance.now());
        else plan(orgId, ASK_AGAIN_MS);
        if (isTaken && changed.has(orgId)) plan(orgId, apartMs);
    };

    return {
        changed(orgId) {
            changed.add(orgId);
            if (timers.has(orgId)) return;
            const since = performance.now() - (lastAsked.get(orgId) ?? -Infinity);
            plan(orgId, Math.max(SETTLE_MS, apartMs - since));
        },
        stop() {
            isStopped = true;
            for (const timer of timers.values()) clearTimeout(timer);
        }
    };
}

/** False when the run that answers may have read before the change. */
async function askOnce(orgId: string, deps: HurryDeps): Promise<boolean> {
    if (!(await deps.isActive(orgId))) return true;
    if (!(await deps.hasCallsToSpare(orgId))) {
        deps.onHurried(orgId, 'Left');
        return true;
    }
    const answer = await deps.runs.request({
        orgId,
        kind: 'Pipeline',
        period: null,
        trigger: 'Scheduled',
        requestedBy: null,
        scope: null
    });
    if (!answer) return true;
    if (!answer.alreadyRunning) deps.onHurried(orgId, 'Asked');
    return !answer.alreadyRunning || answer.run.stage === 'Waiting';
}
