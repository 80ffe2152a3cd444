import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ADMIN, startTestOrg, TEAM, type TestOrg } from './support/test-org.ts';

const ROOT = '/services/data/v65.0/sobjects';
let local: TestOrg;
beforeAll(async () => {
    local = await startTestOrg();
});
afterAll(() => local.stop());

const send = async (method: string, path: string, body?: object): Promise<{ status: number; body: any }> => {
    const response = await local.fetchAs(ADMIN, ROOT + path, {
        method,
        ...(body ? { body: JSON.stringify(body) } : {})
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : JSON.parse(text) };
};

test('jsforce creates, reads, updates and deletes a record', async () => {
    const accounts = local.admin.sobject('Account');
    const created = await accounts.create({ Name: "O'Neill & Söhne" });
    expect(created).toEqual({ id: expect.stringMatching(/^001/), success: true, errors: [] });
    const id = created.id!;
    await accounts.update({ Id: id, Phone: '020' });
    expect(await accounts.retrieve(id)).toMatchObject({
        Name: "O'Neill & Söhne",
        Phone: '020',
        AnnualRevenue: null
    });
    await accounts.destroy(id);
    await expect(accounts.retrieve(id)).rejects.toMatchObject({ errorCode: 'NOT_FOUND' });
});

test('answers 201, 204, 200 and 404 where Salesforce does', async () => {
    const created = await send('POST', '/Account', { Name: 'A' });
    const path = `/Account/${created.body.id}`;
    const answers = [
        created,
        await send('PATCH', path, { Phone: '1' }),
        await send('GET', `${path}?fields=Name,Phone`),
        await send('DELETE', path),
        await send('GET', path),
        await send('PATCH', path, { Phone: '2' }),
        await send('DELETE', '/Account/001000000000001AAA'),
        await send('GET', '/Nothing/001000000000001AAA')
    ];
    expect(answers.map(({ status }) => status)).toEqual([201, 204, 200, 204, 404, 404, 404, 404]);
    expect(answers[2]!.body).toEqual({
        attributes: { type: 'Account', url: expect.stringContaining(created.body.id) },
        Name: 'A',
        Phone: '1',
        ...('Id' in answers[2]!.body ? { Id: created.body.id } : {})
    });
});

test('upserts by external id: 201, then 200, then readable and deletable by that id', async () => {
    const path = '/Rating__c/ExternalKey__c/a%2Fb';
    const first = await send('PATCH', path, { Points__c: 1 });
    const second = await send('PATCH', path, { Points__c: 2 });
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(second.body).toEqual({ id: first.body.id, success: true, created: false, errors: [] });
    expect((await send('GET', path)).body).toMatchObject({ Points__c: 2, ExternalKey__c: 'a/b' });
    expect((await send('DELETE', path)).status).toBe(204);
    expect((await send('GET', path)).status).toBe(404);
});

test('answers 300 when an external id is not unique', async () => {
    const key = local.org.schema.field('Rating__c', 'Note__c')!;
    Object.assign(key, { externalId: true });
    local.org.load('Rating__c', [{ Note__c: 'same' }, { Note__c: 'same' }]);
    const found = await send('GET', '/Rating__c/Note__c/same');
    expect(found.status).toBe(300);
    expect(found.body).toHaveLength(2);
    const refused = await send('PATCH', '/Rating__c/Note__c/same', { Points__c: 1 });
    expect(refused).toEqual(found);
});

test('a value of the wrong type refuses the request as the JSON parser does', async () => {
    expect(await send('POST', '/Opportunity', { Name: 'A', Amount: 'much' })).toMatchObject({
        status: 400,
        body: [{ errorCode: 'JSON_PARSER_ERROR' }]
    });
    expect(await send('POST', '/Opportunity', { Name: 'A', Nope: 1 })).toMatchObject({
        status: 400,
        body: [
            { errorCode: 'INVALID_FIELD', message: "No such column 'Nope' on sobject of type Opportunity" }
        ]
    });
});

test('lists what was updated and deleted in a time span', async () => {
    const { body } = await send('POST', '/Account', { Name: 'Changes' });
    const gone = await send('POST', '/Account', { Name: 'Gone' });
    await send('DELETE', `/Account/${gone.body.id}`);
    const at = (minutes: number): string =>
        encodeURIComponent(new Date(Date.now() + minutes * 60_000).toISOString());
    const span = `start=${at(-5)}&end=${at(5)}`;
    const updated = await send('GET', `/Account/updated?${span}`);
    const deleted = await send('GET', `/Account/deleted?${span}`);
    expect(updated.body.ids).toContain(body.id);
    expect(updated.body.ids).not.toContain(gone.body.id);
    expect(deleted.body.deletedRecords.map((one: { id: string }) => one.id)).toContain(gone.body.id);
    expect((await send('GET', `/Account/updated?start=${at(5)}&end=${at(-5)}`)).status).toBe(400);
});

test('a peer is told that a private deal does not exist', async () => {
    const deal = { Name: 'Secret', StageName: 'Prospecting', CloseDate: '2026-12-31' };
    const { id } = await local.as(TEAM.rep).sobject('Opportunity').create(deal);
    await expect(local.as(TEAM.peer).sobject('Opportunity').retrieve(id!)).rejects.toMatchObject({
        errorCode: 'NOT_FOUND'
    });
    expect(await local.as(TEAM.manager).sobject('Opportunity').retrieve(id!)).toMatchObject({
        Name: 'Secret'
    });
});
