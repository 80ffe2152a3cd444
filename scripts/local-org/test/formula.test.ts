// Formulas over a row in hand: what they compute, and what is refused at deploy. Formula fields in queries are in
// queries.test.ts.
import { describe, expect, test } from '@jest/globals';
import { checkFormula, evaluateFormula } from '../formula/formula.ts';
import { encode } from '../formula/values.ts';
import type { StoredValue } from '../formula/values.ts';
import type { FieldDef, ObjectDef } from '../schema/types.ts';
import { formatDay, parseDay } from '../soql/time-zone.ts';
import { BUSINESS_DAYS, createMiniOrg, customField, formulaField } from './support/mini-schema.ts';

const org = createMiniOrg();
const opportunity = org.schema.object('Opportunity') as ObjectDef;
const flag = org.schema.object('PipelineFlag__c') as ObjectDef;

interface Given {
    row?: Record<string, StoredValue>;
    now?: string;
    timeZone?: string;
    blanks?: FieldDef['formulaTreatBlanksAs'];
    object?: ObjectDef;
}

function result(source: string, given: Given = {}): unknown {
    const { row = {}, now = '2026-11-21T12:00:00Z', timeZone = 'Europe/London', blanks = null } = given;
    return evaluateFormula(source, given.object ?? opportunity, org.schema, {
        now: new Date(now),
        timeZone,
        blanks,
        value: (path) => row[path.join('.')] ?? null
    });
}

describe('a formula computes', () => {
    test.each([
        ['1 + 2 * 3', 7],
        ['(1 + 2) * 3', 9],
        ['2 ^ 3 * 2', 16],
        ['-2 + 5', 3],
        ['10 / 4', 2.5],
        ['1 / 0', null],
        ['MOD(10, 3)', 1],
        ['MOD(-10, 3)', -1],
        ['FLOOR(2.7)', 2],
        ['FLOOR(-2.7)', -2],
        ['MFLOOR(-2.2)', -3],
        ['CEILING(2.1)', 3],
        ['CEILING(-2.1)', -3],
        ['ROUND(1.005, 2)', 1.01],
        ['ROUND(-2.5, 0)', -3],
        ['ROUND(1250, -2)', 1300],
        ['ABS(-4)', 4],
        ['MIN(3, 1, 2)', 1],
        ['MAX(3, 1, 2)', 3],
        ['1 = 1 && 2 <> 3', true],
        ['1 > 2 || NOT(1 > 2)', true],
        ['AND(TRUE, FALSE)', false],
        ['OR(FALSE, TRUE)', true],
        ['IF(1 < 2, "yes", "no")', 'yes'],
        ['CASE(3, 1, "a", 3, "c", "?")', 'c'],
        ['CASE(4, 1, "a", 3, "c", "?")', '?'],
        ['"a" & "b"', 'ab'],
        ['"a" + "b"', 'ab'],
        ['LEN("abc")', 3],
        ['LEFT("abc", 2)', 'ab'],
        ['RIGHT("abc", 2)', 'bc'],
        ['MID("abcd", 2, 2)', 'bc'],
        ['UPPER("abc") & LOWER("DEF")', 'ABCdef'],
        ['TRIM("  a ")', 'a'],
        ['CONTAINS("abc", "b")', true],
        ['BEGINS("abc", "b")', false],
        ['FIND("c", "abc")', 3],
        ['SUBSTITUTE("a-b-c", "-", "+")', 'a+b+c'],
        ['VALUE("12.5")', 12.5],
        ['VALUE("x")', null],
        ['TEXT(12.50)', '12.5'],
        ['TEXT(DATE(2026, 1, 31))', '2026-01-31'],
        ['TEXT(DATETIMEVALUE("2026-01-31 10:00:00"))', '2026-01-31 10:00:00Z'],
        ['YEAR(DATE(2026, 1, 31)) + MONTH(DATE(2026, 1, 31)) + DAY(DATE(2026, 1, 31))', 2058],
        ['DATE(2026, 3, 1) - DATE(2026, 2, 1)', 28],
        ['DATETIMEVALUE("2026-01-02 06:00:00") - DATETIMEVALUE("2026-01-01 00:00:00")', 1.25],
        ['/* a comment */ 1', 1]
    ])('%s', (source, expected) => {
        expect(result(source)).toBe(expected);
    });

    test('a date plus days, and a month later at the end of the month', () => {
        expect(formatDay(result('DATE(2026, 1, 31) + 1') as number)).toBe('2026-02-01');
        expect(formatDay(result('ADDMONTHS(DATE(2026, 1, 31), 1)') as number)).toBe('2026-02-28');
        expect(result('DATE(2026, 2, 30)')).toBeNull();
    });

    test('TODAY() by the time zone of the org, NOW() as an instant', () => {
        const now = '2026-07-01T23:30:00Z';
        expect(formatDay(result('TODAY()', { now }) as number)).toBe('2026-07-02');
        expect(formatDay(result('TODAY()', { now, timeZone: 'America/New_York' }) as number)).toBe(
            '2026-07-01'
        );
        expect(result('NOW()', { now })).toBe(Date.parse(now));
    });

    test('weekdays between two dates as the package counts them', () => {
        const now = parseDay('2026-11-23') as number;
        for (let since = now - 40; since <= now; since++) {
            const row = { ObservedSince__c: formatDay(since) };
            expect(result(BUSINESS_DAYS, { object: flag, now: '2026-11-23T12:00:00Z', row })).toBe(
                weekdays(since, now)
            );
        }
    });
});

