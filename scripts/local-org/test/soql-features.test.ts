// The parts of SOQL that few queries use: subtotals, TYPEOF, labels and formats, scopes, semi-join rules, several
// currencies. Everyday queries are in queries.test.ts.
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { CallContext, OrgError, QueriedRecord } from '../org.ts';
import { createQueries } from '../queries.ts';
import type { PagedQueries } from '../queries.ts';
import { picklist } from '../schema/definitions.ts';
import type { ObjectDef } from '../schema/types.ts';
import { createMiniOrg, customField, formulaField, user } from './support/mini-schema.ts';
import type { MiniOrg } from './support/mini-schema.ts';

let org: MiniOrg;
let queries: PagedQueries;
let ctx: CallContext;
let ada: string;
let bob: string;
let acme: string;

let now = new Date('2026-07-15T12:00:00Z');
const clock = (): Date => now;

function open(features?: Parameters<typeof createMiniOrg>[0]): void {
    org = createMiniOrg(features);
    queries = createQueries({ ...org, currency: 'USD', clock });
    const person = { LocaleSidKey: 'en_US', TimeZoneSidKey: 'Europe/London' };
    ada = org.add('User', { FirstName: 'Ada', LastName: 'Lovelace', Username: 'ada@example.com', ...person });
    bob = org.add('User', { FirstName: 'Bob', LastName: 'Stone', Username: 'bob@example.com', ...person });
    acme = org.add('Account', { Name: 'Acme', OwnerId: ada, Phone: '123' });
    ctx = { user: user(ada, { viewAllData: true }), mode: 'user' };
}

beforeEach(() => open());

function deal(row: Record<string, string | number | null> = {}): string {
    return org.add('Opportunity', { Name: 'Deal', OwnerId: ada, AccountId: acme, StageName: 'Open', ...row });
}

function rows(soql: string): QueriedRecord[] {
    return queries.query(ctx, soql).records;
}

function values(soql: string): unknown[][] {
    return rows(soql).map(({ attributes: _, ...fields }) => Object.values(fields));
}

function refusal(soql: string): string {
    try {
        queries.query(ctx, soql);
    } catch (error) {
        return `${(error as OrgError).errorCode}: ${(error as OrgError).message.split('\n').pop()}`;
    }
    return 'answered';
}

describe('subtotals', () => {
    beforeEach(() => {
        deal({ StageName: 'Open', Type: 'New', Amount: 1 });
        deal({ StageName: 'Open', Type: null, Amount: 2 });
        deal({ StageName: 'Won', Type: 'New', Amount: 4 });
    });

    test('ROLLUP adds them from the right, and GROUPING tells them from empty fields', () => {
        const soql = `SELECT StageName, Type, GROUPING(Type) g, SUM(Amount) s FROM Opportunity
                      GROUP BY ROLLUP(StageName, Type) ORDER BY GROUPING(StageName), StageName, GROUPING(Type), Type`;
        expect(values(soql)).toEqual([
            ['Open', null, 0, 2],
            ['Open', 'New', 0, 1],
            ['Open', null, 1, 3],
            ['Won', 'New', 0, 4],
            ['Won', null, 1, 4],
            [null, null, 1, 7]
        ]);
    });

    test('CUBE adds those of every field, HAVING and LIMIT apply to them too', () => {
        const cube = 'SELECT StageName, Type, SUM(Amount) s FROM Opportunity GROUP BY CUBE(StageName, Type)';
        expect(
            values(`${cube} HAVING SUM(Amount) > 3 ORDER BY SUM(Amount) DESC, StageName NULLS LAST`)
        ).toEqual([
            [null, null, 7],
            [null, 'New', 5],
            ['Won', 'New', 4],
            ['Won', null, 4]
        ]);
        expect(values(`${cube} ORDER BY SUM(Amount) DESC LIMIT 1`)).toEqual([[null, null, 7]]);
    });

    test('need grouped fields, and at most three of them', () => {
        expect(refusal('SELECT GROUPING(Name) FROM Opportunity GROUP BY ROLLUP(StageName)')).toBe(
            'MALFORMED_QUERY: Field must be grouped or aggregated: Name'
        );
        expect(refusal('SELECT GROUPING(StageName) FROM Opportunity GROUP BY StageName')).toMatch(
            /^MALFORMED_QUERY: GROUPING/
        );
        expect(
            refusal('SELECT COUNT(Id) FROM Opportunity GROUP BY CUBE(Name, Type, StageName, IsWon)')
        ).toMatch(/^MALFORMED_QUERY: GROUP BY CUBE takes at most 3/);
    });
});

