// What warning rules proved to be worth, through the real service and the local org: forecast runs write it, runs of deal
// health put demoted rules aside.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { connectedOrg, type ConnectedOrg, type Row } from '../support/local-org.ts';
import { REP, dayAgo, loadDeal, loadTeam, momentAgo, recordId } from '../support/small-team.ts';

let crm: ConnectedOrg;
beforeEach(async () => {
    crm = await connectedOrg();
    loadTeam(crm.org);
});
afterEach(() => crm.close());

/** Open from 190 to 100 days ago, and overdue most of that time or never; won or not. */
function pastDeal(number: number, isOverdue: boolean, isWon: boolean): { deal: Row; history: Row[] } {
    const id = recordId('006', number);
    const closeDate = dayAgo(isOverdue ? 180 : 30);
    const end = isWon ? 'Closed Won' : 'Closed Lost';
    const version = (index: number, stage: string, day: number): Row => ({
        Id: recordId('008', number * 10 + index),
        OpportunityId: id,
        CreatedById: REP,
        StageName: stage,
        Amount: 1000,
        CloseDate: closeDate,
        CreatedDate: momentAgo(day),
        SystemModstamp: momentAgo(day)
    });
    return {
        deal: {
            Id: id,
            Name: `Deal ${number}`,
            OwnerId: REP,
            AccountId: recordId('001', 1),
            StageName: end,
            CloseDate: closeDate,
            Amount: 1000,
            Type: 'New Business',
            CreatedDate: momentAgo(190),
            SystemModstamp: momentAgo(1)
        },
        history: [version(0, 'Qualification', 190), version(1, end, 100)]
    };
}

/** 100 deals whose close date had passed and 100 whose had not; so many of either were won. */
function loadPast(wonOverdue: number, wonOthers: number): void {
    const deals = Array.from({ length: 200 }, (_, at) =>
        pastDeal(at + 1, at < 100, at < 100 ? at < wonOverdue : at - 100 < wonOthers)
    );
    crm.org.load(
        'Opportunity',
        deals.map(({ deal }) => deal)
    );
    crm.org.load(
        'OpportunityHistory',
        deals.flatMap(({ history }) => history)
    );
}

const forecastRun = () => crm.run({ kind: 'Forecast' });
const ruleRows = () =>
    crm.query(
        'SELECT ExternalKey__c, RuleKey__c, Segment__c, Status__c, FlaggedCount__c, LostCount__c, HitRate__c, BaseRate__c, Lift__c, LiftLow__c, LiftHigh__c, FeedbackCount__c, Why__c FROM FlagRecord__c ORDER BY ExternalKey__c'
    );
const ruleRow = (key: string) => ruleRows().find((row) => row.ExternalKey__c === key)!;
const openFlags = (dealId: string) =>
    crm
        .query(
            `SELECT RuleKey__c FROM PipelineFlag__c WHERE Opportunity__c = '${dealId}' AND Status__c = 'Open' ORDER BY RuleKey__c`
        )
        .map((row) => row.RuleKey__c);
const health = (dealId: string) =>
    crm.query(
        `SELECT Band__c, FlagCount__c, PriorityPoints__c, TopRuleKey__c FROM DealHealth__c WHERE ExternalKey__c = '${dealId}'`
    )[0]!;

test('without a past every rule is shown as shipped, and its record says that there is not enough history', async () => {
    const dealId = loadDeal(crm.org, 900, { closesIn: -5 });
    const run = await forecastRun();
    expect(run).toMatchObject({ status: 'Succeeded', errors: [] });
    expect(ruleRows()).toHaveLength(11);
    expect(ruleRow('R3:*')).toMatchObject({ Status__c: 'TooFew', FlaggedCount__c: 0, Lift__c: null });
    expect(ruleRow('R3:*').Why__c).toContain('not enough history');
    await crm.run();
    expect(openFlags(dealId)).toContain('R3');
});

test('a rule whose deals do no worse than others is demoted, and the next health run puts it aside', async () => {
    loadPast(50, 50);
    const dealId = loadDeal(crm.org, 900, { closesIn: -5, type: 'New Business' });
    await crm.run();
    expect(openFlags(dealId)).toContain('R3');
    const before = health(dealId);
    await forecastRun();
    expect(ruleRow('R3:New Business')).toMatchObject({
        Status__c: 'Demoted',
        FlaggedCount__c: 100,
        LostCount__c: 50,
        HitRate__c: 0.5,
        BaseRate__c: 0.5,
        Lift__c: 1
    });
    expect(ruleRow('R3:New Business').Why__c).toContain('the flag is demoted');
    expect((await crm.run()).scope).toBe('Full');
    expect(openFlags(dealId)).not.toContain('R3');
    const after = health(dealId);
    expect(Number(after.FlagCount__c)).toBe(Number(before.FlagCount__c) - 1);
    expect(Number(after.PriorityPoints__c)).toBeLessThan(Number(before.PriorityPoints__c));
    expect(after.TopRuleKey__c).not.toBe('R3');
});

test('a rule whose deals do worse is kept, and comes back when a later review finds so', async () => {
    loadPast(10, 60);
    const dealId = loadDeal(crm.org, 900, { closesIn: -5, type: 'New Business' });
    await forecastRun();
    expect(ruleRow('R3:*')).toMatchObject({ Status__c: 'Kept', HitRate__c: 0.9, BaseRate__c: 0.4 });
    expect(Number(ruleRow('R3:*').LiftLow__c)).toBeGreaterThan(1);
    await crm.run();
    expect(openFlags(dealId)).toContain('R3');
    const [record] = crm.query("SELECT Id FROM FlagRecord__c WHERE ExternalKey__c = 'R3:New Business'");
    crm.update('FlagRecord__c', { Id: record!.Id as string, Status__c: 'Demoted', ContentHash__c: 'x' });
    await crm.run();
    expect(openFlags(dealId)).not.toContain('R3');
    await forecastRun();
    await crm.run();
    expect(openFlags(dealId)).toContain('R3');
});

test('what reps call not right counts, and tips a rule that is barely better than chance', async () => {
    loadPast(33, 48);
    const open = Array.from({ length: 40 }, (_, at) =>
        loadDeal(crm.org, 900 + at, { closesIn: -5, type: 'New Business' })
    );
    await forecastRun();
    expect(ruleRow('R3:*')).toMatchObject({ Status__c: 'Kept', FeedbackCount__c: 0 });
    for (const dealId of open)
        crm.insert('FlagFeedback__c', {
            Opportunity__c: dealId,
            FlagKey__c: `${dealId}:R3`,
            RuleKey__c: 'R3',
            Reason__c: 'DealIsActive'
        });
    await forecastRun();
    expect(ruleRow('R3:*')).toMatchObject({ Status__c: 'Demoted', FeedbackCount__c: 40 });
    expect(Number(ruleRow('R3:*').HitRate__c)).toBeLessThan(0.67);
});

test('records are written once while nothing changes, and those of types nobody has any more are deleted', async () => {
    loadPast(50, 50);
    await forecastRun();
    const again = await forecastRun();
    expect(again.counts.written).toBe(0);
    expect(ruleRows().some((row) => row.Segment__c === 'New Business')).toBe(true);
    const renamed = Array.from({ length: 200 }, (_, at) => recordId('006', at + 1));
    for (const id of renamed) crm.update('Opportunity', { Id: id, Type: 'Renewal' });
    await forecastRun();
    expect(new Set(ruleRows().map((row) => row.Segment__c))).toEqual(new Set(['*', 'Renewal']));
});
