import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Connection } from 'jsforce';
import type { CallContext, InputRow, SaveResult } from '../org.ts';
import { ADMIN, startTestOrg, TEAM, userId, type TestOrg } from './support/test-org.ts';

let local: TestOrg;
let connection: Connection;
beforeAll(async () => {
    local = await startTestOrg({ clock: () => new Date('2026-11-21T10:00:00.000Z') });
    connection = local.admin;
});
afterAll(() => local.stop());

const caller = (username: string): CallContext => ({
    user: local.org.users.byUsername(username)!,
    mode: 'user'
});
const insert = (objectName: string, row: InputRow, username = ADMIN): SaveResult =>
    local.org.records.insert(caller(username), objectName, [row], { allOrNone: false })[0]!;
const update = (objectName: string, row: InputRow, username = ADMIN): SaveResult =>
    local.org.records.update(caller(username), objectName, [row], { allOrNone: false })[0]!;
const failure = (result: SaveResult): string => {
    expect(result.success).toBe(false);
    return result.errors[0]!.statusCode;
};
const row = (objectName: string, id: string | null): Record<string, unknown> =>
    local.org.db.prepare(`SELECT * FROM "${objectName}" WHERE "Id" = ?`).get(id) as Record<string, unknown>;
const deal = (given: InputRow = {}, username = ADMIN): string => {
    const result = insert(
        'Opportunity',
        { Name: 'Deal', StageName: 'Prospecting', CloseDate: '2026-12-31', ...given },
        username
    );
    expect(result.errors).toEqual([]);
    return result.id!;
};
const leaver = (): string => userId(local.org, TEAM.leaver);

describe('values', () => {
    test.each<[string, InputRow, string]>([
        ['text that is too long', { Note__c: 'eleven char' }, 'STRING_TOO_LONG'],
        ['a number with too many digits', { Points__c: 1000 }, 'NUMBER_OUTSIDE_VALID_RANGE'],
        ['a number that is none', { Points__c: 'many' }, 'INVALID_TYPE_ON_FIELD_IN_RECORD'],
        ['a day that does not exist', { On__c: '2026-02-30' }, 'INVALID_TYPE_ON_FIELD_IN_RECORD'],
        ['the year 1', { On__c: '0001-01-01' }, 'FIELD_INTEGRITY_EXCEPTION'],
        [
            'a value outside a restricted picklist',
            { Band__c: 'Ugly' },
            'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST'
        ],
        ['an id that is none', { Opportunity__c: 'deal-1' }, 'MALFORMED_ID'],
        ['an id of another object', { Opportunity__c: '001000000000001AAA' }, 'FIELD_INTEGRITY_EXCEPTION'],
        ['an id of no record', { Opportunity__c: '006000000000001AAA' }, 'INVALID_CROSS_REFERENCE_KEY'],
        ['a formula field', { Double__c: 4 }, 'INVALID_FIELD_FOR_INSERT_UPDATE'],
        ['a system field', { CreatedDate: '2020-01-01T00:00:00Z' }, 'INVALID_FIELD_FOR_INSERT_UPDATE'],
        ['a row its validation rule refuses', { Points__c: -1 }, 'FIELD_CUSTOM_VALIDATION_EXCEPTION'],
        ['an unknown parent key', { Parent__r: { ExternalKey__c: 'nobody' } }, 'INVALID_FIELD']
    ])('refuses %s', (_what, given, code) => {
        expect(failure(insert('Rating__c', given))).toBe(code);
    });

    test('reports every wrong value of a row at once', () => {
        const { errors } = insert('Rating__c', { Note__c: 'far too long', Points__c: 1e15, Double__c: 1 });
        expect(errors.map((error) => error.statusCode).sort()).toEqual([
            'INVALID_FIELD_FOR_INSERT_UPDATE',
            'NUMBER_OUTSIDE_VALID_RANGE',
            'STRING_TOO_LONG'
        ]);
    });

    test('an unknown field refuses the call', () => {
        expect(() => insert('Rating__c', { Nope__c: 1 })).toThrow(
            "No such column 'Nope__c' on sobject of type Rating__c"
        );
    });

    test('rounds to the scale, half away from zero, and keeps the case of picklist values', () => {
        const { id } = insert('Rating__c', {
            Points__c: 1.25,
            Band__c: 'bad',
            Note__c: ' \u{1F600} \u05D0 '
        });
        expect(row('Rating__c', id)).toMatchObject({
            Points__c: 1.3,
            Band__c: 'Bad',
            Note__c: '\u{1F600} \u05D0'
        });
    });

    test('fills defaults, owner, auto number and system fields', () => {
        const { id } = insert('Rating__c', {});
        expect(row('Rating__c', id)).toMatchObject({
            Name: expect.stringMatching(/^RAT-\d{4}$/),
            Band__c: 'Good',
            IsFinal__c: 0,
            OwnerId: local.org.adminUserId,
            CreatedById: local.org.adminUserId,
            SystemModstamp: '2026-11-21T10:00:00.000Z'
        });
    });
});

