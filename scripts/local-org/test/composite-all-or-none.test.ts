import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ADMIN, startTestOrg, TEAM, type TestOrg } from './support/test-org.ts';

const ROOT = '/services/data/v65.0';
const HALTED = {
    httpStatusCode: 400,
    body: [
        {
            errorCode: 'PROCESSING_HALTED',
            message: 'The transaction was rolled back since another operation in the same transaction failed.'
        }
    ]
};
let local: TestOrg;
beforeAll(async () => {
    local = await startTestOrg();
});
afterAll(() => local.stop());
beforeEach(() => {
    for (const table of ['Account', 'Contact', 'Rating__c']) local.org.db.exec(`DELETE FROM "${table}"`);
});

const send = async (
    path: string,
    body: unknown,
    { as = ADMIN, method = 'POST' } = {}
): Promise<{ status: number; body: any }> => {
    const response = await local.fetchAs(as, ROOT + path, { method, body: JSON.stringify(body) });
    return { status: response.status, body: await response.json() };
};
const count = (objectName: string): unknown =>
    local.org.db.prepare(`SELECT count(*) FROM "${objectName}" WHERE "IsDeleted" = 0`).pluck().get();
const part = (referenceId: string, method: string, path: string, body?: object): object => ({
    referenceId,
    method,
    url: ROOT + path,
    ...(body ? { body } : {})
});
const together = (...compositeRequest: object[]): object => ({ allOrNone: true, compositeRequest });