describe('groups', () => {
    test('ignore case, also of letters beyond ASCII', () => {
        for (const Name of ['Müller', 'MÜLLER', 'muller']) deal({ Name });
        const soql = 'SELECT COUNT(Id) n FROM Opportunity GROUP BY Name ORDER BY COUNT(Id)';
        expect(values(soql)).toEqual([[1], [2]]);
        expect(values('SELECT COUNT_DISTINCT(Name) n FROM Opportunity')).toEqual([[2]]);
    });

    test.each(['Amount', 'CreatedDate', 'Description'])('cannot be made of %s', (field) => {
        expect(refusal(`SELECT COUNT(Id) FROM Opportunity GROUP BY ${field}`)).toBe(
            `MALFORMED_QUERY: field '${field}' can not be grouped in a query call`
        );
    });

    test('HAVING sees only what is grouped or aggregated', () => {
        deal({ StageName: 'Open' });
        const soql = 'SELECT StageName, COUNT(Id) n FROM Opportunity GROUP BY StageName HAVING';
        expect(values(`${soql} StageName LIKE 'o%'`)).toEqual([['Open', 1]]);
        expect(refusal(`${soql} Name LIKE 'o%'`)).toBe(
            'MALFORMED_QUERY: Field must be grouped or aggregated: Name'
        );
    });
});

describe('a parent of several objects', () => {
    beforeEach(() => {
        org.add('Task', { Subject: 'a', OwnerId: ada, WhatId: acme });
        org.add('Task', { Subject: 'b', OwnerId: ada, WhatId: deal({ Amount: 5 }) });
        org.add('Task', { Subject: 'c', OwnerId: ada });
    });

    test('is read by its type with TYPEOF', () => {
        const soql = `SELECT Subject, TYPEOF What WHEN Account THEN Phone, Name ELSE Name END FROM Task ORDER BY Subject`;
        const [account, opportunity, none] = rows(soql);
        expect(account.What).toMatchObject({ attributes: { type: 'Account' }, Phone: '123', Name: 'Acme' });
        expect(opportunity.What).toEqual({
            attributes: { type: 'Opportunity', url: expect.stringContaining('/sobjects/Opportunity/006') },
            Name: 'Deal'
        });
        expect(none.What).toBeNull();
    });

    test('has only the fields of Name without it', () => {
        expect(refusal('SELECT What.Amount FROM Task')).toMatch(
            /^INVALID_FIELD: No such column 'Amount' on entity 'Name'/
        );
    });

    test.each([
        [
            'SELECT TYPEOF Account WHEN Account THEN Name END FROM Opportunity',
            /^MALFORMED_QUERY: TYPEOF takes/
        ],
        ['SELECT TYPEOF What WHEN Nope THEN Name END FROM Task', /^INVALID_TYPE: sObject type 'Nope'/],
        ['SELECT TYPEOF What WHEN Account THEN Nope END FROM Task', /^INVALID_FIELD: No such column 'Nope'/]
    ])('%s is refused', (soql, expected) => {
        expect(refusal(soql)).toMatch(expected);
    });
});