describe('required, unique, owners', () => {
    test('names all missing required fields', () => {
        const result = insert('Opportunity', { Name: 'No stage' });
        expect(result.errors).toEqual([
            {
                statusCode: 'REQUIRED_FIELD_MISSING',
                message: 'Required fields are missing: [StageName, CloseDate]',
                fields: ['StageName', 'CloseDate']
            }
        ]);
        expect(failure(update('Opportunity', { Id: deal(), Name: null }))).toBe('REQUIRED_FIELD_MISSING');
    });

    test('refuses a second row with the same unique key, whatever its case', () => {
        const first = insert('Rating__c', { ExternalKey__c: 'key-1' });
        const second = insert('Rating__c', { ExternalKey__c: 'KEY-1' });
        expect(failure(second)).toBe('DUPLICATE_VALUE');
        expect(second.errors[0]!.message).toContain(first.id!);
    });

    test('refuses inactive owners and owners who cannot read the object', () => {
        expect(failure(update('Opportunity', { Id: deal(), OwnerId: leaver() }))).toBe(
            'INACTIVE_OWNER_OR_USER'
        );
        expect(failure(insert('Rating__c', { OwnerId: userId(local.org, TEAM.rep) }))).toBe(
            'TRANSFER_REQUIRES_READ'
        );
    });
});

describe('upsert', () => {
    const upsert = (rows: InputRow[]): SaveResult[] =>
        local.org.records.upsert(caller(ADMIN), 'Rating__c', 'ExternalKey__c', rows, { allOrNone: false });

    test('creates, then updates the same row', () => {
        const [first] = upsert([{ ExternalKey__c: 'u-1', Points__c: 1 }]);
        const [second] = upsert([{ ExternalKey__c: 'U-1', Points__c: 2 }]);
        expect([first!.created, second!.created]).toEqual([true, false]);
        expect(second!.id).toBe(first!.id);
        expect(row('Rating__c', first!.id)).toMatchObject({ ExternalKey__c: 'u-1', Points__c: 2 });
    });

    test('reports by position, and fails every row that shares a key', () => {
        const results = upsert([
            { ExternalKey__c: 'u-2' },
            { Points__c: 1 },
            { ExternalKey__c: 'twice' },
            { ExternalKey__c: 'Twice' }
        ]);
        expect(results.map((result) => result.errors[0]?.statusCode ?? 'ok')).toEqual([
            'ok',
            'MISSING_ARGUMENT',
            'DUPLICATE_VALUE',
            'DUPLICATE_VALUE'
        ]);
    });

    test('refuses a field that is no external id', () => {
        expect(() =>
            local.org.records.upsert(caller(ADMIN), 'Rating__c', 'Note__c', [{ Note__c: 'x' }], {
                allOrNone: false
            })
        ).toThrow('does not match an External ID');
    });

    test('finds a parent by its external id', () => {
        const [parent, child] = upsert([
            { ExternalKey__c: 'parent' },
            { ExternalKey__c: 'child', Parent__r: { ExternalKey__c: 'PARENT' } }
        ]);
        expect(row('Rating__c', child!.id)['Parent__c']).toBe(parent!.id);
    });
});

