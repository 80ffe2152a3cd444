// Whole runs of the real service against the local org.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { connectedOrg } from '../support/local-org.ts';
import type { ConnectedOrg } from '../support/local-org.ts';
import { COLLEAGUE, REP, dayAgo, loadDeal, loadTeam, momentAgo, recordId } from '../support/small-team.ts';

let crm: ConnectedOrg;
beforeEach(async () => {
    crm = await connectedOrg();
    loadTeam(crm.org);
});
afterEach(() => crm.close());

const healths = () =>
    crm.query(
        'SELECT Id, ExternalKey__c, Opportunity__c, OwnerId, Rep__c, Band__c, FlagCount__c, TopRuleKey__c, DataAsOf__c, SystemModstamp FROM DealHealth__c ORDER BY ExternalKey__c'
    );
const flags = (status = 'Open') =>
    crm.query(
        `SELECT Id, ExternalKey__c, RuleKey__c, Severity__c, OwnerId, Opportunity__c, DealHealth__c, RaisedOn__c, ClearedOn__c, RunKey__c, PolicyName__c FROM PipelineFlag__c WHERE Status__c = '${status}' ORDER BY ExternalKey__c`
    );
const runRow = (runKey: string) =>
    crm.query(
        `SELECT Status__c, Stage__c, Scope__c, ReadCount__c, ComputedCount__c, WrittenCount__c, SkippedCount__c, FailedCount__c, ApiCallCount__c, DataAsOf__c, Errors__c, Warnings__c, ProgressPercent__c, RulesHash__c, DurationSeconds__c FROM Run__c WHERE ExternalKey__c = '${runKey}'`
    )[0];
const today = () => new Date().toISOString().slice(0, 10);

describe('the first run', () => {
    test('assesses every open deal, gives the rows to the reps and says what it did', async () => {
        const overdue = loadDeal(crm.org, 1, { closesIn: -3 });
        const healthy = loadDeal(crm.org, 2, { ownerId: COLLEAGUE });
        loadDeal(crm.org, 3, { isWon: true, closesIn: -5 });
        const run = await crm.run();
        expect(run).toMatchObject({ status: 'Succeeded', scope: 'Full', errors: [] });
        expect(
            healths().map((row) => [row.ExternalKey__c, row.Opportunity__c, row.OwnerId, row.Rep__c])
        ).toEqual([
            [overdue, overdue, REP, REP],
            [healthy, healthy, COLLEAGUE, COLLEAGUE]
        ]);
        const [late] = flags().filter((flag) => flag.ExternalKey__c === `${overdue}:R3`);
        expect(late).toMatchObject({
            RuleKey__c: 'R3',
            OwnerId: REP,
            Opportunity__c: overdue,
            RaisedOn__c: today(),
            PolicyName__c: 'R3_Default',
            RunKey__c: run.runKey
        });
        expect(late.DealHealth__c).toBe(healths()[0].Id);
        expect(run.counts).toMatchObject({ computed: 2, failed: 0, skipped: 0, written: 2 + flags().length });
        expect(runRow(run.runKey)).toMatchObject({
            Status__c: 'Succeeded',
            Stage__c: 'Done',
            Scope__c: 'Full',
            ReadCount__c: run.counts.read,
            WrittenCount__c: run.counts.written,
            ApiCallCount__c: run.counts.apiCalls,
            ProgressPercent__c: 100,
            RulesHash__c: expect.stringMatching(/^[0-9a-f]{64}$/),
            DurationSeconds__c: expect.any(Number)
        });
    });
});

