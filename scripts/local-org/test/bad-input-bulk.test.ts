// CSV that a client should not have uploaded: what is kept, what is refused, with which words; and the jobs around it.
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { callAs, DATA, finished, type Call } from './support/doors.ts';
import { ADMIN, startTestOrg, type TestOrg } from './support/test-org.ts';
import { expectUnharmed } from './support/unharmed.ts';

let local: TestOrg;
let admin: Call;
beforeAll(async () => {
    local = await startTestOrg();
    admin = callAs(local, ADMIN);
});
afterEach(() => {
    expectUnharmed(local.org);
    local.org.db.exec('DELETE FROM "Rating__c"');
});
afterAll(() => local.stop());

const CSV = { 'Content-Type': 'text/csv' };
const opened = async (options: object = {}): Promise<string> => {
    const job = { object: 'Rating__c', operation: 'insert', contentType: 'CSV', ...options };
    return (await admin('POST', '/jobs/ingest', job)).body.id;
};
const upload = async (id: string, csv: string | Buffer): Promise<number> =>
    (
        await local.fetchAs(ADMIN, `${DATA}/jobs/ingest/${id}/batches`, {
            method: 'PUT',
            body: csv as never,
            headers: CSV
        })
    ).status;
const ingested = async (csv: string | Buffer, options: object = {}): Promise<any> => {
    const id = await opened(options);
    await upload(id, csv);
    await admin('PATCH', `/jobs/ingest/${id}`, { state: 'UploadComplete' });
    return finished(admin, `/jobs/ingest/${id}`);
};
const results = async (id: string, part: string): Promise<Record<string, string>[]> =>
    parse((await admin('GET', `/jobs/ingest/${id}/${part}`)).body, { columns: true });
const notes = (): unknown[] =>
    local.org.db.prepare('SELECT "Note__c" FROM "Rating__c" ORDER BY "Id"').pluck().all();

describe('a CSV is read as it is meant', () => {
    test.each<[string, string | Buffer, object, unknown[]]>([
        ['quotes inside of quotes', 'Note__c\n"say ""hi"""\n', {}, ['say "hi"']],
        ['commas and line breaks inside of quotes', 'Note__c\n"a,b\nc"\n', {}, ['a,b\nc']],
        ['CRLF when the job says so', 'Note__c\r\na\r\nb\r\n', { lineEnding: 'CRLF' }, ['a', 'b']],
        ['a byte order mark', '\ufeffNote__c\na\n', {}, ['a']],
        ['no line break at the end', 'Note__c\na', {}, ['a']],
        ['empty lines', 'Note__c\na\n\n\nb\n\n', {}, ['a', 'b']],
        [
            'semicolons when the job says so',
            'Note__c;Points__c\na,b;1\n',
            { columnDelimiter: 'SEMICOLON' },
            ['a,b']
        ],
        ['tabs when the job says so', 'Note__c\tPoints__c\na\t1\n', { columnDelimiter: 'TAB' }, ['a']],
        ['a header in other letters', 'NOTE__C\na\n', {}, ['a']],
        ['blanks around the names', ' Note__c , Points__c \na,1\n', {}, ['a']],
        ['columns without a name', 'Note__c,\na,ignored\n', {}, ['a']],
        ['letters of every alphabet', 'Note__c\nžluť😀漢\n', {}, ['žluť😀漢']]
    ])('with %s', async (_what, csv, options, expected) => {
        expect(await ingested(csv, options)).toMatchObject({ state: 'JobComplete', numberRecordsFailed: 0 });
        expect(notes()).toEqual(expected);
    });

    test.each([
        ['only a header', 'Note__c\n'],
        ['nothing at all', '']
    ])('with %s it is a job with nothing to do', async (_what, csv) => {
        const job = await ingested(csv);
        expect(job).toMatchObject({ state: 'JobComplete', numberRecordsProcessed: 0 });
        expect(await results(job.id, 'successfulResults')).toEqual([]);
    });
});

