// jsforce: Bulk API 2.0, ingest and query, as `conn.bulk2` drives it.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Connection } from 'jsforce';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { startTestOrg, TEAM, type TestOrg } from '../support/test-org.ts';
import { refusal } from './support.ts';

let local: TestOrg;
let conn: Connection;
beforeAll(async () => {
    local = await startTestOrg();
    conn = quick(local.admin);
});
afterAll(() => local.stop());

function quick(connection: Connection): Connection {
    connection.bulk2.pollInterval = 20;
    return connection;
}

type Operation = 'insert' | 'update' | 'upsert' | 'delete' | 'hardDelete';
const load = (operation: Operation, input: any, more: object = {}) =>
    conn.bulk2.loadAndWaitForResults({ object: 'Rating__c', operation, input, ...more });
const read = async (soql: string, options: object = {}): Promise<any[]> =>
    (await conn.bulk2.query(soql, options)).toArray();

describe('loading', () => {
    test('says of every row what became of it: its id, or what is wrong with it', async () => {
        const { successfulResults, failedResults, unprocessedRecords } = await load('insert', [
            { Note__c: 'load', Points__c: '1.5' },
            { Note__c: 'load', Points__c: '-1' },
            { Note__c: 'far too long for it', Points__c: '3' }
        ]);
        expect(successfulResults).toEqual([
            expect.objectContaining({
                sf__Id: expect.stringMatching(/^a0R/),
                sf__Created: 'true',
                Points__c: '1.5'
            })
        ]);
        expect(failedResults.map((row) => [row.sf__Id, row.sf__Error])).toEqual([
            ['', 'FIELD_CUSTOM_VALIDATION_EXCEPTION:Points cannot be negative.:Points__c --'],
            ['', expect.stringMatching(/^STRING_TOO_LONG:.*:Note__c --$/)]
        ]);
        expect(unprocessedRecords).toEqual([]);
        expect(await conn.sobject('Rating__c').count({ Note__c: 'load' })).toBe(1);
    });

    test('upserts by an external id, updates by id and deletes', async () => {
        const upsert = (rows: object[]) => load('upsert', rows, { externalIdFieldName: 'ExternalKey__c' });
        const first = await upsert([{ ExternalKey__c: 'u1', Points__c: '1' }]);
        const second = await upsert([
            { ExternalKey__c: 'u1', Points__c: '2' },
            { ExternalKey__c: 'u2', Points__c: '3' }
        ]);
        expect(second.successfulResults.map((row) => row.sf__Created)).toEqual(['false', 'true']);
        const [id, other] = second.successfulResults.map((row) => row.sf__Id);
        expect(id).toBe(first.successfulResults[0]!.sf__Id);
        await load('update', [{ Id: id, Points__c: '#N/A', Note__c: 'changed' }]);
        expect(await conn.sobject('Rating__c').retrieve(id!)).toMatchObject({
            Points__c: null,
            Note__c: 'changed'
        });
        const deleted = await load('delete', [{ Id: id }, { Id: other }]);
        expect(deleted.successfulResults).toHaveLength(2);
        expect(await conn.sobject('Rating__c').count({ ExternalKey__c: ['u1', 'u2'] })).toBe(0);
    });

    test('reads a stream of CSV with quotes, commas and line breaks in it', async () => {
        const csv = [
            'NAME,BILLINGSTREET,DESCRIPTION',
            '"Say ""hi"", Ltd","1 Way\nTown",plain',
            'Plain,,"a,b"'
        ];
        const { successfulResults } = await conn.bulk2.loadAndWaitForResults({
            object: 'Account',
            operation: 'insert',
            input: Readable.from([csv.join('\n')])
        });
        expect(successfulResults).toHaveLength(2);
        const accounts = await conn
            .sobject('Account')
            .find({}, ['Name', 'BillingStreet', 'Description'])
            .sort('Name');
        expect(accounts).toMatchObject([
            { Name: 'Plain', BillingStreet: null, Description: 'a,b' },
            { Name: 'Say "hi", Ltd', BillingStreet: '1 Way\nTown', Description: 'plain' }
        ]);
    });

    test.each<Operation>(['insert', 'delete'])(
        'nothing at all is a job with nothing to do (%s)',
        async (operation) => {
            expect(await load(operation, [])).toEqual({
                successfulResults: [],
                failedResults: [],
                unprocessedRecords: []
            });
        }
    );

    test('fails as a whole, and saves nothing, when a column is unknown', async () => {
        const refused = await refusal(load('insert', [{ Note__c: 'whole', Nothing__c: '1' }]));
        expect(refused.message).toContain('Field name not found : Nothing__c');
        expect(await conn.sobject('Rating__c').count({ Note__c: 'whole' })).toBe(0);
    });

    test('is done step by step with a job that can be looked at and aborted', async () => {
        const job = conn.bulk2.createJob({ object: 'Rating__c', operation: 'insert' });
        const info = await job.open();
        expect(info).toMatchObject({
            state: 'Open',
            object: 'Rating__c',
            contentType: 'CSV',
            operation: 'insert'
        });
        await job.uploadData('Note__c\nstep\n');
        await job.abort();
        expect(await job.check()).toMatchObject({ state: 'Aborted', numberRecordsProcessed: 0 });
        expect(await conn.sobject('Rating__c').count({ Note__c: 'step' })).toBe(0);
    });
});