describe('the next run', () => {
    test('writes nothing when nothing has changed', async () => {
        for (let deal = 1; deal <= 5; deal += 1) loadDeal(crm.org, deal, { closesIn: -deal });
        await crm.run();
        const before = healths();
        const run = await crm.run();
        expect(run).toMatchObject({ status: 'Succeeded', scope: 'Delta', counts: { written: 0, failed: 0 } });
        expect(healths()).toEqual(before);
        const full = await crm.run({ scope: 'Full' });
        expect(full).toMatchObject({ scope: 'Full', counts: { written: 0 } });
        expect(full.counts.skipped).toBe(before.length + flags().length);
    });

    test('writes exactly the rows whose value changed', async () => {
        const deals = [1, 2, 3].map((number) => loadDeal(crm.org, number, { closesIn: -5 }));
        await crm.run();
        const before = [...healths(), ...flags()];
        crm.update('Opportunity', { Id: deals[1], CloseDate: dayAgo(-60) });
        const run = await crm.run();
        const after = [...healths(), ...flags(), ...flags('Cleared')];
        const known = new Map(before.map((row) => [row.Id, JSON.stringify(row)]));
        const changed = after.filter((row) => known.get(row.Id) !== JSON.stringify(row));
        expect(run).toMatchObject({ scope: 'Delta', status: 'Succeeded' });
        expect(run.counts.written).toBe(changed.length);
        expect(changed.every((row) => String(row.ExternalKey__c).startsWith(deals[1]))).toBe(true);
        expect(flags('Cleared')[0]).toMatchObject({
            ExternalKey__c: `${deals[1]}:R3`,
            ClearedOn__c: today()
        });
    });

    test('raises a flag again on the day it comes back', async () => {
        const deal = loadDeal(crm.org, 1, { closesIn: -5 });
        await crm.run();
        crm.update('Opportunity', { Id: deal, CloseDate: dayAgo(-60) });
        await crm.run();
        crm.update('Opportunity', { Id: deal, CloseDate: dayAgo(2) });
        await crm.run();
        const late = flags().find((flag) => flag.RuleKey__c === 'R3');
        expect(late).toMatchObject({ RaisedOn__c: today(), ClearedOn__c: null });
    });

    test.each([
        [
            'a completed call',
            (deal: string) =>
                crm.insert('Task', {
                    WhatId: deal,
                    Subject: 'Call',
                    TaskSubtype: 'Call',
                    Status: 'Completed',
                    ActivityDate: dayAgo(0)
                })
        ],
        [
            'a meeting',
            (deal: string) =>
                crm.insert('Event', {
                    WhatId: deal,
                    Subject: 'Meeting',
                    ActivityDate: dayAgo(0),
                    DurationInMinutes: 30,
                    ActivityDateTime: momentAgo(0)
                })
        ]
    ])('notices %s, which does not move the opportunity itself', async (_what, add) => {
        const deal = loadDeal(crm.org, 1, { calls: [80], ageDays: 90 });
        await crm.run();
        const silent = flags().map((flag) => flag.RuleKey__c);
        expect(silent).toContain('R1');
        add(deal);
        const run = await crm.run();
        expect(run.scope).toBe('Delta');
        expect(flags().map((flag) => flag.RuleKey__c)).not.toContain('R1');
    });

    test('clears the flags of a deal that was closed, and deletes the rows of one that was deleted', async () => {
        const [won, deleted] = [1, 2].map((number) => loadDeal(crm.org, number, { closesIn: -5 }));
        await crm.run();
        crm.update('Opportunity', { Id: won, StageName: 'Closed Won' });
        crm.remove(deleted);
        const run = await crm.run();
        expect(run).toMatchObject({ scope: 'Delta', status: 'Succeeded' });
        expect(flags()).toEqual([]);
        expect(flags('Cleared').every((flag) => String(flag.ExternalKey__c).startsWith(won))).toBe(true);
        expect(healths().map((row) => [row.ExternalKey__c, row.FlagCount__c, row.Band__c])).toEqual([
            [won, 0, 'Healthy']
        ]);
        expect((await crm.run({ scope: 'Full' })).counts.written).toBe(0);
    });

    test('gives the rows to a new owner', async () => {
        const deal = loadDeal(crm.org, 1, { closesIn: -5 });
        await crm.run();
        crm.update('Opportunity', { Id: deal, OwnerId: COLLEAGUE });
        await crm.run();
        expect([...healths(), ...flags()].map((row) => row.OwnerId)).toEqual(
            [...healths(), ...flags()].map(() => COLLEAGUE)
        );
    });

    test('looks at every deal again when the policy was edited', async () => {
        loadDeal(crm.org, 1, { closesIn: -5 });
        await crm.run();
        crm.org.db
            .prepare(`UPDATE "PipelineFlagRule__mdt" SET "IsActive__c" = 0 WHERE "RuleKey__c" = 'R3'`)
            .run();
        const run = await crm.run();
        expect(run).toMatchObject({ scope: 'Full', status: 'Succeeded' });
        expect(flags().map((flag) => flag.RuleKey__c)).not.toContain('R3');
    });

    test('after the state was lost reads back what is there and writes nothing twice', async () => {
        for (let deal = 1; deal <= 4; deal += 1) loadDeal(crm.org, deal, { closesIn: -deal });
        await crm.run();
        const before = [...healths(), ...flags()];
        await crm.restartService({ withoutState: true });
        expect(await crm.run()).toMatchObject({ scope: 'Full', status: 'Succeeded', counts: { written: 0 } });
        expect([...healths(), ...flags()]).toEqual(before);
    });

    test('purges results of deals that were closed over a month ago, and old runs', async () => {
        const deal = loadDeal(crm.org, 1, { closesIn: -5 });
        const first = await crm.run();
        crm.update('Opportunity', { Id: deal, StageName: 'Closed Lost', CloseDate: dayAgo(40) });
        crm.org.db.prepare('UPDATE "Run__c" SET "RequestedAt__c" = ?').run(momentAgo(100));
        for (const written of [0, 1])
            crm.insert('Run__c', {
                ExternalKey__c: `by the clock, ${written} written`,
                Kind__c: 'Pipeline',
                TriggerKind__c: 'Scheduled',
                Status__c: 'Succeeded',
                RequestedAt__c: momentAgo(4),
                WrittenCount__c: written
            });
        await crm.restartService({ withoutState: true });
        await crm.run();
        expect([...healths(), ...flags(), ...flags('Cleared')]).toEqual([]);
        expect(runRow(first.runKey)).toBeUndefined();
        expect(runRow('by the clock, 0 written')).toBeUndefined();
        expect(runRow('by the clock, 1 written')).toBeDefined();
    });
});