describe('a CSV is refused as a whole', () => {
    const rows = Array.from({ length: 450 }, (_, index) => `n${index}`).join('\n');

    test.each<[string, string | Buffer, object, string]>([
        [
            'CRLF in a job of LF',
            'Note__c\r\na\r\n',
            {},
            'ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is LF'
        ],
        [
            'LF in a job of CRLF',
            'Note__c\na\n',
            { lineEnding: 'CRLF' },
            'ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is CRLF'
        ],
        [
            'CRLF behind a quoted header with a line break',
            '"Note__c\n"\r\na\r\n',
            {},
            'ClientInputError : LineEnding'
        ],
        ['an unknown column', 'Note__c,Nope__c\na,b\n', {}, 'InvalidBatch : Field name not found : Nope__c'],
        [
            'a column named like a JavaScript property',
            'constructor\na\n',
            {},
            'InvalidBatch : Field name not found : constructor'
        ],
        [
            'an unknown relationship',
            'Nope__r.Id\na\n',
            {},
            'InvalidBatch : Field name not found : Nope__r.Id'
        ],
        [
            'the same column twice',
            'Note__c,note__c\na,b\n',
            {},
            'InvalidBatch : Duplicate field name : note__c'
        ],
        [
            'another delimiter',
            'Note__c;Points__c\na;1\n',
            {},
            'InvalidBatch : Field name not found : Note__c;Points__c'
        ],
        [
            'a cell too many in the last row',
            `Note__c\n${rows}\na,b\n`,
            {},
            'InvalidBatch : Invalid Record Length'
        ],
        [
            'a cell too few in the last row',
            `Note__c,Points__c\n${rows.replaceAll('\n', ',1\n')},1\na\n`,
            {},
            'InvalidBatch : Invalid Record Length'
        ],
        ['a quote that never ends', `Note__c\n${rows}\n"a\n`, {}, 'InvalidBatch : Quote Not Closed'],
        ['a quote in the middle', 'Note__c\na"b\n', {}, 'InvalidBatch : Invalid Opening Quote'],
        [
            'bytes that are no UTF-8',
            Buffer.from([0x4e, 0x6f, 0x74, 0x65, 0x5f, 0x5f, 0x63, 0x0a, 0xff, 0x0a]),
            {},
            'InvalidBatch : The CSV is not in UTF-8'
        ],
        [
            'a letter cut off at the end',
            Buffer.from('Note__c\nž').subarray(0, -1),
            {},
            'InvalidBatch : The CSV is not in UTF-8'
        ],
        [
            'a record of half a megabyte',
            `Note__c\n${'a'.repeat(500_000)}\n`,
            {},
            'InvalidBatch : Max Record Size'
        ],
        [
            'no key to upsert by',
            'Note__c\na\n',
            { operation: 'upsert', externalIdFieldName: 'ExternalKey__c' },
            'InvalidBatch : Missing required field in the header row: ExternalKey__c'
        ],
        [
            'no Id to update by',
            'Note__c\na\n',
            { operation: 'update' },
            'InvalidBatch : Missing required field in the header row: Id'
        ],
        [
            'no Id to delete by',
            'Note__c\na\n',
            { operation: 'delete' },
            'InvalidBatch : Missing required field in the header row: Id'
        ]
    ])(
        'for %s: no row is saved, the reason is told, the upload handed back',
        async (_what, csv, options, reason) => {
            const job = await ingested(csv, options);
            expect(job).toMatchObject({ state: 'Failed', numberRecordsProcessed: 0 });
            expect(job.errorMessage.slice(0, reason.length)).toBe(reason);
            expect(notes()).toEqual([]);
            const left = await admin('GET', `/jobs/ingest/${job.id}/unprocessedrecords`);
            expect(left.body).toBe(Buffer.from(csv).toString());
        }
    );
});

describe('rows are refused one by one', () => {
    test('wrong values fail with their row and the others are saved', async () => {
        const job = await ingested(
            [
                'Note__c,Points__c,On__c,IsFinal__c,Band__c',
                'ok,1,2026-11-21,true,Good',
                'far too long for it,1,,,',
                'b,many,,,',
                'c,1,tomorrow,,',
                'd,1,,perhaps,',
                'e,1,,,Ugly',
                'f,99999,,,',
                ''
            ].join('\n')
        );
        expect(job).toMatchObject({
            state: 'JobComplete',
            numberRecordsProcessed: 7,
            numberRecordsFailed: 6
        });
        const failed = await results(job.id, 'failedResults');
        expect(failed.map((row) => row['sf__Error']!.split(':')[0])).toEqual([
            'STRING_TOO_LONG',
            'INVALID_TYPE_ON_FIELD_IN_RECORD',
            'INVALID_TYPE_ON_FIELD_IN_RECORD',
            'INVALID_TYPE_ON_FIELD_IN_RECORD',
            'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
            'NUMBER_OUTSIDE_VALID_RANGE'
        ]);
        expect(notes()).toEqual(['ok']);
    });

    test('keys given twice fail in both rows, ids too', async () => {
        const upserted = await ingested('ExternalKey__c\na\nb\nA\n', {
            operation: 'upsert',
            externalIdFieldName: 'ExternalKey__c'
        });
        expect(upserted).toMatchObject({ numberRecordsProcessed: 3, numberRecordsFailed: 2 });
        const id = (await admin('POST', '/sobjects/Rating__c', {})).body.id;
        const updated = await ingested(`Id,Note__c\n${id},a\n${id},b\n`, { operation: 'update' });
        expect(updated).toMatchObject({ numberRecordsProcessed: 2, numberRecordsFailed: 2 });
        expect((await results(updated.id, 'failedResults'))[0]!['sf__Error']).toMatch(
            /^DUPLICATE_VALUE:Duplicate id specified/
        );
    });

    test('ids that are none, of another object or of no record fail with their row', async () => {
        const csv = `Id,Note__c\nnonsense,a\n006000000000001AAA,a\n${local.org.ids.newId('a0R')},a\n,a\n`;
        const job = await ingested(csv, { operation: 'update' });
        expect(job).toMatchObject({ state: 'JobComplete', numberRecordsFailed: 4 });
        const failed = await results(job.id, 'failedResults');
        expect(failed.map((row) => row['sf__Error']!.split(':')[0])).toEqual([
            'MALFORMED_ID',
            'INVALID_FIELD',
            'INVALID_CROSS_REFERENCE_KEY',
            'MISSING_ARGUMENT'
        ]);
    });

    test('deletes without an id fail with their row', async () => {
        const job = await ingested('Id\nnonsense\na0R000000000001AAA\n', { operation: 'delete' });
        expect(job).toMatchObject({ state: 'JobComplete', numberRecordsFailed: 2 });
    });
});

