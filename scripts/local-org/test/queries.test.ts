// Queries from text to records on a small org: values, conditions, order, aggregates, relationships, formulas, pages.
// What the parser refuses is in soql-parse.test.ts, who sees what in sharing.test.ts.
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { CallContext, OrgError, QueriedRecord, QueryOptions } from '../org.ts';
import { createQueries } from '../queries.ts';
import type { PagedQueries } from '../queries.ts';
import { picklist } from '../schema/definitions.ts';
import type { ObjectDef } from '../schema/types.ts';
import { createMiniOrg, customField, formulaField, user } from './support/mini-schema.ts';
import type { MiniOrg } from './support/mini-schema.ts';

let org: MiniOrg;
let queries: PagedQueries;
let now: Date;
let ada: string;
let acme: string;
let big: string;
let small: string;
let blank: string;
let ctx: CallContext;

beforeEach(() => {
    org = createMiniOrg();
    now = new Date('2026-07-15T23:30:00Z');
    queries = createQueries({ ...org, currency: 'USD', clock: () => now });
    ada = org.add('User', { FirstName: 'Ada', LastName: 'Lovelace', Username: 'ada@example.com' });
    acme = org.add('Account', { Name: 'Acme Müller', Industry: 'Banking', OwnerId: ada });
    const deal = { OwnerId: ada, AccountId: acme };
    big = org.add('Opportunity', {
        ...deal,
        Name: 'Big 100% deal',
        Amount: 300.1,
        StageName: 'Won',
        CloseDate: '2026-08-01',
        IsClosed: true
    });
    small = org.add('Opportunity', {
        ...deal,
        Name: 'small deal',
        Amount: 0.2,
        StageName: 'Open',
        CloseDate: '2026-07-16'
    });
    blank = org.add('Opportunity', { OwnerId: ada, Name: 'Blank', StageName: 'Open' });
    ctx = { user: user(ada, { viewAllData: true }), mode: 'user' };
});

function rows(soql: string, options?: QueryOptions): QueriedRecord[] {
    return queries.query(ctx, soql, options).records;
}

/** Names of the opportunities a condition finds, in order of creation. */
function found(where: string, options?: QueryOptions): unknown[] {
    return rows(`SELECT Name FROM Opportunity WHERE ${where} ORDER BY Id`, options).map((row) => row.Name);
}

function refusal(soql: string, options?: QueryOptions): string {
    try {
        queries.query(ctx, soql, options);
    } catch (error) {
        return `${(error as OrgError).errorCode}: ${(error as OrgError).message.split('\n').pop()}`;
    }
    return 'answered';
}

const BIG = 'Big 100% deal';
const SMALL = 'small deal';