describe('owners who cannot hold the rows', () => {
    test('an inactive owner: the rows belong to the integration user, and the run says so', async () => {
        loadDeal(crm.org, 1, { closesIn: -5 });
        crm.org.db.prepare('UPDATE "User" SET "IsActive" = 0 WHERE "Id" = ?').run(REP);
        const run = await crm.run();
        expect(run.status).toBe('Succeeded');
        expect(run.warnings.map(({ code }) => code)).toContain('OWNER_INACTIVE');
        expect(healths()[0]).toMatchObject({ Rep__c: REP });
        expect(healths()[0].OwnerId).not.toBe(REP);
        expect((await crm.run()).counts.written).toBe(0);
    });

    test('an owner without access: the same, until he has it and everything is looked at again', async () => {
        loadDeal(crm.org, 1, { closesIn: -5 });
        crm.org.db.prepare('DELETE FROM "PermissionSetAssignment" WHERE "AssigneeId" = ?').run(REP);
        crm.org.schema.bumpVersion();
        const run = await crm.run();
        expect(run).toMatchObject({ status: 'Succeeded', errors: [] });
        expect(run.warnings.map(({ code }) => code)).toContain('OWNER_WITHOUT_ACCESS');
        expect(healths()[0].OwnerId).not.toBe(REP);
        expect((await crm.run()).counts.written).toBe(0);
    });
});

describe('row errors', () => {
    test('a locked row is tried again', async () => {
        loadDeal(crm.org, 1, { closesIn: -5 });
        crm.org.faults.add({ kind: 'rowLock', object: 'DealHealth__c', times: 2 });
        const run = await crm.run();
        expect(run).toMatchObject({ status: 'Succeeded', counts: { failed: 0 } });
        expect(healths()).toHaveLength(1);
    });

    test('a row that stays locked makes the run Partial, and the next run writes it', async () => {
        const [locked] = [1, 2].map((number) => loadDeal(crm.org, number, { closesIn: -5 }));
        crm.org.faults.add({
            kind: 'rowLock',
            object: 'DealHealth__c',
            where: (row) => row.ExternalKey__c === locked,
            times: 1000
        });
        const run = await crm.run();
        expect(run).toMatchObject({ status: 'Partial' });
        expect(run.errors.map(({ code }) => code)).toContain('UNABLE_TO_LOCK_ROW');
        expect(runRow(run.runKey)).toMatchObject({ Status__c: 'Partial', FailedCount__c: run.counts.failed });
        crm.org.faults.clear();
        const next = await crm.run();
        expect(next).toMatchObject({ scope: 'Delta', status: 'Succeeded' });
        expect(healths()).toHaveLength(2);
        expect(flags().every((flag) => flag.DealHealth__c !== null)).toBe(true);
    });
});

