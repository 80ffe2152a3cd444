// Parts of formulas beyond everyday ones: global variables, what rules know of the row before, markup, patterns, ids and
// the rarer functions. Everyday formulas are in formula.test.ts.
import { beforeEach, describe, expect, test } from '@jest/globals';
import { checkFormula, evaluateFormula } from '../formula/formula.ts';
import type { StoredValue } from '../formula/values.ts';
import { createQueries } from '../queries.ts';
import type { ObjectDef } from '../schema/types.ts';
import { createMiniOrg, formulaField, user } from './support/mini-schema.ts';
import type { MiniOrg } from './support/mini-schema.ts';

let org: MiniOrg;
let opportunity: ObjectDef;
beforeEach(() => {
    org = createMiniOrg();
    opportunity = org.schema.object('Opportunity') as ObjectDef;
});

type Row = Record<string, StoredValue>;

function result(source: string, row: Row = {}, prior?: Row): unknown {
    return evaluateFormula(source, opportunity, org.schema, {
        now: new Date('2026-11-21T12:00:00Z'),
        timeZone: 'Europe/London',
        use: 'rule',
        value: (path) => row[path.join('.')] ?? null,
        ...(prior ? { prior: (path) => prior[path.join('.')] ?? null } : {})
    });
}

describe('a formula computes', () => {
    test.each([
        ['HYPERLINK("/a", "Open")', '<a href="/a" target="_blank">Open</a>'],
        ['HYPERLINK("/a", "Open", "_self")', '<a href="/a" target="_self">Open</a>'],
        ['IMAGE("/i.gif", "alt")', '<img src="/i.gif" alt="alt" border="0"/>'],
        ['REGEX("AB-12", "[A-Z]{2}-\\\\d+")', true],
        ['REGEX("xAB-12", "[A-Z]{2}-\\\\d+")', false],
        ['TRUNC(-2.79, 1)', -2.7],
        ['TRUNC(2.79)', 2],
        ['ROUND(PI(), 4)', 3.1416],
        ['ISOWEEK(DATE(2027, 1, 1))', 53],
        ['ISOYEAR(DATE(2027, 1, 1))', 2026],
        ['DAYOFYEAR(DATE(2026, 12, 31))', 365],
        ['UNIXTIMESTAMP(FROMUNIXTIME(86400))', 86_400],
        ['INITCAP("anna o\'neil-SMITH")', "Anna O'Neil-Smith"],
        ['REVERSE("abc")', 'cba'],
        ['CHR(65) & TEXT(ASCII("A"))', 'A65']
    ])('%s', (source, expected) => {
        expect(checkFormula(source, opportunity, org.schema)).toEqual([]);
        expect(result(source)).toEqual(expected);
    });

    test('ids with 15 characters, and 18 when asked', () => {
        const id = org.add('Account', { Name: 'Acme' });
        expect(result('AccountId', { AccountId: id })).toBe(id.slice(0, 15));
        expect(result('CASESAFEID(AccountId)', { AccountId: id })).toBe(id);
        expect(result(`AccountId = "${id.slice(0, 15)}"`, { AccountId: id })).toBe(true);
    });
});

describe('a rule', () => {
    test('knows whether the row is new', () => {
        expect(result('ISNEW()')).toBe(true);
        expect(result('ISNEW()', {}, {})).toBe(false);
    });

    test('compares a field with what it was', () => {
        const [now, before] = [
            { Amount: 5, StageName: 'Won' },
            { Amount: 3, StageName: 'Won' }
        ];
        expect(result('ISCHANGED(Amount)', now, before)).toBe(true);
        expect(result('ISCHANGED(StageName)', now, before)).toBe(false);
        expect(result('PRIORVALUE(Amount)', now, before)).toBe(3);
        expect(result('ISPICKVAL(PRIORVALUE(StageName), "Won")', now, before)).toBe(true);
    });

    test('takes a new row as unchanged', () => {
        expect(result('ISCHANGED(Amount)', { Amount: 5 })).toBe(false);
        expect(result('PRIORVALUE(Amount)', { Amount: 5 })).toBe(5);
    });

    test('asks this of fields of its own only', () => {
        expect(checkFormula('ISCHANGED(Account.Name)', opportunity, org.schema, 'boolean', 'rule')).toEqual([
            'ISCHANGED() takes one field of the record.'
        ]);
    });
});

describe('global variables in a formula field', () => {
    const answers = (formula: string, type: 'string' | 'boolean' = 'string'): unknown => {
        const profile = org.add('Profile', { Name: 'Reps' });
        const role = org.add('UserRole', { Name: 'Field' });
        org.add('Organization', { Name: 'Bank' });
        org.add('PipelineFlagRule__mdt', { DeveloperName: 'R1', RuleKey__c: 'first' });
        const ada = org.add('User', {
            LastName: 'Ada',
            Email: 'ada@x.org',
            ProfileId: profile,
            UserRoleId: role
        });
        org.schema.apply({
            ...opportunity,
            fields: [...opportunity.fields, formulaField('F__c', type, formula)]
        });
        org.schema.bumpVersion();
        org.add('Opportunity', { Name: 'Deal', OwnerId: ada });
        const deps = { currency: 'USD', clock: () => new Date() };
        const ctx = { user: user(ada, { viewAllData: true }), mode: 'user' as const };
        return createQueries({ ...org, ...deps }).query(ctx, 'SELECT F__c FROM Opportunity').records[0].F__c;
    };

    test.each([
        ['$User.Email', 'ada@x.org'],
        ['$Profile.Name & "/" & $UserRole.Name', 'Reps/Field'],
        ['$Organization.Name', 'Bank'],
        ['$CustomMetadata.PipelineFlagRule__mdt.R1.RuleKey__c', 'first']
    ])('%s is %s', (formula, expected) => {
        expect(answers(formula)).toBe(expected);
    });

    test.each([
        ['OwnerId = $User.Id', true],
        ['$Permission.Nobody_Has_It', false]
    ])('%s is %s', (formula, expected) => {
        expect(answers(formula, 'boolean')).toBe(expected);
    });
});
