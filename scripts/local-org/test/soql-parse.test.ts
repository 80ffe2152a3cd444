// What the parser refuses and in which words; what it accepts is in soql-differential.test.ts.
import { describe, expect, test } from '@jest/globals';
import type { OrgError } from '../org.ts';
import { parseQuery } from '../soql/parse.ts';

function refusal(soql: string): { code: string; message: string } {
    try {
        parseQuery(soql);
    } catch (error) {
        const { errorCode, message } = error as OrgError;
        return { code: errorCode, message };
    }
    throw new Error(`Not refused: ${soql}`);
}

describe('a malformed query', () => {
    test('names the token, its row and its column', () => {
        expect(refusal('SELECT Id FROM Account WHERE A = 1 AND B = 2 OR C = 3')).toEqual({
            code: 'MALFORMED_QUERY',
            message:
                '\nSELECT Id FROM Account WHERE A = 1 AND B = 2 OR C = 3' +
                '\n                                             ^' +
                "\nERROR at Row:1:Column:46\nunexpected token: 'OR'"
        });
    });

    test('counts rows of a query over several lines', () => {
        expect(refusal('SELECT Id\nFROM Account\nWHERE Name = = 1').message).toBe(
            "\nWHERE Name = = 1\n             ^\nERROR at Row:3:Column:14\nunexpected token: '='"
        );
    });

    test('says <EOF> where the query ends too early', () => {
        expect(refusal('SELECT Id FROM').message).toContain("unexpected token: '<EOF>'");
    });

    test('shows only the surroundings of a mistake in a long query', () => {
        const long = `SELECT ${'VeryLongFieldName__c, '.repeat(40)} FROM FROM Account`;
        const [, excerpt, caret] = refusal(long).message.split('\n');
        expect(excerpt.length).toBeLessThanOrEqual(120);
        expect(excerpt.slice(caret.indexOf('^'))).toMatch(/^FROM/);
    });
});

describe('parts of SOQL that the local org does not have', () => {
    test.each([
        ["SELECT Id FROM Account WHERE DISTANCE(Location__c, GEOLOCATION(1,2), 'km') < 5", 'DISTANCE()'],
        ['SELECT c.Id FROM Contact c, c.Account a', 'more than one object'],
        ['SELECT Id FROM Account WITH DATA CATEGORY Geography__c AT x__c', 'WITH DATA CATEGORY'],
        ['SELECT Id FROM Account UPDATE TRACKING', 'UPDATE TRACKING']
    ])('%s is refused by name', (soql, name) => {
        const { code, message } = refusal(soql);
        expect(code).toBe('LOCAL_ORG_NOT_SUPPORTED');
        expect(message).toContain(name);
    });
});

describe('a parsed query', () => {
    test('keeps the nesting of conditions', () => {
        const { where } = parseQuery('SELECT Id FROM A WHERE (X = 1 OR Y = 2) AND (NOT Z = 3)');
        expect(where).toMatchObject({ kind: 'and', operands: [{ kind: 'or' }, { kind: 'not' }] });
    });

    test('keeps escapes in a literal until its use is known', () => {
        const { where } = parseQuery("SELECT Id FROM A WHERE X LIKE '50\\\\%'");
        expect(where).toMatchObject({ value: { kind: 'string', raw: '50\\\\%' } });
    });
});
