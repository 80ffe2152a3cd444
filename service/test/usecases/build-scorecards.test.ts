// Scorecard runs of the real service against the local org.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { connectedOrg } from '../support/local-org.ts';
import type { ConnectedOrg } from '../support/local-org.ts';
import {
    COLLEAGUE,
    MANAGER,
    REP,
    dayAgo,
    givePermissionSet,
    loadDeal,
    loadTeam,
    momentAgo,
    recordId
} from '../support/small-team.ts';

let crm: ConnectedOrg;
beforeEach(async () => {
    crm = await connectedOrg();
    loadTeam(crm.org);
    const title = (id: string, text: string, days = 1500) =>
        crm.org.db
            .prepare('UPDATE "User" SET "Title" = ?, "CreatedDate" = ? WHERE "Id" = ?')
            .run(text, momentAgo(days).replace('Z', '+0000'), id);
    title(MANAGER, 'Team Lead');
    title(REP, 'Wealth Adviser');
    title(COLLEAGUE, 'Wealth Adviser', 60);
    givePermissionSet(crm.org, MANAGER, 'SpmSalesManager');
    for (let deal = 1; deal <= 4; deal++)
        loadDeal(crm.org, deal, { closesIn: 0, amount: 1000 * deal, isWon: true, ageDays: deal });
    loadDeal(crm.org, 5, { closesIn: 10, amount: 900, ageDays: 20 });
});
afterEach(() => crm.close());

const scorecardRun = () => crm.run({ kind: 'Scorecards' });
const thisMonth = () => dayAgo(0).slice(0, 7);

test('everybody with a title that has a scorecard gets one for this month and the one before, their own', async () => {
    const run = await scorecardRun();
    expect(run).toMatchObject({ status: 'Succeeded', errors: [] });
    const cards = crm.query(
        'SELECT ExternalKey__c, OwnerId, Rep__c, RoleKey__c, Status__c, CoveragePercent__c, Dimensions__c FROM Scorecard__c ORDER BY ExternalKey__c'
    );
    const mine = cards.find((card) => card.ExternalKey__c === `${REP}:${thisMonth()}:adviser`);
    expect(mine).toMatchObject({ OwnerId: REP, Rep__c: REP, RoleKey__c: 'adviser', Status__c: 'Open' });
    const dimensions = JSON.parse(mine!.Dimensions__c as string) as { dimension: string; weight: number }[];
    expect(dimensions.map(({ dimension }) => dimension)).toEqual([
        'client',
        'business',
        'execution',
        'team',
        'learning'
    ]);
    expect(dimensions.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1);
    expect(new Set(cards.filter((card) => card.Rep__c === COLLEAGUE).map((card) => card.RoleKey__c))).toEqual(
        new Set(['new-joiner'])
    );
});

test('a figure leads back to its records, its definition and its steps', async () => {
    await scorecardRun();
    const [result] = crm.query(
        `SELECT Value__c, SampleSize__c, MetricVersion__c, Working__c, Evidence__c, Series__c, Scorecard__r.ExternalKey__c FROM ScorecardMetricResult__c WHERE Rep__c = '${REP}' AND MetricKey__c = 'new-clients' AND ExternalKey__c LIKE '%:${thisMonth()}:%'`
    );
    expect(result).toBeDefined();
    const series = JSON.parse(result!.Series__c as string) as { month: string }[];
    expect(series.at(-1)!.month).toBe(thisMonth());
    expect(JSON.parse(result!.Working__c as string)).not.toHaveLength(0);
});

test('a manager reads a verdict and everybody who reports to them', async () => {
    await scorecardRun();
    const [week] = crm.query(
        `SELECT OwnerId, Verdict__c, PeopleCount__c, Heat__c FROM TeamWeek__c WHERE Manager__c = '${MANAGER}'`
    );
    expect(week).toMatchObject({ OwnerId: MANAGER, PeopleCount__c: 2 });
    expect(week!.Verdict__c).toMatch(/needs? you this week\.$/);
    const heat = JSON.parse(week!.Heat__c as string) as { userId: string }[];
    expect(new Set(heat.map(({ userId }) => userId))).toEqual(new Set([REP, COLLEAGUE]));
});

test('the same data again writes nothing, a change what it changes', async () => {
    await scorecardRun();
    const again = await scorecardRun();
    expect(again).toMatchObject({ status: 'Succeeded' });
    expect(again.counts).toMatchObject({ written: 0, failed: 0 });
    loadDeal(crm.org, 9, { closesIn: 0, amount: 50_000, isWon: true, ageDays: 1 });
    expect((await scorecardRun()).counts.written).toBeGreaterThan(0);
});

