import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { ADMIN, startTestOrg, TEAM, type TestOrg } from './support/test-org.ts';

const TREE = '/services/data/v65.0/composite/tree';
let local: TestOrg;
beforeAll(async () => {
    local = await startTestOrg();
});
afterAll(() => local.stop());
beforeEach(() => {
    for (const table of ['Account', 'Contact', 'Opportunity', 'Rating__c'])
        local.org.db.exec(`DELETE FROM "${table}"`);
});

const send = async (type: string, body: unknown, as = ADMIN): Promise<{ status: number; body: any }> => {
    const response = await local.fetchAs(as, `${TREE}/${type}`, {
        method: 'POST',
        body: JSON.stringify(body)
    });
    return { status: response.status, body: await response.json() };
};
const count = (objectName: string): unknown =>
    local.org.db.prepare(`SELECT count(*) FROM "${objectName}"`).pluck().get();
const record = (type: string, referenceId: string, fields: object): object => ({
    attributes: { type, referenceId },
    ...fields
});
const deal = (referenceId: string, fields: object = {}): object =>
    record('Opportunity', referenceId, {
        Name: referenceId,
        StageName: 'Prospecting',
        CloseDate: '2026-12-31',
        ...fields
    });

/** Ratings that lie one under the other, the first at level one. */
const ratingsUnderEachOther = (levels: number): object => {
    const below = levels > 1 ? { Children: { records: [ratingsUnderEachOther(levels - 1)] } } : {};
    return record('Rating__c', `level${levels}`, { Points__c: levels, ...below });
};

test('makes parents with their children, and answers the ids in the order in which they were made', async () => {
    const { status, body } = await send('Account', {
        records: [
            record('Account', 'bank', {
                Name: 'Bank',
                Contacts: { records: [record('Contact', 'cfo', { LastName: 'Chief' })] },
                Opportunities: {
                    records: [
                        deal('loan', {
                            Ratings: { records: [record('Rating__c', 'good', { Points__c: 9 })] }
                        })
                    ]
                }
            }),
            record('Account', 'insurer', {
                Name: 'Insurer',
                Contacts: { records: [record('Contact', 'cto', { LastName: 'Tech' })] }
            })
        ]
    });
    expect(status).toBe(201);
    expect(body.hasErrors).toBe(false);
    const ids = new Map<string, string>(body.results.map((one: any) => [one.referenceId, one.id]));
    expect([...ids.keys()]).toEqual(['bank', 'insurer', 'cfo', 'cto', 'loan', 'good']);
    const contacts = await local.admin.query('SELECT LastName, AccountId FROM Contact ORDER BY LastName');
    expect(contacts.records).toMatchObject([
        { LastName: 'Chief', AccountId: ids.get('bank') },
        { LastName: 'Tech', AccountId: ids.get('insurer') }
    ]);
    expect(await local.admin.sobject('Opportunity').retrieve(ids.get('loan')!)).toMatchObject({
        AccountId: ids.get('bank')
    });
    expect(await local.admin.sobject('Rating__c').retrieve(ids.get('good')!)).toMatchObject({
        Opportunity__c: ids.get('loan')
    });
});

test('200 records are made, of 201 none', async () => {
    const accounts = (amount: number): object => ({
        records: Array.from({ length: amount }, (_, index) =>
            record('Account', `a${index}`, { Name: `A${index}` })
        )
    });
    expect(await send('Account', accounts(201))).toMatchObject({
        status: 400,
        body: [{ errorCode: 'INVALID_INPUT' }]
    });
    expect(count('Account')).toBe(0);
    expect((await send('Account', accounts(200))).status).toBe(201);
    expect(count('Account')).toBe(200);
});

test('children count among the 200', async () => {
    const children = Array.from({ length: 200 }, (_, index) =>
        record('Contact', `c${index}`, { LastName: `C${index}` })
    );
    const tree = { records: [record('Account', 'a', { Name: 'A', Contacts: { records: children } })] };
    expect((await send('Account', tree)).status).toBe(400);
    expect([count('Account'), count('Contact')]).toEqual([0, 0]);
});

test('five levels are made, of six none', async () => {
    expect((await send('Rating__c', { records: [ratingsUnderEachOther(6)] })).body).toMatchObject([
        { errorCode: 'INVALID_INPUT', message: expect.stringContaining('5 levels') }
    ]);
    expect(count('Rating__c')).toBe(0);
    expect((await send('Rating__c', { records: [ratingsUnderEachOther(5)] })).status).toBe(201);
    expect(count('Rating__c')).toBe(5);
});

test('one bad grandchild undoes the whole tree, and only it is named', async () => {
    const { status, body } = await send('Account', {
        records: [
            record('Account', 'a', {
                Name: 'A',
                Opportunities: {
                    records: [
                        deal('d', {
                            Ratings: {
                                records: [
                                    record('Rating__c', 'fine', { Points__c: 1 }),
                                    record('Rating__c', 'bad', { Points__c: -1 })
                                ]
                            }
                        })
                    ]
                }
            })
        ]
    });
    expect(status).toBe(400);
    expect(body).toEqual({
        hasErrors: true,
        results: [
            {
                referenceId: 'bad',
                errors: [
                    {
                        statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
                        message: 'Points cannot be negative.',
                        fields: ['Points__c']
                    }
                ]
            }
        ]
    });
    expect([count('Account'), count('Opportunity'), count('Rating__c')]).toEqual([0, 0, 0]);
});

