import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { setTimeout as pause } from 'node:timers/promises';
import { ADMIN, startTestOrg, TEAM, type TestOrg } from './support/test-org.ts';

const ROOT = '/services/data/v65.0/jobs';
let local: TestOrg;
beforeAll(async () => {
    local = await startTestOrg();
    local.org.load(
        'Opportunity',
        Array.from({ length: 5001 }, (_, index) => ({
            Name: `Deal "${index}",\nsecond line`,
            StageName: 'Prospecting',
            CloseDate: '2026-12-31',
            Amount: index % 2 ? index : null
        }))
    );
});
afterAll(() => local.stop());

const json = async (method: string, path: string, body?: object, username = ADMIN): Promise<any> => {
    const response = await local.fetchAs(username, ROOT + path, {
        method,
        ...(body ? { body: JSON.stringify(body) } : {})
    });
    const text = await response.text();
    return text === '' ? null : JSON.parse(text);
};
const finished = async (path: string, username = ADMIN): Promise<any> => {
    for (;;) {
        const job = await json('GET', path, undefined, username);
        if (['JobComplete', 'Failed', 'Aborted'].includes(job.state)) return job;
        await pause(5);
    }
};
const queryJob = async (soql: string, username = ADMIN, operation = 'query'): Promise<any> => {
    const job = await json('POST', '/query', { operation, query: soql }, username);
    return finished(`/query/${job.id}`, username);
};
const ingest = async (options: object, csv: string, username = ADMIN): Promise<any> => {
    const job = await json(
        'POST',
        '/ingest',
        { object: 'Rating__c', contentType: 'CSV', ...options },
        username
    );
    const headers = { 'Content-Type': 'text/csv; charset=utf-8' };
    await local.fetchAs(username, `${ROOT}/ingest/${job.id}/batches`, { method: 'PUT', body: csv, headers });
    await json('PATCH', `/ingest/${job.id}`, { state: 'UploadComplete' }, username);
    return finished(`/ingest/${job.id}`, username);
};
const rowsOf = async (path: string, username = ADMIN): Promise<Record<string, string>[]> =>
    parse(await (await local.fetchAs(username, ROOT + path)).text(), { columns: true }) as Record<
        string,
        string
    >[];

test('reads many pages by locator, a header on each, and every row once', async () => {
    const job = await queryJob('SELECT Id, Name, Amount, Owner.Name, CreatedDate, IsClosed FROM Opportunity');
    expect(job).toMatchObject({ state: 'JobComplete', numberRecordsProcessed: 5001, object: 'Opportunity' });
    const ids = new Set<string>();
    const counts: number[] = [];
    let locator: string | null = null;
    do {
        const response = await local.fetchAs(
            ADMIN,
            `${ROOT}/query/${job.id}/results?maxRecords=2000${locator ? `&locator=${locator}` : ''}`
        );
        const rows = parse(await response.text(), { columns: true }) as Record<string, string>[];
        expect(Object.keys(rows[0]!)).toEqual([
            'Id',
            'Name',
            'Amount',
            'Owner.Name',
            'CreatedDate',
            'IsClosed'
        ]);
        for (const row of rows) ids.add(row['Id']!);
        counts.push(Number(response.headers.get('sforce-numberofrecords')));
        expect(rows).toHaveLength(counts.at(-1)!);
        locator = response.headers.get('sforce-locator');
    } while (locator !== 'null');
    expect(counts).toEqual([2000, 2000, 1001]);
    expect(ids.size).toBe(5001);
});

test('writes nulls as empty, datetimes with Z and keeps quotes and line breaks', async () => {
    const job = await queryJob(
        'SELECT Name, Amount, CreatedDate FROM Opportunity WHERE Name LIKE \'Deal "0"%\''
    );
    const [row] = await rowsOf(`/query/${job.id}/results`);
    expect(row).toEqual({
        Name: 'Deal "0",\nsecond line',
        Amount: '',
        CreatedDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    });
});

test('jsforce reads a bulk query of one page', async () => {
    const stream = await local.admin.bulk2.query('SELECT Id, Name FROM Opportunity');
    expect(await stream.toArray()).toHaveLength(5001);
});

test('jsforce loads, updates and deletes rows', async () => {
    const load = (operation: string, input: object[]): Promise<any> =>
        local.admin.bulk2.loadAndWaitForResults({
            object: 'Rating__c',
            operation,
            input,
            pollInterval: 10
        } as never);
    const inserted = await load('insert', [{ Points__c: 1 }, { Points__c: -1 }]);
    expect(inserted.successfulResults).toHaveLength(1);
    expect(inserted.failedResults).toMatchObject([
        {
            sf__Error: expect.stringMatching(
                /^FIELD_CUSTOM_VALIDATION_EXCEPTION:Points cannot be negative\.:Points__c --$/
            )
        }
    ]);
    const Id = inserted.successfulResults[0].sf__Id;
    const updated = await load('update', [{ Id, Points__c: 5 }]);
    expect(updated.successfulResults).toMatchObject([{ sf__Id: Id, sf__Created: 'false' }]);
    const deleted = await load('delete', [{ Id }]);
    expect(deleted.successfulResults).toHaveLength(1);
    expect(
        local.org.db.prepare('SELECT "Points__c", "IsDeleted" FROM "Rating__c" WHERE "Id" = ?').get(Id)
    ).toEqual({
        Points__c: 5,
        IsDeleted: 1
    });
});

