// One review of quarters: read deals with their history, work out snapshots, forecasts, chances, model cards and briefs, write
// what differs. Mondays of the past that have no snapshot yet are recomputed from history.
import { formatDay } from '../domain/calendar.ts';
import type { DayNumber } from '../domain/pipeline/types.ts';
import { report, type RunDeps } from './assess-pipeline.ts';
import type { ReviewQuarters } from './ports/quarters.ts';
import type { RunRecord } from './ports/runs.ts';
import { keepForRescoring } from './rescore-deals.ts';
import { endRun, NoteBook } from './run-notes.ts';

const PAST_MONDAYS = 12;
const WEEK = 7;
/** 1970-01-05, day 4, was a Monday. */
const A_MONDAY = 4;

type ReviewDeps = RunDeps & { reviewQuarters: ReviewQuarters };

export async function reviewPipeline(run: RunRecord, deps: ReviewDeps): Promise<void> {
    const { org } = deps;
    const warnings = new NoteBook();
    const failures = new NoteBook();
    report(run, deps, 'Reading', 0);
    run.scope = 'Full';
    const reference = await org.reference(warnings.add);
    run.dataAsOf = new Date(reference.nowMs).toISOString();
    const { facts, rowCount, heldDays } = await org.quarters.read(reference, warnings.add, (fraction) =>
        report(run, deps, 'Reading', Math.floor(40 * fraction))
    );
    run.counts.read = rowCount;

    report(run, deps, 'Computing', 40);
    const review = await deps.reviewQuarters(
        facts,
        missingMondays(reference.today, heldDays),
        deps.checkStop
    );
    run.counts.computed = review.snapshots.length + review.forecasts.length + review.scores.length;
    for (const { code, message, count } of review.warnings) warnings.add(code, message, count);

    report(run, deps, 'Writing', 80);
    const saved = await org.quarters.save({
        runKey: run.runKey,
        dataAsOf: run.dataAsOf,
        today: reference.today,
        review,
        note: warnings.add,
        fail: failures.add,
        checkStop: deps.checkStop,
        onProgress: (counts) => {
            Object.assign(run.counts, counts);
            report(run, deps, 'Writing', 90);
        }
    });
    Object.assign(run.counts, saved);
    await keepForRescoring(review.models, deps);
    // Expected close dates are new: the next health run looks at all deals for suggestions again.
    await deps.memory.setFact('suggestedOn', null);
    endRun(run, warnings, failures, saved.failed);
}

function missingMondays(today: DayNumber, held: ReadonlySet<string>): DayNumber[] {
    const last = today - ((((today - A_MONDAY) % WEEK) + WEEK) % WEEK);
    const mondays = Array.from({ length: PAST_MONDAYS }, (_, week) => last - WEEK * week);
    return mondays.filter((day) => day !== today && !held.has(formatDay(day)));
}