describe('opportunities', () => {
    const history = (id: string): Record<string, unknown>[] =>
        local.org.db
            .prepare(
                `SELECT "StageName" AS stage, "Amount" AS amount, "CloseDate" AS close, "PrevAmount" AS wasAmount,
                        "PrevCloseDate" AS wasClose FROM "OpportunityHistory" WHERE "OpportunityId" = ? ORDER BY "Id"`
            )
            .all(id) as Record<string, unknown>[];

    test('take closed, won, probability and forecast category from the stage', () => {
        const id = deal({ Amount: 200 });
        expect(row('Opportunity', id)).toMatchObject({
            IsClosed: 0,
            Probability: 10,
            ExpectedRevenue: 20,
            ForecastCategory: 'Pipeline',
            Fiscal: '2026 4'
        });
        update('Opportunity', { Id: id, StageName: 'Closed Won' });
        expect(row('Opportunity', id)).toMatchObject({
            IsClosed: 1,
            IsWon: 1,
            Probability: 100,
            ForecastCategory: 'Closed'
        });
    });

    test('keep a probability that was given with the stage', () => {
        expect(row('Opportunity', deal({ Probability: 35 }))).toMatchObject({ Probability: 35 });
    });

    test('write history when stage, amount or close date change, and only then', () => {
        const id = deal({ Amount: 100 });
        update('Opportunity', { Id: id, NextStep: 'Call' });
        update('Opportunity', { Id: id, Amount: 150, CloseDate: '2027-01-31' });
        update('Opportunity', { Id: id, StageName: 'Qualification' });
        const start = {
            stage: 'Prospecting',
            amount: 100,
            close: '2026-12-31',
            wasAmount: null,
            wasClose: null
        };
        const moved = {
            stage: 'Prospecting',
            amount: 150,
            close: '2027-01-31',
            wasAmount: 100,
            wasClose: '2026-12-31'
        };
        expect(history(id)).toEqual([
            start,
            moved,
            { ...moved, stage: 'Qualification', wasAmount: 150, wasClose: '2027-01-31' }
        ]);
        expect(row('Opportunity', id)['PushCount']).toBe(1);
    });

    test('accept a stage that no longer exists, as open', () => {
        expect(row('Opportunity', deal({ StageName: 'Abolished' }))).toMatchObject({
            IsClosed: 0,
            StageName: 'Abolished'
        });
    });

    test('show the last closed task or event as last activity, without being modified', () => {
        const id = deal();
        const before = row('Opportunity', id)['SystemModstamp'];
        insert('Task', { WhatId: id, Subject: 'Later', Status: 'Not Started', ActivityDate: '2026-11-30' });
        expect(row('Opportunity', id)['LastActivityDate']).toBeNull();
        const task = insert('Task', { WhatId: id, Subject: 'Call', ActivityDate: '2026-11-10' });
        update('Task', { Id: task.id, Status: 'Completed' });
        expect(row('Task', task.id)).toMatchObject({
            IsClosed: 1,
            CompletedDateTime: '2026-11-21T10:00:00.000Z'
        });
        insert('Event', {
            WhatId: id,
            Subject: 'Visit',
            StartDateTime: '2026-11-05T09:00:00Z',
            DurationInMinutes: 30
        });
        expect(row('Opportunity', id)).toMatchObject({
            LastActivityDate: '2026-11-10',
            SystemModstamp: before
        });
    });
});

