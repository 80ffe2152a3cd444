// Several processes on one PostgreSQL server: they share the runs of many orgs, and take over from one that was killed.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { createRunJournal } from '../../src/state/run-journal.ts';
import type { SqlStore } from '../../src/state/sql.ts';
import { newRun, workKeyOf } from '../../src/usecases/run-states.ts';
import { fillDisk, inDatabase, makeRoom } from '../support/full-database.ts';
import { ask, gatedDesk, until } from '../support/gated-desk.ts';
import { startPostgres } from '../support/postgres-server.ts';
import type { PostgresServer } from '../support/postgres-server.ts';
import { openPostgres } from '../../src/state/postgres.ts';
import { openState } from '../../src/state/open-state.ts';
import { ORG_ID } from '../support/test-app.ts';

const WORKER = fileURLToPath(new URL('../support/worker-process.ts', import.meta.url));
const ORGS = Array.from({ length: 20 }, (_, index) => `org-${String(index).padStart(2, '0')}`);
const PERIODS = ['1', '2'];

interface Seen {
    place: number;
    run_key: string;
    org_id: string;
    what: 'begin' | 'end';
    pid: number;
}

let server: PostgresServer;
const workers: ChildProcess[] = [];
beforeAll(async () => {
    server = await startPostgres();
});
afterEach(() => {
    for (const worker of workers.splice(0)) worker.kill('SIGKILL');
});
afterAll(() => server.stop());

async function startWorker(databaseUrl: string, runMs: number): Promise<ChildProcess> {
    const worker = spawn(
        process.execPath,
        ['--disable-warning=ExperimentalWarning', WORKER, databaseUrl, String(runMs)],
        {
            stdio: ['ignore', 'pipe', 'inherit']
        }
    );
    workers.push(worker);
    await new Promise((resolve) => worker.stdout!.once('data', resolve));
    return worker;
}

async function askForRuns(databaseUrl: string): Promise<SqlStore> {
    const store = await openPostgres({ url: databaseUrl });
    await store.run('CREATE TABLE seen (place BIGSERIAL, run_key TEXT, org_id TEXT, what TEXT, pid INTEGER)');
    const journal = createRunJournal(store);
    for (const period of PERIODS)
        for (const orgId of ORGS) {
            const request = ask(orgId, period);
            await journal.add(newRun(request, `${orgId}:${period}`, new Date()), workKeyOf(request));
        }
    return store;
}

const seenBy = (store: SqlStore) => store.all<Seen>('SELECT * FROM seen ORDER BY place');
const areOver = async (store: SqlStore) => (await createRunJournal(store).unfinishedByOrg()).size === 0;

/** Places at which an org had two runs under way in processes that were both alive. */
function overlaps(seen: readonly Seen[], killedPid: number): Seen[] {
    const underWay = new Map<string, Seen>();
    return seen.filter((event) => {
        const other = underWay.get(event.org_id);
        if (event.what === 'end') underWay.delete(event.org_id);
        else underWay.set(event.org_id, event);
        return event.what === 'begin' && other !== undefined && other.pid !== killedPid;
    });
}

test('two processes share the runs of 20 orgs; what a killed one had begun the other ends, nothing twice', async () => {
    const databaseUrl = await server.newDatabase();
    const store = await askForRuns(databaseUrl);
    try {
        const [killed] = await Promise.all([startWorker(databaseUrl, 400), startWorker(databaseUrl, 400)]);
        // In the middle of its runs.
        await until(async () => {
            const own = (await seenBy(store)).filter(({ pid }) => pid === killed.pid);
            return own.length >= 5 && own.at(-1)!.what === 'begin';
        });
        killed.kill('SIGKILL');
        await until(() => areOver(store));
        const seen = await seenBy(store);
        const ends = seen.filter(({ what }) => what === 'end');
        expect(ends.map(({ run_key }) => run_key).sort()).toEqual(
            ORGS.flatMap((orgId) => PERIODS.map((period) => `${orgId}:${period}`)).sort()
        );
        expect(new Set(ends.map(({ pid }) => pid)).size).toBe(2);
        expect(overlaps(seen, killed.pid!)).toEqual([]);
        const begunTwice = seen.filter(
            ({ what, run_key, place }) =>
                what === 'begin' &&
                seen.some((other) => other.what === what && other.run_key === run_key && other.place < place)
        );
        expect(begunTwice.length).toBeGreaterThan(0);
    } finally {
        await store.close();
    }
});

/** One org's desk in this process, which goes on after errors. */
async function openDesk(databaseUrl: string) {
    const errors: unknown[] = [];
    const state = await openState({ stateFile: null, databaseUrl }, (error) => errors.push(error));
    const gated = gatedDesk(state, {
        orgIds: async () => [ORG_ID],
        onError: (error) => errors.push(error)
    });
    return { state, errors, ...gated };
}

test('a run under way while the server is restarted ends once, and says so', async () => {
    if (process.env.PLUMBLINE_TEST_DATABASE_URL !== undefined) return;
    const databaseUrl = await server.newDatabase();
    const { state, desk, started, letGo } = await openDesk(databaseUrl);
    try {
        await desk.start();
        const { runKey } = (await desk.request(ask()))!.run;
        await until(() => started.length === 1);
        const restarted = server.restart();
        // Its end is written while nobody is there to take it.
        letGo(runKey);
        await restarted;
        await desk.idle(ORG_ID);
        expect((await desk.find(ORG_ID, runKey))?.status).toBe('Succeeded');
        const { runKey: next } = (await desk.request(ask()))!.run;
        await until(() => started.includes(next));
        letGo(next);
        await desk.idle(ORG_ID);
        expect(started).toEqual([runKey, next]);
    } finally {
        await desk.stop();
        await state.close();
    }
});

test('a run whose end could not be written on a full disk is begun again when there is room, by the process that holds the org', async () => {
    const databaseUrl = await server.newDatabase();
    const { state, errors, desk, started, letGo } = await openDesk(databaseUrl);
    try {
        await desk.start();
        const { runKey } = (await desk.request(ask()))!.run;
        await until(() => started.length === 1);
        await fillDisk(databaseUrl);
        letGo(runKey);
        await until(() => errors.some((error) => (error as Error).stack!.includes('Manager.fail')));
        await makeRoom(databaseUrl);
        // The lock could not be given back either; it does not expire here while the test waits.
        await inDatabase(databaseUrl, 'UPDATE plumbline.writer_lock SET renewed_at = renewed_at + 86400000');
        await until(() => started.length === 2);
        letGo(runKey);
        await desk.idle(ORG_ID);
        expect(started).toEqual([runKey, runKey]);
        expect((await desk.find(ORG_ID, runKey))?.status).toBe('Succeeded');
    } finally {
        await desk.stop();
        await state.close();
    }
});
