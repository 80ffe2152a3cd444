// jsforce: SOQL, pages of a result, and the ways jsforce reads them.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Connection } from 'jsforce';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { startTestOrg, TEAM, type TestOrg } from '../support/test-org.ts';
import { refusal } from './support.ts';

const ROWS = 4321;
const ALL = 'SELECT Id, Points__c FROM Rating__c ORDER BY ExternalKey__c';

let local: TestOrg;
let conn: Connection;
beforeAll(async () => {
    local = await startTestOrg();
    conn = local.admin;
    const key = (index: number) => `K${String(index).padStart(5, '0')}`;
    local.org.load(
        'Rating__c',
        Array.from({ length: ROWS }, (_, index) => ({ ExternalKey__c: key(index), Points__c: index % 100 }))
    );
    const account = await conn.sobject('Account').create({ Name: 'Meridian', BillingCity: 'Leeds' });
    await conn
        .sobject('Contact')
        .create(
            ['Ada', 'Bo', 'Cy'].map((name) => ({ AccountId: account.id, FirstName: name, LastName: 'Hill' }))
        );
});
afterAll(() => local.stop());

describe('a long result', () => {
    test('comes in pages of 2,000 that hold every row once and in order', async () => {
        const pages: number[] = [];
        const ids = new Set<string>();
        let result = await conn.query(ALL);
        for (;;) {
            pages.push(result.records.length);
            expect(result.totalSize).toBe(ROWS);
            for (const { Id } of result.records) ids.add(Id!);
            if (result.done) break;
            result = await conn.queryMore(result.nextRecordsUrl!);
        }
        expect(pages).toEqual([2000, 2000, 321]);
        expect(ids.size).toBe(ROWS);
        expect(result.nextRecordsUrl).toBeUndefined();
    });

    test.each([
        [1999, 1999],
        [2000, 2000],
        [2001, 2001],
        [100_000, ROWS]
    ])('is read on by itself up to %d rows', async (maxFetch, expected) => {
        const result = await conn.query(ALL, { autoFetch: true, maxFetch });
        expect(result.records).toHaveLength(expected);
        expect(result.totalSize).toBe(ROWS);
    });

    test('has smaller pages when the request asks for them', async () => {
        const result = await conn.query(ALL, { headers: { 'Sforce-Query-Options': 'batchSize=200' } });
        expect(result.records).toHaveLength(200);
        expect((await conn.queryMore(result.nextRecordsUrl!)).records[0]).not.toEqual(result.records[0]);
    });

    test('belongs to whoever opened it', async () => {
        const { nextRecordsUrl } = await conn.query(ALL);
        const refused = await refusal(Promise.resolve(local.as(TEAM.rep).queryMore(nextRecordsUrl!)));
        expect(refused.name).toBe('INVALID_QUERY_LOCATOR');
    });

    test('flows as CSV with one line a row', async () => {
        let text = '';
        const sink = new Writable({
            write(chunk, _encoding, done) {
                text += String(chunk);
                done();
            }
        });
        const query = conn.query(`${ALL} LIMIT 2500`, { autoFetch: true, maxFetch: 10_000 });
        await pipeline(query.stream('csv'), sink);
        const lines = text.trim().split('\n');
        expect(lines[0]).toBe('Id,Points__c');
        expect(lines).toHaveLength(2501);
    });
});

describe('a query', () => {
    test('reads parents as records inside the record, and children as results of their own', async () => {
        const [account] = (
            await conn.query(
                `SELECT Name, Owner.Name, Parent.Name, (SELECT FirstName, Account.Name FROM Contacts ORDER BY FirstName DESC)
                 FROM Account WHERE Name = 'Meridian'`
            )
        ).records as any[];
        expect(account.Owner).toMatchObject({ attributes: { type: 'User' }, Name: 'Ada Admin' });
        expect(account.Parent).toBeNull();
        expect(account.Contacts).toMatchObject({ totalSize: 3, done: true });
        expect(account.Contacts.records.map((one: any) => [one.FirstName, one.Account.Name])).toEqual([
            ['Cy', 'Meridian'],
            ['Bo', 'Meridian'],
            ['Ada', 'Meridian']
        ]);
    });

    test('adds up in groups, with the aliases it was given', async () => {
        const { records } = await conn.query(
            `SELECT Band__c band, COUNT(Id) many, MAX(ExternalKey__c), SUM(Points__c) points FROM Rating__c
             WHERE Points__c < 2 GROUP BY Band__c`
        );
        expect(records).toEqual([
            { attributes: { type: 'AggregateResult' }, band: 'Good', many: 88, expr0: 'K04301', points: 44 }
        ]);
    });

    test('of a count alone has a size and no records', async () => {
        const result = await conn.query('SELECT COUNT() FROM Rating__c WHERE Points__c < 50');
        expect(result).toEqual({ totalSize: 2171, done: true, records: [] });
    });

    test('sees deleted rows only when it scans all', async () => {
        const { id } = await conn.sobject('Contact').create({ LastName: 'Deleted' });
        await conn.sobject('Contact').destroy(id!);
        const soql = `SELECT Id, IsDeleted FROM Contact WHERE LastName = 'Deleted'`;
        expect((await conn.query(soql)).totalSize).toBe(0);
        expect((await conn.query(soql, { scanAll: true })).records).toMatchObject([
            { Id: id, IsDeleted: true }
        ]);
    });

    test('reads an address as one value and will not filter by it', async () => {
        const soql = `SELECT BillingAddress, ShippingAddress FROM Account WHERE Name = 'Meridian'`;
        expect((await conn.query(soql)).records).toMatchObject([
            { BillingAddress: { city: 'Leeds', postalCode: null }, ShippingAddress: null }
        ]);
        const refused = await refusal(
            conn.query(`SELECT Id FROM Account WHERE BillingAddress = 'Leeds'`).execute()
        );
        expect(refused.name).toBe('INVALID_FIELD');
    });
});

describe('a query plan', () => {
    const plan = async (where: string) =>
        (await conn.query(`SELECT Id FROM Rating__c WHERE ${where}`).explain()).plans[0]!;

    test('of a filter by an indexed field leads with the index', async () => {
        expect(await plan(`ExternalKey__c = 'K00001' AND Points__c > 0`)).toMatchObject({
            leadingOperationType: 'Index',
            fields: ['ExternalKey__c'],
            cardinality: 1,
            sobjectCardinality: ROWS,
            sobjectType: 'Rating__c',
            notes: [{ fields: ['Points__c'] }]
        });
    });

    test('of any other filter reads the whole table, at a cost above one', async () => {
        for (const where of ['Points__c = 3', `ExternalKey__c = 'K00001' OR Points__c = 3`]) {
            const { leadingOperationType, relativeCost } = await plan(where);
            expect(leadingOperationType).toBe('TableScan');
            expect(relativeCost).toBeGreaterThan(1);
        }
    });

    test('of a wrong query is the error of the query', async () => {
        expect((await refusal(plan(`Nothing__c = 1`))).name).toBe('INVALID_FIELD');
    });
});
