// Requests that a client should not have sent, over REST: refused with Salesforce's own code and shape, nothing stored.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { callAs, DATA, type Answer, type Call } from './support/doors.ts';
import { rawRequest } from './support/raw-http.ts';
import { ADMIN, startTestOrg, type TestOrg } from './support/test-org.ts';
import { expectUnharmed, rowCounts } from './support/unharmed.ts';

let local: TestOrg;
let admin: Call;
let before: Record<string, number>;
let account: string;
beforeAll(async () => {
    local = await startTestOrg();
    admin = callAs(local, ADMIN);
    account = (await admin('POST', '/sobjects/Account', { Name: 'Known' })).body.id;
});
beforeEach(() => {
    before = rowCounts(local.org);
});
afterEach(() => {
    expectUnharmed(local.org);
    expect(rowCounts(local.org)).toEqual(before);
});
afterAll(() => local.stop());

const refusal = (status: number, errorCode: string, message?: string | RegExp): Record<string, unknown> => ({
    status,
    body: [{ errorCode, message: message ? expect.stringMatching(message) : expect.any(String) }]
});
const NO_ACCOUNT = '001000000000001AAA';

describe('objects, fields and ids that do not exist', () => {
    test.each<[string, string, string, unknown?]>([
        ['an unknown object', 'GET', '/sobjects/Nope/001000000000001AAA'],
        ['an unknown object in a describe', 'GET', '/sobjects/Nope/describe'],
        ['an unknown object in an insert', 'POST', '/sobjects/Nope', { Name: 'A' }],
        ['a name that every JavaScript object has', 'GET', '/sobjects/constructor/describe'],
        ['its prototype', 'POST', '/sobjects/__proto__', { Name: 'A' }],
        ['an id of no record', 'GET', `/sobjects/Account/${NO_ACCOUNT}`],
        ['an id of no record in an update', 'PATCH', `/sobjects/Account/${NO_ACCOUNT}`, { Name: 'A' }],
        ['an id of no record in a delete', 'DELETE', `/sobjects/Account/${NO_ACCOUNT}`],
        ['an id of another object', 'GET', '/sobjects/Account/006000000000001AAA'],
        ['an id of another object in an update', 'PATCH', '/sobjects/Account/006000000000001AAA', {}],
        ['an id that is none', 'GET', '/sobjects/Account/nonsense'],
        ['an id that is none in a delete', 'DELETE', '/sobjects/Account/nonsense'],
        ['an id with a wrong checksum', 'PATCH', '/sobjects/Account/001000000000001AAB', {}],
        ['an id of a thousand letters', 'GET', `/sobjects/Account/${'a'.repeat(1000)}`],
        ['a key field that is none', 'GET', '/sobjects/Account/Phone/1'],
        ['a key that nobody has', 'GET', '/sobjects/Rating__c/ExternalKey__c/none'],
        ['a path that does not exist', 'GET', '/nothing/at/all']
    ])('%s is not found', async (...[, method, path, body]) => {
        expect(await admin(method, path, body)).toMatchObject(refusal(404, 'NOT_FOUND'));
    });

    test.each<[string, string, string, unknown?]>([
        ['in an insert', 'POST', '/sobjects/Account', { Name: 'A', Nope__c: 1 }],
        ['in an insert, spelled like a JavaScript property', 'POST', '/sobjects/Account', { toString: 1 }],
        ['in a read', 'GET', '/sobjects/Account/ID?fields=Name,Nope__c'],
        ['in a list to read', 'GET', '/composite/sobjects/Account?ids=ID&fields=Nope__c'],
        [
            'as the key of an upsert of a list',
            'PATCH',
            '/composite/sobjects/Account/Nope__c',
            { records: [{ attributes: { type: 'Account' } }] }
        ]
    ])('an unknown field %s is named', async (...[, method, path, body]) => {
        const answer = await admin(method, path.replace('ID', account), body);
        expect(answer).toMatchObject(refusal(400, 'INVALID_FIELD', /Nope__c|toString/));
    });

    test('a prototype sent as a field is an unknown field', async () => {
        const answer = await admin('POST', '/sobjects/Account', '{"__proto__":{"Name":"A"},"Name":"B"}');
        expect(answer).toMatchObject(refusal(400, 'INVALID_FIELD', /__proto__/));
    });

    test('the wrong ids of a list are refused one by one, the good ones answered', async () => {
        const { body } = await admin('PATCH', '/composite/sobjects', {
            records: ['nonsense', NO_ACCOUNT, '006000000000001AAA', account].map((Id) => ({
                attributes: { type: 'Account' },
                Id,
                Phone: '1'
            }))
        });
        expect(body.map((row: any) => row.errors[0]?.statusCode ?? row.success)).toEqual([
            'MALFORMED_ID',
            'INVALID_CROSS_REFERENCE_KEY',
            'INVALID_FIELD',
            true
        ]);
        const deleted = await admin('DELETE', `/composite/sobjects?ids=nonsense,${NO_ACCOUNT}`);
        expect(deleted.body.map((row: any) => row.errors[0].statusCode)).toEqual([
            'MALFORMED_ID',
            'INVALID_CROSS_REFERENCE_KEY'
        ]);
        expect(await admin('GET', '/composite/sobjects/Account?ids=nonsense&fields=Id')).toMatchObject(
            refusal(400, 'MALFORMED_ID', /nonsense/)
        );
    });
});

