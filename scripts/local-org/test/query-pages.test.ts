// Pages of a query over HTTP: locators used twice, by others and too late, and child subqueries longer than a page.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ADMIN, startTestOrg, TEAM, type TestOrg } from './support/test-org.ts';

let local: TestOrg;
const TODAY = new Date('2026-11-21T10:00:00.000Z');
let now = TODAY;

beforeAll(async () => {
    local = await startTestOrg({ clock: () => now });
    const accountId = local.org.ids.newId('001');
    local.org.load('Account', [{ Id: accountId, Name: 'Large' }, { Name: 'Small' }]);
    const contact = (index: number) => ({
        LastName: `Contact ${String(index).padStart(4, '0')}`,
        AccountId: accountId
    });
    local.org.load(
        'Contact',
        Array.from({ length: 450 }, (_, index) => contact(index))
    );
});
afterAll(() => local.stop());

const HEADERS = { 'Sforce-Query-Options': 'batchSize=200' };
interface Page {
    totalSize: number;
    done: boolean;
    nextRecordsUrl?: string;
    records: Record<string, unknown>[];
}

async function ask(path: string, username = ADMIN): Promise<Page> {
    const response = await local.fetchAs(username, path, { headers: HEADERS });
    return (await response.json()) as Page;
}

const opened = (): Promise<Page> =>
    ask(
        `/services/data/v65.0/query?q=${encodeURIComponent('SELECT LastName FROM Contact ORDER BY LastName')}`
    );
const INVALID = [{ errorCode: 'INVALID_QUERY_LOCATOR', message: 'invalid query locator' }];

describe('a query locator', () => {
    test('gives the same page when it is used twice', async () => {
        const { nextRecordsUrl } = await opened();
        const [first, again] = [await ask(nextRecordsUrl!), await ask(nextRecordsUrl!)];
        expect(first.records).toHaveLength(200);
        expect(again).toEqual(first);
    });

    test('is worth nothing to another user', async () => {
        const { nextRecordsUrl } = await opened();
        expect(await ask(nextRecordsUrl!, TEAM.manager)).toEqual(INVALID);
    });

    test('ends after two days, and when ten newer results are open', async () => {
        const first = (await opened()).nextRecordsUrl!;
        for (let count = 0; count < 10; count++) await opened();
        expect(await ask(first)).toEqual(INVALID);
        const last = (await opened()).nextRecordsUrl!;
        now = new Date('2026-11-23T10:00:00.000Z');
        expect(await ask(last)).toEqual(INVALID);
        now = TODAY;
    });

    test.each(['0r8000000000000AAA-200', 'nonsense', '0r8000000000000AAA-'])(
        '%s leads nowhere',
        async (locator) => {
            expect(await ask(`/services/data/v65.0/query/${locator}`)).toEqual(INVALID);
        }
    );
});

describe('a child subquery longer than a page', () => {
    const SOQL = 'SELECT Name, (SELECT LastName FROM Contacts ORDER BY LastName) FROM Account ORDER BY Name';
    const parents = (): Promise<Page> => ask(`/services/data/v65.0/query?q=${encodeURIComponent(SOQL)}`);

    test('goes on at a locator of its own, and loses no row', async () => {
        const [large, small] = (await parents()).records;
        let page = large!['Contacts'] as Page;
        expect(page).toMatchObject({ totalSize: 450, done: false });
        const names = page.records.map((one) => one['LastName']);
        while (page.nextRecordsUrl) {
            page = await ask(page.nextRecordsUrl);
            names.push(...page.records.map((one) => one['LastName']));
        }
        expect(new Set(names).size).toBe(450);
        expect(names).toEqual(names.toSorted());
        expect(page).toMatchObject({ totalSize: 450, done: true });
        expect(small!['Contacts']).toBeNull();
    });

    test('is worth nothing to another user either', async () => {
        const { nextRecordsUrl } = (await parents()).records[0]!['Contacts'] as Page;
        expect(await ask(nextRecordsUrl!, TEAM.manager)).toEqual(INVALID);
    });
});
