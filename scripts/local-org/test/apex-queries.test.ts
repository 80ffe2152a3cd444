// Queries written in Apex are checked against the deployed schema while the classes load, as a compiler would.
import { afterAll, describe, expect, test } from '@jest/globals';
import { createApexOrg } from './support/apex-org.ts';

const org = createApexOrg();
afterAll(() => org.close());

function problemsOf(query: string): unknown[] {
    org.classes(`public class Asks {
        static List<String> names = new List<String>();
        static Integer most = 5;
        static void ask() {
            Object found = ${query};
        }
    }`);
    return org.apex.check();
}

describe('queries in Apex', () => {
    test.each([
        [
            'a field of the object',
            '[SELECT Id, Nmae FROM Account]',
            /No such column 'Nmae' on entity 'Account'/
        ],
        ['a field of the parent', '[SELECT Account.Nmae FROM Contact]', /No such column 'Nmae'/],
        ['a field in the filter', '[SELECT Id FROM Account WHERE Nmae IN :names]', /No such column 'Nmae'/],
        ['a field in the order', '[SELECT Id FROM Account ORDER BY Nmae]', /No such column 'Nmae'/],
        ['the object', '[SELECT Id FROM Acount]', /sObject type 'Acount' is not supported/],
        ['a parent', '[SELECT Acount.Name FROM Contact]', /Acount/],
        ['the children', '[SELECT Id, (SELECT Id FROM Contcts) FROM Account]', /Contcts/],
        ['a value', "[SELECT Id FROM Account WHERE AnnualRevenue = 'much']", /must be of type/],
        ['a group', '[SELECT Name, COUNT(Id) FROM Account]', /./]
    ])('a mistake in %s is a problem of the class', (_what, query, message) => {
        expect(problemsOf(query)).toEqual([
            { className: 'Asks', line: 5, message: expect.stringMatching(message) }
        ]);
    });

    test('a mistake on a later line of the query is reported there', () => {
        expect(problemsOf('[SELECT Id,\n Nmae\n FROM Account]')).toMatchObject([{ line: 6 }]);
    });

    test.each([
        '[SELECT Id, Account.Name FROM Contact WHERE LastName IN :names AND CreatedDate > :System.now() LIMIT :most OFFSET :most]',
        '[SELECT Id, (SELECT LastName FROM Contacts WHERE LastName LIKE :names[0]) FROM Account WITH USER_MODE]',
        '[SELECT COUNT() FROM Account WHERE AnnualRevenue > :most ALL ROWS]',
        '[SELECT Id FROM Account WITH SECURITY_ENFORCED]'
    ])('%s has no problem', (query) => {
        expect(problemsOf(query)).toEqual([]);
    });
});