test('a month that is over keeps its sheets and their metrics, whatever is entered later', async () => {
    await scorecardRun();
    const lastMonth = dayAgo(new Date().getUTCDate() + 2);
    const closed = () =>
        crm.query(
            `SELECT ExternalKey__c, Value__c, ContentHash__c, RunKey__c FROM ScorecardMetricResult__c WHERE ExternalKey__c LIKE '${REP}:${lastMonth.slice(0, 7)}:%' ORDER BY ExternalKey__c`
        );
    const before = closed();
    expect(before.length).toBeGreaterThan(10);
    const daysAgo = new Date().getUTCDate() + 2;
    loadDeal(crm.org, 50, {
        closesIn: -daysAgo,
        amount: 77_000,
        isWon: true,
        ageDays: daysAgo + 30,
        type: 'New Business'
    });
    expect((await scorecardRun()).status).toBe('Succeeded');
    expect(closed()).toEqual(before);
});

test('a step a manager has decided on stays as it is', async () => {
    await scorecardRun();
    const key = `${MANAGER}:${dayAgo((new Date().getUTCDay() + 6) % 7)}:${REP}`;
    crm.org.db.prepare('DELETE FROM "Intervention__c" WHERE "ExternalKey__c" = ?').run(key);
    crm.org.load('Intervention__c', [
        {
            Id: recordId('a00', 1),
            ExternalKey__c: key,
            OwnerId: MANAGER,
            Manager__c: MANAGER,
            Rep__c: REP,
            WeekStartDate__c: key.split(':')[1]!,
            Status__c: 'Accepted',
            StepText__c: 'As agreed',
            Rank__c: 1
        }
    ]);
    await scorecardRun();
    expect(
        crm.query(`SELECT Status__c, StepText__c FROM Intervention__c WHERE ExternalKey__c = '${key}'`)
    ).toEqual([expect.objectContaining({ Status__c: 'Accepted', StepText__c: 'As agreed' })]);
});

test('progress of an open goal is written, once, and a goal that is over is left alone', async () => {
    const goal = (number: number, more: Record<string, string | number>) => ({
        Id: recordId(crm.org.schema.object('Goal__c')!.keyPrefix, number),
        OwnerId: REP,
        Rep__c: REP,
        Title__c: 'Win new clients',
        MetricKey__c: 'new-clients',
        BaselineValue__c: 0,
        TargetValue__c: 2,
        StartDate__c: dayAgo(200),
        DueDate__c: dayAgo(70),
        ParentName__c: 'Grow',
        Status__c: 'Open',
        ...more
    });
    crm.org.load('Goal__c', [goal(1, {}), goal(2, { Status__c: 'Withdrawn' })]);
    loadDeal(crm.org, 20, { closesIn: -100, amount: 9000, isWon: true, ageDays: 130, type: 'New Business' });
    expect(await scorecardRun()).toMatchObject({ status: 'Succeeded', errors: [] });
    const goals = () =>
        crm.query('SELECT Status__c, CurrentValue__c, ProgressPercent__c FROM Goal__c ORDER BY Id');
    const [open, withdrawn] = goals();
    expect(open).toMatchObject({ Status__c: 'Missed' });
    expect(open!.ProgressPercent__c).toBeLessThan(100);
    expect(withdrawn).toMatchObject({ Status__c: 'Withdrawn', ProgressPercent__c: null });
    expect((await scorecardRun()).counts).toMatchObject({ written: 0, failed: 0 });
});

