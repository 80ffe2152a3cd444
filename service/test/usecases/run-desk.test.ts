import { describe, expect, test } from '@jest/globals';
import { openSqlite } from '../../src/state/sqlite.ts';
import type { SqlStore } from '../../src/state/sql.ts';
import { createRunJournal } from '../../src/state/run-journal.ts';
import { createWriterLock } from '../../src/state/writer-lock.ts';
import type { RunRecord } from '../../src/usecases/ports.ts';
import { createRunDesk } from '../../src/usecases/run-desk.ts';
import { ORG_ID, OTHER_ORG_ID } from '../support/test-app.ts';

const ask = (orgId = ORG_ID, period: string | null = null) => ({
    orgId,
    kind: period === null ? ('Pipeline' as const) : ('Pay' as const),
    period,
    trigger: 'Manual' as const,
    requestedBy: null,
    scope: null
});

/** A desk whose runs last until they are let go. */
function deskOn(db: SqlStore) {
    const journal = createRunJournal(db);
    const started: string[] = [];
    const gates = new Map<string, () => void>();
    const stopped = new Set<string>();
    let keys = 0;
    const desk = createRunDesk({
        orgIds: async () => [ORG_ID, OTHER_ORG_ID],
        isActive: async (orgId) => !stopped.has(orgId),
        journal,
        lock: createWriterLock(db),
        newRunKey: () => `run-${(keys += 1)}`,
        now: () => new Date('2026-11-21T08:00:00Z'),
        pause: () => new Promise((resolve) => setTimeout(resolve, 1)),
        carryOut: async (run: RunRecord, checkStop) => {
            started.push(run.runKey);
            await new Promise<void>((resolve) => gates.set(run.runKey, resolve));
            checkStop();
            await journal.update({ ...run, stage: 'Done', status: 'Succeeded' });
        }
    });
    const until = async (condition: () => boolean) => {
        while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1));
    };
    return { desk, journal, started, stopped, letGo: (key: string) => gates.get(key)?.(), until };
}

describe('runs', () => {
    test('of an org that is suspended wait until it is resumed and somebody asks again', async () => {
        const { desk, journal, started, stopped, letGo, until } = deskOn(await openSqlite(':memory:'));
        stopped.add(ORG_ID);
        await desk.request(ask());
        await desk.idle(ORG_ID);
        expect(started).toEqual([]);
        expect(await journal.unfinished(ORG_ID)).toHaveLength(1);
        stopped.delete(ORG_ID);
        expect(await desk.request(ask())).toMatchObject({ alreadyRunning: true });
        await until(() => started.length === 1);
        letGo('run-1');
        await desk.idle(ORG_ID);
        expect((await desk.find(ORG_ID, 'run-1'))?.status).toBe('Succeeded');
        await desk.stop();
    });

    test('of one org follow each other, of two orgs run together', async () => {
        const { desk, started, letGo, until } = deskOn(await openSqlite(':memory:'));
        expect((await desk.request(ask()))?.alreadyRunning).toBe(false);
        expect(await desk.request(ask())).toMatchObject({ run: { runKey: 'run-1' }, alreadyRunning: true });
        await desk.request(ask(OTHER_ORG_ID));
        await until(() => started.length === 2);
        // The key that was drawn for the run that joined is not used.
        letGo('run-1');
        letGo('run-3');
        await Promise.all([desk.idle(ORG_ID), desk.idle(OTHER_ORG_ID)]);
        expect((await desk.find(ORG_ID, 'run-1'))?.status).toBe('Succeeded');
        expect(await desk.request(ask())).toMatchObject({ run: { runKey: 'run-4' }, alreadyRunning: false });
        await until(() => started.length === 3);
        letGo('run-4');
        await desk.stop();
    });

    test('of pay are joined only by requests for the same period', async () => {
        const { desk, started, letGo, until } = deskOn(await openSqlite(':memory:'));
        await desk.request(ask());
        const pay = async (period: string) => {
            const asked = await desk.request(ask(ORG_ID, period));
            return [asked?.run.runKey, asked?.alreadyRunning];
        };
        expect(await pay('2026-Q1')).toEqual(['run-2', false]);
        expect(await pay('2026-Q2')).toEqual(['run-3', false]);
        expect(await pay('2026-Q1')).toEqual(['run-2', true]);
        for (const [index, key] of ['run-1', 'run-2', 'run-3'].entries()) {
            await until(() => started.length === index + 1);
            letGo(key);
        }
        await desk.idle(ORG_ID);
        expect(started).toEqual(['run-1', 'run-2', 'run-3']);
        await desk.stop();
    });

    test('that are stopped stay in the journal and go on under the same key at the next start', async () => {
        const db = await openSqlite(':memory:');
        const first = deskOn(db);
        await first.desk.request(ask());
        await first.until(() => first.started.length === 1);
        const stopped = first.desk.stop();
        first.letGo('run-1');
        await stopped;
        expect(await first.journal.unfinished(ORG_ID)).toHaveLength(1);
        expect(await first.desk.request(ask())).toBeNull();

        const second = deskOn(db);
        await second.desk.start();
        await second.until(() => second.started.length === 1);
        expect(second.started).toEqual(['run-1']);
        second.letGo('run-1');
        await second.desk.idle(ORG_ID);
        expect(await second.journal.unfinished(ORG_ID)).toEqual([]);
    });

    test('two processes on one state file never work on an org at the same time', async () => {
        const db = await openSqlite(':memory:');
        const one = deskOn(db);
        const two = deskOn(db);
        await one.desk.request(ask());
        await one.until(() => one.started.length === 1);
        await two.desk.start();
        await new Promise((resolve) => setTimeout(resolve, 20));
        expect(two.started).toEqual([]);
        one.letGo('run-1');
        await Promise.all([one.desk.idle(ORG_ID), two.desk.idle(ORG_ID)]);
        expect(two.started).toEqual([]);
    });
});
