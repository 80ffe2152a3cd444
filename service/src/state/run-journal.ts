// The runs that are kept. A run is written when it is asked for and at every change of stage, so that after a kill it is
// known what has to be continued.
import type { RunJournal, RunRecord } from '../usecases/ports.ts';
import type { SqlStore } from './sql.ts';

export function createRunJournal(store: SqlStore): RunJournal {
    return {
        add: async (run, workKey) => {
            const { runKey, orgId, isDone, requestedAt, finishedAt, record } = columns(run);
            // Again when what was under way ended between the two statements.
            for (;;) {
                await store.run(
                    'INSERT INTO run (run_key, org_id, is_done, requested_at, finished_at, record, work_key) ' +
                        'VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
                    [runKey, orgId, isDone, requestedAt, finishedAt, record, workKey]
                );
                const rows = await store.all<{ record: string }>(
                    'SELECT record FROM run WHERE org_id = ? AND ((work_key = ? AND is_done = 0) OR run_key = ?)',
                    [orgId, workKey, runKey]
                );
                if (rows[0]) return runOf(rows[0].record);
            }
        },
        update: async (run) => {
            const { runKey, isDone, finishedAt, record } = columns(run);
            await store.run('UPDATE run SET is_done = ?, finished_at = ?, record = ? WHERE run_key = ?', [
                isDone,
                finishedAt,
                record,
                runKey
            ]);
        },
        find: async (orgId, runKey) => {
            const rows = await store.all<{ record: string }>(
                'SELECT record FROM run WHERE org_id = ? AND run_key = ?',
                [orgId, runKey]
            );
            return rows[0] ? runOf(rows[0].record) : null;
        },
        unfinished: async (orgId) => {
            const rows = await store.all<{ record: string }>(
                'SELECT record FROM run WHERE org_id = ? AND is_done = 0 ORDER BY requested_at, run_key',
                [orgId]
            );
            return rows.map(({ record }) => runOf(record));
        },
        unfinishedByOrg: async () => {
            const rows = await store.all<{ org_id: string; runs: number }>(
                'SELECT org_id, COUNT(*) AS runs FROM run WHERE is_done = 0 GROUP BY org_id'
            );
            return new Map(rows.map(({ org_id, runs }) => [org_id, runs]));
        },
        purge: async (orgId, moment) => {
            await store.run('DELETE FROM run WHERE org_id = ? AND finished_at < ?', [orgId, moment]);
        }
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
