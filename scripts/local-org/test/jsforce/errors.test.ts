// jsforce: every refusal carries Salesforce's code, a sentence, and the fields that are to blame.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Connection } from 'jsforce';
import { startTestOrg, TEAM, type TestOrg } from '../support/test-org.ts';
import { refusal } from './support.ts';

let local: TestOrg;
let conn: Connection;
beforeAll(async () => {
    local = await startTestOrg();
    conn = local.admin;
});
afterAll(() => local.stop());

describe('a query', () => {
    test.each([
        ['MALFORMED_QUERY', 'SELECT FROM Account', /unexpected token/],
        ['MALFORMED_QUERY', `SELECT Id FROM Account WHERE Name = 'open`, /./],
        ['INVALID_FIELD', 'SELECT Nothing FROM Account', /No such column 'Nothing' on entity 'Account'/],
        ['INVALID_FIELD', 'SELECT Nobody.Name FROM Account', /relationship/i],
        ['INVALID_TYPE', 'SELECT Id FROM Nowhere__c', /sObject type 'Nowhere__c' is not supported/],
        ['INVALID_QUERY_FILTER_OPERATOR', `SELECT Id FROM Account WHERE Id = 'no id'`, /invalid ID field/],
        ['NUMBER_OUTSIDE_VALID_RANGE', 'SELECT Id FROM Account LIMIT 1 OFFSET 2001', /2000/]
    ])('is refused as %s: %s', async (code, soql, message) => {
        const { name, message: told, data } = await refusal(conn.query(soql).execute());
        expect([name, told]).toEqual([code, expect.stringMatching(message)]);
        expect(data).toMatchObject({ errorCode: code, message: told });
    });

    test('on with a locator that was never given is refused', async () => {
        const more = Promise.resolve(conn.queryMore('/services/data/v65.0/query/0r8000000000000AAA-2000'));
        expect((await refusal(more)).name).toBe('INVALID_QUERY_LOCATOR');
    });
});

describe('saving', () => {
    const rating = (row: object) => conn.sobject('Rating__c').create(row);

    test.each<[string, object, string[]]>([
        ['FIELD_CUSTOM_VALIDATION_EXCEPTION', { Points__c: -1 }, ['Points__c']],
        ['STRING_TOO_LONG', { Note__c: 'eleven chars' }, ['Note__c']],
        ['INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', { Band__c: 'Ugly' }, ['Band__c']],
        ['NUMBER_OUTSIDE_VALID_RANGE', { Points__c: 123456 }, ['Points__c']],
        ['INVALID_FIELD', { Nothing__c: 1 }, []],
        ['INVALID_FIELD_FOR_INSERT_UPDATE', { Double__c: 1 }, ['Double__c']],
        ['MALFORMED_ID', { Opportunity__c: 'nonsense' }, ['Opportunity__c']],
        ['JSON_PARSER_ERROR', { On__c: 'tomorrow' }, []]
    ])('is refused as %s', async (code, row, fields) => {
        const { name, data } = await refusal(rating(row));
        expect(name).toBe(code);
        expect((data as { fields?: string[] }).fields ?? []).toEqual(fields);
    });

    test('without a required field names the field', async () => {
        const { name, message, data } = await refusal(conn.sobject('Account').create({ Phone: '1' }));
        expect([name, message]).toEqual(['REQUIRED_FIELD_MISSING', 'Required fields are missing: [Name]']);
        expect(data).toMatchObject({ fields: ['Name'] });
    });

    test('a value that must be unique a second time names the record that has it', async () => {
        const { id } = await rating({ ExternalKey__c: 'taken' });
        const { name, message } = await refusal(rating({ ExternalKey__c: 'TAKEN' }));
        expect(name).toBe('DUPLICATE_VALUE');
        expect(message).toContain(id!.slice(0, 15));
    });

    test('a lookup to a record that does not exist is refused', async () => {
        const unknown = local.org.ids.newId('006');
        const { name } = await refusal(rating({ Opportunity__c: unknown }));
        expect(name).toBe('INVALID_CROSS_REFERENCE_KEY');
    });

    test('a record twice deleted is gone', async () => {
        const { id } = await rating({ Note__c: 'once' });
        await conn.sobject('Rating__c').destroy(id!);
        expect((await refusal(conn.sobject('Rating__c').destroy(id!))).name).toBe('ENTITY_IS_DELETED');
        const changed = conn.sobject('Rating__c').update({ Id: id!, Note__c: 'x' });
        expect((await refusal(changed)).name).toBe('ENTITY_IS_DELETED');
    });

    test('an upsert by a field that is no key is refused', async () => {
        const upsert = conn.sobject('Rating__c').upsert({ Note__c: 'x' }, 'Note__c');
        expect((await refusal(upsert)).name).toBe('NOT_FOUND');
    });
});

describe('reading', () => {
    test('an object, a record or a path that is not there is not found', async () => {
        const paths = [
            '/sobjects/Nowhere__c/describe',
            `/sobjects/Account/${local.org.ids.newId('001')}`,
            '/nowhere'
        ];
        for (const path of paths) expect((await refusal(conn.request(path))).name).toBe('NOT_FOUND');
    });

    test('another user’s private record is not found, as if it did not exist', async () => {
        const { id } = await conn.sobject('Opportunity').create({
            Name: 'Private',
            StageName: 'Prospecting',
            CloseDate: '2026-12-31'
        });
        const rep = local.as(TEAM.rep);
        const hidden = await refusal(rep.sobject('Opportunity').retrieve(id!));
        const absent = await refusal(rep.sobject('Opportunity').retrieve(local.org.ids.newId('006')));
        expect(hidden).toEqual(absent);
    });
});

describe('a session', () => {
    test('that never was is told so by every API', async () => {
        const stranger = new Connection({ instanceUrl: local.url, accessToken: 'never', version: '65.0' });
        const calls: (() => PromiseLike<unknown>)[] = [
            () => stranger.query('SELECT Id FROM User').execute(),
            () => stranger.sobject('Account').create({ Name: 'A' }),
            () => stranger.limits(),
            () => stranger.bulk2.query('SELECT Id FROM User')
        ];
        for (const call of calls) expect((await refusal(call())).name).toBe('INVALID_SESSION_ID');
        expect((await refusal(stranger.metadata.list({ type: 'ApexClass' }))).name).toBe(
            'sf:INVALID_SESSION_ID'
        );
    });

    test('cannot be had by a password: the reason is told', async () => {
        const client = new Connection({
            oauth2: { clientId: 'a', clientSecret: 'b', loginUrl: local.url },
            loginUrl: local.url
        });
        const { name, message } = await refusal(client.login('admin@local.org', 'secret'));
        expect(name).toBe('unsupported_grant_type');
        expect(message).toContain('password');
    });
});
