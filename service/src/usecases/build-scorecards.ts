// One review of people: read who they are, what they did and what is defined, work out sheets, warnings, weeks of managers and focus
// lists, write what differs.
import { report, type RunDeps } from './assess-pipeline.ts';
import type { ReviewPeople } from './ports/people.ts';
import type { RunRecord } from './ports/runs.ts';
import { endRun, NoteBook } from './run-notes.ts';

export async function buildScorecards(
    run: RunRecord,
    deps: RunDeps & { reviewPeople: ReviewPeople }
): Promise<void> {
    const { org } = deps;
    const warnings = new NoteBook();
    const failures = new NoteBook();
    report(run, deps, 'Reading', 0);
    run.scope = 'Full';
    const reference = await org.reference(warnings.add);
    run.dataAsOf = new Date(reference.nowMs).toISOString();
    const { facts, rowCount, currency } = await org.people.read(reference, warnings.add, (fraction) =>
        report(run, deps, 'Reading', Math.floor(40 * fraction))
    );
    run.counts.read = rowCount;

    report(run, deps, 'Computing', 40);
    const review = await deps.reviewPeople(facts, deps.checkStop);
    run.counts.computed = review.cards.length + review.weeks.length;
    for (const { code, fix } of review.problems) warnings.add(code, fix);

    report(run, deps, 'Writing', 60);
    const saved = await org.people.save({
        runKey: run.runKey,
        dataAsOf: run.dataAsOf,
        today: reference.today,
        review,
        currency,
        note: warnings.add,
        fail: failures.add,
        checkStop: deps.checkStop,
        onProgress: (counts) => {
            Object.assign(run.counts, counts);
            report(run, deps, 'Writing', 80);
        }
    });
    Object.assign(run.counts, saved);
    endRun(run, warnings, failures, saved.failed);
}