describe('a record', () => {
    test('has attributes first, then the fields in their order and canonical case', () => {
        const [row] = rows(
            `select name, ID, isclosed, closedate, createddate, amount from OPPORTUNITY where id = '${big}'`
        );
        expect(JSON.stringify(row)).toBe(
            JSON.stringify({
                attributes: { type: 'Opportunity', url: `/services/data/v65.0/sobjects/Opportunity/${big}` },
                Name: BIG,
                Id: big,
                IsClosed: true,
                CloseDate: '2026-08-01',
                CreatedDate: '2026-01-02T03:04:05.000+0000',
                Amount: 300.1
            })
        );
    });

    test('holds its parents, each once, and null where there is none', () => {
        const [row, , orphan] = rows(
            'SELECT Account.Name, Name, Account.Owner.Name, Account.Id FROM Opportunity ORDER BY Id'
        );
        expect(Object.keys(row)).toEqual(['attributes', 'Account', 'Name']);
        expect(row.Account).toMatchObject({
            attributes: { type: 'Account' },
            Name: 'Acme Müller',
            Owner: { attributes: { type: 'User' }, Name: 'Ada Lovelace' },
            Id: acme
        });
        expect(orphan.Account).toBeNull();
    });

    test('may be named by the alias or the name of its object', () => {
        expect(rows(`SELECT o.Name FROM Opportunity o WHERE o.Id = '${big}'`)[0].Name).toBe(BIG);
        expect(rows('SELECT Account.Name FROM Account')[0].Name).toBe('Acme Müller');
    });

    test('holds children with their own order and limit, null when there are none', () => {
        for (const subject of ['b', 'a', 'c'])
            org.add('Task', { Subject: subject, OwnerId: ada, WhatId: big });
        const [first, second] = rows(
            'SELECT Name, (SELECT Subject FROM Tasks ORDER BY Subject LIMIT 2) FROM Opportunity ORDER BY Id'
        );
        expect(first.Tasks).toMatchObject({
            totalSize: 2,
            done: true,
            records: [{ Subject: 'a' }, { Subject: 'b' }]
        });
        expect(second.Tasks).toBeNull();
    });

    test('reaches a parent of several objects by its name and type', () => {
        org.add('Task', { Subject: 'x', OwnerId: ada, WhatId: acme });
        const [row] = rows("SELECT What.Name, What.Type FROM Task WHERE What.Type = 'Account'");
        expect(row.What).toEqual({
            attributes: { type: 'Name', url: `/services/data/v65.0/sobjects/Account/${acme}` },
            Name: 'Acme Müller',
            Type: 'Account'
        });
    });

    test('is left out when deleted, unless all rows are asked for', () => {
        org.set(small, { IsDeleted: true });
        expect(rows('SELECT Id FROM Opportunity')).toHaveLength(2);
        expect(rows('SELECT Id FROM Opportunity', { allRows: true })).toHaveLength(3);
        expect(rows('SELECT Id FROM Opportunity ALL ROWS', { binds: {} })).toHaveLength(3);
        expect(refusal('SELECT Id FROM Opportunity ALL ROWS')).toBe(
            'MALFORMED_QUERY: ALL ROWS not allowed in this context'
        );
    });
});

describe('a condition on text', () => {
    test('ignores case, of any letters', () => {
        expect(found("Name = 'BIG 100% DEAL'")).toEqual([BIG]);
        expect(found("Account.Name = 'ACME MÜLLER'")).toEqual([BIG, SMALL]);
        expect(found("Account.Name IN ('ACME MÜLLER', 'x')")).toEqual([BIG, SMALL]);
        expect(found("Account.Name LIKE '%müll%'")).toEqual([BIG, SMALL]);
    });

    test('reads % and _ as wildcards, and as themselves behind a backslash', () => {
        expect(found("Name LIKE 's_all%'")).toEqual([SMALL]);
        expect(found("Name LIKE '%100\\\\%%'")).toEqual([]);
        expect(found("Name LIKE '%100\\%%'")).toEqual([BIG]);
        expect(found("Name LIKE '%0\\%'")).toEqual([]);
    });

    test('takes quotes, backslashes, emoji and right-to-left text as they are', () => {
        const odd = 'O\'Neil \\ "x" 😀 שלום';
        const id = org.add('Opportunity', { Name: odd, OwnerId: ada });
        expect(rows("SELECT Id FROM Opportunity WHERE Name = 'O\\'Neil \\\\ \"x\" 😀 שלום'")[0].Id).toBe(id);
        expect(rows('SELECT Id FROM Opportunity WHERE Name = :name', { binds: { name: odd } })[0].Id).toBe(
            id
        );
    });

    test('cannot be led out of its quotes', () => {
        expect(found("Name = 'x\\' OR Name != \\'y'")).toEqual([]);
        expect(found('Name = :name', { binds: { name: "x' OR Name != 'y" } })).toEqual([]);
    });

    test('finds no value with empty text', () => {
        expect(found("NextStep = ''")).toHaveLength(3);
    });

    test('is refused on long text', () => {
        expect(refusal("SELECT Id FROM DealHealth__c WHERE Notes__c = 'x'")).toBe(
            "INVALID_FIELD: field 'Notes__c' can not be filtered in a query call"
        );
    });
});