describe('an org that is in the way', () => {
    test('a session that ends in the middle is renewed', async () => {
        loadDeal(crm.org, 1);
        crm.org.faults.add({ kind: 'killSession', times: 1 });
        expect((await crm.run()).status).toBe('Succeeded');
    });

    test('a refused sign-in ends the run as Failed with what to do', async () => {
        loadDeal(crm.org, 1);
        crm.org.db.prepare('DELETE FROM local_client').run();
        const run = await crm.run();
        expect(run.status).toBe('Failed');
        expect(run.errors[0].message).toMatch(/Check/);
        expect(healths()).toEqual([]);
    });
});

describe('bad input', () => {
    test('absurd dates and amounts, names of all kinds and unknown stages: every deal gets its row', async () => {
        const ids = [
            loadDeal(crm.org, 1, { amount: -5_000_000 }),
            loadDeal(crm.org, 2, { amount: 1e15 }),
            loadDeal(crm.org, 3, { name: `O'Brien "quoted", 😀 שלום\nnew line` }),
            loadDeal(crm.org, 4, { stage: 'Long Gone Stage' }),
            loadDeal(crm.org, 5, { amount: null })
        ];
        crm.org.db
            .prepare('UPDATE "Opportunity" SET "CloseDate" = ? WHERE "Id" = ?')
            .run('0001-01-01', ids[0]);
        crm.org.db
            .prepare('UPDATE "Opportunity" SET "CloseDate" = ? WHERE "Id" = ?')
            .run('9999-12-31', ids[4]);
        const run = await crm.run();
        expect(run).toMatchObject({ status: 'Succeeded', counts: { computed: 5, failed: 0 } });
        expect(run.warnings.map(({ code }) => code)).toContain('AMOUNT_TOO_LARGE');
        expect(healths()).toHaveLength(5);
        const written = JSON.stringify([...healths(), ...flags(), runRow(run.runKey)]);
        expect(written).not.toContain("O'Brien");
        expect(crm.log.join('')).not.toContain("O'Brien");
    });

    test('managers in a circle do not stop a run', async () => {
        loadDeal(crm.org, 1);
        crm.org.db.prepare('UPDATE "User" SET "ManagerId" = ? WHERE "Id" = ?').run(COLLEAGUE, REP);
        crm.org.db.prepare('UPDATE "User" SET "ManagerId" = ? WHERE "Id" = ?').run(REP, COLLEAGUE);
        expect((await crm.run()).status).toBe('Succeeded');
    });

    test('10,000 tasks on one deal are all counted', async () => {
        const deal = loadDeal(crm.org, 1, { calls: [] });
        crm.org.load(
            'Task',
            Array.from({ length: 10_000 }, (_, index) => ({
                Id: recordId('00T', 50_000 + index),
                WhatId: deal,
                OwnerId: REP,
                Subject: 'Call',
                Status: 'Completed',
                TaskSubtype: 'Call',
                ActivityDate: dayAgo(30 + (index % 10)),
                CreatedDate: momentAgo(30),
                SystemModstamp: momentAgo(1)
            }))
        );
        const run = await crm.run();
        expect(run).toMatchObject({ status: 'Succeeded' });
        expect(run.counts.read).toBeGreaterThanOrEqual(10_003);
        crm.update('Opportunity', { Id: deal, Amount: 2000 });
        const delta = await crm.run();
        expect(delta.scope).toBe('Delta');
        expect(delta.counts.read).toBeGreaterThanOrEqual(10_003);
    });
});