test('lookups that go in a circle by reference are refused like any text that is no id', async () => {
    const { status, body } = await send('Rating__c', {
        records: [
            record('Rating__c', 'left', { Parent__c: '@right' }),
            record('Rating__c', 'right', { Parent__c: '@left' })
        ]
    });
    expect(status).toBe(400);
    expect(body.results).toMatchObject([
        { referenceId: 'left', errors: [{ statusCode: 'MALFORMED_ID', fields: ['Parent__c'] }] },
        { referenceId: 'right', errors: [{ statusCode: 'MALFORMED_ID', fields: ['Parent__c'] }] }
    ]);
    expect(body.results[0].errors[0].message).toMatch(/: id value of incorrect type: @right$/);
    expect(count('Rating__c')).toBe(0);
});

test('a record under itself is a reference id given twice; each of the two is named', async () => {
    const self = record('Rating__c', 'self', {
        Children: { records: [record('Rating__c', 'self', {})] }
    });
    const twice = {
        referenceId: 'self',
        errors: [
            {
                statusCode: 'INVALID_INPUT',
                message: 'Duplicate ReferenceId provided in the request.',
                fields: []
            }
        ]
    };
    expect(await send('Rating__c', { records: [self] })).toEqual({
        status: 400,
        body: { hasErrors: true, results: [twice, twice] }
    });
});

test.each([
    ['without a type', undefined, 'Include an entity type for each record in the request.'],
    ['of another type', 'Contact', 'Invalid entity type provided in the request: Contact'],
    ['of no type at all', 'Nothing__c', 'Invalid entity type provided in the request: Nothing__c']
])('a record %s is refused by its reference', async (_what, type, message) => {
    const answer = await send('Account', {
        records: [{ attributes: { type, referenceId: 'r' }, Name: 'A' }]
    });
    expect(answer).toEqual({
        status: 400,
        body: {
            hasErrors: true,
            results: [{ referenceId: 'r', errors: [{ statusCode: 'INVALID_INPUT', message, fields: [] }] }]
        }
    });
});

test.each([
    ['a record without a reference', { records: [{ attributes: { type: 'Account' } }] }, 'INVALID_INPUT'],
    ['no records', {}, 'JSON_PARSER_ERROR'],
    ['an empty list', { records: [] }, 'JSON_PARSER_ERROR'],
    ['a list of texts', { records: ['Account'] }, 'JSON_PARSER_ERROR'],
    ['nothing', null, 'JSON_PARSER_ERROR'],
    [
        'a field that does not exist',
        { records: [record('Account', 'a', { Name: 'A', Nope__c: 1 })] },
        'INVALID_FIELD'
    ],
    [
        'a relationship that does not exist',
        {
            records: [
                record('Account', 'a', {
                    Name: 'A',
                    Nopes__r: { records: [record('Contact', 'c', { LastName: 'C' })] }
                })
            ]
        },
        'INVALID_FIELD'
    ],
    [
        'a child that names a parent of its own',
        {
            records: [
                record('Account', 'a', {
                    Name: 'A',
                    Contacts: {
                        records: [record('Contact', 'c', { LastName: 'C', AccountId: '001000000000000AAA' })]
                    }
                })
            ]
        },
        'LOCAL_ORG_NOT_SUPPORTED'
    ]
])('%s refuses the request', async (_what, body, errorCode) => {
    expect(await send('Account', body)).toMatchObject({ status: 400, body: [{ errorCode }] });
    expect([count('Account'), count('Contact')]).toEqual([0, 0]);
});

test('an object the org does not have is not found', async () => {
    expect(await send('Nothing__c', { records: [] })).toMatchObject({
        status: 404,
        body: [{ errorCode: 'NOT_FOUND' }]
    });
});

test('an object that is hidden from the caller is not found, and cannot be made under another one', async () => {
    expect((await send('Rating__c', { records: [ratingsUnderEachOther(1)] }, TEAM.rep)).status).toBe(404);
    const tree = {
        records: [deal('d', { Ratings: { records: [record('Rating__c', 'r', { Points__c: 1 })] } })]
    };
    expect(await send('Opportunity', tree, TEAM.rep)).toMatchObject({
        status: 400,
        body: [{ errorCode: 'INVALID_FIELD' }]
    });
    expect(count('Opportunity')).toBe(0);
});

test('a child under a deal that the caller cannot see is refused like a parent that is not there', async () => {
    const hidden = await local
        .as(TEAM.peer)
        .sobject('Opportunity')
        .create({ Name: 'Secret', StageName: 'Prospecting', CloseDate: '2026-12-31' });
    const task = record('Task', 't', { Subject: 'Call', WhatId: hidden.id });
    const { status, body } = await send('Task', { records: [task] }, TEAM.rep);
    expect(status).toBe(400);
    expect(body.results).toMatchObject([{ referenceId: 't', errors: [{ fields: ['WhatId'] }] }]);
});

test('a tree counts as one API call', async () => {
    const before = local.org.limits.usedApiRequests();
    await send('Account', { records: [record('Account', 'a', { Name: 'A' })] });
    expect(local.org.limits.usedApiRequests()).toBe(before + 1);
});
