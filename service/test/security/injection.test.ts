// Texts that would end a SOQL literal, sent through the real routes to a local org: they are looked for and stored as they are,
// and find nothing else.
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readList, quoted } from '../../src/salesforce/query.ts';
import { connectedOrg, type ConnectedOrg } from '../support/local-org.ts';
import { KEY, signedIn } from '../support/test-app.ts';

const HOSTILE = [
    `' OR Name != '`,
    `\\' OR Name != null OR Name = \\'`,
    `x' OR Id IN (SELECT OwnerId FROM Opportunity) --`,
    `\\`,
    `''`,
    `\u2019 OR 1=1`,
    `line\nbreak' LIMIT 1`
];

let org: ConnectedOrg;
let origin: string;
beforeAll(async () => {
    org = await connectedOrg();
    origin = await org.service.app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => org.close());

async function post(path: string, body: object): Promise<{ status: number; answer: any }> {
    const response = await fetch(origin + path, {
        method: 'POST',
        headers: { ...signedIn(org.org.orgId, KEY), 'content-type': 'application/json', connection: 'close' },
        body: JSON.stringify(body)
    });
    return { status: response.status, answer: await response.json() };
}

describe('a text that would end the literal', () => {
    test.each(HOSTILE)('%j finds the row that is called so, and no other', async (text) => {
        const mine = org.insert('Account', { Name: text });
        const rows = await readList(org.client(), {
            object: 'Account',
            fields: ['Id'],
            where: `Name = ${quoted(text)}`
        });
        expect(rows.map((row) => row['Id'])).toEqual([mine]);
    });

    test.each(HOSTILE.filter((text) => text.length <= 40))(
        '%j is no period: the run says so',
        async (text) => {
            const { status, answer } = await post('/v1/runs', { kind: 'pay', period: text });
            expect(status).toBe(202);
            await org.service.runs.idle(org.org.orgId);
            const run = await org.service.runs.find(org.org.orgId, answer.runKey);
            expect(run).toMatchObject({ status: 'Failed', period: text });
            expect(run!.errors.map(({ code }) => code)).toEqual(['PERIOD_NOT_FOUND']);
        }
    );

    test('is refused or kept whole as the id of a fact, and asked for again it is the same fact', async () => {
        const extractedAt = new Date(Date.now() - 3_600_000).toISOString();
        const batch = (key: string) => ({
            batch: key,
            source: `survey ' OR '`,
            extractedAt,
            stated: { count: HOSTILE.length, total: String(HOSTILE.length * 4) },
            facts: HOSTILE.map((sourceId) => ({
                signal: 'client-satisfaction',
                person: org.org.adminUserId,
                day: new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10),
                value: '4',
                sourceId
            }))
        });
        const first = await post('/v1/facts', batch(`first' --`));
        const again = await post('/v1/facts', batch(`again' --`));
        expect([first.status, again.status]).toEqual([200, 200]);
        expect(first.answer.accepted + first.answer.rejected.length).toBe(HOSTILE.length);
        expect(again.answer).toMatchObject({ accepted: 0, duplicates: first.answer.accepted });
        const stored = org
            .query('SELECT SourceId__c FROM PerformanceFact__c')
            .map((row) => row['SourceId__c']);
        expect(stored).toHaveLength(first.answer.accepted);
        expect(stored.filter((text) => !HOSTILE.includes(String(text)))).toEqual([]);
    });
});

describe('the source', () => {
    const root = fileURLToPath(new URL('../../../', import.meta.url));
    const linesOf = (pattern: string, line: RegExp) =>
        globSync(pattern, { cwd: root }).flatMap((file) =>
            readFileSync(root + file, 'utf8')
                .split('\n')
                .filter((text) => line.test(text))
                .map((text) => `${file}: ${text.trim()}`)
        );

    test('puts quotes around values of SOQL in one place, but for an id of the org and names of ours', () => {
        const byHand = linesOf('service/src/salesforce/**/*.ts', /(?:=|IN|LIKE)\s*\(?'\$\{/);
        expect(byHand).toHaveLength(1);
        expect(byHand[0]).toContain(`AssigneeId = '\${client.userId}'`);
    });

    test('makes files for spreadsheets in one place, which knows what a formula is', () => {
        const lwc = 'force-app/main/incentives/lwc';
        const linesOfPages = (line: RegExp) => linesOf('force-app/main/**/lwc/*/*.js', line);
        expect(linesOfPages(/\.csv\b|text\/csv/).map((line) => line.split(':')[0])).toEqual([
            `${lwc}/payExport/payExport.js`
        ]);
        expect(readFileSync(`${root}${lwc}/payExport/payExport.js`, 'utf8')).toContain(
            "import { decimalOf, payrollFile, scheduleFile } from 'c/payFiles';"
        );
        expect(linesOfPages(/\bcsvOf\(|\bcontent: (?!'')/)).toEqual([
            `${lwc}/payFiles/payFiles.js: export function csvOf(columns, rows) {`,
            `${lwc}/payFiles/payFiles.js: content: isGood ? csvOf(columns, rows) : ''`
        ]);
    });

    test('asks the org from Apex by fixed text and binds only', () => {
        expect(
            linesOf('force-app/main/**/*.cls', /Database\.(?:query|countQuery|getQueryLocator)\(/)
        ).toEqual([]);
        expect(linesOf('force-app/main/**/*.cls', /Database\.queryWithBinds\(/).length).toBeGreaterThan(0);
    });
});
