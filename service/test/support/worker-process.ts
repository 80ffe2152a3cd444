// A process that carries out runs of a state until it is ended: its runs are of no org, and only write down their beginning
// and end. Arguments: the database, and the milliseconds a run takes.
import { createRunJournal } from '../../src/state/run-journal.ts';
import { openState } from '../../src/state/open-state.ts';
import type { Sql } from '../../src/state/sql.ts';
import { createWriterLock } from '../../src/state/writer-lock.ts';
import { createRunDesk } from '../../src/usecases/run-desk.ts';

const [databaseUrl, runMs] = process.argv.slice(2);
const tell = (error: unknown) => void process.stderr.write(`${String(error)}\n`);
const state = await openState({ stateFile: null, databaseUrl: databaseUrl! }, tell);
const journal = createRunJournal(state.store);
const orgIds = async () => {
    const rows = await state.store.all<{ org_id: string }>('SELECT DISTINCT org_id FROM run');
    return rows.map(({ org_id }) => org_id);
};
const note = (sql: Sql, runKey: string, orgId: string, what: string) =>
    sql.run('INSERT INTO seen (run_key, org_id, what, pid) VALUES (?, ?, ?, ?)', [
        runKey,
        orgId,
        what,
        process.pid
    ]);
const desk = createRunDesk({
    isActive: async () => true,
    journal,
    queue: state.queue({ slots: 4, retries: 2, retrySeconds: 1, orgIds, onError: tell }),
    lock: createWriterLock(state.store),
    newRunKey: () => 'none',
    now: () => new Date(),
    onError: tell,
    carryOut: async (run, { checkStop }) => {
        await note(state.store, run.runKey, run.orgId, 'begin');
        for (let step = 0; step < 5; step += 1) {
            checkStop();
            await new Promise((resolve) => setTimeout(resolve, Number(runMs) / 5));
        }
        // Together, so that a kill cannot come between them and make one run look like two.
        await state.store.transaction(async (sql) => {
            await note(sql, run.runKey, run.orgId, 'end');
            await createRunJournal(sql).update({ ...run, stage: 'Done', status: 'Succeeded' });
        });
        return 'Over';
    }
});
await desk.start();
process.stdout.write('working\n');
