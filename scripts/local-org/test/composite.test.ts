import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { to18 } from '../ids.ts';
import { ADMIN, startTestOrg, type TestOrg } from './support/test-org.ts';

const ROOT = '/services/data/v65.0';
let local: TestOrg;
beforeAll(async () => {
    local = await startTestOrg();
});
afterAll(() => local.stop());

const send = async (method: string, path: string, body?: object): Promise<any> => {
    const response = await local.fetchAs(ADMIN, ROOT + path, {
        method,
        ...(body ? { body: JSON.stringify(body) } : {})
    });
    return response.json();
};
const ratings = (count: number): { ExternalKey__c: string }[] =>
    Array.from({ length: count }, (_, index) => ({ ExternalKey__c: `c-${index}` }));

test('200 rows are saved, 201 are refused and none of them saved', async () => {
    const sobject = local.admin.sobject('Rating__c');
    await expect(sobject.upsert(ratings(201), 'ExternalKey__c')).rejects.toMatchObject({
        errorCode: 'EXCEEDED_ID_LIMIT'
    });
    expect(local.org.db.prepare('SELECT count(*) FROM "Rating__c"').pluck().get()).toBe(0);
    const results = await sobject.upsert(ratings(200), 'ExternalKey__c');
    expect(results.every((result) => result.success)).toBe(true);
});

test('jsforce splits 201 rows when it is allowed to', async () => {
    const results = await local.admin
        .sobject('Rating__c')
        .upsert(ratings(201), 'ExternalKey__c', { allowRecursive: true });
    expect(results.map((result) => (result as { created?: boolean }).created)).toEqual([
        ...Array(200).fill(false),
        true
    ]);
});

test('results stand at the position of their row, errors with code and fields', async () => {
    const results = await local.admin
        .sobject('Rating__c')
        .create([{ Points__c: 1 }, { Note__c: 'far too long' }, { Points__c: 2 }]);
    expect(results).toMatchObject([
        { success: true },
        { success: false, errors: [{ statusCode: 'STRING_TOO_LONG', fields: ['Note__c'] }] },
        { success: true }
    ]);
});

test('allOrNone takes everything back', async () => {
    const count = (): unknown => local.org.db.prepare('SELECT count(*) FROM "Rating__c"').pluck().get();
    const before = count();
    const results = await local.admin
        .sobject('Rating__c')
        .create([{ Points__c: 1 }, { Note__c: 'far too long' }], { allOrNone: true });
    expect(results).toMatchObject([
        { success: false, errors: [{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK' }] },
        { success: false }
    ]);
    expect(count()).toBe(before);
});

test('jsforce updates, retrieves and deletes lists', async () => {
    const sobject = local.admin.sobject('Rating__c');
    const ids = (await sobject.create([{ Points__c: 1 }, { Points__c: 2 }])).map((result) => result.id!);
    await sobject.update(ids.map((Id, index) => ({ Id, Points__c: index + 10 })));
    const missing = to18('a0R000000000000');
    const found = await sobject.retrieve([ids[1]!, missing, ids[0]!], { fields: ['Points__c'] } as never);
    expect(found[1]).toBeNull();
    expect([found[0], found[2]]).toMatchObject([{ Points__c: 11 }, { Points__c: 10 }]);
    expect(await sobject.destroy(ids)).toMatchObject([{ success: true }, { success: true }]);
});

test('records of several types are saved in the order given', async () => {
    const results = await send('POST', '/composite/sobjects', {
        records: [
            { attributes: { type: 'Account' }, Name: 'A' },
            { attributes: { type: 'Rating__c' }, Points__c: 1 },
            { attributes: { type: 'Account' }, Name: 'B' }
        ]
    });
    expect(results.map((result: { id: string }) => result.id.slice(0, 3))).toEqual(['001', 'a0R', '001']);
});

test('a later request uses the answer of an earlier one', async () => {
    const answer = await send('POST', '/composite', {
        compositeRequest: [
            { method: 'POST', url: `${ROOT}/sobjects/Account`, referenceId: 'acc', body: { Name: 'Ref' } },
            {
                method: 'POST',
                url: `${ROOT}/sobjects/Opportunity`,
                referenceId: 'opp',
                body: {
                    Name: 'Deal',
                    StageName: 'Prospecting',
                    CloseDate: '2026-12-31',
                    AccountId: '@{acc.id}'
                }
            },
            {
                method: 'GET',
                url: `${ROOT}/sobjects/Opportunity/@{opp.id}?fields=AccountId`,
                referenceId: 'read'
            },
            { method: 'GET', url: `${ROOT}/sobjects/Opportunity/@{nobody.id}`, referenceId: 'lost' }
        ]
    });
    const [account, , read, lost] = answer.compositeResponse;
    expect(read).toMatchObject({ httpStatusCode: 200, body: { AccountId: account.body.id } });
    expect(lost).toMatchObject({ httpStatusCode: 400, body: [{ errorCode: 'PROCESSING_HALTED' }] });
});

test('a batch runs its requests one by one and tells whether any failed', async () => {
    const answer = await send('POST', '/composite/batch', {
        haltOnError: true,
        batchRequests: [
            { method: 'GET', url: 'v65.0/limits' },
            { method: 'GET', url: 'v65.0/sobjects/Nothing/1' },
            { method: 'GET', url: 'v65.0/limits' }
        ]
    });
    expect(answer.hasErrors).toBe(true);
    expect(answer.results.map((result: { statusCode: number }) => result.statusCode)).toEqual([
        200, 404, 412
    ]);
});

test.each([
    ['no list', undefined, 'JSON_PARSER_ERROR'],
    ['a part that is nothing', [null], 'INVALID_INPUT'],
    ['a part without a URL', [{ method: 'GET' }], 'INVALID_INPUT'],
    ['a part without a method', [{ url: 'v65.0/limits' }], 'INVALID_INPUT'],
    ['26 parts', Array(26).fill({ method: 'GET', url: 'v65.0/limits' }), 'LIMIT_EXCEEDED']
])('a batch with %s is refused as a whole', async (_what, batchRequests, errorCode) => {
    expect(await send('POST', '/composite/batch', { batchRequests })).toMatchObject([{ errorCode }]);
});
