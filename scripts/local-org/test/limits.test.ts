// API usage as clients are told it: counted call by call, the same in the header and in /limits, and over when it is over.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { callAs, DATA, type Call } from './support/doors.ts';
import { ADMIN, startTestOrg, type TestOrg } from './support/test-org.ts';

let local: TestOrg;
let admin: Call;
let now: Date;
beforeEach(async () => {
    now = new Date('2026-11-21T10:00:00Z');
    local = await startTestOrg({ dailyApiRequests: 20, clock: () => now });
    admin = callAs(local, ADMIN);
});
afterEach(() => local.stop());

const usage = async (path: string, init?: RequestInit): Promise<string | null> =>
    (await local.fetchAs(ADMIN, path, init)).headers.get('sforce-limit-info');

test('every answer tells the calls made so far, itself included, and /limits says the same', async () => {
    expect(await usage(`${DATA}/sobjects`)).toBe('api-usage=1/20');
    expect(await usage(`${DATA}/nothing`)).toBe('api-usage=2/20');
    expect(await usage(`${DATA}/jobs/query`, { method: 'POST', body: '{}' })).toBe('api-usage=3/20');
    expect((await admin('GET', '/limits')).body.DailyApiRequests).toEqual({ Max: 20, Remaining: 16 });
    await local.admin.query('SELECT Id FROM Organization');
    expect(local.admin.limitInfo).toEqual({ apiUsage: { used: 5, limit: 20 } });
});

test('a composite request is one call, however many it carries', async () => {
    const part = (index: number): object => ({
        method: 'GET',
        url: `${DATA}/sobjects/Account`,
        referenceId: `r${index}`
    });
    const body = JSON.stringify({ compositeRequest: Array.from({ length: 10 }, (_, index) => part(index)) });
    expect(await usage(`${DATA}/composite`, { method: 'POST', body })).toBe('api-usage=1/20');
});

test('the last call of the day may carry others', async () => {
    local.org.limits.count(19);
    const { status, body } = await admin('POST', '/composite/batch', {
        batchRequests: [{ method: 'GET', url: 'v65.0/sobjects/Account' }]
    });
    expect([status, body.results[0].statusCode]).toEqual([200, 200]);
    expect((await admin('GET', '/limits')).status).toBe(403);
});

test('nobody claims to be part of another call', async () => {
    const { name } = local.org.limits.innerCall;
    expect(await usage(`${DATA}/sobjects`, { headers: { [name]: 'guess' } })).toBe('api-usage=1/20');
});

test('a refused session and a Lightning page cost nothing', async () => {
    const refused = await fetch(`${local.url}${DATA}/sobjects`, { headers: { Authorization: 'Bearer no' } });
    expect(refused.status).toBe(401);
    const token = encodeURIComponent(local.org.auth.issueToken(local.org.adminUserId));
    const page = await fetch(`${local.url}${DATA}/ui-api/object-info/Account`, {
        headers: { Cookie: `sid=${token}` }
    });
    expect(page.status).toBe(200);
    expect(await usage(`${DATA}/sobjects`)).toBe('api-usage=1/20');
});

test('calls run out, and are there again the next day', async () => {
    for (let call = 1; call <= 20; call++) expect((await admin('GET', '/sobjects')).status).toBe(200);
    expect(await admin('GET', '/sobjects')).toEqual({
        status: 403,
        body: [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.' }]
    });
    await expect(local.admin.sobject('Account').create({ Name: 'Late' })).rejects.toMatchObject({
        errorCode: 'REQUEST_LIMIT_EXCEEDED'
    });
    now = new Date('2026-11-22T00:00:01Z');
    expect(await usage(`${DATA}/sobjects`)).toBe('api-usage=1/20');
});

test('another process sets the daily limit through the door', async () => {
    expect((await admin('PUT', '//local-org/limits', { dailyApiRequests: 1 })).status).toBe(204);
    expect([(await admin('GET', '/sobjects')).status, (await admin('GET', '/sobjects')).status]).toEqual([
        200, 403
    ]);
    expect(await admin('PUT', '//local-org/limits', { dailyApiRequests: 'many' })).toMatchObject({
        status: 400,
        body: [{ errorCode: 'INVALID_INPUT' }]
    });
});

test('how many rows there are is told to who may view the setup: all rows but deleted ones', async () => {
    await local.admin.sobject('Account').create([{ Name: 'One' }, { Name: 'Two' }]);
    const gone = await local.admin.sobject('Account').create({ Name: 'Gone' });
    await local.admin.sobject('Account').destroy(gone.id!);
    const { body } = await admin('GET', '/limits/recordCount?sObjects=Account,Opportunity,Nothing__c');
    expect(body).toEqual({
        sObjects: expect.arrayContaining([
            { count: 2, name: 'Account' },
            { count: 0, name: 'Opportunity' }
        ])
    });
    expect(body.sObjects).toHaveLength(2);
    const all = await admin('GET', '/limits/recordCount');
    expect(all.body.sObjects).toContainEqual({ count: 2, name: 'Account' });
});
