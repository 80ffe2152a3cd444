// The runs that are kept. A run is written when it is asked for and at every change of stage, so that after a kill it is
// known what has to be continued.
import type { RunBounds, RunJournal, RunRecord } from '../usecases/ports/runs.ts';
import { TooManyRuns } from '../usecases/ports/runs.ts';
import { placesFor } from './sql.ts';
import type { Sql } from './sql.ts';

export function createRunJournal(store: Sql): RunJournal {
    return {
        add: async (run, workKey, most) => {
            const { runKey, orgId, isDone, requestedAt, finishedAt, record } = columns(run);
            // Again when what was under way ended between the statements.
            for (;;) {
                const full = most ? await fullOf(store, orgId, most) : null;
                if (full === null)
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
                if (full !== null) throw new TooManyRuns(full);
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
            return rows[0] ? readOnce(rows[0]) : null;
        },
        unfinished: async (orgId) => {
            const rows = await store.all<{ record: string }>(
                'SELECT record FROM run WHERE org_id = ? AND is_done = 0 ORDER BY requested_at, run_key',
                [orgId]
            );
            return rows.map(({ record }) => runOf(record));
        },
        next: async (orgId) => {
            const rows = await store.all<{ record: string }>(
                'SELECT record FROM run WHERE org_id = ? AND is_done = 0 ORDER BY requested_at, run_key LIMIT 1',
                [orgId]
            );
            return rows[0] ? runOf(rows[0].record) : null;
        },
        unfinishedByOrg: async () => {
            const rows = await store.all<{ org_id: string; runs: number }>(
                'SELECT org_id, COUNT(*) AS runs FROM run WHERE is_done = 0 GROUP BY org_id'
            );
            return new Map(rows.map(({ org_id, runs }) => [org_id, runs]));
        },
        purge: async (orgId, moment) => {
            await store.run('DELETE FROM run WHERE org_id = ? AND finished_at < ?', [orgId, moment]);
        },
        ...beginnings(store),
        ...reports(store),
        ...asides(store)
    };
}

async function fullOf(store: Sql, orgId: string, most: RunBounds): Promise<keyof RunBounds | null> {
    const [waiting] = await store.all<{ org: number; service: number }>(
        'SELECT (SELECT COUNT(*) FROM run WHERE org_id = ? AND is_done = 0) AS org, ' +
            '(SELECT COUNT(*) FROM run WHERE is_done = 0) AS service',
        [orgId]
    );
    if (waiting!.org >= most.org) return 'org';
    return waiting!.service >= most.service ? 'service' : null;
}

function reports(store: Sql): Pick<RunJournal, 'finish' | 'owedReports' | 'reported'> {
    return {
        finish: async (run, isReportOwed) => {
            const { runKey, isDone, finishedAt, record } = columns(run);
            const text =
                'UPDATE run SET is_done = ?, finished_at = ?, record = ?, is_report_owed = ? WHERE run_key = ?';
            await store.run(text, [isDone, finishedAt, record, isReportOwed ? 1 : 0, runKey]);
        },
        owedReports: async (orgId, atMost) => {
            const rows = await store.all<{ record: string }>(
                'SELECT record FROM run WHERE org_id = ? AND is_report_owed = 1 AND is_done = 1 ' +
                    'ORDER BY requested_at DESC, run_key LIMIT ?',
                [orgId, atMost]
            );
            return rows.map(({ record }) => runOf(record));
        },
        reported: async (runKeys) => {
            if (runKeys.length === 0) return;
            const text = `UPDATE run SET is_report_owed = 0 WHERE run_key IN (${placesFor(runKeys)}) AND is_report_owed = 1`;
            await store.run(text, runKeys);
        }
    };
}

function beginnings(
    store: Sql
): Pick<RunJournal, 'begin' | 'cancelUnbegun' | 'askToCancel' | 'isCancelAsked'> {
    return {
        begin: async (orgId, runKey) => {
            const rows = await store.all<{ record: string; beginnings: number; is_cancel_asked: number }>(
                'UPDATE run SET beginnings = beginnings + 1 WHERE org_id = ? AND run_key = ? AND is_done = 0 ' +
                    'RETURNING record, beginnings, is_cancel_asked',
                [orgId, runKey]
            );
            if (!rows[0]) return null;
            const { record, beginnings, is_cancel_asked } = rows[0];
            return { run: runOf(record), beginnings, isCancelAsked: is_cancel_asked === 1 };
        },
        cancelUnbegun: async (run) => {
            // Another request for the same work is not joined to it any more.
            const text =
                'UPDATE run SET record = ?, finished_at = ?, is_cancel_asked = 1, work_key = run_key ' +
                'WHERE run_key = ? AND beginnings = 0 AND is_done = 0';
            const { runKey, finishedAt, record } = columns(run);
            return (await store.run(text, [record, finishedAt, runKey])) === 1;
        },
        askToCancel: async (runKey) => {
            await store.run('UPDATE run SET is_cancel_asked = 1 WHERE run_key = ? AND is_done = 0', [runKey]);
        },
        isCancelAsked: async (runKey) => {
            const rows = await store.all<{ is_cancel_asked: number }>(
                'SELECT is_cancel_asked FROM run WHERE run_key = ?',
                [runKey]
            );
            return rows[0]?.is_cancel_asked === 1;
        }
    };
}

function asides(store: Sql): Pick<RunJournal, 'putAside' | 'allPutAside' | 'takeUpAgain'> {
    return {
        putAside: async (runKey, moment) => {
            await store.run('UPDATE run SET put_aside_at = ? WHERE run_key = ?', [moment, runKey]);
        },
        allPutAside: async () => {
            const rows = await store.all<{ record: string; put_aside_at: string }>(
                'SELECT record, put_aside_at FROM run WHERE put_aside_at IS NOT NULL ORDER BY put_aside_at, run_key'
            );
            return rows.map((row) => ({ run: runOf(row.record), putAsideAt: row.put_aside_at }));
        },
        takeUpAgain: async (run) => {
            const { runKey, orgId, record } = columns(run);
            const text =
                'UPDATE run SET record = ?, is_done = 0, finished_at = NULL, beginnings = 0, breaks = 0, not_before = 0, ' +
                'is_cancel_asked = 0, put_aside_at = NULL WHERE run_key = ? AND put_aside_at IS NOT NULL AND NOT EXISTS ' +
                '(SELECT 1 FROM run AS other WHERE other.org_id = ? AND other.work_key = run.work_key AND other.is_done = 0)';
            return (await store.run(text, [record, runKey, orgId])) === 1;
        }
    };
}

/** Pages ask for the same run again and again, and a store may answer with the same row while nobody has written (kept-rows.ts). */
const readRows = new WeakMap<object, Readonly<RunRecord>>();

function readOnce(row: { record: string }): Readonly<RunRecord> {
    const known = readRows.get(row);
    if (known) return known;
    const run = Object.freeze(runOf(row.record));
    readRows.set(row, run);
    return run;
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