describe('jobs', () => {
    test('take one upload, of CSV, while they are open', async () => {
        const id = await opened();
        const path = `/jobs/ingest/${id}/batches`;
        expect(await admin('PUT', path, '{}')).toMatchObject({ status: 415 });
        expect(await upload(id, 'Note__c\na\n')).toBe(201);
        expect(await admin('PUT', path, 'Note__c\nb\n', CSV)).toMatchObject({
            status: 400,
            body: [
                { errorCode: 'CLIENTINPUTERROR', message: expect.stringContaining('Found multiple contents') }
            ]
        });
        await admin('PATCH', `/jobs/ingest/${id}`, { state: 'UploadComplete' });
        await finished(admin, `/jobs/ingest/${id}`);
        expect(await admin('PUT', path, 'Note__c\nc\n', CSV)).toMatchObject({
            status: 400,
            body: [{ errorCode: 'INVALIDJOBSTATE' }]
        });
        expect(notes()).toEqual(['a']);
    });

    test('are neither closed twice nor finished by their client', async () => {
        const id = await opened();
        await upload(id, 'Note__c\na\n');
        const to = async (state: unknown): Promise<unknown> =>
            (await admin('PATCH', `/jobs/ingest/${id}`, { state })).body[0]?.errorCode;
        expect([await to('JobComplete'), await to('Nonsense'), await to(5)]).toEqual([
            'INVALIDJOBSTATE',
            'INVALIDJOBSTATE',
            'JSON_PARSER_ERROR'
        ]);
        await to('UploadComplete');
        await finished(admin, `/jobs/ingest/${id}`);
        expect(await to('UploadComplete')).toBe('INVALIDJOBSTATE');
        expect(notes()).toEqual(['a']);
    });

    test.each<[string, object]>([
        ['an unknown operation', { operation: 'explode' }],
        ['an unknown object', { object: 'Nope__c' }],
        ['an upsert without a key', { operation: 'upsert' }],
        ['an upsert by a field that is no key', { operation: 'upsert', externalIdFieldName: 'Note__c' }],
        ['an unknown delimiter', { columnDelimiter: 'DOT' }]
    ])('are not opened for %s', async (_what, options) => {
        const job = { object: 'Rating__c', operation: 'insert', ...options };
        expect(await admin('POST', '/jobs/ingest', job)).toMatchObject({
            status: 400,
            body: [{ errorCode: 'INVALIDJOB' }]
        });
    });

    test('that do not exist are not found, by any path', async () => {
        for (const path of ['', '/batches', '/successfulResults', '/failedResults', '/unprocessedrecords']) {
            const method = path === '/batches' ? 'PUT' : 'GET';
            const answer = await admin(
                method,
                `/jobs/ingest/nonsense${path}`,
                method === 'PUT' ? 'a\n' : undefined,
                CSV
            );
            expect(answer).toMatchObject({ status: 404, body: [{ errorCode: 'NOT_FOUND' }] });
        }
    });

    test.each(['maxRecords=0', 'maxRecords=many', 'locator=nonsense', 'locator=%00', 'locator=LTE'])(
        'give no results for %s',
        async (query) => {
            const { body } = await admin('POST', '/jobs/query', {
                operation: 'query',
                query: 'SELECT Id FROM User'
            });
            await finished(admin, `/jobs/query/${body.id}`);
            expect(await admin('GET', `/jobs/query/${body.id}/results?${query}`)).toMatchObject({
                status: 400
            });
        }
    );
});