describe('values as the user sees them', () => {
    test('toLabel() reads and filters by the label', () => {
        const flag = org.schema.object('PipelineFlag__c') as ObjectDef;
        const labelled = picklist(['A', 'B']).map((one) => ({ ...one, label: `Label ${one.value}` }));
        const kind = customField('Kind__c', 'picklist', { picklistValues: labelled });
        const kinds = customField('Kinds__c', 'multipicklist', { picklistValues: labelled });
        org.schema.apply({ ...flag, fields: [...flag.fields, kind, kinds] });
        org.schema.bumpVersion();
        org.add('PipelineFlag__c', { OwnerId: ada, Kind__c: 'A', Kinds__c: 'A;B' });
        org.add('PipelineFlag__c', { OwnerId: ada, Kind__c: 'Other' });
        expect(
            rows('SELECT toLabel(Kind__c), toLabel(Kinds__c) all FROM PipelineFlag__c ORDER BY Id')
        ).toMatchObject([
            { Kind__c: 'Label A', all: 'Label A;Label B' },
            { Kind__c: 'Other', all: null }
        ]);
        expect(rows("SELECT Kind__c FROM PipelineFlag__c WHERE toLabel(Kind__c) = 'label a'")).toMatchObject([
            { Kind__c: 'A' }
        ]);
    });

    test('FORMAT() writes numbers, days and times in the locale and time zone of the user', () => {
        deal({ Amount: 1234.5, CloseDate: '2026-08-01', Probability: 10 });
        const soql =
            'SELECT FORMAT(Amount), FORMAT(CloseDate) d, FORMAT(CreatedDate) c, FORMAT(Probability) p, Amount raw FROM Opportunity';
        expect(refusal(soql)).toMatch(/only aggregate expressions use field aliasing/);
        const [row] = rows(soql.replace(', Amount raw', ''));
        expect(row).toMatchObject({ Amount: '$1,234.50', d: '8/1/2026', p: '10%' });
        expect(String(row.c).replace(/\s/g, ' ')).toBe('1/2/2026, 3:04 AM');
    });

    test('FORMAT() does not filter, and date functions need GROUP BY', () => {
        expect(refusal("SELECT Id FROM Opportunity WHERE FORMAT(Amount) = '1'")).toMatch(/^MALFORMED_QUERY/);
        expect(refusal('SELECT CALENDAR_YEAR(CloseDate) FROM Opportunity')).toMatch(/^MALFORMED_QUERY/);
    });
});

describe('a scope', () => {
    test('mine gives the own rows only, everything all', () => {
        deal({ Name: 'hers' });
        deal({ Name: 'his', OwnerId: bob });
        const named = (scope: string): unknown[][] =>
            values(`SELECT Name FROM Opportunity USING SCOPE ${scope} ORDER BY Name`);
        expect(named('mine')).toEqual([['hers']]);
        expect(named('Everything')).toEqual([['hers'], ['his']]);
        expect(refusal('SELECT Id FROM Opportunity USING SCOPE team')).toMatch(/^LOCAL_ORG_NOT_SUPPORTED/);
        expect(refusal('SELECT Id FROM UserRole USING SCOPE mine')).toMatch(/^MALFORMED_QUERY/);
    });
});

describe('a child subquery', () => {
    test('may name the parent in FROM', () => {
        deal({ Name: 'one' });
        expect(
            rows('SELECT Id, (SELECT Name FROM a.Opportunities) FROM Account a')[0].Opportunities
        ).toMatchObject({
            records: [{ Name: 'one' }]
        });
        expect(refusal('SELECT Id, (SELECT Id FROM Task.Opportunities) FROM Account')).toMatch(
            /^INVALID_TYPE/
        );
    });
});

describe('a semi-join', () => {
    const inContacts = 'IN (SELECT AccountId FROM Contact)';
    const inDeals = 'IN (SELECT AccountId FROM Opportunity)';

    test.each([
        [
            `Name = 'x' AND (Name = 'y' OR Id ${inDeals})`,
            'MALFORMED_QUERY: Semi join sub-selects are only allowed at'
        ],
        [`(NOT Id ${inDeals})`, 'MALFORMED_QUERY: Semi join sub-selects are only allowed at the top level'],
        [
            `Id ${inDeals} AND Id ${inContacts} AND Id NOT ${inDeals}`,
            'EXCEEDED_MAX_SEMIJOIN_SUBSELECTS: Maximum 2 semi join sub-selects are allowed'
        ],
        [
            `Id IN (SELECT AccountId FROM Contact WHERE AccountId ${inDeals})`,
            'MALFORMED_QUERY: Nesting of semi join sub-selects is not supported'
        ],
        [
            'Id IN (SELECT ParentId FROM Account)',
            'MALFORMED_QUERY: The inner and outer selects should not be on the same'
        ],
        [
            'Id IN (SELECT Name FROM Contact)',
            "MALFORMED_QUERY: Semi join sub-select can only query id fields, cannot use: 'Name'"
        ],
        [
            'Id IN (SELECT OwnerId FROM Opportunity)',
            "MALFORMED_QUERY: The selected field 'OwnerId' in the subquery and the left"
        ],
        [`Name ${inDeals}`, 'INVALID_QUERY_FILTER_OPERATOR: invalid operator on string field']
    ])('%s is refused', (where, message) => {
        expect(refusal(`SELECT Id FROM Account WHERE ${where}`).slice(0, message.length)).toBe(message);
    });

    test('twice is fine', () => {
        deal();
        const where = `Id ${inDeals} AND Id NOT ${inContacts}`;
        expect(values(`SELECT Name FROM Account WHERE ${where}`)).toEqual([['Acme']]);
    });
});

