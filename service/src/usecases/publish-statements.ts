// After a period was published by a person, its drafts become final. A kill between two chunks costs nothing: what is still a
// draft is published by the next attempt.
import { report } from './assess-pipeline.ts';
import type { RunDeps } from './assess-pipeline.ts';
import type { RunRecord } from './ports/runs.ts';
import { endRun, NoteBook } from './run-notes.ts';
import { noSuchPeriod, RunRefused } from './run-refused.ts';

export async function publishStatements(
    run: RunRecord,
    deps: Pick<RunDeps, 'org' | 'onProgress' | 'checkStop'>
): Promise<void> {
    const failures = new NoteBook();
    report(run, deps, 'Reading', 0);
    run.scope = 'Full';
    const period = await deps.org.pay.period(run.period ?? '');
    if (!period) throw noSuchPeriod(run.period);
    if (period.status !== 'Published')
        throw new RunRefused(
            'PERIOD_NOT_PUBLISHED',
            `${period.name} is ${period.status}.`,
            'Statements are published when their period is Published: publish the period first.'
        );
    const saved = await deps.org.pay.publish(period, {
        fail: failures.add,
        checkStop: deps.checkStop,
        onProgress: (counts, fraction) => {
            Object.assign(run.counts, counts);
            report(run, deps, 'Writing', Math.floor(95 * fraction));
        }
    });
    Object.assign(run.counts, saved);
    endRun(run, new NoteBook(), failures, saved.failed);
}