describe('a condition on ids', () => {
    test('takes 15 characters for 18', () => {
        expect(found(`Id = '${big.slice(0, 15)}'`)).toEqual([BIG]);
        expect(found(`AccountId IN ('${acme.slice(0, 15)}')`)).toEqual([BIG, SMALL]);
        expect(found('Id IN :ids', { binds: { ids: [big.slice(0, 15), small] } })).toEqual([BIG, SMALL]);
    });

    test('refuses what is no id', () => {
        expect(refusal("SELECT Id FROM Account WHERE Id = 'abc'")).toBe(
            'INVALID_QUERY_FILTER_OPERATOR: invalid ID field: abc'
        );
    });

    test('joins through other objects', () => {
        expect(
            rows(
                "SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Opportunity WHERE StageName = 'Won')"
            )
        ).toHaveLength(1);
        expect(
            rows('SELECT Id FROM Account WHERE Id NOT IN (SELECT AccountId FROM Opportunity)')
        ).toHaveLength(0);
        expect(found("AccountId NOT IN (SELECT Id FROM Account WHERE Industry = 'Banking')")).toEqual([
            'Blank'
        ]);
        expect(
            refusal("SELECT Id FROM Account WHERE Name = 'x' OR Id IN (SELECT AccountId FROM Opportunity)")
        ).toBe("MALFORMED_QUERY: Semi join sub-selects are not allowed with the 'OR' operator");
    });
});

describe('a field without a value', () => {
    test('differs from every value, and is smaller or greater than none', () => {
        expect(found('Amount != 5')).toEqual([BIG, SMALL, 'Blank']);
        expect(found('(NOT Amount = 300.1)')).toEqual([SMALL, 'Blank']);
        expect(found("(NOT Account.Name LIKE 'Acme%')")).toEqual(['Blank']);
        expect(found('Amount NOT IN (300.1)')).toEqual([SMALL, 'Blank']);
        expect(found('Amount < 5')).toEqual([SMALL]);
        expect(found('Amount = null')).toEqual(['Blank']);
        expect(found('Amount != null')).toEqual([BIG, SMALL]);
        expect(found('Amount IN (0.2, null)')).toEqual([SMALL, 'Blank']);
    });

    test('sorts first, unless asked to be last', () => {
        const order = (by: string): unknown[] =>
            rows(`SELECT Name FROM Opportunity ORDER BY ${by}`).map((row) => row.Name);
        expect(order('Amount')).toEqual(['Blank', SMALL, BIG]);
        expect(order('Amount DESC')).toEqual(['Blank', BIG, SMALL]);
        expect(order('Amount DESC NULLS LAST')).toEqual([BIG, SMALL, 'Blank']);
    });
});

describe('a condition on dates', () => {
    test('takes the day of the org, not of UTC', () => {
        expect(found('CloseDate = TODAY')).toEqual([SMALL]);
        expect(found('CloseDate > TODAY')).toEqual([BIG]);
        expect(found('CloseDate <= TODAY')).toEqual([SMALL]);
        expect(found('CloseDate != TODAY')).toEqual([BIG, 'Blank']);
        expect(found('CloseDate IN (TODAY, 2026-08-01)')).toEqual([BIG, SMALL]);
        expect(found('CloseDate = NEXT_N_DAYS:30 AND CloseDate = NEXT_MONTH')).toEqual([BIG]);
    });

    test('bounds an instant by local midnights', () => {
        const today = 'SELECT Name FROM Opportunity WHERE CreatedDate = TODAY';
        org.set(big, { CreatedDate: '2026-07-15T22:59:59.000Z' });
        expect(rows(today)).toHaveLength(0);
        org.set(big, { CreatedDate: '2026-07-15T23:00:00.000Z' });
        expect(rows(today)).toHaveLength(1);
    });

    test('reads any offset of an instant', () => {
        expect(found('CreatedDate = 2026-01-02T04:04:05+01:00')).toHaveLength(3);
        expect(found('CreatedDate > 2026-01-02T03:04:05Z')).toHaveLength(0);
    });

    test('follows the fiscal year of the organization', () => {
        org.add('Organization', { Name: 'Org', FiscalYearStartMonth: 8 });
        expect(found('CloseDate = NEXT_FISCAL_YEAR')).toEqual([BIG]);
        expect(
            rows('SELECT FISCAL_YEAR(CloseDate) y FROM Opportunity GROUP BY FISCAL_YEAR(CloseDate)').map(
                (row) => row.y
            )
        ).toEqual([null, 2026, 2027]);
    });

    test('refuses an instant for a day and a day that is none', () => {
        expect(refusal('SELECT Id FROM Opportunity WHERE CloseDate = 2026-01-01T00:00:00Z')).toMatch(
            /^INVALID_FIELD: value of filter criterion for field 'CloseDate' must be of type date/
        );
        expect(refusal('SELECT Id FROM Opportunity WHERE CloseDate = 2026-02-30')).toBe(
            'MALFORMED_QUERY: Invalid date: 2026-02-30'
        );
    });
});