/** Mondays to Fridays from `since` to the day before `until`. */
function weekdays(since: number, until: number): number {
    const days = Array.from(
        { length: until - since },
        (_, index) => new Date(`${formatDay(since + index)}T00:00Z`)
    );
    return days.filter((day) => day.getUTCDay() % 6 !== 0).length;
}

describe('fields in a formula', () => {
    test('come from the row and from its parents', () => {
        const row = { 'Owner.Name': 'Ada', CloseDate: '2026-12-01' };
        expect(result('Owner.Name & " closes in " & TEXT(CloseDate - TODAY())', { row })).toBe(
            'Ada closes in 10'
        );
    });

    test('are stale after 26 hours and not after 25', () => {
        const formula = 'NOW() - CreatedDate > 26 / 24';
        expect(result(formula, { row: { CreatedDate: '2026-11-20T09:00:00.000Z' } })).toBe(true);
        expect(result(formula, { row: { CreatedDate: '2026-11-20T11:00:00.000Z' } })).toBe(false);
        expect(result(formula, { row: {} })).toBe(false);
    });

    test('that are percentages count as fractions', () => {
        const withPercent = {
            ...opportunity,
            fields: [...opportunity.fields, customField('Rate__c', 'percent')]
        };
        org.schema.apply(withPercent);
        const object = org.schema.object('Opportunity') as ObjectDef;
        expect(result('Rate__c * 200', { object, row: { Rate__c: 25 } })).toBe(50);
        expect(encode(0.255, { type: 'percent', scale: 1 })).toBe(25.5);
    });

    test('without a value are blank, or zero when the field says so', () => {
        expect(result('Amount + 1')).toBeNull();
        expect(result('Amount + 1', { blanks: 'BlankAsZero' })).toBe(1);
        expect(result('ISBLANK(Amount)')).toBe(true);
        expect(result('ISBLANK(Amount)', { blanks: 'BlankAsZero' })).toBe(false);
        expect(result('BLANKVALUE(Amount, 5)')).toBe(5);
        expect(result('IF(ISBLANK(CloseDate), NULL, CloseDate - TODAY())')).toBeNull();
        expect(result('Amount > 5')).toBe(false);
        expect(result('Name = ""')).toBe(true);
        expect(result('ISNULL(Name)')).toBe(false);
    });

    test('that are picklists work in ISPICKVAL, CASE and TEXT', () => {
        const row = { StageName: 'Won' };
        expect(result('ISPICKVAL(StageName, "Won")', { row })).toBe(true);
        expect(result('CASE(StageName, "Won", 1, 0)', { row })).toBe(1);
        expect(result('TEXT(StageName)', { row })).toBe('Won');
    });
});

describe('numbers', () => {
    test('are decimals: sums and products have no digits their parts do not have', () => {
        expect(result('0.1 + 0.2 = 0.3')).toBe(true);
        expect(result('Amount - 0.1 <> 945.51', { row: { Amount: 945.61 } })).toBe(false);
        expect(result('1000000.1 - 1000000')).toBe(0.1);
        expect(result('1.1 * 1.1')).toBe(1.21);
        expect(result('1 / 3 + 1')).toBeCloseTo(4 / 3, 15);
    });
});

