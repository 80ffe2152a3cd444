// Each fault switched on in one line and met by a real client: jsforce or fetch, in this process or through the door for
// other processes. What the client is left with is what a Salesforce org would leave it with.
import { afterEach, beforeAll, afterAll, describe, expect, test } from '@jest/globals';
import { gunzipSync } from 'node:zlib';
import { Connection } from 'jsforce';
import { callAs, finished, type Call } from './support/doors.ts';
import { rawRequest } from './support/raw-http.ts';
import { ADMIN, startTestOrg, TEAM, userId, type TestOrg } from './support/test-org.ts';

const ROOT = '/services/data/v65.0';
let local: TestOrg;
let admin: Call;
beforeAll(async () => {
    local = await startTestOrg();
    admin = callAs(local, ADMIN);
    local.org.load(
        'Account',
        Array.from({ length: 2500 }, (_, index) => ({ Name: `Account ${index}`, Phone: '0'.repeat(30) }))
    );
});
afterEach(() => local.org.faults.clear());
afterAll(() => local.stop());

const statuses = async (count: number, ask: () => Promise<{ status: number }>): Promise<number[]> => {
    const given: number[] = [];
    while (given.length < count) given.push((await ask()).status);
    return given;
};

describe('refusals', () => {
    test('503 strikes the requests of a pattern as often as asked, and no others', async () => {
        local.org.faults.add({ kind: 'unavailable', path: /\/query\?/, method: 'GET', times: 2 });
        expect((await admin('GET', '/sobjects/Account/describe')).status).toBe(200);
        const query = (): Promise<{ status: number; body: any }> =>
            admin('GET', '/query?q=SELECT+Id+FROM+User');
        expect(await statuses(3, query)).toEqual([503, 503, 200]);
    });

    test('jsforce gets over one 503 on a GET by itself', async () => {
        local.org.faults.add({ kind: 'unavailable', path: /\/query/ });
        expect((await local.admin.query('SELECT Id FROM Organization')).totalSize).toBe(1);
    });

    test('the request limit is refused as Salesforce does: 403, or 429 with a time to wait', async () => {
        local.org.faults.add({ kind: 'requestLimit', times: 2 });
        await expect(local.admin.query('SELECT Id FROM Organization')).rejects.toMatchObject({
            errorCode: 'REQUEST_LIMIT_EXCEEDED'
        });
        expect(await admin('GET', '/limits')).toEqual({
            status: 403,
            body: [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.' }]
        });
        local.org.faults.add({ kind: 'requestLimit', status: 429, retryAfterSeconds: 2 });
        const response = await local.fetchAs(ADMIN, `${ROOT}/limits`);
        expect([response.status, response.headers.get('retry-after')]).toEqual([429, '2']);
    });

    test('a session is killed by the request of a pattern: 401, the token is gone, jsforce gets a new one', async () => {
        local.org.faults.add({ kind: 'killSession', path: /\/query/ });
        let refreshed = 0;
        const newToken = (): string => local.org.auth.issueToken(local.org.adminUserId);
        const first = newToken();
        const connection = new Connection({
            instanceUrl: local.url,
            accessToken: first,
            version: '65.0',
            refreshFn: (_connection, done) => {
                refreshed++;
                done(null, newToken());
            }
        });
        await connection.request(`${ROOT}/limits`);
        expect(refreshed).toBe(0);
        await Promise.all([1, 2, 3].map(() => connection.query('SELECT Id FROM Organization')));
        expect(refreshed).toBe(1);
        const old = await fetch(`${local.url}${ROOT}/limits`, {
            headers: { Authorization: `Bearer ${first}` }
        });
        expect([old.status, await old.json()]).toEqual([
            401,
            [{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }]
        ]);
    });

    test('the sessions of one user are killed, others go on', async () => {
        local.org.faults.add({ kind: 'killSession', userId: userId(local.org, TEAM.rep) });
        expect((await admin('GET', '/limits')).status).toBe(200);
        expect((await callAs(local, TEAM.rep)('GET', '/limits')).status).toBe(401);
    });

    test('a row is locked: jsforce is told which of the rows, and the others are saved', async () => {
        const created = await local.admin
            .sobject('Rating__c')
            .create([{ Note__c: 'one' }, { Note__c: 'two' }, { Note__c: 'three' }]);
        const rows = created.map(({ id }, index) => ({ Id: id!, Points__c: index }));
        local.org.faults.add({
            kind: 'rowLock',
            object: 'Rating__c',
            where: (row) => row['Note__c'] === 'two'
        });
        const results = await local.admin.sobject('Rating__c').update(rows);
        expect(results.map(({ success }) => success)).toEqual([true, false, true]);
        expect(results[1]!.errors).toEqual([
            {
                statusCode: 'UNABLE_TO_LOCK_ROW',
                message: 'unable to obtain exclusive access to this record',
                fields: []
            }
        ]);
        expect(await local.admin.sobject('Rating__c').update(rows[1]!)).toMatchObject({ success: true });
    });
});

describe('answers that go wrong on the way', () => {
    const query = `${ROOT}/query?q=${encodeURIComponent('SELECT Id, Name, Phone FROM Account')}`;

    test('the connection ends in the middle of a page: the client has a part and knows that it is one', async () => {
        local.org.faults.add({ kind: 'dropConnection', path: /\/query/, afterBytes: 5000 });
        const response = await local.fetchAs(ADMIN, query);
        expect(response.status).toBe(200);
        await expect(response.text()).rejects.toThrow('terminated');
        local.org.faults.add({ kind: 'dropConnection', path: /\/query/, afterBytes: 5000 });
        const raw = await rawRequest(local, ADMIN, 'GET', query);
        expect(raw.isWhole).toBe(false);
        expect(raw.body).toHaveLength(5000);
        expect((await local.fetchAs(ADMIN, query)).ok).toBe(true);
    });

    test('the connection ends in the middle of bulk results, which can be read again', async () => {
        const { body } = await admin('POST', '/jobs/query', {
            operation: 'query',
            query: 'SELECT Id, Name, Phone FROM Account'
        });
        await finished(admin, `/jobs/query/${body.id}`);
        const path = `${ROOT}/jobs/query/${body.id}/results`;
        local.org.faults.add({ kind: 'dropConnection', path: /\/results/, afterBytes: 20_000 });
        const cut = await rawRequest(local, ADMIN, 'GET', path);
        expect([cut.isWhole, cut.body.length]).toEqual([false, 20_000]);
        const again = await rawRequest(local, ADMIN, 'GET', path);
        expect(again.isWhole).toBe(true);
        expect(again.body.toString().split('\n')).toHaveLength(2502);
    });

    test('the connection ends before the answer, and the work is done all the same', async () => {
        local.org.faults.add({ kind: 'dropConnection', method: 'POST' });
        await expect(
            local.fetchAs(ADMIN, `${ROOT}/sobjects/Account`, { method: 'POST', body: '{"Name":"Twice?"}' })
        ).rejects.toThrow('fetch failed');
        const found = await local.admin.query("SELECT Id FROM Account WHERE Name = 'Twice?'");
        expect(found.totalSize).toBe(1);
    });

    test('an answer is slow: a client that gives up finds its row saved', async () => {
        local.org.faults.add({ kind: 'slowAnswer', method: 'POST', ms: 60_000 });
        const signal = AbortSignal.timeout(100);
        const body = '{"Name":"Slow"}';
        await expect(
            local.fetchAs(ADMIN, `${ROOT}/sobjects/Account`, { method: 'POST', body, signal })
        ).rejects.toMatchObject({ name: 'TimeoutError' });
        const found = await local.admin.query("SELECT Id FROM Account WHERE Name = 'Slow'");
        expect(found.totalSize).toBe(1);
    });

    test('a short wait ends in the answer', async () => {
        local.org.faults.add({ kind: 'slowAnswer', path: /\/limits/, ms: 20 });
        expect((await admin('GET', '/limits')).status).toBe(200);
    });

    test('gzip comes broken: fetch fails, and the bytes cannot be unpacked', async () => {
        local.org.faults.add({ kind: 'brokenGzip', path: /\/query/, times: 2 });
        await expect(local.fetchAs(ADMIN, query).then((response) => response.text())).rejects.toThrow();
        const raw = await rawRequest(local, ADMIN, 'GET', query);
        expect(raw.headers['content-encoding']).toBe('gzip');
        expect(() => gunzipSync(raw.body)).toThrow();
        expect((await local.fetchAs(ADMIN, query)).ok).toBe(true);
    });

    test('gzip of bulk results comes broken as well', async () => {
        const { body } = await admin('POST', '/jobs/query', {
            operation: 'query',
            query: 'SELECT Id FROM Account'
        });
        await finished(admin, `/jobs/query/${body.id}`);
        local.org.faults.add({ kind: 'brokenGzip', path: /\/results/ });
        const path = `${ROOT}/jobs/query/${body.id}/results`;
        await expect(local.fetchAs(ADMIN, path).then((response) => response.text())).rejects.toThrow();
        expect((await (await local.fetchAs(ADMIN, path)).text()).split('\n')).toHaveLength(2504);
    });
});

describe('bulk jobs', () => {
    const rows = Array.from({ length: 500 }, (_, index) => `f-${index}`);
    const ingest = async (csv: string): Promise<any> => {
        const { body } = await admin('POST', '/jobs/ingest', { object: 'Rating__c', operation: 'insert' });
        await admin('PUT', `/jobs/ingest/${body.id}/batches`, csv, { 'Content-Type': 'text/csv' });
        await admin('PATCH', `/jobs/ingest/${body.id}`, { state: 'UploadComplete' });
        return body.id;
    };

    test('a slow job is seen InProgress until it goes on, and other jobs pass it', async () => {
        local.org.faults.add({ kind: 'slowJob', job: 'query', object: 'Account', ms: 300 });
        const slow = await admin('POST', '/jobs/query', {
            operation: 'query',
            query: 'SELECT Id FROM Account'
        });
        const quick = await admin('POST', '/jobs/query', {
            operation: 'query',
            query: 'SELECT Id FROM User'
        });
        expect(await finished(admin, `/jobs/query/${quick.body.id}`)).toMatchObject({ state: 'JobComplete' });
        expect((await admin('GET', `/jobs/query/${slow.body.id}`)).body.state).toBe('InProgress');
        expect((await admin('GET', `/jobs/query/${slow.body.id}/results`)).status).toBe(400);
        expect(await finished(admin, `/jobs/query/${slow.body.id}`)).toMatchObject({ state: 'JobComplete' });
    });

    test('jsforce gives up on a slow job after its poll timeout, and takes the job away', async () => {
        local.org.faults.add({ kind: 'slowJob', ms: 3_600_000 });
        const connection = local.as(ADMIN);
        connection.bulk2.pollInterval = 10;
        connection.bulk2.pollTimeout = 50;
        await expect(connection.bulk2.query('SELECT Id FROM Contact')).rejects.toThrow(/Polling timed out/);
        const { body } = await admin('GET', '/jobs/query');
        expect(body.records.filter((job: { object: string }) => job.object === 'Contact')).toEqual([]);
    });

    test('a job fails half way: some rows saved, the others handed back, the reason told', async () => {
        local.org.faults.add({ kind: 'failedJob', job: 'ingest', object: 'Rating__c', afterRows: 200 });
        const id = await ingest(['ExternalKey__c', ...rows].join('\n'));
        expect(await finished(admin, `/jobs/ingest/${id}`)).toMatchObject({
            state: 'Failed',
            numberRecordsProcessed: 200,
            errorMessage: expect.stringMatching(/^InternalServerError/)
        });
        const saved = (await admin('GET', `/jobs/ingest/${id}/successfulResults`)).body.trim().split('\n');
        const left = (await admin('GET', `/jobs/ingest/${id}/unprocessedrecords`)).body.trim().split('\n');
        expect([saved.length, left.length]).toEqual([201, 301]);
        expect(left[1]).toBe('"f-200"');
    });

    test('a job is aborted half way by somebody else', async () => {
        local.org.faults.add({ kind: 'abortedJob', afterRows: 400 });
        const id = await ingest(['Note__c', ...rows].join('\n'));
        expect(await finished(admin, `/jobs/ingest/${id}`)).toMatchObject({
            state: 'Aborted',
            numberRecordsProcessed: 400
        });
        const left = (await admin('GET', `/jobs/ingest/${id}/unprocessedrecords`)).body.trim().split('\n');
        expect(left).toHaveLength(101);
    });

    test('a query job fails with the message asked for, and jsforce throws', async () => {
        const errorMessage = 'QUERY_TIMEOUT: Your query request was running for too long.';
        local.org.faults.add({ kind: 'failedJob', job: 'query', errorMessage, times: 2 });
        await expect(local.admin.bulk2.query('SELECT Id FROM Account')).rejects.toThrow('failed to complete');
        const { body } = await admin('POST', '/jobs/query', {
            operation: 'query',
            query: 'SELECT Id FROM User'
        });
        expect(await finished(admin, `/jobs/query/${body.id}`)).toMatchObject({
            state: 'Failed',
            errorMessage
        });
    });
});

describe('the door for other processes', () => {
    const door = (method: string, body?: unknown): Promise<any> => admin(method, '//local-org/faults', body);

    test('switches a fault on, lists what has yet to strike, and clears it', async () => {
        const fault = { kind: 'unavailable', path: 'limits$', times: 3 };
        expect(await door('POST', fault)).toEqual({ status: 201, body: [{ ...fault, left: 3 }] });
        expect(await statuses(1, () => admin('GET', '/limits'))).toEqual([503]);
        expect((await door('GET')).body).toEqual([{ ...fault, left: 2 }]);
        expect((await door('DELETE')).status).toBe(204);
        expect(await statuses(1, () => admin('GET', '/limits'))).toEqual([200]);
    });

    test('locks the rows with given values', async () => {
        const [{ id }, other] = await local.admin.sobject('Rating__c').create([{}, {}]);
        await door('POST', { kind: 'rowLock', object: 'Rating__c', where: { Id: id } });
        const change = (one: string): Promise<{ status: number; body: any }> =>
            admin('PATCH', `/sobjects/Rating__c/${one}`, { Points__c: 1 });
        expect(await change(other!.id!)).toMatchObject({ status: 204 });
        expect(await change(id!)).toMatchObject({
            status: 400,
            body: [{ errorCode: 'UNABLE_TO_LOCK_ROW' }]
        });
        expect(await change(id!)).toMatchObject({ status: 204 });
    });

    test('is spared by the faults themselves', async () => {
        await door('POST', { kind: 'unavailable', times: 100 });
        expect((await door('DELETE')).status).toBe(204);
        expect((await admin('GET', '/limits')).status).toBe(200);
    });

    test.each<[string, unknown, RegExp]>([
        ['an unknown kind', { kind: 'flood' }, /no fault of kind flood; there are unavailable, requestLimit/],
        [
            'an unknown property',
            { kind: 'slowJob', ms: 1, rows: 2 },
            /slowJob has no rows; it has times, job/
        ],
        ['a property of the wrong type', { kind: 'slowJob', ms: 'long' }, /ms of slowJob is a number/],
        ['a missing property', { kind: 'rowLock' }, /rowLock needs object/],
        ['a path that is no pattern', { kind: 'unavailable', path: '(' }, /no regular expression/],
        ['no times', { kind: 'unavailable', times: 0 }, /times is a whole number above 0/],
        ['nothing', {}, /no fault of kind undefined/]
    ])('refuses %s by name', async (_what, body, message) => {
        expect(await door('POST', body)).toMatchObject({
            status: 400,
            body: [{ errorCode: 'INVALID_INPUT', message: expect.stringMatching(message) }]
        });
    });
});
