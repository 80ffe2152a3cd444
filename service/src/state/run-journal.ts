// The runs on disk. A run is written when it is asked for and at every change of stage, so that after a kill it is known
// what has to be continued.
import type { RunJournal, RunRecord } from '../usecases/ports.ts';
import type { State } from './open-state.ts';

export function createRunJournal(db: State): RunJournal {
    const insert = db.prepare(
        'INSERT INTO run VALUES (@runKey, @orgId, @isDone, @requestedAt, @finishedAt, @record)'
    );
    const update = db.prepare(
        'UPDATE run SET is_done = @isDone, finished_at = @finishedAt, record = @record WHERE run_key = @runKey'
    );
    const find = db.prepare('SELECT record FROM run WHERE org_id = ? AND run_key = ?').pluck();
    const unfinished = db
        .prepare('SELECT record FROM run WHERE org_id = ? AND is_done = 0 ORDER BY requested_at, run_key')
        .pluck();
    const purge = db.prepare('DELETE FROM run WHERE org_id = ? AND finished_at < ?');
    return {
        insert: (run) => void insert.run(columns(run)),
        update: (run) => {
            const { runKey, isDone, finishedAt, record } = columns(run);
            update.run({ runKey, isDone, finishedAt, record });
        },
        find: (orgId, runKey) => {
            const record = find.get(orgId, runKey) as string | undefined;
            return record === undefined ? null : runOf(record);
        },
        unfinished: (orgId) => (unfinished.all(orgId) as string[]).map(runOf),
        purge: (orgId, moment) => void purge.run(orgId, moment)
    };
}

/** Runs written before there were several kinds are pipeline runs. */
function runOf(record: string): RunRecord {
    return { kind: 'Pipeline', period: null, ...(JSON.parse(record) as Omit<RunRecord, 'kind' | 'period'>) };
}

function columns(run: RunRecord) {
    const { runKey, orgId, requestedAt, finishedAt } = run;
    const isDone = run.stage === 'Done' ? 1 : 0;
    return { runKey, orgId, isDone, requestedAt, finishedAt, record: JSON.stringify(run) };
}