test('close dates reset in bulk are told to compliance alone, and once', async () => {
    for (let deal = 31; deal <= 35; deal++) {
        const dealId = loadDeal(crm.org, deal, { closesIn: 25, calls: [], ageDays: 80 });
        crm.org.db.prepare('DELETE FROM "OpportunityHistory" WHERE "OpportunityId" = ?').run(dealId);
        crm.org.load(
            'OpportunityHistory',
            [80, 35, 5].map((days, index) => ({
                Id: recordId('008', deal * 10 + index),
                OpportunityId: dealId,
                StageName: 'Qualification',
                CreatedById: REP,
                CreatedDate: momentAgo(days),
                CloseDate: dayAgo([35, 5, -25][index]!)
            }))
        );
    }
    expect(await scorecardRun()).toMatchObject({ status: 'Succeeded', errors: [] });
    const findings = () =>
        crm.query(
            "SELECT ExternalKey__c, OwnerId, Owner.UserRoleId, Rep__c, MetricKey__c, Status__c, ClearedOn__c, Evidence__c FROM PerformanceWarning__c WHERE Kind__c = 'Gaming'"
        );
    const [found, ...more] = findings();
    expect(more).toEqual([]);
    expect(found).toMatchObject({ Rep__c: REP, MetricKey__c: 'gaming-DateResets', Status__c: 'Open' });
    expect([MANAGER, REP, COLLEAGUE]).not.toContain(found!.OwnerId);
    const evidence = JSON.parse(found!.Evidence__c as string) as { id: string; object: string }[];
    expect(evidence).toHaveLength(10);
    expect(new Set(evidence.map(({ id, object }) => `${object} ${id}`)).size).toBe(5);
    expect((await scorecardRun()).counts).toMatchObject({ written: 0, failed: 0 });
    expect(findings()).toHaveLength(1);

    crm.org.db.prepare('DELETE FROM "OpportunityHistory"').run();
    await scorecardRun();
    expect(findings()).toEqual([
        expect.objectContaining({
            Status__c: 'Cleared',
            ClearedOn__c: dayAgo(0),
            Evidence__c: expect.any(String)
        })
    ]);
    expect((await scorecardRun()).counts).toMatchObject({ written: 0, failed: 0 });
});

test('what followed a step that was done is measured by a later run, and written once', async () => {
    const key = `${MANAGER}:${dayAgo(100)}:${REP}`;
    crm.org.load('Intervention__c', [
        {
            Id: recordId(crm.org.schema.object('Intervention__c')!.keyPrefix, 7),
            ExternalKey__c: key,
            OwnerId: MANAGER,
            Manager__c: MANAGER,
            Rep__c: REP,
            WeekStartDate__c: dayAgo(100),
            Status__c: 'Done',
            DecidedOn__c: dayAgo(95),
            Outcome__c: 'Called three clients together',
            StepKey__c: 'listen-to-clients',
            GapKind__c: 'Skill',
            Reasons__c: JSON.stringify([{ metricKey: 'new-clients' }]),
            Rank__c: 1
        }
    ]);
    loadDeal(crm.org, 40, { closesIn: -150, amount: 9000, isWon: true, ageDays: 200, type: 'New Business' });
    expect(await scorecardRun()).toMatchObject({ status: 'Succeeded', errors: [] });
    const [row] = crm.query(
        `SELECT EffectValue__c, EffectWords__c, Outcome__c FROM Intervention__c WHERE ExternalKey__c = '${key}'`
    );
    expect(row!.EffectWords__c).toMatch(/^New clients: \d+ in \d{4}-\d\d before, \d+ in \d{4}-\d\d after\./);
    expect(row).toMatchObject({
        EffectValue__c: expect.any(Number),
        Outcome__c: 'Called three clients together'
    });
    expect((await scorecardRun()).counts).toMatchObject({ written: 0, failed: 0 });
});

test('mails logged on a client that went to their author alone are told, those to contacts without an address are not', async () => {
    const own = recordId('003', 90);
    const unknown = recordId('003', 91);
    const contact = (Id: string, LastName: string, Email: string | null) => ({
        Id,
        LastName,
        Email,
        AccountId: recordId('001', 1),
        OwnerId: REP
    });
    crm.org.load('Contact', [contact(own, 'Self', 'ray@team.test'), contact(unknown, 'Unknown', null)]);
    const mail = (number: number, ownerId: string, who: string) => ({
        Id: recordId('00T', 900 + number),
        WhatId: recordId('006', 5),
        WhoId: who,
        OwnerId: ownerId,
        Subject: 'Email sent: offer',
        Status: 'Completed',
        TaskSubtype: 'Email',
        ActivityDate: dayAgo(3 + (number % 15)),
        CompletedDateTime: momentAgo(3 + (number % 15)),
        CreatedDate: momentAgo(3 + (number % 15))
    });
    crm.org.load('Task', [
        ...Array.from({ length: 16 }, (_, index) => mail(index, REP, own)),
        ...Array.from({ length: 16 }, (_, index) => mail(20 + index, COLLEAGUE, unknown))
    ]);
    expect(await scorecardRun()).toMatchObject({ status: 'Succeeded', errors: [] });
    expect(
        crm.query("SELECT Rep__c, MetricKey__c FROM PerformanceWarning__c WHERE Kind__c = 'Gaming'")
    ).toEqual([expect.objectContaining({ Rep__c: REP, MetricKey__c: 'gaming-SelfCopies' })]);
});