describe('bind values', () => {
    test.each<[string, string, Record<string, unknown>, number]>([
        ['a number', 'Amount > :n', { n: 1 }, 1],
        ['a name in any case', 'Amount > :N', { n: 1 }, 1],
        ['a boolean', 'IsClosed = :yes', { yes: true }, 1],
        ['null', 'Amount = :none', { none: null }, 1],
        ['a list', 'StageName IN :stages', { stages: ['won', 'x'] }, 1],
        ['a set', 'StageName NOT IN :stages', { stages: new Set(['Won']) }, 2],
        ['an empty list', 'StageName IN :stages', { stages: [] }, 0],
        ['an empty list, negated', 'StageName NOT IN :stages', { stages: [] }, 3],
        ['a date as text', 'CloseDate = :day', { day: '2026-08-01' }, 1],
        ['a moment', 'CreatedDate < :at', { at: new Date('2026-01-03T00:00:00Z') }, 3],
        ['a field of a variable', 'Name = :deal.Name', { deal: { Name: SMALL } }, 1],
        ['a list inside brackets', 'Name IN (:a, :b)', { a: SMALL, b: BIG }, 2]
    ])('%s', (_, where, binds, expected) => {
        expect(found(where, { binds })).toHaveLength(expected);
    });

    test('records, for their ids', () => {
        expect(found('Id IN :deals', { binds: { deals: [{ Id: big }] } })).toEqual([BIG]);
    });

    test('count for LIMIT and OFFSET', () => {
        expect(
            rows('SELECT Name FROM Opportunity ORDER BY Name LIMIT :n OFFSET :m', {
                binds: { n: 1, m: 1 }
            })[0].Name
        ).toBe('Blank');
    });

    test('are refused when unknown, of the wrong type, or not from Apex', () => {
        expect(refusal('SELECT Id FROM Account WHERE Name = :x', { binds: {} })).toBe(
            'MALFORMED_QUERY: Variable does not exist: x'
        );
        expect(refusal('SELECT Id FROM Opportunity WHERE Amount = :x', { binds: { x: 'a' } })).toMatch(
            /must be of type currency/
        );
        expect(refusal('SELECT Id FROM Account WHERE Name = :x')).toBe(
            'MALFORMED_QUERY: Bind variables only allowed in Apex code'
        );
    });
});

describe('multi-select picklists', () => {
    beforeEach(() => {
        for (const channels of ['Mail;Phone', 'Phone', null])
            org.add('PipelineFlag__c', { OwnerId: ada, Channels__c: channels });
    });

    test.each([
        ["INCLUDES ('mail')", 1],
        ["INCLUDES ('Phone')", 2],
        ["INCLUDES ('Phone;Mail')", 1],
        ["INCLUDES ('Mail', 'Phone')", 2],
        ["EXCLUDES ('Mail')", 2]
    ])('%s finds %i', (condition, expected) => {
        expect(rows(`SELECT Id FROM PipelineFlag__c WHERE Channels__c ${condition}`)).toHaveLength(expected);
    });
});

