// jsforce: finding, counting, changing and deleting records by conditions instead of SOQL text.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SfDate, type Connection } from 'jsforce';
import { startTestOrg, type TestOrg } from '../support/test-org.ts';

let local: TestOrg;
let conn: Connection;
beforeAll(async () => {
    local = await startTestOrg();
    conn = local.admin;
    const accounts = await conn.sobject('Account').create([
        { Name: 'Aldgate', Industry: 'Banking', NumberOfEmployees: 10 },
        { Name: 'Barbican', Industry: 'Finance', NumberOfEmployees: 20 },
        { Name: `O'Neill 100%`, Industry: 'Banking', NumberOfEmployees: null },
        { Name: 'Zed_line', NumberOfEmployees: 40 }
    ]);
    await conn.sobject('Contact').create([
        { LastName: 'Frost', FirstName: 'Ann', AccountId: accounts[0]!.id },
        { LastName: 'Grey', FirstName: 'Ben', AccountId: accounts[0]!.id },
        { LastName: 'Hale', FirstName: 'Cas', AccountId: accounts[1]!.id }
    ]);
});
afterAll(() => local.stop());

const names = (records: Record<string, any>[]): string[] => records.map((record) => record['Name']);
const found = async (conditions: object | string): Promise<string[]> =>
    names(
        await conn
            .sobject('Account')
            .find(conditions as object, ['Name'])
            .sort('Name')
    );

describe('conditions', () => {
    test.each<[string, object | string, string[]]>([
        ['a value', { Name: 'aldgate' }, ['Aldgate']],
        ['a value with a quote', { Name: `O'Neill 100%` }, [`O'Neill 100%`]],
        ['several values', { Industry: ['Banking', 'Finance'] }, ['Aldgate', 'Barbican', `O'Neill 100%`]],
        ['none of several values', { Name: { $nin: ['Aldgate', 'Barbican'] } }, [`O'Neill 100%`, 'Zed_line']],
        ['no value', { Industry: null }, ['Zed_line']],
        ['any value', { NumberOfEmployees: { $ne: null } }, ['Aldgate', 'Barbican', 'Zed_line']],
        [
            'a range',
            { $and: [{ NumberOfEmployees: { $gte: 10 } }, { NumberOfEmployees: { $lt: 40 } }] },
            ['Aldgate', 'Barbican']
        ],
        ['a pattern', { Name: { $like: '%a%' } }, ['Aldgate', 'Barbican']],
        ['not a pattern', { Name: { $nlike: '%a%' } }, [`O'Neill 100%`, 'Zed_line']],
        [
            'one or the other',
            { $or: [{ Name: 'Aldgate' }, { NumberOfEmployees: { $gt: 30 } }] },
            ['Aldgate', 'Zed_line']
        ],
        ['both', { $and: [{ Industry: 'Banking' }, { NumberOfEmployees: 10 }] }, ['Aldgate']],
        ['text of a condition', `Name LIKE 'Bar%' AND Industry = 'Finance'`, ['Barbican']],
        ['a date of long ago', { CreatedDate: { $lt: new SfDate('1970-01-01T00:00:00Z') } }, []],
        [
            'a date literal',
            { CreatedDate: { $gte: SfDate.TODAY } },
            ['Aldgate', 'Barbican', `O'Neill 100%`, 'Zed_line']
        ]
    ])('%s', async (_name, conditions, expected) => {
        expect(await found(conditions)).toEqual(expected);
    });
});

