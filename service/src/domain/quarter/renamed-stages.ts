// Stages that were renamed or merged into others: history keeps the old name, the deal's own row has the new one. A name nobody
// knows is read as the stage that nine in ten of the deals that ended their history in it are in now.
import type { Stage } from '../pipeline/stage-order.ts';

const AGREED = 0.9;

/** Old name to new name. */
export function renamedStages(
    deals: Iterable<{ lastInHistory: string; now: string }>,
    stages: readonly Stage[]
): Map<string, string> {
    const known = new Set(stages.map(({ name }) => name));
    const votes = new Map<string, Map<string, number>>();
    for (const { lastInHistory, now } of deals) {
        if (known.has(lastInHistory) || !known.has(now)) continue;
        const found = votes.get(lastInHistory) ?? new Map<string, number>();
        votes.set(lastInHistory, found.set(now, (found.get(now) ?? 0) + 1));
    }
    const renamed = new Map<string, string>();
    for (const [name, found] of votes) {
        const all = [...found.values()].reduce((sum, count) => sum + count, 0);
        const [most] = [...found].toSorted(([, a], [, b]) => b - a);
        if (most && most[1] >= AGREED * all) renamed.set(name, most[0]);
    }
    return renamed;
}