describe('a composite request with allOrNone', () => {
    test('makes, reads, changes and deletes, each with what the ones before it answered', async () => {
        const { status, body } = await send(
            '/composite',
            together(
                part('acc', 'POST', '/sobjects/Account', { Name: 'Bank' }),
                part('con', 'POST', '/sobjects/Contact', { LastName: 'Chief', AccountId: '@{acc.id}' }),
                part('chg', 'PATCH', '/sobjects/Account/@{acc.id}', { Industry: 'Banking' }),
                part('ups', 'PATCH', '/sobjects/Rating__c/ExternalKey__c/k', { Points__c: 1 }),
                part('red', 'GET', '/sobjects/Account/@{acc.id}?fields=Name,Industry'),
                part('qry', 'GET', `/query?q=SELECT+AccountId+FROM+Contact+WHERE+Id='@{con.id}'`),
                part('chk', 'GET', '/sobjects/Account/@{qry.records[0].AccountId}?fields=Name'),
                part('del', 'DELETE', '/sobjects/Contact/@{con.id}'),
                part('dsc', 'GET', '/sobjects/Account/describe')
            )
        );
        expect(status).toBe(200);
        const parts = new Map<string, any>(body.compositeResponse.map((one: any) => [one.referenceId, one]));
        expect(body.compositeResponse.map((one: any) => one.httpStatusCode)).toEqual([
            201, 201, 204, 201, 200, 200, 200, 204, 200
        ]);
        const id = parts.get('acc').body.id;
        expect(parts.get('acc').httpHeaders).toEqual({ Location: `${ROOT}/sobjects/Account/${id}` });
        expect(parts.get('red').body).toMatchObject({ Name: 'Bank', Industry: 'Banking' });
        expect(parts.get('chk').body).toMatchObject({ Name: 'Bank' });
        expect(parts.get('chg').body).toBeNull();
        expect(parts.get('dsc').body.name).toBe('Account');
        expect([count('Account'), count('Contact'), count('Rating__c')]).toEqual([1, 0, 1]);
    });

    test('leaves nothing behind when one part fails; only that part says why', async () => {
        const { status, body } = await send(
            '/composite',
            together(
                part('one', 'POST', '/sobjects/Account', { Name: 'One' }),
                part('two', 'POST', '/sobjects/Account', { Industry: 'No name' }),
                part('three', 'POST', '/sobjects/Account', { Name: 'Three' })
            )
        );
        expect(status).toBe(200);
        expect(body.compositeResponse).toEqual([
            { ...HALTED, httpHeaders: {}, referenceId: 'one' },
            {
                httpStatusCode: 400,
                httpHeaders: {},
                referenceId: 'two',
                body: [
                    {
                        errorCode: 'REQUIRED_FIELD_MISSING',
                        message: 'Required fields are missing: [Name]',
                        fields: ['Name']
                    }
                ]
            },
            { ...HALTED, httpHeaders: {}, referenceId: 'three' }
        ]);
        expect(count('Account')).toBe(0);
    });

    test.each([
        ['refers to a part that is not there', part('bad', 'GET', '/sobjects/Account/@{nobody.id}')],
        ['refers to a value by another case', part('bad', 'GET', '/sobjects/Account/@{one.Id}')],
        ['refers to what every object has', part('bad', 'GET', '/sobjects/Account/@{one.constructor}')],
        ['asks for an object that does not exist', part('bad', 'GET', '/sobjects/Nothing__c/x')],
        ['asks with wrong SOQL', part('bad', 'GET', '/query?q=SELECT+Nope+FROM+Account')],
        [
            'holds a list of which one row fails',
            part('bad', 'POST', '/composite/sobjects', {
                records: [
                    { attributes: { type: 'Account' }, Name: 'Good' },
                    { attributes: { type: 'Account' } }
                ]
            })
        ]
    ])('leaves nothing behind when a part %s', async (_what, bad) => {
        const { body } = await send(
            '/composite',
            together(part('one', 'POST', '/sobjects/Account', { Name: 'One' }), bad)
        );
        expect(body.compositeResponse[0]).toMatchObject(HALTED);
        expect(JSON.stringify(body.compositeResponse[1])).not.toContain('transaction was rolled back');
        expect(count('Account')).toBe(0);
    });

    test('an earlier value is back when a later part fails', async () => {
        const { id } = await local.admin.sobject('Account').create({ Name: 'Before' });
        await send(
            '/composite',
            together(
                part('chg', 'PATCH', `/sobjects/Account/${id}`, { Name: 'After' }),
                part('del', 'DELETE', '/sobjects/Account/001000000000000AAA')
            )
        );
        expect(await local.admin.sobject('Account').retrieve(id!)).toMatchObject({ Name: 'Before' });
    });

    test('what cannot be taken back is refused by name, before anything stays', async () => {
        const answer = await send(
            '/composite',
            together(
                part('one', 'POST', '/sobjects/Account', { Name: 'One' }),
                part('job', 'POST', '/jobs/ingest', { object: 'Account', operation: 'insert' })
            )
        );
        expect(answer).toMatchObject({ status: 400, body: [{ errorCode: 'LOCAL_ORG_NOT_SUPPORTED' }] });
        expect(answer.body[0].message).toContain('/jobs/ingest');
        expect(count('Account')).toBe(0);
    });

    test('shows a peer nothing of a private deal, and refuses to change it', async () => {
        const deal = { Name: 'Secret', StageName: 'Prospecting', CloseDate: '2026-12-31' };
        const { id } = await local.as(TEAM.rep).sobject('Opportunity').create(deal);
        const parts = [
            part('x', 'GET', `/sobjects/Opportunity/${id}`),
            part('x', 'PATCH', `/sobjects/Opportunity/${id}`, { Name: 'Mine' }),
            part('x', 'DELETE', `/sobjects/Opportunity/${id}`)
        ];
        for (const one of parts) {
            const { body } = await send('/composite', together(one), { as: TEAM.peer });
            expect(body.compositeResponse[0]).toMatchObject({
                httpStatusCode: 404,
                body: [{ errorCode: 'NOT_FOUND' }]
            });
        }
        const query = part('q', 'GET', `/query?q=SELECT+Id+FROM+Opportunity`);
        const { body } = await send('/composite', together(query), { as: TEAM.peer });
        expect(body.compositeResponse[0].body.totalSize).toBe(0);
    });
});

describe('the parts of a composite request are checked before any of them runs:', () => {
    const fine = part('one', 'POST', '/sobjects/Account', { Name: 'One' });
    const query = (referenceId: string): object =>
        part(referenceId, 'GET', '/query?q=SELECT+Id+FROM+Account');

    test.each([
        ['a reference id with a dash', [fine, part('a-b', 'GET', '/sobjects')], 'must start with a letter'],
        ['no reference id', [fine, { method: 'GET', url: `${ROOT}/sobjects` }], 'must start with a letter'],
        ['a reference id given twice', [fine, part('one', 'GET', '/sobjects')], 'Duplicate referenceId'],
        ['an unknown method', [fine, part('two', 'STEAL', '/sobjects')], 'STEAL'],
        [
            'a URL that leads to another server',
            [fine, { referenceId: 'two', method: 'GET', url: '@example.com/' }],
            'must start with /services/data/'
        ],
        [
            'a header that the request around it has',
            [fine, { ...part('two', 'GET', '/sobjects'), httpHeaders: { Authorization: 'Bearer x' } }],
            'Authorization'
        ]
    ])('%s', async (_what, compositeRequest, message) => {
        expect(await send('/composite', { compositeRequest })).toMatchObject({
            status: 400,
            body: [{ errorCode: 'INVALID_INPUT', message: expect.stringContaining(message) }]
        });
        expect(count('Account')).toBe(0);
    });

    test.each([
        ['26 parts', Array.from({ length: 26 }, (_, index) => part(`p${index}`, 'GET', '/sobjects'))],
        ['six queries', Array.from({ length: 6 }, (_, index) => query(`q${index}`))]
    ])('%s', async (_what, compositeRequest) => {
        expect(await send('/composite', { compositeRequest })).toMatchObject({
            status: 400,
            body: [{ errorCode: 'LIMIT_EXCEEDED' }]
        });
    });

    test('no list of parts', async () => {
        expect(await send('/composite', {})).toMatchObject({
            status: 400,
            body: [{ errorCode: 'JSON_PARSER_ERROR' }]
        });
    });
});

