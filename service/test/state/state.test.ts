import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { openState } from '../../src/state/open-state.ts';
import { createOrgMemory } from '../../src/state/org-memory.ts';
import { createRunJournal } from '../../src/state/run-journal.ts';
import { createWriterLock } from '../../src/state/writer-lock.ts';
import type { RememberedRow } from '../../src/usecases/ports.ts';
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
const folders: string[] = [];
afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});
function stateFile(): string {
    const folder = mkdtempSync(join(tmpdir(), 'plumbline-state-'));
    folders.push(folder);
    return join(folder, 'state.db');
}
const run = (runKey: string, requestedAt: string) =>
    runRecord(
        { orgId: ORG_ID, kind: 'Pipeline', period: null, trigger: 'Manual', requestedBy: null, scope: null },
        { runKey, requestedAt }
    );

describe('the state file', () => {
    test('is read again by the next process as it was left', () => {
        const file = stateFile();
        const first = openState(file);
        createOrgMemory(first, ORG_ID).rows.remember([row()]);
        first.close();
        const second = openState(file);
        expect(createOrgMemory(second, ORG_ID).rows.get('DealHealth__c', DEAL)).toEqual(row());
        second.close();
    });

    test('of a newer service is refused with what to do', () => {
        const file = stateFile();
        const db = openState(file);
        db.pragma('user_version = 99');
        db.close();
        expect(() => openState(file)).toThrow(/newer service \(version 99/);
    });
});

describe('remembered rows', () => {
    test('belong to one org', () => {
        const db = openState(':memory:');
        createOrgMemory(db, ORG_ID).rows.remember([row()]);
        const other = createOrgMemory(db, OTHER_ORG_ID).rows;
        expect(other.get('DealHealth__c', DEAL)).toBeNull();
        expect(other.openOpportunityIds()).toEqual([]);
    });

    test('tell the flags of a deal and which deals are open', () => {
        const { rows } = createOrgMemory(openState(':memory:'), ORG_ID);
        const flag = row({ object: 'PipelineFlag__c', key: `${DEAL}:R3`, isOpen: false });
        rows.remember([row({ isOpen: false }), flag]);
        expect(rows.flagsOf(DEAL)).toEqual([flag]);
        expect(rows.openOpportunityIds()).toEqual([]);
        rows.remember([{ ...flag, isOpen: true }]);
        expect(rows.openOpportunityIds()).toEqual([DEAL]);
        rows.forget('PipelineFlag__c', [flag.key]);
        expect(rows.flagsOf(DEAL)).toEqual([]);
    });

    test('are replaced as a whole when they are rebuilt from the org', () => {
        const { rows } = createOrgMemory(openState(':memory:'), ORG_ID);
        rows.remember([row({ key: '006000000000002AAA', opportunityId: '006000000000002AAA' })]);
        rows.replaceAll([row()]);
        expect(rows.openOpportunityIds()).toEqual([DEAL]);
    });
});

describe('what a run leaves behind', () => {
    test('moves watermarks, due days and facts together', () => {
        const memory = createOrgMemory(openState(':memory:'), ORG_ID);
        expect(memory.watermarks()).toBeNull();
        memory.commitRun({
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
        expect(memory.watermarks()).toEqual({ Opportunity: '2026-11-21T08:00:00Z' });
        expect(memory.dueOn(20_779)).toEqual([]);
        expect(memory.dueOn(20_780)).toEqual([DEAL]);
        memory.commitRun({
            watermarks: {},
            reassess: { replaceAll: false, days: new Map([[DEAL, -1]]) },
            facts: { rulesHash: null }
        });
        expect(memory.dueOn(99_999)).toEqual([]);
        expect(memory.fact('rulesHash')).toBeNull();
        expect(memory.fact('learned')).toBe('{}');
    });
});

describe('the journal', () => {
    test('lists unfinished runs oldest first, and not those that are done', () => {
        const journal = createRunJournal(openState(':memory:'));
        journal.insert(run('b', '2026-11-21T09:00:00.000Z'));
        journal.insert(run('a', '2026-11-21T08:00:00.000Z'));
        expect(journal.unfinished(ORG_ID).map(({ runKey }) => runKey)).toEqual(['a', 'b']);
        journal.update({ ...run('a', '2026-11-21T08:00:00.000Z'), stage: 'Done', status: 'Succeeded' });
        expect(journal.unfinished(ORG_ID).map(({ runKey }) => runKey)).toEqual(['b']);
        expect(journal.find(ORG_ID, 'a')?.status).toBe('Succeeded');
        expect(journal.find(OTHER_ORG_ID, 'a')).toBeNull();
    });

    test('forgets runs that ended long ago', () => {
        const journal = createRunJournal(openState(':memory:'));
        journal.insert({
            ...run('old', '2026-01-01T00:00:00.000Z'),
            stage: 'Done',
            finishedAt: '2026-01-01T00:01:00.000Z'
        });
        journal.insert(run('waiting', '2026-01-01T00:00:00.000Z'));
        journal.purge(ORG_ID, '2026-06-01T00:00:00.000Z');
        expect(journal.find(ORG_ID, 'old')).toBeNull();
        expect(journal.find(ORG_ID, 'waiting')).not.toBeNull();
    });
});

describe('the lock on an org', () => {
    test('is held by one process, and passes on when it is released', () => {
        const db = openState(':memory:');
        const one = createWriterLock(db);
        const two = createWriterLock(db);
        expect([one.acquire(ORG_ID), two.acquire(ORG_ID), two.acquire(OTHER_ORG_ID)]).toEqual([
            true,
            false,
            true
        ]);
        expect([one.renew(ORG_ID), two.renew(ORG_ID)]).toEqual([true, false]);
        two.release(ORG_ID);
        expect(two.acquire(ORG_ID)).toBe(false);
        one.release(ORG_ID);
        expect(two.acquire(ORG_ID)).toBe(true);
    });

    test('passes on at once when the process that held it is gone', () => {
        const db = openState(':memory:');
        createWriterLock(db, { pid: 12_345 }).acquire(ORG_ID);
        expect(createWriterLock(db, { isAlive: () => true }).acquire(ORG_ID)).toBe(false);
        expect(createWriterLock(db, { isAlive: (pid) => pid !== 12_345 }).acquire(ORG_ID)).toBe(true);
    });

    test('passes on when it was not renewed for two minutes, and its old holder notices', () => {
        let now = 0;
        const db = openState(':memory:');
        const one = createWriterLock(db, { now: () => now });
        const two = createWriterLock(db, { now: () => now });
        one.acquire(ORG_ID);
        now = 119_000;
        expect(two.acquire(ORG_ID)).toBe(false);
        one.renew(ORG_ID);
        now = 240_000;
        expect(two.acquire(ORG_ID)).toBe(true);
        expect(one.renew(ORG_ID)).toBe(false);
    });
});
