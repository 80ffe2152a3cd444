// Our parser against two others, on what is valid SOQL: apex-parser (follows the platform) and soql-parser-js. Where one
// of them differs, the reason stands in the list, and the test fails when the difference is gone.
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { damagedQuery, validQuery } from './support/soql-grammar.ts';
import { apex, jetstream, ours } from './support/soql-parsers.ts';

type Oracle = 'apex' | 'jetstream';

interface Case {
    soql: string;
    valid: boolean;
    /** Oracles that answer the other way, and why. */
    differs?: Partial<Record<Oracle, string>>;
}

const valid = (soql: string, differs?: Case['differs']): Case => ({ soql, valid: true, differs });
const invalid = (soql: string, differs?: Case['differs']): Case => ({ soql, valid: false, differs });

const MIXED = 'builds a list where the platform asks for parentheses';
const BARE_NOT = 'takes NOT between AND and an expression; the platform answers unexpected token: NOT';
const ALIAS = 'takes the lone keyword for an alias of the object';

const CASES: Case[] = [
    valid('SELECT Id FROM Account'),
    valid('select id, name from account'),
    valid('SELECT Id, Owner.Name, Account.Owner.Manager.Name FROM Opportunity'),
    valid('SELECT a.Id, a.Name FROM Account a'),
    valid("SELECT a.Id FROM Account a WHERE a.Name = 'x'"),
    valid('SELECT Id, (SELECT Id, LastName FROM Contacts) FROM Account'),
    valid(
        'SELECT Id, (SELECT Id FROM Contacts WHERE LastName != null ORDER BY LastName LIMIT 3) FROM Account LIMIT 10'
    ),
    valid('SELECT FIELDS(ALL) FROM Account LIMIT 200'),
    valid('SELECT FIELDS(STANDARD) FROM Account'),
    valid('SELECT Id, FIELDS(CUSTOM) FROM Account LIMIT 10'),
    valid('SELECT COUNT() FROM Account'),
    valid("SELECT COUNT() FROM Account WHERE Name LIKE 'a%'"),
    valid('SELECT COUNT(Id) FROM Account'),
    valid('SELECT COUNT(Id) total FROM Account'),
    valid(
        'SELECT COUNT_DISTINCT(Name), SUM(Amount), AVG(Amount), MIN(CloseDate), MAX(CloseDate) FROM Opportunity'
    ),
    valid('SELECT StageName, COUNT(Id) n FROM Opportunity GROUP BY StageName'),
    valid('SELECT StageName, COUNT(Id) FROM Opportunity GROUP BY StageName HAVING COUNT(Id) > 1'),
    valid(
        'SELECT Owner.Name, SUM(Amount) FROM Opportunity GROUP BY Owner.Name ORDER BY SUM(Amount) DESC NULLS LAST'
    ),
    valid('SELECT CALENDAR_YEAR(CloseDate), SUM(Amount) FROM Opportunity GROUP BY CALENDAR_YEAR(CloseDate)'),
    valid(
        'SELECT HOUR_IN_DAY(convertTimezone(CreatedDate)), COUNT(Id) FROM Task GROUP BY HOUR_IN_DAY(convertTimezone(CreatedDate))'
    ),
    valid('SELECT Id FROM Task WHERE DAY_ONLY(CreatedDate) = 2026-01-02'),
    valid("SELECT Id FROM Account WHERE Name = 'it\\'s'"),
    valid("SELECT Id FROM Account WHERE Name = ''"),
    valid('SELECT Id FROM Account WHERE Name != null'),
    valid("SELECT Id FROM Account WHERE Name <> 'x'"),
    valid('SELECT Id FROM Opportunity WHERE Amount >= 10.5 AND Amount < 20'),
    valid('SELECT Id FROM Opportunity WHERE Amount > -5'),
    valid('SELECT Id FROM Opportunity WHERE Amount > 1.5e3', {
        apex: 'knows no exponents',
        jetstream: 'knows no exponents'
    }),
    valid('SELECT Id FROM Opportunity WHERE IsClosed = true OR IsWon = FALSE'),
    valid('SELECT Id FROM Opportunity WHERE (IsClosed = true OR IsWon = true) AND Amount > 0'),
    valid("SELECT Id FROM Opportunity WHERE IsClosed = true AND (NOT Name LIKE 'x%')"),
    valid('SELECT Id FROM Opportunity WHERE NOT IsClosed = true'),
    valid('SELECT Id FROM Opportunity WHERE NOT (IsClosed = true AND IsWon = true)'),
    valid('SELECT Id FROM Opportunity WHERE ((IsClosed = true))'),
    valid("SELECT Id FROM Opportunity WHERE StageName IN ('a', 'b')"),
    valid("SELECT Id FROM Opportunity WHERE StageName NOT IN ('a')"),
    valid("SELECT Id FROM Opportunity WHERE StageName in ('a', null)"),
    valid("SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact WHERE LastName = 'x')"),
    valid('SELECT Id FROM Account WHERE Id NOT IN (SELECT AccountId FROM Opportunity)'),
    valid("SELECT Id FROM Flag__c WHERE Channels__c INCLUDES ('a;b', 'c')"),
    valid("SELECT Id FROM Flag__c WHERE Channels__c EXCLUDES ('a')"),
    valid('SELECT Id FROM Opportunity WHERE CloseDate = 2026-01-31'),
    valid('SELECT Id FROM Opportunity WHERE CreatedDate > 2026-01-31T10:00:00Z'),
    valid('SELECT Id FROM Opportunity WHERE CreatedDate > 2026-01-31T10:00:00.123+01:00'),
    valid('SELECT Id FROM Opportunity WHERE CloseDate = TODAY'),
    valid('SELECT Id FROM Opportunity WHERE CloseDate = LAST_N_DAYS:30'),
    valid('SELECT Id FROM Opportunity WHERE CloseDate >= N_MONTHS_AGO:2 AND CloseDate < NEXT_FISCAL_QUARTER'),
    valid("SELECT Id FROM Opportunity WHERE Name LIKE '100\\\\%'"),
    valid('SELECT Id FROM Opportunity ORDER BY Amount'),
    valid('SELECT Id FROM Opportunity ORDER BY Amount DESC, Name ASC NULLS FIRST'),
    valid('SELECT Id FROM Opportunity LIMIT 10 OFFSET 20'),
    valid('SELECT Id FROM Opportunity WITH USER_MODE'),
    valid('SELECT Id FROM Opportunity WITH SYSTEM_MODE ORDER BY Name LIMIT 1'),
    valid("SELECT Id FROM Opportunity WHERE Name = 'x' WITH SECURITY_ENFORCED"),
    valid('SELECT Id FROM Opportunity WHERE Id = :recordId'),
    valid('SELECT Id FROM Opportunity WHERE Id IN :ids AND Amount > :least LIMIT :n', {
        jetstream: 'knows binds in WHERE only'
    }),
    valid('SELECT Id FROM Opportunity WHERE Id IN (:first, :second)', {
        jetstream: 'knows no binds among the values of a list'
    }),
    valid("SELECT Id FROM Opportunity WHERE Name = 'x' OFFSET 20", {
        jetstream: 'takes OFFSET behind a condition only after LIMIT'
    }),
    valid('SELECT Id FROM Opportunity FOR UPDATE'),
    valid('SELECT Id FROM Opportunity LIMIT 1 FOR VIEW'),
    valid('SELECT Id FROM Opportunity WHERE IsDeleted = true ALL ROWS', {
        jetstream: 'ALL ROWS exists in Apex only'
    }),

    invalid(''),
    invalid('SELECT'),
    invalid('SELECT FROM Account'),
    invalid('SELECT Id Account'),
    invalid('SELECT Id FROM'),
    invalid('SELECT Id FROM FROM Account', { apex: 'takes a keyword for the name of the object' }),
    invalid('SELECT Id, FROM Account'),
    invalid('SELECT Id FROM Account WHERE', { apex: ALIAS }),
    invalid('SELECT Id FROM Account WHERE Name'),
    invalid('SELECT Id FROM Account WHERE Name ='),
    invalid('SELECT Id FROM Account WHERE Name = x'),
    invalid("SELECT Id FROM Account WHERE Name = 'x"),
    invalid('SELECT Id FROM Account WHERE Name IS NULL'),
    invalid("SELECT Id FROM Account WHERE Name NOT LIKE 'x'"),
    invalid("SELECT Id FROM Account WHERE Name = 'a' AND Name = 'b' OR Name = 'c'", { jetstream: MIXED }),
    invalid("SELECT Id FROM Account WHERE Name = 'a' OR Name = 'b' AND Name = 'c'", { jetstream: MIXED }),
    invalid("SELECT Id FROM Account WHERE Name = 'a' AND NOT (Name = 'b')", { jetstream: BARE_NOT }),
    invalid("SELECT Id FROM Account WHERE NOT Name = 'a' AND Name = 'b'", { jetstream: BARE_NOT }),
    invalid("SELECT Id FROM Account WHERE (Name = 'a'"),
    invalid('SELECT Id FROM Account WHERE Name IN ()'),
    invalid('SELECT Id FROM Account ORDER Name'),
    invalid('SELECT Id FROM Account ORDER BY'),
    invalid('SELECT Id FROM Account LIMIT', { apex: ALIAS }),
    invalid('SELECT Id FROM Account LIMIT x'),
    invalid("SELECT Id FROM Account LIMIT 1 WHERE Name = 'x'"),
    invalid('SELECT Id FROM Account GROUP Name'),
    invalid('SELECT Id FROM Account; DROP TABLE Account'),
    invalid('SELECT * FROM Account'),
    invalid("UPDATE Account SET Name = 'x'"),
    invalid('SELECT Id FROM Account WHERE CloseDate = LAST_N_DAYS'),
    invalid('SELECT Id FROM Account WHERE CloseDate = 2026-1-2')
];

