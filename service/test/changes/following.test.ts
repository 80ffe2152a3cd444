// The service hears of changes in an org as they happen, through everything that happens to a subscription. No clock asks for runs
// here. One org for all tests; each takes deals of its own.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { createService } from '../../src/service.ts';
import { FollowingOrg, QUICK, until } from '../support/following-org.ts';
import { KEY } from '../support/test-app.ts';
import { OPEN_STAGES, REP, dayAgo, loadDeal, loadTeam, recordId } from '../support/small-team.ts';

const DEALS = 30;
const EVENTS = 'plumbline_change_events_total';
const ENDED = 'plumbline_change_streams_ended_total';
let following: FollowingOrg;

beforeAll(async () => {
    following = await FollowingOrg.start();
    const { crm } = following;
    loadTeam(crm.org);
    for (let deal = 1; deal <= DEALS; deal += 1)
        loadDeal(crm.org, deal, {
            ownerId: REP,
            stage: OPEN_STAGES[1],
            closesIn: 30,
            ageDays: 5,
            calls: [2]
        });
    await crm.run();
    await following.follow();
});
afterAll(() => following.close());

const dealOf = (deal: number): string => recordId('006', deal);
const flagsOf = (deal: number): unknown[] =>
    following.crm.query(
        `SELECT RuleKey__c FROM PipelineFlag__c WHERE Opportunity__c = '${dealOf(deal)}' AND Status__c = 'Open' AND RuleKey__c = 'R3'`
    );
/** A close date in the past is a warning, R3. */
const miss = (deal: number): void =>
    following.crm.update('Opportunity', { Id: dealOf(deal), CloseDate: dayAgo(3) });
const isFlagged = (deal: number) => (): boolean => flagsOf(deal).length > 0;
const countRuns = (): number => following.crm.query('SELECT Id FROM Run__c').length;
/** Longer than a change needs to bring a run. */
const settled = async (): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await following.crm.service.runs.idle(following.crm.org.orgId);
};

test('a deal that changes has its new flag without anybody asking, and nobody is named in the log', async () => {
    expect(flagsOf(1)).toEqual([]);
    miss(1);
    await until(isFlagged(1));
    const { crm } = following;
    await crm.service.runs.idle(crm.org.orgId);
    expect(crm.query('SELECT Scope__c, Status__c FROM Run__c ORDER BY RequestedAt__c')[1]).toMatchObject({
        Scope__c: 'Delta',
        Status__c: 'Succeeded'
    });
    expect(await following.counted(EVENTS, 'fate="Told"')).toBe(1);
    const log = crm.log.join('\n');
    expect(log).toContain('a subscription to changes');
    const [{ Name: name }] = crm.query(`SELECT Name FROM Opportunity WHERE Id = '${dealOf(1)}'`);
    for (const secret of [String(name), dealOf(1), REP, `${crm.org.orgId}!`])
        expect(log).not.toContain(secret);
});

test('a topic the service may not hear is left alone; the other is followed', async () => {
    expect(await following.counted(ENDED, 'TaskChangeEvent')).toBe(1);
    expect(await following.counted(ENDED, 'code="subscription.topic.cannot.subscribe"')).toBe(1);
    expect(await following.counted('plumbline_change_streams_open')).toBe(1);
});

test('the check of the connection says that changes are heard of', async () => {
    const { app } = following.crm.service;
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    const answer = await fetch(`${url}/v1/connection/verify`, {
        method: 'POST',
        headers: {
            authorization: `Basic ${Buffer.from(`${following.crm.org.orgId}:${KEY}`).toString('base64')}`,
            'x-spm-org': following.crm.org.orgId,
            'content-type': 'application/json'
        },
        body: '{}'
    });
    const { checks } = (await answer.json()) as { checks: object[] };
    expect(checks.at(-1)).toMatchObject({ name: 'changes', outcome: 'ok', code: null });
});

test('a stream that is cut, with a token that is gone, goes on where it was: what came between is heard', async () => {
    following.crm.org.faults.add({ kind: 'killSession' });
    following.pubSub.cut();
    miss(2);
    await until(isFlagged(2));
    await following.open(1);
    expect(await following.counted(ENDED, 'code="service.unavailable"')).toBe(1);
    expect(await following.counted(ENDED, 'code="service.auth.error"')).toBe(1);
});

test('where the org keeps no events from where the stream was, it goes on with what happens now', async () => {
    const { crm, pubSub } = following;
    miss(3);
    await until(isFlagged(3));
    crm.org.db.exec('DELETE FROM local_change_event; UPDATE sqlite_sequence SET seq = seq + 1000');
    pubSub.cut();
    await until(async () => (await following.counted(ENDED, 'replayid.corrupted')) === 1);
    await following.open(1);
    miss(4);
    await until(isFlagged(4));
});

test('an event whose schema nobody knows counts as a change all the same', async () => {
    const { crm } = following;
    const before = await following.counted(EVENTS, 'fate="Unread"');
    crm.org.db.exec(
        "CREATE TRIGGER gone AFTER INSERT ON local_change_event BEGIN UPDATE local_change_event SET schema_id = 'gone' WHERE id = new.id; END"
    );
    miss(5);
    await until(isFlagged(5));
    crm.org.db.exec('DROP TRIGGER gone');
    expect(await following.counted(EVENTS, 'fate="Unread"')).toBe(before + 1);
});

test('what happens to objects nobody asked about brings no run', async () => {
    await settled();
    const runs = countRuns();
    following.crm.insert('Account', { Name: 'Acme' });
    await until(async () => (await following.counted(EVENTS, 'fate="Foreign"')) === 1);
    await settled();
    expect(countRuns()).toBe(runs);
});

test('a burst of a thousand changes brings few runs, and all of it is read', async () => {
    const { crm } = following;
    const [runs, told] = [countRuns(), await following.counted(EVENTS, 'fate="Told"')];
    for (let change = 0; change < 1000; change += 1)
        crm.update('Opportunity', { Id: dealOf(10 + (change % 20)), CloseDate: dayAgo(1 + (change % 7)) });
    await until(async () => (await following.counted(EVENTS, 'fate="Told"')) === told + 1000);
    await until(() => [...Array(20).keys()].every((deal) => flagsOf(deal + 10).length > 0));
    await settled();
    expect(countRuns() - runs).toBeLessThanOrEqual(4);
    expect((await crm.run({ scope: 'Full' })).counts.written).toBe(0);
});

test('of two services on one state one follows the org; the other takes over when it ends', async () => {
    const { crm, pubSub } = following;
    const other = await createService(crm.config, pino({ level: 'silent' }), { changes: QUICK });
    try {
        // Long enough for the second to look several times.
        await new Promise((resolve) => setTimeout(resolve, 1000));
        expect(pubSub.streams()).toBe(1);
        await crm.service.close();
        await following.open(0);
        await following.open(1);
        miss(6);
        await until(isFlagged(6));
    } finally {
        await other.close();
    }
    await following.open(0);
});