describe('deleting', () => {
    const remove = (id: string, username = ADMIN): SaveResult =>
        local.org.records.delete(caller(username), [id], { allOrNone: false })[0]!;

    test('takes cascading children along, empties lookups, and undelete brings the rows back', () => {
        const id = deal();
        const task = insert('Task', { WhatId: id, Subject: 'Call' }).id!;
        const rating = insert('Rating__c', { Opportunity__c: id }).id!;
        expect(remove(id).success).toBe(true);
        expect([row('Opportunity', id)['IsDeleted'], row('Task', task)['IsDeleted']]).toEqual([1, 1]);
        expect(row('Rating__c', rating)).toMatchObject({ IsDeleted: 0, Opportunity__c: null });
        expect(failure(remove(id))).toBe('ENTITY_IS_DELETED');
        expect(failure(update('Opportunity', { Id: id, Name: 'Gone' }))).toBe('ENTITY_IS_DELETED');
        local.org.records.undelete(caller(ADMIN), [id], { allOrNone: false });
        expect([row('Opportunity', id)['IsDeleted'], row('Task', task)['IsDeleted']]).toEqual([0, 0]);
    });

    test('a key of a deleted row can be used again', () => {
        const { id } = insert('Rating__c', { ExternalKey__c: 'again' });
        remove(id!);
        expect(insert('Rating__c', { ExternalKey__c: 'again' }).success).toBe(true);
    });
});

describe('access', () => {
    test("a rep cannot change or delete a peer's deal, his manager can", () => {
        const id = deal({}, TEAM.rep);
        expect(failure(update('Opportunity', { Id: id, NextStep: 'Mine now' }, TEAM.peer))).toBe(
            'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY'
        );
        const [removal] = local.org.records.delete(caller(TEAM.peer), [id], { allOrNone: false });
        expect(failure(removal!)).toBe('INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY');
        expect(update('Opportunity', { Id: id, NextStep: 'Call' }, TEAM.manager).success).toBe(true);
    });

    test('a rep cannot point to a deal he cannot see', () => {
        const id = deal({}, TEAM.rep);
        expect(failure(insert('Task', { WhatId: id, Subject: 'Sneak' }, TEAM.peer))).toBe(
            'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY'
        );
    });

    test('without object permission nothing is saved', () => {
        expect(failure(insert('Rating__c', {}, TEAM.rep))).toBe('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY');
        expect(failure(insert('OpportunityHistory', {}))).toBe('CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY');
    });
});

test('all or none rolls back the good rows and says so', () => {
    const rows: InputRow[] = [{ ExternalKey__c: 'good' }, { Note__c: 'far too long' }];
    const results = local.org.records.insert(caller(ADMIN), 'Rating__c', rows, { allOrNone: true });
    expect(results.map((result) => result.errors[0]!.statusCode)).toEqual([
        'ALL_OR_NONE_OPERATION_ROLLED_BACK',
        'STRING_TOO_LONG'
    ]);
    expect(
        local.org.db.prepare(`SELECT 1 FROM "Rating__c" WHERE "ExternalKey__c" = 'good'`).get()
    ).toBeUndefined();
});

test('a locked row fails once and saves on the retry', () => {
    local.org.faults.add({
        kind: 'rowLock',
        object: 'Rating__c',
        where: (each) => each['ExternalKey__c'] === 'locked'
    });
    expect(failure(insert('Rating__c', { ExternalKey__c: 'locked' }))).toBe('UNABLE_TO_LOCK_ROW');
    expect(insert('Rating__c', { ExternalKey__c: 'locked' }).success).toBe(true);
});

test('the loader keeps ids and dates, fills what follows from the stage and writes no history', async () => {
    const id = '006LoadTest00001AAA'.slice(0, 15);
    local.org.load('Opportunity', [
        {
            Id: id,
            Name: 'Old',
            StageName: 'Closed Lost',
            CloseDate: '2024-05-01',
            Amount: 10,
            CreatedDate: '2024-01-01T00:00:00.000Z'
        }
    ]);
    const loaded = await connection.query(
        `SELECT Id, IsClosed, IsWon, CreatedDate, SystemModstamp, (SELECT Id FROM OpportunityHistories) FROM Opportunity WHERE Name = 'Old'`
    );
    expect(loaded.records[0]).toMatchObject({
        IsClosed: true,
        IsWon: false,
        CreatedDate: '2024-01-01T00:00:00.000+0000',
        SystemModstamp: '2024-01-01T00:00:00.000+0000',
        OpportunityHistories: null
    });
    expect(() => local.org.load('Opportunity', [{ Name: 'x', Nope: 1 }])).toThrow(
        'Row 1 of Opportunity: there is no field Nope'
    );
});