describe('too many and too often', () => {
    const row = (index: number): object => ({ attributes: { type: 'Rating__c' }, Note__c: `${index}` });
    const rows = (count: number): object[] => Array.from({ length: count }, (_, index) => row(index));
    const tooMany = refusal(
        400,
        'EXCEEDED_ID_LIMIT',
        /^record limit reached. cannot submit more than 200 records into this call$/
    );

    test.each<[string, string, string, unknown?]>([
        ['inserted', 'POST', '/composite/sobjects', { records: rows(201) }],
        ['updated', 'PATCH', '/composite/sobjects', { records: rows(201) }],
        ['upserted', 'PATCH', '/composite/sobjects/Rating__c/ExternalKey__c', { records: rows(201) }],
        ['deleted', 'DELETE', `/composite/sobjects?ids=${Array(201).fill('001000000000001AAA').join()}`]
    ])('201 records are not %s, nor 200 of them', async (...[, method, path, body]) => {
        expect(await admin(method, path, body)).toEqual(tooMany);
    });

    test('2001 records are not read in one call', async () => {
        const ids = Array(2001).fill(NO_ACCOUNT);
        expect(await admin('POST', '/composite/sobjects/Account', { ids, fields: ['Id'] })).toMatchObject(
            refusal(400, 'EXCEEDED_ID_LIMIT', /2000/)
        );
    });

    test('26 requests are not carried by one', async () => {
        const batchRequests = Array(26).fill({ method: 'GET', url: 'v65.0/limits' });
        expect(await admin('POST', '/composite/batch', { batchRequests })).toMatchObject(
            refusal(400, 'LIMIT_EXCEEDED')
        );
    });

    test('a key given twice in one call fails in both rows, and takes the others along when all or none', async () => {
        const record = (ExternalKey__c: string): object => ({
            attributes: { type: 'Rating__c' },
            ExternalKey__c
        });
        const { body } = await admin('PATCH', '/composite/sobjects/Rating__c/ExternalKey__c', {
            allOrNone: true,
            records: [record('twice'), record('once'), record('TWICE')]
        });
        expect(body.map((one: any) => one.errors[0].statusCode)).toEqual([
            'DUPLICATE_VALUE',
            'ALL_OR_NONE_OPERATION_ROLLED_BACK',
            'DUPLICATE_VALUE'
        ]);
        expect(body[0].errors[0].message).toBe('Duplicate external id specified: twice');
    });

    test('an id given twice in one update fails in both rows', async () => {
        const record = (Id: string): object => ({ attributes: { type: 'Account' }, Id, Phone: '2' });
        const { body } = await admin('PATCH', '/composite/sobjects', {
            records: [record(account), record(account.slice(0, 15))]
        });
        expect(body.map((one: any) => one.errors[0])).toMatchObject(
            [account, account.slice(0, 15)].map((id) => ({
                statusCode: 'DUPLICATE_VALUE',
                message: `Duplicate id specified: ${id}`
            }))
        );
    });
});

describe('keys across calls', () => {
    const remove = (id: string): Promise<Answer> => admin('DELETE', `/sobjects/Rating__c/${id}`);

    test('a key that another record holds is refused with that record, and the row stays as it was', async () => {
        const [first, second] = [
            (await admin('POST', '/sobjects/Rating__c', { ExternalKey__c: 'held' })).body.id,
            (await admin('POST', '/sobjects/Rating__c', { ExternalKey__c: 'mine' })).body.id
        ];
        const expected = refusal(
            400,
            'DUPLICATE_VALUE',
            new RegExp(`^duplicate value found: ExternalKey__c duplicates value on record with id: ${first}$`)
        );
        const path = `/sobjects/Rating__c/${second}`;
        expect(await admin('POST', '/sobjects/Rating__c', { ExternalKey__c: 'HELD' })).toMatchObject(
            expected
        );
        expect(await admin('PATCH', path, { ExternalKey__c: 'held' })).toMatchObject(expected);
        expect((await admin('GET', path)).body.ExternalKey__c).toBe('mine');
        before = { ...before, Rating__c: before['Rating__c']! + 2 };
    });

    test('a record does not come back from the bin over the key that another one took', async () => {
        const insert = async (): Promise<string> =>
            (await admin('POST', '/sobjects/Rating__c', { ExternalKey__c: 'reused' })).body.id;
        const first = await insert();
        await remove(first);
        const second = await insert();
        const user = local.org.users.context(local.org.adminUserId);
        const [result] = local.org.records.undelete({ user, mode: 'user' }, [first], { allOrNone: false });
        expect(result).toMatchObject({ success: false, errors: [{ statusCode: 'DUPLICATE_VALUE' }] });
        await remove(second);
        before = { ...before, Rating__c: before['Rating__c']! + 2 };
    });
});