describe('reading', () => {
    beforeAll(async () => {
        await conn
            .sobject('Opportunity')
            .create({ Name: 'Hidden', StageName: 'Prospecting', CloseDate: '2026-12-31' });
        const rows = Array.from({ length: 3000 }, (_, index) => ({
            Note__c: 'query',
            Points__c: index / 10
        }));
        local.org.load('Rating__c', rows);
    });

    test('gives every row, as text, with the columns in the order asked for', async () => {
        const rows = await read(
            `SELECT Points__c, Id, Owner.Username FROM Rating__c WHERE Note__c = 'query'`
        );
        expect(rows).toHaveLength(3000);
        expect(Object.keys(rows[0])).toEqual(['Points__c', 'Id', 'Owner.Username']);
        expect(new Set(rows.map((row) => row.Id)).size).toBe(3000);
    });

    test('sees deleted rows only when it scans all', async () => {
        const { id } = await conn.sobject('Rating__c').create({ Note__c: 'bin' });
        await conn.sobject('Rating__c').destroy(id!);
        const soql = `SELECT Id FROM Rating__c WHERE Note__c = 'bin'`;
        expect(await read(soql)).toEqual([]);
        expect(await read(soql, { scanAll: true })).toEqual([{ Id: id }]);
    });

    /** jsforce tells that a query failed, and deletes the job that knows why. */
    const reasonOf = async (user: Connection, query: string): Promise<string> => {
        expect((await refusal(quick(user).bulk2.query(query))).message).toBe('Query job failed to complete');
        const job: any = await user.requestPost('/jobs/query', { operation: 'query', query });
        for (;;) {
            const { state, errorMessage }: any = await user.request(`/jobs/query/${job.id}`);
            if (state === 'Failed') return errorMessage;
            await pause(5);
        }
    };

    test.each([
        ['a field that is not there', 'SELECT Nothing__c FROM Rating__c', /INVALID_FIELD.*Nothing__c/s],
        ['a compound address', 'SELECT BillingAddress FROM Account', /compound data not supported/]
    ])('refuses %s', async (_what, query, reason) => {
        expect(await reasonOf(conn, query)).toMatch(reason);
    });

    test('hides from a user what he may not see', async () => {
        const rep = local.as(TEAM.rep);
        expect(await reasonOf(rep, 'SELECT Id FROM Rating__c')).toMatch(/INVALID_TYPE.*Rating__c/s);
        const deals = await quick(rep).bulk2.query('SELECT Id FROM Opportunity');
        expect(await deals.toArray()).toEqual([]);
    });
});

describe('a session that has ended', () => {
    const expired = (options: object) =>
        quick(new Connection({ instanceUrl: local.url, accessToken: 'ended', version: '65.0', ...options }));

    test('is renewed once, and the job is done', async () => {
        let renewals = 0;
        const renewing = expired({
            refreshFn: (_conn: Connection, done: (error: Error | null, token?: string) => void) => {
                renewals++;
                done(null, conn.accessToken!);
            }
        });
        const { successfulResults } = await renewing.bulk2.loadAndWaitForResults({
            object: 'Rating__c',
            operation: 'insert',
            input: [{ Note__c: 'renewed' }]
        });
        expect([renewals, successfulResults.length]).toEqual([1, 1]);
    });

    test('is an error without a way to renew it', async () => {
        const refused = await refusal(
            expired({}).bulk2.loadAndWaitForResults({ object: 'Rating__c', operation: 'insert', input: [{}] })
        );
        expect(refused.name).toBe('INVALID_SESSION_ID');
    });
});