test('without allOrNone the parts before and after a failure stay, and headers of a part reach it', async () => {
    const { body } = await send('/composite', {
        compositeRequest: [
            part('one', 'POST', '/sobjects/Account', { Name: 'One' }),
            part('two', 'POST', '/sobjects/Account', {}),
            part('three', 'POST', '/sobjects/Account', { Name: 'Three' }),
            part('far', 'GET', '/sobjects/Contact/@{two.id}')
        ]
    });
    expect(body.compositeResponse.map((one: any) => one.httpStatusCode)).toEqual([201, 400, 201, 400]);
    expect(body.compositeResponse[3].body[0].errorCode).toBe('PROCESSING_HALTED');
    expect(count('Account')).toBe(2);
});

test.each([false, true])('a header of a part is heeded (allOrNone %s)', async (allOrNone) => {
    local.org.load(
        'Account',
        Array.from({ length: 250 }, (_, index) => ({ Name: `A${index}` }))
    );
    const query = {
        ...part('q', 'GET', '/query?q=SELECT+Id+FROM+Account'),
        httpHeaders: { 'Sforce-Query-Options': 'batchSize=200' }
    };
    const { body } = await send('/composite', { allOrNone, compositeRequest: [query] });
    expect(body.compositeResponse[0].body).toMatchObject({ totalSize: 250, done: false });
    expect(body.compositeResponse[0].body.records).toHaveLength(200);
});

describe('a list of records of several types with allOrNone', () => {
    const rows = (points: number): object[] => [
        { attributes: { type: 'Account' }, Name: 'A' },
        { attributes: { type: 'Rating__c' }, Points__c: points },
        { attributes: { type: 'Account' }, Name: 'B' }
    ];

    test('is saved as a whole, in the order given', async () => {
        const { body } = await send('/composite/sobjects', { allOrNone: true, records: rows(1) });
        expect(body.map((row: { id: string }) => row.id.slice(0, 3))).toEqual(['001', 'a0R', '001']);
        expect([count('Account'), count('Rating__c')]).toEqual([2, 1]);
    });

    test('is undone as a whole; the other rows say that they were taken back', async () => {
        const { body } = await send('/composite/sobjects', { allOrNone: true, records: rows(-1) });
        expect(body).toMatchObject([
            { success: false, errors: [{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK' }] },
            { success: false, errors: [{ statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION' }] },
            { success: false, errors: [{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK' }] }
        ]);
        expect(body.some((row: object) => 'id' in row)).toBe(false);
        expect([count('Account'), count('Rating__c')]).toEqual([0, 0]);
    });

    test('changes rows of several types or none of them', async () => {
        const account = await local.admin.sobject('Account').create({ Name: 'Before' });
        const rating = await local.admin.sobject('Rating__c').create({ Points__c: 1 });
        const change = (points: number): object => ({
            allOrNone: true,
            records: [
                { attributes: { type: 'Account' }, Id: account.id, Name: 'After' },
                { attributes: { type: 'Rating__c' }, Id: rating.id, Points__c: points }
            ]
        });
        const nameNow = async (): Promise<unknown> =>
            (await local.admin.sobject('Account').retrieve(account.id!))['Name'];
        await send('/composite/sobjects', change(-1), { method: 'PATCH' });
        expect(await nameNow()).toBe('Before');
        await send('/composite/sobjects', change(2), { method: 'PATCH' });
        expect(await nameNow()).toBe('After');
    });
});