describe('today', () => {
    test('is the day where the user is', () => {
        deal({ Name: 'Friday', CloseDate: '2026-07-17' });
        const flag = org.schema.object('Opportunity') as ObjectDef;
        org.schema.apply({ ...flag, fields: [...flag.fields, formulaField('Today__c', 'date', 'TODAY()')] });
        org.schema.bumpVersion();
        const seenFrom = (timeZone: string): unknown[][] => {
            ctx = { ...ctx, user: { ...ctx.user, timeZone } };
            return values('SELECT Name, Today__c FROM Opportunity WHERE CloseDate = N_DAYS_AGO:0');
        };
        now = new Date('2026-07-16T15:00:00Z');
        expect(seenFrom('Europe/London')).toEqual([]);
        expect(seenFrom('Asia/Tokyo')).toEqual([['Friday', '2026-07-17']]);
    });
});

describe('the fiscal year', () => {
    const years = (): unknown =>
        values(
            'SELECT FISCAL_YEAR(CloseDate) y, FISCAL_QUARTER(CloseDate) q, COUNT(Id) FROM Opportunity GROUP BY FISCAL_YEAR(CloseDate), FISCAL_QUARTER(CloseDate)'
        );

    test('is named after the calendar year it ends in, or starts in where the org says so', () => {
        const id = org.add('Organization', {
            Name: 'Org',
            FiscalYearStartMonth: 4,
            UsesStartDateAsFiscalYearName: false
        });
        deal({ CloseDate: '2026-05-01' });
        expect(years()).toEqual([[2027, 1, 1]]);
        org.set(id, { UsesStartDateAsFiscalYearName: true });
        expect(years()).toEqual([[2026, 1, 1]]);
    });
});

describe('several currencies', () => {
    beforeEach(() => {
        open(['multiCurrency']);
        org.add('CurrencyType', { IsoCode: 'USD', ConversionRate: 1, IsActive: true, IsCorporate: true });
        org.add('CurrencyType', { IsoCode: 'EUR', ConversionRate: 0.5, IsActive: true });
        org.set(ada, { DefaultCurrencyIsoCode: 'EUR' });
        deal({ Name: 'dollars', Amount: 100, CurrencyIsoCode: 'USD' });
        deal({ Name: 'euros', Amount: 90, CurrencyIsoCode: 'EUR' });
    });

    test('convertCurrency() gives the amount in the own currency of the user', () => {
        const soql = 'SELECT Name, Amount, convertCurrency(Amount) mine FROM Opportunity ORDER BY Name';
        expect(values(soql)).toEqual([
            ['dollars', 100, 50],
            ['euros', 90, 90]
        ]);
    });

    test('are added up and sorted in the corporate currency', () => {
        expect(values('SELECT SUM(Amount) s, MAX(Amount) m FROM Opportunity')).toEqual([[280, 180]]);
        expect(values('SELECT Name FROM Opportunity ORDER BY Amount DESC')).toEqual([['euros'], ['dollars']]);
    });

    test('are compared by worth with a currency literal, by number without', () => {
        expect(values('SELECT Name FROM Opportunity WHERE Amount > USD150.50')).toEqual([['euros']]);
        expect(values('SELECT Name FROM Opportunity WHERE Amount > 95')).toEqual([['dollars']]);
        expect(refusal('SELECT Name FROM Opportunity WHERE Amount > XXX1')).toMatch(
            /^MALFORMED_QUERY: Invalid currency/
        );
    });

    test('do not exist in an org with one', () => {
        open();
        expect(refusal('SELECT Id FROM Opportunity WHERE Amount > USD5')).toMatch(
            /^LOCAL_ORG_NOT_SUPPORTED.*USD5/
        );
        expect(refusal('SELECT convertCurrency(Amount) FROM Opportunity')).toMatch(
            /^LOCAL_ORG_NOT_SUPPORTED/
        );
    });
});
