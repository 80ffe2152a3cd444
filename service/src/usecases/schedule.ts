// Asks for a run of every org every so many minutes. A run under way is joined, not doubled.
import type { RunDesk } from './ports.ts';

/** Returns what ends the schedule. 0 minutes: no schedule. */
export function startSchedule(
    minutes: number,
    orgs: readonly { orgId: string }[],
    runs: RunDesk
): () => void {
    if (minutes === 0) return () => undefined;
    const timer = setInterval(() => {
        for (const { orgId } of orgs) {
            runs.request({
                orgId,
                kind: 'Pipeline',
                period: null,
                trigger: 'Scheduled',
                requestedBy: null,
                scope: null
            });
        }
    }, minutes * 60_000);
    timer.unref();
    return () => clearInterval(timer);
}
