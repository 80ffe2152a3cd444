import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Connection } from 'jsforce';
import { ADMIN, startTestOrg, TEAM, type TestOrg } from './support/test-org.ts';

let local: TestOrg;
beforeAll(async () => {
    local = await startTestOrg();
});
afterAll(() => local.stop());

test('offers API version 65.0 as the newest', async () => {
    const versions = (await (await fetch(`${local.url}/services/data`)).json()) as {
        version: string;
        label: string;
    }[];
    expect(versions.at(-1)).toEqual({ label: "Winter '26", url: '/services/data/v65.0', version: '65.0' });
});

test('answers older versions that clients hard-code, and no newer or broken ones', async () => {
    const statuses = await Promise.all(
        ['v51.0', 'v65.0', 'v66.0', 'v65', 'vNN.0'].map(
            async (version) => (await local.fetchAs(ADMIN, `/services/data/${version}/limits`)).status
        )
    );
    expect(statuses).toEqual([200, 200, 404, 404, 404]);
});

test('collapses the leading slashes that the CLI sends', async () => {
    const response = await local.fetchAs(ADMIN, '//services/data/v65.0/limits');
    expect(response.status).toBe(200);
});

test.each([
    '/services/data/v65.0/nothing',
    '/nothing',
    '/services/data/v65.0/tooling/sobjects/SourceMember/describe'
])('answers 404 in the error shape of Salesforce for %s', async (path) => {
    const response = await local.fetchAs(ADMIN, path);
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual([
        { errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }
    ]);
});

test('refuses Tooling API queries by name', async () => {
    const response = await local.fetchAs(
        ADMIN,
        '/services/data/v65.0/tooling/query?q=SELECT+Id+FROM+ApexLog'
    );
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual([
        {
            errorCode: 'LOCAL_ORG_NOT_SUPPORTED',
            message: expect.stringContaining('ApexLog')
        }
    ]);
});

test('a body that is no JSON is a client error', async () => {
    const response = await local.fetchAs(ADMIN, '/services/data/v65.0/sobjects/Account', {
        method: 'POST',
        body: '{"Name":'
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject([{ errorCode: 'JSON_PARSER_ERROR' }]);
});

test('counts API calls and tells the usage with every answer', async () => {
    const first = await local.fetchAs(ADMIN, '/services/data/v65.0/limits');
    const second = await local.fetchAs(ADMIN, '/services/data/v65.0/nothing');
    const used = (response: Response): number =>
        Number(/^api-usage=(\d+)\/100000$/.exec(response.headers.get('sforce-limit-info')!)![1]);
    expect(used(second)).toBe(used(first) + 1);
    expect((await first.json()) as object).toMatchObject({
        DailyApiRequests: { Max: 100_000, Remaining: 100_000 - used(first) }
    });
});

test('refuses calls beyond the daily limit', async () => {
    const small = await startTestOrg({ dailyApiRequests: 1 });
    await small.admin.query('SELECT Id FROM Organization');
    await expect(small.admin.query('SELECT Id FROM Organization')).rejects.toMatchObject({
        errorCode: 'REQUEST_LIMIT_EXCEEDED'
    });
    await small.stop();
});

test('pages 5,001 rows by 2,000 and loses none', async () => {
    local.org.load(
        'Account',
        Array.from({ length: 5001 }, (_, index) => ({ Name: `Account ${String(index).padStart(4, '0')}` }))
    );
    const sizes: number[] = [];
    const names = new Set<string>();
    let page = await local.admin.query<{ Name: string }>('SELECT Name FROM Account ORDER BY Name');
    for (;;) {
        sizes.push(page.records.length);
        for (const record of page.records) names.add(record.Name);
        if (page.done) break;
        page = await local.admin.queryMore(page.nextRecordsUrl!);
    }
    expect(page.totalSize).toBe(5001);
    expect(sizes).toEqual([2000, 2000, 1001]);
    expect(names.size).toBe(5001);
});

test("a user cannot read on with another user's query locator", async () => {
    const { nextRecordsUrl } = await local.admin.query('SELECT Name FROM Account');
    await expect(local.as(TEAM.rep).queryMore(nextRecordsUrl!)).rejects.toMatchObject({
        errorCode: 'INVALID_QUERY_LOCATOR'
    });
});

test('describes the columns of a query as sf asks for them', async () => {
    const soql = encodeURIComponent('SELECT Id, Owner.Name, Amount FROM Opportunity');
    const answer = await local.admin.request<{ columnMetadata: object[]; entityName: string }>(
        `/query?q=${soql}&columns=true`
    );
    expect(answer.entityName).toBe('Opportunity');
    expect(answer.columnMetadata).toMatchObject([
        { columnName: 'Id', apexType: 'Id' },
        { columnName: 'Owner', joinColumns: [{ columnName: 'Name' }] },
        { columnName: 'Amount', numberType: true }
    ]);
});

test('a wrong query is told where it is wrong, also by describe of its columns', async () => {
    await expect(local.admin.query('SELECT Nope FROM Account')).rejects.toMatchObject({
        errorCode: 'INVALID_FIELD'
    });
    await expect(local.admin.request('/query?q=SELECT+Nope+FROM+Account&columns=true')).rejects.toMatchObject(
        {
            errorCode: 'INVALID_FIELD'
        }
    );
    await expect(local.admin.query('SELECT Id FROM ScratchOrgInfo')).rejects.toMatchObject({
        errorCode: 'INVALID_TYPE'
    });
});

test('faults: an unavailable answer and a killed session strike as often as asked', async () => {
    local.org.faults.add({ kind: 'unavailable', path: /\/limits$/, times: 2 });
    const status = async (): Promise<number> =>
        (await local.fetchAs(ADMIN, '/services/data/v65.0/limits')).status;
    expect([await status(), await status(), await status()]).toEqual([503, 503, 200]);
    const token = local.org.auth.issueToken(local.org.adminUserId);
    let refreshed = 0;
    const connection = new Connection({
        instanceUrl: local.url,
        accessToken: token,
        version: '65.0',
        refreshFn: (_connection, done) => {
            refreshed++;
            done(null, local.org.auth.issueToken(local.org.adminUserId));
        }
    });
    local.org.faults.add({ kind: 'killSession' });
    await connection.query('SELECT Id FROM Organization');
    expect(refreshed).toBe(1);
});
