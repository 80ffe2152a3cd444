// Which orgs this process follows: every active one, unless another process has it. Looked at every few seconds, so that orgs that
// are suspended are let go, new ones taken, and those of a process that is gone taken over.
import type { ChangeFeed } from './ports/changes.ts';
import type { WriterLock } from './ports/runs.ts';

const LOOK_MS = 15_000;

export interface FollowDeps {
    feed: ChangeFeed;
    activeOrgIds: () => Promise<readonly string[]>;
    /** Of followers, not of runs: its names are its own. */
    lock: Pick<WriterLock, 'acquire' | 'release'>;
    onChange: (orgId: string) => void;
    onError: (error: unknown) => void;
    lookMs?: number;
}

/** Returns what ends it; resolved, nothing is followed any more. */
export function followChanges(deps: FollowDeps): () => Promise<void> {
    const followed = new Map<string, () => Promise<void>>();
    let isStopped = false;
    let timer: NodeJS.Timeout | null = null;

    const letGo = async (orgId: string): Promise<void> => {
        const stop = followed.get(orgId)!;
        followed.delete(orgId);
        await stop();
        await deps.lock.release(lockOf(orgId)).catch(deps.onError);
    };

    const look = async (): Promise<void> => {
        const active = new Set(await deps.activeOrgIds());
        for (const orgId of followed.keys()) if (!active.has(orgId)) await letGo(orgId);
        for (const orgId of active) {
            if (isStopped) return;
            // Held already, it is renewed.
            const isMine = await deps.lock.acquire(lockOf(orgId));
            if (isMine && !followed.has(orgId))
                followed.set(
                    orgId,
                    deps.feed.follow(orgId, () => deps.onChange(orgId))
                );
            else if (!isMine && followed.has(orgId)) await letGo(orgId);
        }
    };

    let looking = Promise.resolve();
    const lookAndPlan = (): void => {
        looking = look()
            .catch(deps.onError)
            .finally(() => {
                if (isStopped) return;
                timer = setTimeout(lookAndPlan, deps.lookMs ?? LOOK_MS);
                timer.unref();
            });
    };
    lookAndPlan();
    return async () => {
        isStopped = true;
        if (timer) clearTimeout(timer);
        await looking;
        await Promise.all([...followed.keys()].map(letGo));
    };
}

/** Beside the lock of the org's writer, which comes and goes with its runs. */
function lockOf(orgId: string): string {
    return `changes:${orgId}`;
}