describe('what is read', () => {
    test('is sorted by several fields, up and down, with blanks first when going up', async () => {
        const sorted = conn.sobject('Account').find({}, ['Name', 'Industry']).sort('Industry -Name');
        expect(names(await sorted)).toEqual(['Zed_line', `O'Neill 100%`, 'Aldgate', 'Barbican']);
    });

    test('can be cut: skipped and limited', async () => {
        const query = conn.sobject('Account').find({}, ['Name']).sort('Name').skip(1).limit(2);
        expect(names(await query)).toEqual(['Barbican', `O'Neill 100%`]);
    });

    test('is every field of the record and of a parent when a star is asked for', async () => {
        const [contact] = (await conn
            .sobject('Contact')
            .select('*, Account.*, Owner.Username')
            .where({ LastName: 'Frost' })) as any[];
        expect(contact).toMatchObject({
            FirstName: 'Ann',
            MailingAddress: null,
            Account: { Name: 'Aldgate', Industry: 'Banking', BillingAddress: null },
            Owner: { Username: 'admin@local.org' }
        });
    });

    test('has children with their own conditions, order and limit', async () => {
        const accounts = (await conn
            .sobject('Account')
            .find({ Name: ['Aldgate', 'Zed_line'] }, ['Name'])
            .include('Contacts', { LastName: { $ne: 'Frost' } }, ['LastName'], { limit: 1 })
            .end()
            .sort('Name')) as any[];
        expect(accounts.map((one) => one.Contacts?.records.map((contact: any) => contact.LastName))).toEqual([
            ['Grey'],
            undefined
        ]);
    });

    test('is one record or null, and a number when only counted', async () => {
        expect(await conn.sobject('Account').findOne({ Name: 'Aldgate' })).toMatchObject({ Name: 'Aldgate' });
        expect(await conn.sobject('Account').findOne({ Name: 'Nobody' })).toBeNull();
        expect(await conn.sobject('Account').count({ Industry: 'Banking' })).toBe(2);
    });
});

describe('changing and deleting what a query finds', () => {
    const make = async (note: string, count: number): Promise<void> => {
        const rows = Array.from({ length: count }, (_, index) => ({ Note__c: note, Points__c: index }));
        const results = await conn.sobject('Rating__c').create(rows, { allowRecursive: true });
        expect(results.every(({ success }) => success)).toBe(true);
    };

    test('fills a template from each record', async () => {
        await make('few', 3);
        const results = await conn
            .sobject('Rating__c')
            .find({ Note__c: 'few' })
            // eslint-disable-next-line no-template-curly-in-string -- jsforce's own template
            .update({ ExternalKey__c: 'key-${Points__c}', Points__c: null });
        expect(results.map(({ success }) => success)).toEqual([true, true, true]);
        const changed = await conn.sobject('Rating__c').find({ Note__c: 'few' }).sort('ExternalKey__c');
        expect(changed.map((one) => [one.ExternalKey__c, one.Points__c])).toEqual([
            ['key-0', null],
            ['key-1', null],
            ['key-2', null]
        ]);
    });

    test('goes in lists of 200 when there are more, and nothing is left out', async () => {
        await make('many', 450);
        const query = () => conn.sobject('Rating__c').find({ Note__c: 'many' });
        const updated = await query().update({ Points__c: 7 }, { allowBulk: false });
        expect(updated).toHaveLength(450);
        expect(await conn.sobject('Rating__c').count({ Note__c: 'many', Points__c: 7 })).toBe(450);
        const deleted = await query().destroy({ allowBulk: false });
        expect(deleted.filter(({ success }) => success)).toHaveLength(450);
        expect(await conn.sobject('Rating__c').count({ Note__c: 'many' })).toBe(0);
    });

    test('goes through a bulk job when asked to', async () => {
        await make('bulk', 210);
        conn.bulk2.pollInterval = 20;
        const query = () => conn.sobject('Rating__c').find({ Note__c: 'bulk' });
        const updated = await query().update({ Points__c: 9 }, { bulkApiVersion: 2 });
        expect(updated.filter(({ success }) => success)).toHaveLength(210);
        const deleted = await query().destroy({ bulkApiVersion: 2 });
        expect(deleted.filter(({ success }) => success)).toHaveLength(210);
        expect(await conn.sobject('Rating__c').count({ Note__c: 'bulk' })).toBe(0);
    });

    test('of a query that finds nothing changes nothing', async () => {
        const query = () => conn.sobject('Rating__c').find({ Note__c: 'nobody' });
        expect(await query().update({ Points__c: 1 })).toEqual([]);
        expect(await query().destroy()).toEqual([]);
    });
});
