// Requests for personal data, answered by the real service in the local org.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { connectedOrg } from '../support/local-org.ts';
import type { ConnectedOrg } from '../support/local-org.ts';
import { COLLEAGUE, MANAGER, REP, givePermissionSet, loadTeam } from '../support/small-team.ts';

// One org for all: the tests go on from each other, top to bottom.
let crm: ConnectedOrg;
beforeAll(async () => {
    crm = await connectedOrg();
    loadTeam(crm.org);
    givePermissionSet(crm.org, MANAGER, 'SpmSalesManager');
    for (const [person, score] of [
        [REP, 71],
        [COLLEAGUE, 64]
    ] as const) {
        crm.insert('Scorecard__c', {
            ExternalKey__c: `${person}:2026-10:adviser`,
            Rep__c: person,
            OwnerId: person,
            Score__c: score,
            RetainUntilDate__c: '2099-12-31'
        });
        crm.insert('PerformanceFact__c', {
            ExternalKey__c: `survey:${person}`,
            Rep__c: person,
            SignalKey__c: 'nps',
            Value__c: 9
        });
    }
    crm.insert('TeamWeek__c', {
        ExternalKey__c: `${MANAGER}:2026-10-05`,
        Manager__c: MANAGER,
        OwnerId: MANAGER,
        Heat__c: JSON.stringify([{ userId: REP, score: 71 }])
    });
    crm.insert('Run__c', { ExternalKey__c: 'asked-by-rep', RequestedBy__c: REP, Kind__c: 'Pipeline' });
});
afterAll(() => crm.close());

/** As the officer, past the guard, which is tested in Apex: the admin of these tests may ask. */
function ask(kind: 'Export' | 'Erasure', person: string): string {
    return crm.insert('DataRequest__c', { Kind__c: kind, Person__c: person, Reason__c: 'Letter 42' });
}

const answers = () => crm.run({ kind: 'DataRequests' });
const requestRow = (id: string) =>
    crm.query(
        `SELECT Status__c, Result__c, PartCount__c, AnsweredAt__c, RetainUntilDate__c, RunKey__c FROM DataRequest__c WHERE Id = '${id}'`
    )[0]!;
const resultOf = (id: string) => JSON.parse(requestRow(id).Result__c as string) as Record<string, unknown>;
const leave = (person: string) =>
    void crm.org.db.prepare('UPDATE "User" SET "IsActive" = 0 WHERE "Id" = ?').run(person);
const countOf = (object: string, person: string) =>
    crm.query(`SELECT Id FROM ${object} WHERE Rep__c = '${person}'`).length;

test('an export holds every row about the person, and of others only how many name them', async () => {
    const id = ask('Export', REP);
    const run = await answers();
    expect(run).toMatchObject({ status: 'Succeeded', errors: [] });
    expect(requestRow(id)).toMatchObject({ Status__c: 'Answered', PartCount__c: 1, RunKey__c: run.runKey });
    const [part] = crm.query(
        `SELECT Text__c, OwnerId FROM DataRequestPart__c WHERE DataRequest__c = '${id}'`
    );
    const file = JSON.parse(part!.Text__c as string) as {
        objects: { object: string; rows: Record<string, unknown>[]; rowsOfOthersThatNameThePerson: number }[];
    };
    const of = (object: string) => file.objects.find((one) => one.object === object);
    expect(of('Scorecard__c')!.rows).toEqual([expect.objectContaining({ Rep__c: REP, Score__c: 71 })]);
    expect(of('PerformanceFact__c')!.rows).toEqual([expect.objectContaining({ Value__c: 9 })]);
    expect(of('TeamWeek__c')).toMatchObject({ rows: [], rowsOfOthersThatNameThePerson: 1 });
    expect(of('Run__c')).toMatchObject({ rows: [], rowsOfOthersThatNameThePerson: 1 });
    expect(part!.Text__c).not.toContain(COLLEAGUE);
});

test('who is still active is not erased, and nothing was touched', async () => {
    const id = ask('Erasure', REP);
    await answers();
    expect(requestRow(id)).toMatchObject({ Status__c: 'Refused' });
    expect(resultOf(id)).toEqual({ refused: 'PERSON_ACTIVE' });
    expect(countOf('Scorecard__c', REP)).toBe(1);
});

test('an erasure deletes what need not be kept, tells the rest with its reason, and leaves others alone', async () => {
    leave(REP);
    const id = ask('Erasure', REP);
    expect(await answers()).toMatchObject({ status: 'Succeeded', errors: [] });
    expect(requestRow(id)).toMatchObject({ Status__c: 'Answered', PartCount__c: 0 });
    expect(resultOf(id).objects).toEqual(
        expect.arrayContaining([
            { object: 'Scorecard__c', label: 'Scorecards', count: 1, outcome: 'erased' },
            { object: 'TeamWeek__c', label: 'Weeks of managers', count: 1, outcome: 'erased' },
            expect.objectContaining({ object: 'Run__c:acted', count: 1, outcome: 'kept' })
        ])
    );
    for (const object of ['Scorecard__c', 'PerformanceFact__c']) {
        expect([object, countOf(object, REP)]).toEqual([object, 0]);
        expect([object, countOf(object, COLLEAGUE)]).toEqual([object, 1]);
    }
});

test('an answer that was cut off is gone on with, and still tells what was there at first', async () => {
    leave(COLLEAGUE);
    const id = ask('Erasure', COLLEAGUE);
    const before = {
        objects: [{ object: 'Scorecard__c', label: 'Scorecards', count: 5, outcome: 'kept', why: '' }]
    };
    crm.org.db
        .prepare('UPDATE "DataRequest__c" SET "Result__c" = ? WHERE "Id" = ?')
        .run(JSON.stringify(before), id);
    await answers();
    expect(resultOf(id).objects).toContainEqual(
        expect.objectContaining({ object: 'Scorecard__c', count: 5, outcome: 'erased' })
    );
    const again = await answers();
    expect(again.counts).toMatchObject({ read: 0, computed: 0, written: 0 });
});

test('files go after thirty days, the request itself stays as proof', async () => {
    const id = ask('Export', REP);
    await answers();
    crm.org.db.prepare('UPDATE "DataRequestPart__c" SET "RetainUntilDate__c" = ?').run('2026-01-01');
    await answers();
    expect(crm.query('SELECT Id FROM DataRequestPart__c')).toHaveLength(0);
    expect(requestRow(id).Status__c).toBe('Answered');
});