describe('order and limits', () => {
    test('picklists sort in the order of their values', () => {
        for (const band of ['Stalled', 'Healthy', 'AtRisk', 'Watch'])
            org.add('DealHealth__c', { OwnerId: ada, Band__c: band });
        const bands = rows('SELECT Band__c FROM DealHealth__c ORDER BY Band__c DESC').map(
            (row) => row.Band__c
        );
        expect(bands).toEqual(['Stalled', 'AtRisk', 'Watch', 'Healthy']);
    });

    test('equal rows keep one order, so that pages never overlap', () => {
        const page = (offset: number): unknown =>
            rows(`SELECT Id FROM Opportunity ORDER BY IsDeleted LIMIT 1 OFFSET ${offset}`)[0].Id;
        expect([page(0), page(1), page(2)]).toEqual([big, small, blank]);
    });

    test('an offset has a limit', () => {
        expect(refusal('SELECT Id FROM Account OFFSET 2001')).toBe(
            'NUMBER_OUTSIDE_VALID_RANGE: Maximum SOQL offset allowed is 2000'
        );
    });
});

describe('aggregates', () => {
    test('COUNT() gives the number of rows and no rows', () => {
        expect(queries.query(ctx, 'SELECT COUNT() FROM Opportunity')).toEqual({ totalSize: 3, records: [] });
        expect(queries.query(ctx, 'SELECT COUNT() FROM Opportunity LIMIT 2').totalSize).toBe(2);
    });

    test('are named expr0, expr1 and so on, or by their alias', () => {
        const soql =
            'SELECT COUNT(Id), SUM(Amount) total, MAX(CloseDate), COUNT_DISTINCT(StageName) FROM Opportunity';
        expect(rows(soql)).toEqual([
            { attributes: { type: 'AggregateResult' }, expr0: 3, total: 300.3, expr1: '2026-08-01', expr2: 2 }
        ]);
    });

    test('group, filter groups and sort them', () => {
        const soql =
            'SELECT Account.Name, StageName s, COUNT(Id) n FROM Opportunity GROUP BY Account.Name, StageName ' +
            'HAVING COUNT(Id) > 0 ORDER BY Account.Name NULLS LAST, StageName DESC';
        expect(rows(soql).map(({ Name, s, n }) => [Name, s, n])).toEqual([
            ['Acme Müller', 'Won', 1],
            ['Acme Müller', 'Open', 1],
            [null, 'Open', 1]
        ]);
        expect(
            rows('SELECT StageName FROM Opportunity GROUP BY StageName HAVING COUNT(Id) > 1')
        ).toMatchObject([{ StageName: 'Open' }]);
    });

    test('group by parts of dates', () => {
        org.set(big, { CreatedDate: '2026-06-30T23:30:00.000Z' });
        const month = (field: string): unknown[] =>
            rows(
                `SELECT CALENDAR_MONTH(${field}) m FROM Opportunity WHERE Id = '${big}' GROUP BY CALENDAR_MONTH(${field})`
            ).map((row) => row.m);
        expect(month('CreatedDate')).toEqual([6]);
        expect(month('convertTimezone(CreatedDate)')).toEqual([7]);
        expect(found('DAY_ONLY(CreatedDate) = 2026-06-30 AND HOUR_IN_DAY(CreatedDate) = 23')).toEqual([BIG]);
        expect(
            found(
                'DAY_IN_WEEK(CloseDate) = 7 AND WEEK_IN_MONTH(CloseDate) = 1 AND CALENDAR_QUARTER(CloseDate) = 3'
            )
        ).toEqual([BIG]);
    });

    test.each([
        ['SELECT Name, COUNT(Id) FROM Account', 'Field must be grouped or aggregated: Name'],
        [
            'SELECT Name, COUNT(Id) FROM Account GROUP BY Industry',
            'Field must be grouped or aggregated: Name'
        ],
        ['SELECT SUM(Name) FROM Account', 'field Name does not support aggregate operator SUM'],
        ['SELECT COUNT(Id) a, COUNT(Id) a FROM Account', 'duplicate alias: a'],
        ['SELECT Name n FROM Account', 'only aggregate expressions use field aliasing'],
        ['SELECT FIELDS(ALL) FROM Account', 'The SOQL FIELDS function must have a LIMIT of at most 200'],
        [
            'SELECT COUNT(Id) FROM Account LIMIT 1',
            'Non-grouped query that uses overall aggregate functions cannot also use LIMIT'
        ]
    ])('%s is malformed', (soql, message) => {
        expect(refusal(soql)).toBe(`MALFORMED_QUERY: ${message}`);
    });
});

