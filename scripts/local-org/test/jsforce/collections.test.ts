// jsforce: lists of records in one request. Results come by position; one bad row spoils the others only when asked to.
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

const rows = (count: number, note: string) =>
    Array.from({ length: count }, (_, index) => ({ Note__c: note, Points__c: index }));
const countOf = (note: string) => conn.sobject('Rating__c').count({ Note__c: note });

describe('creating a list', () => {
    const oneBad = (note: string) => [
        { Note__c: note, Points__c: 1 },
        { Note__c: note, Points__c: -1 },
        { Note__c: note, Points__c: 2 }
    ];

    test('saves the good rows and says at its place what is wrong with the bad one', async () => {
        const results = await conn.sobject('Rating__c').create(oneBad('some'));
        expect(results.map(({ success }) => success)).toEqual([true, false, true]);
        expect(results[1]!.errors).toEqual([
            {
                statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
                message: 'Points cannot be negative.',
                fields: ['Points__c']
            }
        ]);
        expect(await countOf('some')).toBe(2);
    });

    test('saves nothing when all or none is asked for, and tells the good rows why', async () => {
        const results = await conn.sobject('Rating__c').create(oneBad('none'), { allOrNone: true });
        expect(results.map(({ errors }) => (errors[0] as any).statusCode)).toEqual([
            'ALL_OR_NONE_OPERATION_ROLLED_BACK',
            'FIELD_CUSTOM_VALIDATION_EXCEPTION',
            'ALL_OR_NONE_OPERATION_ROLLED_BACK'
        ]);
        expect(await countOf('none')).toBe(0);
    });

    test('takes 200 rows at once and refuses 201, unless they go in two requests', async () => {
        expect(await conn.sobject('Rating__c').create(rows(200, 'fits'))).toHaveLength(200);
        const refused = await refusal(conn.sobject('Rating__c').create(rows(201, 'toomany')));
        expect(refused.name).toBe('EXCEEDED_ID_LIMIT');
        expect(await countOf('toomany')).toBe(0);
        const used = () => conn.limitInfo.apiUsage!.used;
        await conn.sobject('Rating__c').create(rows(1, 'one'));
        const before = used();
        await conn.sobject('Rating__c').create(rows(201, 'twice'), { allowRecursive: true });
        expect(used() - before).toBe(2);
        expect(await countOf('twice')).toBe(201);
    });
});

test('reading a list keeps its order, and has null where there is no record', async () => {
    const created = await conn.sobject('Rating__c').create(rows(3, 'order'));
    const [a, b, c] = created.map(({ id }) => id!);
    await conn.sobject('Rating__c').destroy(b!);
    const found = await conn.sobject('Rating__c').retrieve([c!, b!, a!], { fields: ['Points__c'] });
    expect(found.map((record) => record && record.Points__c)).toEqual([2, null, 0]);
});

test('changing a list needs an id in every row, and an id of another object is refused at its place', async () => {
    const created = await conn.sobject('Rating__c').create(rows(2, 'change'));
    const { id: account } = await conn.sobject('Account').create({ Name: 'Not a rating' });
    const results = await conn.sobject('Rating__c').update([
        { Id: created[0]!.id!, Points__c: 8 },
        { Id: account!, Points__c: 9 },
        { Id: created[1]!.id!, Points__c: 10 }
    ]);
    expect(results.map(({ success }) => success)).toEqual([true, false, true]);
    const points = await conn
        .sobject('Rating__c')
        .find({ Note__c: 'change' }, ['Points__c'])
        .sort('Points__c');
    expect(points.map((one) => one.Points__c)).toEqual([8, 10]);
});

describe.each(['45.0', '65.0'])('upserting a list with version %s of the API', (version) => {
    test('creates what is new and changes what is there', async () => {
        const older = local.as('admin@local.org');
        older.version = version;
        const upsert = (keys: string[], points: number) =>
            older.sobject('Rating__c').upsert(
                keys.map((key) => ({ ExternalKey__c: `${version}-${key}`, Points__c: points })),
                'ExternalKey__c'
            );
        const first = await upsert(['a', 'b'], 1);
        const second = await upsert(['b', 'c'], 2);
        expect(first.map((one) => [one.success, one.created])).toEqual([
            [true, true],
            [true, true]
        ]);
        expect(second.map(({ created }) => created)).toEqual([false, true]);
        expect(second[0]!.id).toBe(first[1]!.id);
    });
});

test('upserting a list all or none leaves no row behind when one is too long', async () => {
    const results = await conn.sobject('Rating__c').upsert(
        ['k1', 'k2', 'k3'].map((key) => ({
            ExternalKey__c: key,
            Note__c: key === 'k2' ? 'longer than ten characters' : 'short'
        })),
        'ExternalKey__c',
        { allOrNone: true }
    );
    expect(results.map(({ success }) => success)).toEqual([false, false, false]);
    expect(results[1]!.errors).toMatchObject([{ statusCode: 'STRING_TOO_LONG', fields: ['Note__c'] }]);
    expect(await conn.sobject('Rating__c').count({ ExternalKey__c: ['k1', 'k2', 'k3'] })).toBe(0);
});

test('deleting a list deletes what there is, and an id twice is deleted once', async () => {
    const created = await conn.sobject('Rating__c').create(rows(2, 'delete'));
    const [first, second] = created.map(({ id }) => id!);
    await conn.sobject('Rating__c').destroy(first!);
    const results = await conn.sobject('Rating__c').destroy([first!, second!]);
    expect(results.map(({ success }) => success)).toEqual([false, true]);
    expect(results[0]!.errors).toMatchObject([{ statusCode: 'ENTITY_IS_DELETED' }]);
    expect(await countOf('delete')).toBe(0);
});
