// Answers the requests to export or erase what is held about a person, oldest first. What was found is saved before anything is
// deleted, so that a run that was cut off is gone on with and its answer still tells everything.
import {
    answersFor,
    exportText,
    isHeld,
    partsOf,
    refusalOf,
    type DataRequest,
    type ObjectAnswer,
    type PersonalRows
} from '../domain/data-rights/answer-request.ts';
import type { DataMap } from '../domain/data-rights/data-map.ts';
import { report, type RunDeps } from './assess-pipeline.ts';
import type { DataRequestGateway } from './ports/data-requests.ts';
import type { RunRecord } from './ports/runs.ts';
import { endRun, NoteBook } from './run-notes.ts';

type Deps = RunDeps & { dataMap: DataMap; now: () => Date };

export async function answerDataRequests(run: RunRecord, deps: Deps): Promise<void> {
    const { org } = deps;
    const warnings = new NoteBook();
    const failures = new NoteBook();
    run.scope = 'Full';
    report(run, deps, 'Reading', 0);
    const requests = await org.dataRequests.asked();
    run.dataAsOf = deps.now().toISOString();
    for (const [index, request] of requests.entries()) {
        report(run, deps, 'Computing', Math.floor((90 * index) / requests.length));
        await answer(request, run, deps, failures);
    }
    report(run, deps, 'Writing', 95);
    run.counts.written += await org.dataRequests.purge(warnings.add);
    run.counts.failed = failures.list().reduce((sum, { count }) => sum + count, 0);
    endRun(run, warnings, failures, run.counts.failed);
}

async function answer(request: DataRequest, run: RunRecord, deps: Deps, failures: NoteBook): Promise<void> {
    const { dataRequests } = deps.org;
    const isActive = request.person === null ? null : await dataRequests.isActive(request.person);
    const refused = refusalOf(request, isActive);
    if (refused !== null) {
        await dataRequests.answer(request, { status: 'Refused', result: { refused }, parts: 0 }, run.runKey);
        return;
    }
    const found: PersonalRows[] = [];
    for (const entry of deps.dataMap.objects) {
        deps.checkStop();
        found.push(await dataRequests.read(entry, request.person!));
    }
    const held = found.filter((one) => isHeld(one, request));
    run.counts.read += held.reduce((sum, { rows }) => sum + rows.length, 0);
    run.counts.computed += 1;
    if (request.kind === 'Export') await exportAll(request, held, run, deps);
    else await eraseAll(request, held, run, deps, failures);
}

async function exportAll(
    request: DataRequest,
    held: readonly PersonalRows[],
    run: RunRecord,
    { org, now }: Deps
): Promise<void> {
    const parts = partsOf(exportText(request.person!, now().toISOString(), held));
    await org.dataRequests.saveParts(request, parts);
    run.counts.written += parts.length;
    const objects = held.flatMap((one) => answersFor(one, request, 'exported'));
    await org.dataRequests.answer(
        request,
        { status: 'Answered', result: { objects }, parts: parts.length },
        run.runKey
    );
}

async function eraseAll(
    request: DataRequest,
    held: readonly PersonalRows[],
    run: RunRecord,
    { org, checkStop }: Deps,
    failures: NoteBook
): Promise<void> {
    const { dataRequests } = org;
    const before = held.flatMap((one) => answersFor(one, request, 'kept'));
    await dataRequests.answer(
        request,
        { status: 'Asked', result: { objects: before }, parts: 0 },
        run.runKey
    );
    const objects: ObjectAnswer[] = [];
    for (const one of held) {
        checkStop();
        if (one.entry.erasure === 'keep') objects.push(...answersFor(one, request, 'kept'));
        else objects.push(...(await eraseOne(one, request, run, dataRequests, failures)));
    }
    const isDone = objects.every(({ outcome }) => outcome !== 'failed');
    // What could not be deleted is tried again by the next run.
    await dataRequests.answer(
        request,
        { status: isDone ? 'Answered' : 'Asked', result: { objects }, parts: 0 },
        run.runKey
    );
}

async function eraseOne(
    one: PersonalRows,
    request: DataRequest,
    run: RunRecord,
    dataRequests: DataRequestGateway,
    failures: NoteBook
): Promise<ObjectAnswer[]> {
    const code = await dataRequests.erase(one);
    if (code === null) {
        run.counts.written += one.rows.length + one.named.length;
        return answersFor(one, request, 'erased');
    }
    failures.add(code, `Rows of ${one.entry.object} that the org did not let the service delete.`);
    return answersFor(one, request, 'failed', code);
}