describe('SOQL that all parsers judge alike', () => {
    test.each(CASES)('$soql', ({ soql, valid: expected, differs }) => {
        expect(ours(soql)).toBe(expected);
        expect({ oracle: 'apex', valid: apex(soql) }).toEqual({
            oracle: 'apex',
            valid: differs?.apex ? !expected : expected
        });
        expect({ oracle: 'jetstream', valid: jetstream(soql) }).toEqual({
            oracle: 'jetstream',
            valid: differs?.jetstream ? !expected : expected
        });
    });
});

/** What both others take and we refuse, as Salesforce does. */
const TOO_GENEROUS: [reason: string, pattern: RegExp][] = [
    [
        'a keyword for an alias of the object',
        /\b(?:GROUP GROUP|LIMIT LIMIT|OFFSET OFFSET|FOR FOR|ORDER ORDER)\b/
    ],
    ['more than one step in FROM', /FROM \w+\.\w+\.\w+/]
];

const named = (reasons: [string, RegExp][], soql: string): boolean =>
    reasons.some(([, pattern]) => pattern.test(soql));
const TIMEOUT_MS = 60_000;

describe('generated SOQL', () => {
    test(
        'that follows the grammar is taken by all',
        () => {
            fc.assert(
                fc.property(validQuery, (tokens) => {
                    const soql = tokens.join(' ');
                    expect(ours(soql)).toBe(true);
                    expect(apex(soql)).toBe(true);
                    expect(jetstream(soql)).toBe(true);
                }),
                { numRuns: 250, seed: 2026 }
            );
        },
        TIMEOUT_MS
    );

    test(
        'that was damaged is judged as the others judge it, where they agree',
        () => {
            fc.assert(
                fc.property(damagedQuery, (tokens) => {
                    const soql = tokens.join(' ');
                    const theirs = jetstream(soql);
                    if (apex(soql) !== theirs || named(TOO_GENEROUS, soql)) return;
                    expect(ours(soql)).toBe(theirs);
                }),
                { numRuns: 400, seed: 2026 }
            );
        },
        TIMEOUT_MS
    );
});