describe('formula fields', () => {
    beforeEach(() => {
        org.add('DealHealth__c', {
            OwnerId: ada,
            Name: 'late',
            Opportunity__c: small,
            DataAsOf__c: '2026-07-14T21:00:00.000Z'
        });
        org.add('DealHealth__c', {
            OwnerId: ada,
            Name: 'early',
            Opportunity__c: big,
            DataAsOf__c: '2026-07-15T21:00:00.000Z'
        });
    });

    test('are computed at every read, by the clock and the time zone of the org', () => {
        const soql = "SELECT DaysToClose__c, IsStale__c FROM DealHealth__c WHERE Name = 'early'";
        expect(rows(soql)).toMatchObject([{ DaysToClose__c: 16, IsStale__c: false }]);
        now = new Date('2026-07-17T23:30:00Z');
        expect(rows(soql)).toMatchObject([{ DaysToClose__c: 14, IsStale__c: true }]);
    });

    test('filter, sort and add up, and cannot be grouped', () => {
        expect(rows('SELECT Name FROM DealHealth__c WHERE IsStale__c = true')).toMatchObject([
            { Name: 'late' }
        ]);
        expect(rows('SELECT Name FROM DealHealth__c WHERE DaysToClose__c > 10')).toMatchObject([
            { Name: 'early' }
        ]);
        expect(rows('SELECT Name FROM DealHealth__c ORDER BY DaysToClose__c')).toMatchObject([
            { Name: 'late' },
            { Name: 'early' }
        ]);
        expect(rows('SELECT SUM(DaysToClose__c) s FROM DealHealth__c')).toMatchObject([{ s: 16 }]);
        expect(refusal('SELECT IsStale__c, COUNT(Id) n FROM DealHealth__c GROUP BY IsStale__c')).toBe(
            "MALFORMED_QUERY: field 'IsStale__c' can not be grouped in a query call"
        );
    });

    test('are read through parents, and read other formula fields', () => {
        const object = org.schema.object('PipelineFlag__c') as ObjectDef;
        const urgent = formulaField('IsUrgent__c', 'boolean', 'DealHealth__r.DaysToClose__c < 5');
        org.schema.apply({ ...object, fields: [...object.fields, urgent] });
        org.schema.bumpVersion();
        const [late] = rows("SELECT Id FROM DealHealth__c WHERE Name = 'late'");
        org.add('PipelineFlag__c', { OwnerId: ada, DealHealth__c: late.Id as string });
        expect(
            rows(
                'SELECT IsUrgent__c, DealHealth__r.DaysToClose__c FROM PipelineFlag__c WHERE IsUrgent__c = true'
            )
        ).toMatchObject([{ IsUrgent__c: true, DealHealth__r: { DaysToClose__c: 0 } }]);
    });

    test('follow a deploy that changes them', () => {
        const soql = "SELECT DaysToClose__c FROM DealHealth__c WHERE Name = 'early'";
        expect(rows(soql)[0].DaysToClose__c).toBe(16);
        const object = org.schema.object('DealHealth__c') as ObjectDef;
        const fields = object.fields.map((field) =>
            field.name === 'DaysToClose__c' ? { ...field, formula: '1 + 1' } : field
        );
        org.schema.apply({ ...object, fields });
        org.schema.bumpVersion();
        expect(rows(soql)[0].DaysToClose__c).toBe(2);
    });
});