describe('results as stored', () => {
    test('are rounded to the digits of the field, half away from zero', () => {
        expect(encode(2.345, { type: 'double', scale: 2 })).toBe(2.35);
        expect(encode(-2.5, { type: 'double', scale: 0 })).toBe(-3);
        expect(encode(1e-9, { type: 'double', scale: 2 })).toBe(0);
    });

    test('are text for dates and instants, 0 and 1 for checkboxes', () => {
        expect(encode(parseDay('2026-01-31'), { type: 'date', scale: 0 })).toBe('2026-01-31');
        expect(encode(Date.parse('2026-01-31T10:00:00.900Z'), { type: 'datetime', scale: 0 })).toBe(
            '2026-01-31T10:00:00.000Z'
        );
        expect(encode(null, { type: 'boolean', scale: 0 })).toBe(0);
        expect(encode('', { type: 'string', scale: 0 })).toBeNull();
    });
});

describe('a formula is refused at deploy', () => {
    test.each([
        ['VLOOKUP(1, 2, 3)', 'The local org does not support the formula function VLOOKUP().'],
        ['ISCHANGED(Amount)', 'Function ISCHANGED may not be used in this type of formula'],
        ['$Setup.Any__c.Field__c', 'The local org does not support $Setup.Any__c.Field__c in formulas.'],
        ['$User.Nope', 'Field $User.Nope does not exist. Check spelling.'],
        [
            'REGEX(Name, "\\\\p{Alpha}+")',
            'The local org does not support this pattern in REGEX(): \\p{Alpha}+'
        ],
        ['REGEX(Name, Name)', 'The local org supports REGEX() only with a literal pattern.'],
        ['FOO(1)', 'Unknown function FOO. Check spelling.'],
        ['Nope__c + 1', 'Field Nope__c does not exist. Check spelling.'],
        ['Owner.Nope', 'Field Owner.Nope does not exist. Check spelling.'],
        ['1 +', 'Syntax error. The formula ends too early.'],
        ['(1 + 2', "Syntax error. Missing ')'"],
        ['1 2', 'Syntax error. Extra 2'],
        ['LEN(1)', "Incorrect parameter type for function 'LEN()'. Expected Text, received Number"],
        ['LEFT("a")', "Incorrect number of parameters for function 'LEFT()'. Expected 2, received 1"],
        ['CloseDate - NOW()', "Incorrect parameter type for operator '-'. Expected Date, received Date/Time"],
        [
            'IF(Amount, 1, 2)',
            "Incorrect parameter type for function 'IF()'. Expected Boolean, received Number"
        ],
        ['"a" = 1', "Incorrect parameter type for operator '='. Expected Text, received Number"]
    ])('%s', (source, problem) => {
        expect(checkFormula(source, opportunity, org.schema)).toEqual([problem]);
    });

    test('when it compares a picklist as if it were text', () => {
        expect(checkFormula('StageName = "Won"', opportunity, org.schema)[0]).toMatch(/ISPICKVAL/);
    });

    test('when its result does not fit the field', () => {
        expect(checkFormula('"text"', opportunity, org.schema, 'double')).toEqual([
            'Formula result is data type (Text), incompatible with expected data type (Number).'
        ]);
        expect(checkFormula('NULL', opportunity, org.schema, 'double')).toEqual([]);
    });

    test('when formula fields refer to each other in a circle', () => {
        const account = org.schema.object('Account') as ObjectDef;
        const circle = [
            formulaField('A__c', 'double', 'B__c + 1'),
            formulaField('B__c', 'double', 'A__c + 1')
        ];
        org.schema.apply({ ...account, fields: [...account.fields, ...circle] });
        const changed = org.schema.object('Account') as ObjectDef;
        expect(checkFormula('A__c', changed, org.schema)[0]).toMatch(/refers to itself: .*A__c -> .*B__c/);
    });

    test('and the formulas of the package are not', () => {
        const sources: [string, ObjectDef][] = [
            [BUSINESS_DAYS, flag],
            ['DealHealth__r.Opportunity__r.CloseDate - TODAY()', flag],
            ['NOW() - CreatedDate > 26 / 24', flag],
            ['IF(ISBLANK(ObservedSince__c), NULL, TODAY() - ObservedSince__c)', flag]
        ];
        for (const [source, object] of sources) expect(checkFormula(source, object, org.schema)).toEqual([]);
    });
});