test('upserts 1,001 rows by external id and tells created from updated', async () => {
    const options = { operation: 'upsert', externalIdFieldName: 'ExternalKey__c' };
    const keys = Array.from({ length: 1001 }, (_, index) => `b-${index}`);
    const csv = (points: number): string =>
        ['ExternalKey__c,Points__c', ...keys.map((key) => `${key},${points}`)].join('\n');
    const first = await ingest(options, csv(1));
    const second = await ingest(options, csv(2));
    expect([first, second]).toMatchObject(
        Array(2).fill({ numberRecordsProcessed: 1001, numberRecordsFailed: 0 })
    );
    const created = async (id: string): Promise<Set<string>> =>
        new Set((await rowsOf(`/ingest/${id}/successfulResults`)).map((row) => row['sf__Created']!));
    expect([await created(first.id), await created(second.id)]).toEqual([
        new Set(['true']),
        new Set(['false'])
    ]);
});

test('reads quotes, line breaks, CRLF and other delimiters; empty leaves alone, #N/A empties', async () => {
    await ingest({ operation: 'insert' }, 'ExternalKey__c,Points__c,Note__c\nodd,3,a\n');
    const csv = 'ExternalKey__c;Points__c;Note__c\r\nodd;;"a;""b"\r\nnext;#N/A;"x\ny"\r\n';
    const job = await ingest(
        {
            operation: 'upsert',
            externalIdFieldName: 'ExternalKey__c',
            columnDelimiter: 'SEMICOLON',
            lineEnding: 'CRLF'
        },
        csv
    );
    expect(job).toMatchObject({ state: 'JobComplete', numberRecordsFailed: 0 });
    const saved = local.org.db
        .prepare(
            `SELECT "Points__c" AS points, "Note__c" AS note FROM "Rating__c" WHERE "ExternalKey__c" IN ('odd', 'next') ORDER BY "Id"`
        )
        .all();
    expect(saved).toEqual([
        { points: 3, note: 'a;"b' },
        { points: null, note: 'x\ny' }
    ]);
});

test('an unknown column or an empty upload fails the job with the reason', async () => {
    expect(await ingest({ operation: 'insert' }, 'Nope__c\n1\n')).toMatchObject({
        state: 'Failed',
        errorMessage: 'InvalidBatch : Field name not found : Nope__c'
    });
    expect(await ingest({ operation: 'update' }, 'Points__c\n1\n')).toMatchObject({ state: 'Failed' });
});

test('a wrong query fails the job, and an aborted upload leaves its rows unprocessed', async () => {
    expect(await queryJob('SELECT Nope FROM Opportunity')).toMatchObject({
        state: 'Failed',
        errorMessage: expect.stringContaining('INVALID_FIELD')
    });
    const job = await json('POST', '/ingest', { object: 'Rating__c', operation: 'insert' });
    const headers = { 'Content-Type': 'text/csv' };
    await local.fetchAs(ADMIN, `${ROOT}/ingest/${job.id}/batches`, {
        method: 'PUT',
        body: 'Points__c\n7\n',
        headers
    });
    expect(await json('PATCH', `/ingest/${job.id}`, { state: 'Aborted' })).toMatchObject({
        state: 'Aborted'
    });
    expect(await rowsOf(`/ingest/${job.id}/unprocessedrecords`)).toEqual([{ Points__c: '7' }]);
});

test.each([
    ['a row with too many cells', 'm-250,too many,cells'],
    ['a quote that never ends', '"m-250']
])('%s fails the job before any row is saved, and hands all rows back', async (_what, bad) => {
    const rows = Array.from({ length: 250 }, (_, index) => `m-${index}`);
    const csv = ['ExternalKey__c', ...rows, bad].join('\n');
    const job = await ingest({ operation: 'insert' }, csv);
    expect(job).toMatchObject({
        state: 'Failed',
        numberRecordsProcessed: 0,
        errorMessage: expect.stringMatching(/^InvalidBatch/)
    });
    const left = await local.fetchAs(ADMIN, `${ROOT}/ingest/${job.id}/unprocessedrecords`);
    expect(await left.text()).toBe(csv);
});

test('an aborted job hands back the rows it has not reached', async () => {
    const rows = Array.from({ length: 20_000 }, (_, index) => `n-${index}`);
    const { id } = await json('POST', '/ingest', { object: 'Rating__c', operation: 'insert' });
    const headers = { 'Content-Type': 'text/csv' };
    const body = ['ExternalKey__c', ...rows].join('\n');
    await local.fetchAs(ADMIN, `${ROOT}/ingest/${id}/batches`, { method: 'PUT', body, headers });
    await json('PATCH', `/ingest/${id}`, { state: 'UploadComplete' });
    while ((await json('GET', `/ingest/${id}`)).numberRecordsProcessed === 0) await pause(1);
    const { numberRecordsProcessed } = await json('PATCH', `/ingest/${id}`, { state: 'Aborted' });
    const left = (await rowsOf(`/ingest/${id}/unprocessedrecords`)).map((row) => row['ExternalKey__c']);
    expect(left).toEqual(rows.slice(numberRecordsProcessed));
    expect(await rowsOf(`/ingest/${id}/successfulResults`)).toHaveLength(numberRecordsProcessed);
});

test('a job belongs to its user', async () => {
    const job = await queryJob('SELECT Id FROM Opportunity LIMIT 1');
    expect(await json('GET', `/query/${job.id}`, undefined, TEAM.rep)).toMatchObject([
        { errorCode: 'NOT_FOUND' }
    ]);
});

test('other requests are answered while a job runs', async () => {
    const job = await json('POST', '/query', {
        operation: 'query',
        query: 'SELECT Id, Name FROM Opportunity'
    });
    expect(job.state).toBe('UploadComplete');
    expect(await json('GET', '/query')).toMatchObject({ done: true });
    expect(await finished(`/query/${job.id}`)).toMatchObject({ state: 'JobComplete' });
});