describe('a schema that grows', () => {
    test('is used by the next query, also by one asked before', () => {
        const soql = 'SELECT Name, Score__c FROM Opportunity';
        expect(refusal(soql)).toMatch(/^INVALID_FIELD: No such column 'Score__c' on entity 'Opportunity'/);
        const object = org.schema.object('Opportunity') as ObjectDef;
        org.schema.apply({
            ...object,
            fields: [
                ...object.fields,
                customField('Score__c', 'picklist', { picklistValues: picklist(['a']) })
            ]
        });
        org.schema.bumpVersion();
        expect(rows(soql)[0]).toHaveProperty('Score__c', null);
    });
});

describe('a cursor', () => {
    test('pages through one fixed list while rows come, go and change', () => {
        for (let i = 0; i < 5; i++) org.add('Account', { Name: `A${i}`, OwnerId: ada });
        const cursor = queries.openCursor(
            ctx,
            "SELECT Name, Owner.Name FROM Account WHERE Name LIKE 'A_' ORDER BY Name DESC"
        );
        expect(cursor.totalSize).toBe(5);
        expect(cursor.page(0, 2).map((row) => row.Name)).toEqual(['A4', 'A3']);
        org.add('Account', { Name: 'A9', OwnerId: ada });
        expect(cursor.page(2, 2)).toMatchObject([
            { Name: 'A2', Owner: { Name: 'Ada Lovelace' } },
            { Name: 'A1' }
        ]);
        expect(cursor.page(4, 2).map((row) => row.Name)).toEqual(['A0']);
        expect(cursor.page(0, 1).map((row) => row.Name)).toEqual(['A4']);
        expect(cursor.page(6, 2)).toEqual([]);
    });

    test('serves writes between pages of an iteration', () => {
        const seen: unknown[] = [];
        for (const row of queries.iterate(ctx, 'SELECT Id, Name FROM Opportunity ORDER BY Name')) {
            org.set(row.Id as string, { Name: 'changed' });
            seen.push(row.Name);
        }
        expect(seen).toEqual([BIG, 'Blank', SMALL]);
    });

    test('gives every row of a result of several pages once', () => {
        const insert = org.db.prepare('INSERT INTO "Account" ("Id", "IsDeleted", "Name") VALUES (?, 0, ?)');
        org.db.transaction(() => {
            for (let i = 0; i < 4500; i++)
                insert.run(`001A000000${String(i).padStart(5, '0')}AAA`, `Row ${i}`);
        })();
        const ids = new Set(
            [...queries.iterate(ctx, "SELECT Id FROM Account WHERE Name LIKE 'Row %'")].map((row) => row.Id)
        );
        expect(ids.size).toBe(4500);
    });

    test('refuses more than one batch of groups, which Salesforce cannot page', () => {
        const insert = org.db.prepare('INSERT INTO "Account" ("Id", "IsDeleted", "Name") VALUES (?, 0, ?)');
        org.db.transaction(() => {
            for (let i = 0; i < 2001; i++)
                insert.run(`001A000000${String(i).padStart(5, '0')}AAA`, `Row ${i}`);
        })();
        const open = (): unknown =>
            queries.openCursor(ctx, 'SELECT Name, COUNT(Id) FROM Account GROUP BY Name');
        expect(open).toThrow('Aggregate query does not support queryMore()');
    });
});

describe('names that do not exist', () => {
    test.each([
        [
            'SELECT Nope FROM Account',
            "INVALID_FIELD: No such column 'Nope' on entity 'Account'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names."
        ],
        [
            'SELECT Id FROM Nope',
            "INVALID_TYPE: sObject type 'Nope' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names."
        ],
        [
            'SELECT Nope.Name FROM Account',
            "INVALID_FIELD: Didn't understand relationship 'Nope' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names."
        ],
        [
            'SELECT Id, (SELECT Id FROM Nopes) FROM Account',
            "INVALID_TYPE: Didn't understand relationship 'Nopes' in FROM part of query call. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names."
        ],
        [
            'SELECT Id FROM Account WHERE Name > 5',
            "INVALID_FIELD: value of filter criterion for field 'Name' must be of type string and should be enclosed in quotes"
        ]
    ])('%s', (soql, expected) => {
        expect(refusal(soql)).toBe(expected);
    });
});
