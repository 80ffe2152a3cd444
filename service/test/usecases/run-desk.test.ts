import { describe, expect, test } from '@jest/globals';
import { openState } from '../../src/state/open-state.ts';
import type { State } from '../../src/state/open-state.ts';
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
function deskOn(db: State) {
    const journal = createRunJournal(db);
    const started: string[] = [];
    const gates = new Map<string, () => void>();
    let keys = 0;
    const desk = createRunDesk({
        orgIds: [ORG_ID, OTHER_ORG_ID],
        journal,
        lock: createWriterLock(db),
        newRunKey: () => `run-${(keys += 1)}`,
        now: () => new Date('2026-11-21T08:00:00Z'),
        pause: () => new Promise((resolve) => setTimeout(resolve, 1)),
        carryOut: async (run: RunRecord, checkStop) => {
            started.push(run.runKey);
            await new Promise<void>((resolve) => gates.set(run.runKey, resolve));
            checkStop();
            journal.update({ ...run, stage: 'Done', status: 'Succeeded' });
        }
    });
    const until = async (condition: () => boolean) => {
        while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1));
    };
    return { desk, journal, started, letGo: (key: string) => gates.get(key)?.(), until };
}

describe('runs', () => {
    test('of one org follow each other, of two orgs run together', async () => {
        const { desk, started, letGo, until } = deskOn(openState(':memory:'));
        expect(desk.request(ask())?.alreadyRunning).toBe(false);
        expect(desk.request(ask())).toMatchObject({ run: { runKey: 'run-1' }, alreadyRunning: true });
        desk.request(ask(OTHER_ORG_ID));
        await until(() => started.length === 2);
        letGo('run-1');
        letGo('run-2');
        await Promise.all([desk.idle(ORG_ID), desk.idle(OTHER_ORG_ID)]);
        expect(desk.find(ORG_ID, 'run-1')?.status).toBe('Succeeded');
        expect(desk.request(ask())).toMatchObject({ run: { runKey: 'run-3' }, alreadyRunning: false });
        await until(() => started.length === 3);
        letGo('run-3');
        await desk.stop();
    });

    test('of pay are joined only by requests for the same period', async () => {
        const { desk, started, letGo, until } = deskOn(openState(':memory:'));
        desk.request(ask());
        expect(desk.request(ask(ORG_ID, '2026-Q1'))).toMatchObject({
            run: { runKey: 'run-2' },
            alreadyRunning: false
        });
        expect(desk.request(ask(ORG_ID, '2026-Q2'))).toMatchObject({
            run: { runKey: 'run-3' },
            alreadyRunning: false
        });
        expect(desk.request(ask(ORG_ID, '2026-Q1'))).toMatchObject({
            run: { runKey: 'run-2' },
            alreadyRunning: true
        });
        for (const [index, key] of ['run-1', 'run-2', 'run-3'].entries()) {
            await until(() => started.length === index + 1);
            letGo(key);
        }
        await desk.idle(ORG_ID);
        expect(started).toEqual(['run-1', 'run-2', 'run-3']);
        await desk.stop();
    });

    test('that are stopped stay in the journal and go on under the same key at the next start', async () => {
        const db = openState(':memory:');
        const first = deskOn(db);
        first.desk.request(ask());
        await first.until(() => first.started.length === 1);
        const stopped = first.desk.stop();
        first.letGo('run-1');
        await stopped;
        expect(first.journal.unfinished(ORG_ID)).toHaveLength(1);
        expect(first.desk.request(ask())).toBeNull();

        const second = deskOn(db);
        second.desk.start();
        await second.until(() => second.started.length === 1);
        expect(second.started).toEqual(['run-1']);
        second.letGo('run-1');
        await second.desk.idle(ORG_ID);
        expect(second.journal.unfinished(ORG_ID)).toEqual([]);
    });

    test('two processes on one state file never work on an org at the same time', async () => {
        const db = openState(':memory:');
        const one = deskOn(db);
        const two = deskOn(db);
        one.desk.request(ask());
        await one.until(() => one.started.length === 1);
        two.desk.start();
        await new Promise((resolve) => setTimeout(resolve, 20));
        expect(two.started).toEqual([]);
        one.letGo('run-1');
        await Promise.all([one.desk.idle(ORG_ID), two.desk.idle(ORG_ID)]);
        expect(two.started).toEqual([]);
    });
});