describe('bodies', () => {
    const insert = (body: unknown, headers = {}): Promise<Answer> =>
        admin('POST', '/sobjects/Account', body, headers);
    const unparsable = refusal(400, 'JSON_PARSER_ERROR');

    test.each<[string, () => string]>([
        ['JSON that ends early', () => '{"Name":"A"'],
        ['a trailing comma', () => '{"Name":"A",}'],
        ['single quotes', () => "{'Name':'A'}"],
        ['two documents', () => '{"Name":"A"}{"Name":"B"}'],
        ['a list', () => '[{"Name":"A"}]'],
        ['a text', () => '"Name"'],
        ['null', () => 'null'],
        ['a number', () => '1'],
        ['nothing', () => ''],
        ['lists 5,000 deep', () => `{"Name":${'['.repeat(5000)}${']'.repeat(5000)}}`],
        ['objects a million deep', () => '{"Name":'.repeat(1_000_000)],
        ['an object as a value', () => '{"Name":{"first":"A"}}'],
        ['a list as a value', () => '{"Name":["A"]}'],
        ['a number too large for JSON', () => '{"Name":"A","AnnualRevenue":1e999}'],
        ['a text for a number', () => '{"Name":"A","AnnualRevenue":"plenty"}'],
        ['a text for a date', () => '{"Name":"A","SystemModstamp":"soon"}']
    ])('%s are refused', async (_what, body) => {
        expect(await insert(body())).toMatchObject(unparsable);
    });

    test.each<[string, string, unknown]>([
        ['records that are no list', '/composite/sobjects', { records: { Name: 'A' } }],
        ['records that are no objects', '/composite/sobjects', { records: [null, 1] }],
        ['a type that is no text', '/composite/sobjects', { records: [{ attributes: { type: 1 } }] }],
        ['a type that is missing', '/composite/sobjects', { records: [{ Name: 'A' }] }],
        ['ids that are no list', '/composite/sobjects/Account', { ids: 'x', fields: ['Id'] }],
        ['parts that are no list', '/composite', { compositeRequest: 5 }],
        ['a part that is none', '/composite', { compositeRequest: [null] }],
        ['a part of a batch that is none', '/composite/batch', { batchRequests: [null] }],
        [
            'a part that leads to another server',
            '/composite/batch',
            {
                batchRequests: [{ method: 'GET', url: '@127.0.0.1:1/' }]
            }
        ],
        ['a job without an object', '/jobs/ingest', { operation: 'insert', object: ['Account'] }],
        [
            'a job with an unknown delimiter',
            '/jobs/ingest',
            {
                operation: 'insert',
                object: 'Account',
                columnDelimiter: 'constructor'
            }
        ]
    ])('%s are refused', async (_what, path, body) => {
        const answer = await admin('POST', path, body);
        const inner = answer.body.results?.[0]?.result ?? answer.body;
        expect(answer.status).toBeLessThan(500);
        expect(inner[0].errorCode).toMatch(/^(JSON_PARSER_ERROR|INVALID_\w+|INVALIDJOB|NOT_FOUND)$/);
    });

    test.each<[string, string]>([
        ['text', 'text/plain'],
        ['XML', 'application/xml'],
        ['a form', 'multipart/form-data; boundary=x'],
        ['CSV', 'text/csv'],
        ['JSON in another alphabet', 'application/json; charset=utf-16'],
        ['something unheard of', 'application/x-nothing']
    ])('%s is no format for a record', async (_what, type) => {
        expect(await insert('{"Name":"A"}', { 'Content-Type': type })).toMatchObject(
            refusal(415, 'UNSUPPORTED_MEDIA_TYPE')
        );
    });

    test('bytes that are no UTF-8 are refused', async () => {
        const body = Buffer.concat([
            Buffer.from('{"Name":"'),
            Buffer.from([0xff, 0xfe, 0xc3]),
            Buffer.from('"}')
        ]);
        const answer = await rawRequest(local, ADMIN, 'POST', `${DATA}/sobjects/Account`, body, {
            'Content-Type': 'application/json'
        });
        expect(answer.status).toBe(400);
        expect(JSON.parse(answer.body.toString())).toMatchObject([{ errorCode: 'JSON_PARSER_ERROR' }]);
    });

    test('a body past 50 MB is refused', async () => {
        const answer = await insert(`{"Name":"${'A'.repeat(50_000_000)}"}`);
        expect(answer).toMatchObject(refusal(413, 'LIMIT_EXCEEDED'));
    });

    test('a name of a million letters is too long, and the answer shows only its beginning', async () => {
        const { status, body } = await insert({ Name: 'A'.repeat(1_000_000) });
        expect([status, body[0].errorCode]).toEqual([400, 'STRING_TOO_LONG']);
        expect(body[0].message.length).toBeLessThan(400);
    });

    test('text that is half a character or none is kept as well as it can be', async () => {
        const texts = [
            '\ud800',
            'a\u0000b',
            '\u202e',
            '😀'.repeat(50),
            '<script>',
            "'; DROP TABLE Account; --"
        ];
        for (const Name of texts) {
            const { status, body } = await insert({ Name });
            expect(status).toBe(201);
            expect((await admin('GET', `/sobjects/Account/${body.id}?fields=Name`)).status).toBe(200);
        }
        before = { ...before, Account: before['Account']! + texts.length };
    });
});

