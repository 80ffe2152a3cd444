// jsforce: one record at a time, by id and by external id, and what the org remembers of it.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Connection } from 'jsforce';
import { startTestOrg, type TestOrg } from '../support/test-org.ts';
import { refusal } from './support.ts';

let local: TestOrg;
let conn: Connection;
beforeAll(async () => {
    local = await startTestOrg();
    conn = local.admin;
});
afterAll(() => local.stop());

describe('a record', () => {
    test('is created, read with its address, changed and deleted', async () => {
        const account = conn.sobject('Account');
        const created = await account.create({
            Name: 'Meridian',
            NumberOfEmployees: 40,
            BillingCity: 'Leeds'
        });
        expect(created).toEqual({ id: expect.stringMatching(/^001\w{15}$/), success: true, errors: [] });
        const record = account.record(created.id!);
        expect(await record.retrieve()).toMatchObject({
            attributes: { type: 'Account', url: `/services/data/v65.0/sobjects/Account/${created.id}` },
            Name: 'Meridian',
            NumberOfEmployees: 40,
            Website: null,
            BillingAddress: { city: 'Leeds', street: null, country: null, latitude: null }
        });
        expect(await record.update({ Name: 'Meridian Bank', NumberOfEmployees: null })).toMatchObject({
            success: true,
            id: created.id
        });
        expect(await account.retrieve(created.id!, { fields: ['Name', 'NumberOfEmployees'] })).toEqual({
            attributes: expect.anything(),
            Name: 'Meridian Bank',
            NumberOfEmployees: null
        });
        expect(await record.destroy()).toMatchObject({ success: true });
        expect((await refusal(record.retrieve())).name).toBe('NOT_FOUND');
    });

    test('is found by fifteen characters of its id as well as by eighteen', async () => {
        const { id } = await conn.sobject('Account').create({ Name: 'Short' });
        const found = await conn.sobject('Account').retrieve(id!.slice(0, 15));
        expect(found).toMatchObject({ Id: id, Name: 'Short' });
    });

    test('keeps text, numbers, dates and checkboxes as they were given', async () => {
        const row = { Points__c: 12.5, Note__c: 'à "b" \n', On__c: '2026-02-28', IsFinal__c: true };
        const { id } = await conn.sobject('Rating__c').create({ ...row, Note__c: 'à "b"' });
        expect(await conn.sobject('Rating__c').retrieve(id!)).toMatchObject({
            ...row,
            Note__c: 'à "b"',
            Double__c: 25,
            Band__c: 'Good',
            Name: expect.stringMatching(/^RAT-\d{4}$/)
        });
    });

    test('belongs to the rep who creates it, and a peer does not find it', async () => {
        const { id } = await conn.sobject('Rating__c').create({ Note__c: 'mine' });
        const [mine] = await conn.sobject('Rating__c').find({ Id: id! }, ['Owner.Username']);
        expect(mine).toMatchObject({ Owner: { Username: 'admin@local.org' } });
        const peer = local.as('pia@local.org');
        expect((await refusal(peer.sobject('Rating__c').retrieve(id!))).name).toBe('NOT_FOUND');
    });
});

describe('an upsert by external id', () => {
    const upsert = (key: string, points: number) =>
        conn.sobject('Rating__c').upsert({ ExternalKey__c: key, Points__c: points }, 'ExternalKey__c');

    test('creates once, then changes the same record', async () => {
        const first = await upsert('once', 1);
        const second = await upsert('once', 2);
        expect(first).toMatchObject({ success: true, created: true });
        expect(second).toMatchObject({ success: true, created: false, id: first.id });
        expect(await conn.sobject('Rating__c').count({ ExternalKey__c: 'once' })).toBe(1);
        expect(await conn.sobject('Rating__c').retrieve(first.id!)).toMatchObject({ Points__c: 2 });
    });

    test.each(['ünïcode', "o'clock", 'a b', 'a+b', 'a.b'])('takes the key %s', async (key) => {
        const { id } = await upsert(key, 3);
        expect(await upsert(key, 4)).toMatchObject({ id, created: false });
        expect(await conn.sobject('Rating__c').findOne({ ExternalKey__c: key })).toMatchObject({
            Id: id,
            Points__c: 4
        });
    });

    test('of a key that two records share tells which they are and changes neither', async () => {
        await conn.metadata.create('CustomField', {
            fullName: 'Account.Code__c',
            label: 'Code',
            type: 'Text',
            length: 20,
            externalId: true
        });
        const ids = await Promise.all(
            ['One', 'Two'].map(
                async (Name) => (await conn.sobject('Account').create({ Name, Code__c: 'same' })).id!
            )
        );
        const refused = await refusal(
            conn.sobject('Account').upsert({ Code__c: 'same', Name: 'Three' }, 'Code__c')
        );
        expect(refused.name).toBe('MULTIPLE_CHOICES');
        expect(refused.data).toEqual(
            expect.arrayContaining(ids.map((id) => `/services/data/v65.0/sobjects/Account/${id}`))
        );
        expect(await conn.sobject('Account').count({ Name: 'Three' })).toBe(0);
    });
});

describe('what the org remembers', () => {
    test('records queried for view are the recent ones, newest first, as far as they still exist', async () => {
        const view = (id: string) =>
            conn.query(`SELECT Id, Name FROM Account WHERE Id = '${id}' LIMIT 1 FOR VIEW`);
        const ids: string[] = [];
        for (const Name of ['Seen first', 'Seen last', 'Seen and deleted'])
            ids.push((await conn.sobject('Account').create({ Name })).id!);
        for (const id of ids) await view(id);
        await conn.sobject('Account').destroy(ids[2]!);
        const names = (records: unknown[]) => records.map((record) => (record as { Name: string }).Name);
        expect(new Set(names(await conn.recent(2)))).toEqual(new Set(['Seen first', 'Seen last']));
        expect(new Set(names(await conn.sobject('Account').recent()))).toEqual(
            new Set(['Seen first', 'Seen last'])
        );
        expect(await conn.sobject('Contact').recent()).toEqual([]);
    });

    test('ids changed and deleted within a span of time', async () => {
        const [start, end] = [Date.now() - 60_000, Date.now() + 60_000].map((time) => new Date(time));
        const kept = await conn.sobject('Contact').create({ LastName: 'Stays' });
        const gone = await conn.sobject('Contact').create({ LastName: 'Goes' });
        await conn.sobject('Contact').destroy(gone.id!);
        const { ids } = await conn.sobject('Contact').updated(start!, end!);
        const { deletedRecords } = await conn.sobject('Contact').deleted(start!, end!);
        expect(ids).toContain(kept.id);
        expect(ids).not.toContain(gone.id);
        expect(deletedRecords.map(({ id }) => id)).toEqual([gone.id]);
    });
});
