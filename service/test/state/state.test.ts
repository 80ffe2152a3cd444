import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createOrgMemory } from '../../src/state/org-memory.ts';
import { createRunJournal } from '../../src/state/run-journal.ts';
import { FIRST_TABLES } from '../../src/state/schema.ts';
import { openSqlite } from '../../src/state/sqlite.ts';
import { createWriterLock } from '../../src/state/writer-lock.ts';
import type { RememberedRow } from '../../src/usecases/ports/memory.ts';
import { STORE_KINDS, TestStores } from '../support/stores.ts';
import { ORG_ID, OTHER_ORG_ID, runRecord } from '../support/test-app.ts';

const DEAL = '006000000000001AAA';
const row = (over: Partial<RememberedRow> = {}): RememberedRow => ({
    object: 'DealHealth__c',
    key: DEAL,
    opportunityId: DEAL,
    hash: 'h1',
    ownerId: '005000000000001AAA',
    isOpen: true,
    ...over
});
const run = (runKey: string, requestedAt: string) =>
    runRecord(
        { orgId: ORG_ID, kind: 'Pipeline', period: null, trigger: 'Manual', requestedBy: null, scope: null },
        { runKey, requestedAt }
    );

describe.each(STORE_KINDS)('state in %s', (kind) => {
    const stores = new TestStores(kind);
    beforeAll(() => stores.start());
    afterEach(() => stores.closeAll());
    afterAll(() => stores.stop());

    test('is read again by the next process as it was left', async () => {
        const place = await stores.newPlace();
        await createOrgMemory(await stores.store(place), ORG_ID).rows.remember([row()]);
        await stores.closeAll();
        const known = await createOrgMemory(await stores.store(place), ORG_ID).rows.of([DEAL]);
        expect(known.get('DealHealth__c', DEAL)).toEqual(row());
    });

    test('keeps all of a transaction or nothing of it, and shows nobody half of it', async () => {
        const store = await stores.store();
        const { rows } = createOrgMemory(store, ORG_ID);
        await rows.remember([row()]);
        const failing = store.transaction(async (sql) => {
            await sql.run('DELETE FROM result_row WHERE org_id = ?', [ORG_ID]);
            await new Promise((resolve) => setTimeout(resolve, 5));
            throw new Error('in the middle');
        });
        const seen = rows.openOpportunityIds();
        await expect(failing).rejects.toThrow('in the middle');
        expect(await seen).toEqual([DEAL]);
        expect(await rows.openOpportunityIds()).toEqual([DEAL]);
    });

    test('is read as it is now, whoever has written since it was read', async () => {
        const place = await stores.newPlace();
        const [here, elsewhere] = [await stores.store(place), await stores.store(place)];
        const [ours, theirs] = [createRunJournal(here), createRunJournal(elsewhere)];
        const stageOf = async () => (await ours.find(ORG_ID, 'r1'))?.stage ?? null;
        expect(await stageOf()).toBeNull();
        await ours.add(run('r1', '2026-11-21T08:00:00Z'), 'same work');
        expect(await stageOf()).toBe('Waiting');
        await ours.update({ ...run('r1', '2026-11-21T08:00:00Z'), stage: 'Reading' });
        expect(await stageOf()).toBe('Reading');
        await theirs.update({ ...run('r1', '2026-11-21T08:00:00Z'), stage: 'Writing' });
        // What another process writes arrives in a later turn of the event loop than what was asked before.
        await new Promise((resolve) => setImmediate(resolve));
        expect(await stageOf()).toBe('Writing');
        await here.transaction(async (sql) => {
            await sql.run('DELETE FROM run WHERE run_key = ?', ['r1']);
        });
        expect(await stageOf()).toBeNull();
    });

    test('takes more rows than fit into one statement', async () => {
        const { rows } = createOrgMemory(await stores.store(), ORG_ID);
        const many = Array.from({ length: 1001 }, (_, index) => {
            const id = `006${String(index).padStart(15, '0')}`;
            return row({ key: id, opportunityId: id });
        });
        await rows.remember([...many, { ...many[0]!, hash: 'h2' }]);
        const known = await rows.of(many.map(({ opportunityId }) => opportunityId));
        expect(many.map(({ key }) => known.get('DealHealth__c', key)?.hash)).toEqual([
            'h2',
            ...Array.from({ length: 1000 }, () => 'h1')
        ]);
        await rows.forget(
            'DealHealth__c',
            many.map(({ key }) => key)
        );
        expect(await rows.openOpportunityIds()).toEqual([]);
    });

    test('of a newer service is refused with what to do', async () => {
        const place = await stores.newPlace();
        const store = await stores.store(place);
        if (kind === 'PostgreSQL') await store.run('UPDATE schema_version SET version = 99');
        else setUserVersion(place.stateFile!, 99);
        await expect(stores.store(place)).rejects.toThrow(/newer service \(version 99/);
    });

    describe('remembered rows', () => {
        test('belong to one org', async () => {
            const db = await stores.store();
            await createOrgMemory(db, ORG_ID).rows.remember([row()]);
            const other = createOrgMemory(db, OTHER_ORG_ID).rows;
            expect((await other.of([DEAL])).get('DealHealth__c', DEAL)).toBeNull();
            expect(await other.openOpportunityIds()).toEqual([]);
        });

        test('tell the flags of a deal and which deals are open', async () => {
            const { rows } = createOrgMemory(await stores.store(), ORG_ID);
            const flag = row({ object: 'PipelineFlag__c', key: `${DEAL}:R3`, isOpen: false });
            await rows.remember([row({ isOpen: false }), flag]);
            expect((await rows.of([DEAL])).flagsOf(DEAL)).toEqual([flag]);
            expect(await rows.openOpportunityIds()).toEqual([]);
            await rows.remember([{ ...flag, isOpen: true }]);
            expect(await rows.openOpportunityIds()).toEqual([DEAL]);
            await rows.forget('PipelineFlag__c', [flag.key]);
            expect((await rows.of([DEAL])).flagsOf(DEAL)).toEqual([]);
        });

        test('are replaced as a whole when they are rebuilt from the org', async () => {
            const { rows } = createOrgMemory(await stores.store(), ORG_ID);
            await rows.remember([row({ key: '006000000000002AAA', opportunityId: '006000000000002AAA' })]);
            await rows.replaceAll([row()]);
            expect(await rows.openOpportunityIds()).toEqual([DEAL]);
        });
    });

    describe('what a run leaves behind', () => {
        test('moves watermarks, due days and facts together', async () => {
            const memory = createOrgMemory(await stores.store(), ORG_ID);
            expect(await memory.watermarks()).toBeNull();
            await memory.commitRun({
                watermarks: { Opportunity: '2026-11-21T08:00:00Z' },
                reassess: {
                    replaceAll: true,
                    days: new Map([
                        [DEAL, 20_780],
                        ['006000000000002AAA', -1]
                    ])
                },
                facts: { rulesHash: 'r1', learned: '{}' }
            });
            expect(await memory.watermarks()).toEqual({ Opportunity: '2026-11-21T08:00:00Z' });
            expect(await memory.dueOn(20_779)).toEqual([]);
            expect(await memory.dueOn(20_780)).toEqual([DEAL]);
            await memory.commitRun({
                watermarks: {},
                reassess: { replaceAll: false, days: new Map([[DEAL, -1]]) },
                facts: { rulesHash: null }
            });
            expect(await memory.dueOn(99_999)).toEqual([]);
            expect(await memory.fact('rulesHash')).toBeNull();
            expect(await memory.fact('learned')).toBe('{}');
        });
    });

    describe('the journal', () => {
        test('lists unfinished runs oldest first, and not those that are done', async () => {
            const journal = createRunJournal(await stores.store());
            await journal.add(run('b', '2026-11-21T09:00:00.000Z'), 'forecast');
            await journal.add(run('a', '2026-11-21T08:00:00.000Z'), 'pipeline');
            const waiting = async () => (await journal.unfinished(ORG_ID)).map(({ runKey }) => runKey);
            expect(await waiting()).toEqual(['a', 'b']);
            expect(await journal.unfinishedByOrg()).toEqual(new Map([[ORG_ID, 2]]));
            await journal.update({
                ...run('a', '2026-11-21T08:00:00.000Z'),
                stage: 'Done',
                status: 'Succeeded'
            });
            expect(await waiting()).toEqual(['b']);
            expect((await journal.find(ORG_ID, 'a'))?.status).toBe('Succeeded');
            expect(await journal.find(OTHER_ORG_ID, 'a')).toBeNull();
        });

        test('has the same work of an org once while it is under way', async () => {
            const journal = createRunJournal(await stores.store());
            const first = run('a', '2026-11-21T08:00:00.000Z');
            const again = run('b', '2026-11-21T08:01:00.000Z');
            const joined = await Promise.all([
                journal.add(first, 'pipeline'),
                journal.add(again, 'pipeline')
            ]);
            expect(joined.map(({ runKey }) => runKey)).toEqual(['a', 'a']);
            await journal.update({ ...first, stage: 'Done', status: 'Succeeded' });
            expect((await journal.add(again, 'pipeline')).runKey).toBe('b');
        });

        test('knows which orgs are owed the report of a run, until they were told or it is tried again', async () => {
            const journal = createRunJournal(await stores.store());
            const ended = (runKey: string, minute: number) => ({
                ...run(runKey, `2026-11-21T08:0${minute}:00.000Z`),
                stage: 'Done' as const,
                status: 'Failed' as const
            });
            const owed = async (atMost: number) =>
                (await journal.owedReports(ORG_ID, atMost)).map(({ runKey }) => runKey);
            for (const [minute, runKey] of ['a', 'b', 'c', 'told'].entries()) {
                await journal.add(run(runKey, `2026-11-21T08:0${minute}:00.000Z`), runKey);
                await journal.finish(ended(runKey, minute), runKey !== 'told');
            }
            expect(await owed(9)).toEqual(['c', 'b', 'a']);
            expect(await owed(2)).toEqual(['c', 'b']);
            expect(await journal.owedReports(OTHER_ORG_ID, 9)).toEqual([]);
            await journal.reported(['c', 'told']);
            await journal.putAside('a', '2026-11-21T09:00:00.000Z');
            await journal.takeUpAgain({ ...ended('a', 0), stage: 'Waiting', status: 'Queued' });
            expect(await owed(9)).toEqual(['b']);
        });

        test('forgets runs that ended long ago', async () => {
            const journal = createRunJournal(await stores.store());
            const old = {
                ...run('old', '2026-01-01T00:00:00.000Z'),
                stage: 'Done' as const,
                finishedAt: '2026-01-01T00:01:00.000Z'
            };
            await journal.add(old, 'pipeline');
            await journal.add(run('waiting', '2026-01-01T00:00:00.000Z'), 'forecast');
            await journal.purge(ORG_ID, '2026-06-01T00:00:00.000Z');
            expect(await journal.find(ORG_ID, 'old')).toBeNull();
            expect(await journal.find(ORG_ID, 'waiting')).not.toBeNull();
        });
    });

    describe('the lock on an org', () => {
        test('is held by one process, and passes on when it is released', async () => {
            const db = await stores.store();
            const one = createWriterLock(db);
            const two = createWriterLock(db);
            expect(await one.acquire(ORG_ID)).toBe(true);
            expect(await two.acquire(ORG_ID)).toBe(false);
            expect(await two.acquire(OTHER_ORG_ID)).toBe(true);
            expect([await one.renew(ORG_ID), await two.renew(ORG_ID)]).toEqual([true, false]);
            await two.release(ORG_ID);
            expect(await two.acquire(ORG_ID)).toBe(false);
            await one.release(ORG_ID);
            expect(await two.acquire(ORG_ID)).toBe(true);
        });

        test('goes to one of many who find it free at the same moment', async () => {
            const db = await stores.store();
            const asked = await Promise.all(
                Array.from({ length: 8 }, () => createWriterLock(db).acquire(ORG_ID))
            );
            expect(asked.filter(Boolean)).toHaveLength(1);
        });

        test('passes on at once when the process that held it is gone', async () => {
            const db = await stores.store();
            await createWriterLock(db, { pid: 12_345 }).acquire(ORG_ID);
            expect(await createWriterLock(db, { isAlive: () => true }).acquire(ORG_ID)).toBe(false);
            expect(await createWriterLock(db, { isAlive: (pid) => pid !== 12_345 }).acquire(ORG_ID)).toBe(
                true
            );
        });

        test('passes on when it was not renewed for a minute, and its old holder notices', async () => {
            let now = 0;
            const db = await stores.store();
            const one = createWriterLock(db, { now: () => now });
            const two = createWriterLock(db, { now: () => now });
            await one.acquire(ORG_ID);
            now = 59_000;
            expect(await two.acquire(ORG_ID)).toBe(false);
            await one.renew(ORG_ID);
            now = 120_000;
            expect(await two.acquire(ORG_ID)).toBe(true);
            expect(await one.renew(ORG_ID)).toBe(false);
        });
    });
});

/** As the first service wrote it: no migration but the first, one run under way. */
test('a state file of the first service is brought up to date with its runs', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'plumbline-old-'));
    const file = join(folder, 'state.db');
    const db = new Database(file);
    for (const text of FIRST_TABLES) db.exec(text);
    const old = run('old', '2026-11-21T08:00:00.000Z');
    db.prepare('INSERT INTO run VALUES (?, ?, 0, ?, NULL, ?)').run(
        'old',
        ORG_ID,
        old.requestedAt,
        JSON.stringify(old)
    );
    db.pragma('user_version = 1');
    db.close();
    const store = await openSqlite(file);
    const journal = createRunJournal(store);
    expect((await journal.next(ORG_ID))?.runKey).toBe('old');
    expect((await journal.begin(ORG_ID, 'old'))?.beginnings).toBe(1);
    await store.close();
    rmSync(folder, { recursive: true });
});

function setUserVersion(file: string, version: number): void {
    const db = new Database(file);
    db.pragma(`user_version = ${version}`);
    db.close();
}