describe('requests', () => {
    test('a method that the path does not have is told the ones it has', async () => {
        expect(await admin('PUT', '/sobjects/Account', { Name: 'A' })).toEqual(
            refusal(405, 'METHOD_NOT_ALLOWED', /^HTTP Method 'PUT' not allowed. Allowed are HEAD,GET,POST$/)
        );
        expect((await admin('DELETE', '/query?q=SELECT+Id+FROM+Account')).status).toBe(405);
        expect((await admin('PUT', '/nothing')).status).toBe(404);
    });

    test.each(['/sobjects/Account/%E0%A4%A', '/query/%', '/sobjects/%ZZ/describe'])(
        'a path that cannot be decoded is refused: %s',
        async (path) => {
            const answer = await rawRequest(local, ADMIN, 'GET', DATA + path);
            expect(answer.status).toBe(400);
            expect(JSON.parse(answer.body.toString())).toMatchObject([{ errorCode: 'INVALID_REQUEST' }]);
        }
    );

    test('a parameter given twice counts once', async () => {
        const { body } = await admin('GET', `/sobjects/Account/${account}?fields=Phone&fields=Name`);
        expect(Object.keys(body)).toContain('Name');
    });

    test('a request line or headers past 16 KB are refused before anybody reads them', async () => {
        const long = await rawRequest(local, ADMIN, 'GET', `${DATA}/query?q=${'a'.repeat(17_000)}`);
        const wide = await rawRequest(local, ADMIN, 'GET', `${DATA}/limits`, undefined, {
            'X-Wide': 'a'.repeat(17_000)
        });
        expect([long.status, wide.status]).toEqual([431, 431]);
        expect((await admin('GET', '/limits')).status).toBe(200);
    });

    test('a session cookie that cannot be decoded is no session', async () => {
        const response = await fetch(`${local.url}${DATA}/limits`, { headers: { Cookie: 'sid=%E0%A4%A' } });
        expect(response.status).toBe(401);
    });

    test.each([
        ['?start=yesterday&end=today', 'INVALID_REPLICATION_DATE'],
        ['?start=2026-11-21T00:00:00Z&end=2026-11-20T00:00:00Z', 'INVALID_REPLICATION_DATE'],
        ['', 'INVALID_REPLICATION_DATE']
    ])('a span of time that is none is refused: %s', async (query, errorCode) => {
        for (const kind of ['updated', 'deleted'])
            expect(await admin('GET', `/sobjects/Account/${kind}${query}`)).toMatchObject(
                refusal(400, errorCode)
            );
    });

    test('a locator used twice gives the same page, and one past the end none', async () => {
        local.org.load(
            'Account',
            Array.from({ length: 250 }, (_, index) => ({ Name: `L${index}` }))
        );
        before = { ...before, Account: before['Account']! + 250 };
        const headers = { 'Sforce-Query-Options': 'batchSize=200' };
        const first = await admin('GET', '/query?q=SELECT+Id+FROM+Account+ORDER+BY+Id', undefined, headers);
        const locator = first.body.nextRecordsUrl.split('/').at(-1);
        const [once, twice] = [
            await admin('GET', `/query/${locator}`),
            await admin('GET', `/query/${locator}`)
        ];
        expect(once.body.records.length).toBeGreaterThan(0);
        expect(twice).toEqual(once);
        for (const bad of [
            locator.replace(/\d+$/, '99999'),
            `${locator}x`,
            'nonsense',
            '0r8000000000000AAA-200'
        ])
            expect(await admin('GET', `/query/${bad}`)).toMatchObject(refusal(400, 'INVALID_QUERY_LOCATOR'));
    });
});
