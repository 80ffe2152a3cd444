// ActivityHistories and OpenActivities: tasks and events of a record seen together, past ones apart from open ones, with
// the sharing and the field permissions of the tasks and events themselves.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { InputRow } from '../org.ts';
import { startTestOrg, TEAM, userId, type TestOrg } from './support/test-org.ts';

let local: TestOrg;
let account: string;
let deal: string;

const save = (objectName: string, row: InputRow): string => {
    const ctx = { user: local.org.users.context(local.org.adminUserId), mode: 'system' as const };
    const [result] = local.org.records.insert(ctx, objectName, [row], { allOrNone: true });
    return result!.id!;
};

beforeAll(async () => {
    local = await startTestOrg({ clock: () => new Date('2026-11-20T10:00:00Z') });
    const [rep, peer] = [TEAM.rep, TEAM.peer].map((username) => userId(local.org, username));
    account = save('Account', { Name: 'Meridian', OwnerId: rep! });
    deal = save('Opportunity', {
        Name: 'Deal',
        AccountId: account,
        StageName: 'Prospecting',
        CloseDate: '2026-12-31',
        OwnerId: rep!
    });
    const task = (Subject: string, more: object): string => save('Task', { Subject, OwnerId: rep!, ...more });
    task('Called', { WhatId: deal, Status: 'Completed', ActivityDate: '2026-11-01', Type: 'Call' });
    task('To call', { WhatId: account, Status: 'Not Started' });
    task('Elsewhere', { Status: 'Completed' });
    const event = (Subject: string, StartDateTime: string, OwnerId: string): string =>
        save('Event', { Subject, WhatId: account, OwnerId, StartDateTime, DurationInMinutes: 60 });
    event('Met', '2026-11-20T08:00:00Z', rep!);
    event('Meeting now', '2026-11-20T09:30:00Z', rep!);
    save('Task', { Subject: 'Of a peer', WhatId: deal, OwnerId: peer!, Status: 'Completed' });
});
afterAll(() => local.stop());

async function listOf(
    username: string,
    parent: string,
    relation: string,
    fields = 'Subject'
): Promise<any[]> {
    const soql = `SELECT Id, (SELECT ${fields} FROM ${relation} ORDER BY Subject) FROM ${parent}`;
    const [record] = (await local.as(username).query(soql)).records as any[];
    return record?.[relation]?.records ?? [];
}
const subjects = (records: any[]): string[] => records.map(({ Subject }) => Subject);

test('closed tasks and events that have ended are history, the others are open', async () => {
    const admin = 'admin@local.org';
    expect(subjects(await listOf(admin, 'Account', 'ActivityHistories'))).toEqual([
        'Called',
        'Met',
        'Of a peer'
    ]);
    expect(subjects(await listOf(admin, 'Account', 'OpenActivities'))).toEqual(['Meeting now', 'To call']);
    expect(subjects(await listOf(admin, 'Opportunity', 'ActivityHistories'))).toEqual([
        'Called',
        'Of a peer'
    ]);
});

test('an entry tells what it is, whose it is and what it is about', async () => {
    const fields = 'Id, Subject, IsTask, IsClosed, ActivityDate, ActivityType, Owner.Username, What.Name';
    const [called, met] = await listOf('admin@local.org', 'Account', 'ActivityHistories', fields);
    expect(called).toMatchObject({
        attributes: { type: 'ActivityHistory' },
        Id: expect.stringMatching(/^00T/),
        IsTask: true,
        IsClosed: true,
        ActivityDate: '2026-11-01',
        ActivityType: 'Call',
        Owner: { Username: TEAM.rep },
        What: { Name: 'Deal' }
    });
    expect(met).toMatchObject({ Id: expect.stringMatching(/^00U/), IsTask: false, IsClosed: true });
});

test('a peer sees of it what he may see of tasks and events', async () => {
    const peer = local.as(TEAM.peer);
    const own = async (soql: string): Promise<string[]> => subjects((await peer.query(soql)).records);
    const of = `AccountId = '${account}'`;
    const tasks = await own(`SELECT Subject FROM Task WHERE IsClosed = true AND ${of}`);
    const events = await own(`SELECT Subject FROM Event WHERE EndDateTime < 2026-11-20T10:00:00Z AND ${of}`);
    expect(subjects(await listOf(TEAM.peer, 'Account', 'ActivityHistories'))).toEqual(
        [...tasks, ...events].sort()
    );
    expect(tasks).toEqual(['Of a peer']);
});

test('a field that a user may not read of tasks is not there in their history either', async () => {
    const readable = (objectName: string, name: string): boolean =>
        local.org.users.byUsername(TEAM.rep)!.permissions.fieldAccess(objectName, name).read;
    for (const [own, source] of [
        ['ActivityType', 'Type'],
        ['Description', 'Description'],
        ['Subject', 'Subject']
    ] as const) {
        const expected = readable('Task', source) && readable('Event', source);
        expect([own, readable('ActivityHistory', own)]).toEqual([own, expected]);
    }
});

test('it can be read as a list of a record only, and described', async () => {
    const direct = local.admin.query('SELECT Id FROM ActivityHistory').execute();
    await expect(direct).rejects.toMatchObject({ name: 'INVALID_TYPE_FOR_OPERATION' });
    expect(await local.admin.describe('ActivityHistory')).toMatchObject({
        queryable: false,
        createable: false
    });
    const { childRelationships } = await local.admin.describe('Account');
    const histories = childRelationships.filter((one) => one.relationshipName === 'ActivityHistories');
    expect(histories).toMatchObject([{ childSObject: 'ActivityHistory', field: 'AccountId' }]);
});
