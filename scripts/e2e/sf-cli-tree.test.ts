// Trees of records by the official sf CLI: exported from one org, imported into another, refused when something is wrong.
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSfCli, type SfAnswer, type SfCli } from './sf-cli.ts';
import { openOrg, type OpenOrg } from './sf-org.ts';

const SOQL =
    'SELECT Name, Industry, (SELECT LastName, Email FROM Contacts), ' +
    '(SELECT Name, StageName, CloseDate, Amount FROM Opportunities) FROM Account ORDER BY Name';
const DEAL = { StageName: 'Prospecting', CloseDate: '2026-12-31' };

let sf: SfCli;
let open: OpenOrg;
beforeAll(async () => {
    sf = createSfCli([]);
    open = await openOrg(sf);
});
afterAll(async () => {
    await open?.close();
    sf?.close();
});
const empty = (): void =>
    void open.org.db.exec('DELETE FROM "Contact"; DELETE FROM "Opportunity"; DELETE FROM "Account"');
beforeEach(empty);

/** What the org holds, without what every org sets for itself. */
const held = async (): Promise<unknown> =>
    JSON.parse(
        JSON.stringify((await open.connection.query(SOQL)).records, (name, value) =>
            name === 'attributes' ? undefined : value
        )
    );
const count = (objectName: string): unknown =>
    open.org.db.prepare(`SELECT count(*) FROM "${objectName}"`).pluck().get();
const file = (name: string, content: object): string => {
    writeFileSync(join(sf.project, name), JSON.stringify(content));
    return name;
};
const record = (type: string, referenceId: string, fields: object): object => ({
    attributes: { type, referenceId },
    ...fields
});
const importFiles = (...names: string[]): Promise<SfAnswer> =>
    sf.run(['data', 'import', 'tree', ...names.flatMap((name) => ['--files', name])]);
const importPlan = (name: string): Promise<SfAnswer> => sf.run(['data', 'import', 'tree', '--plan', name]);
const exportTree = (...flags: string[]): Promise<SfAnswer> =>
    sf.run(['data', 'export', 'tree', '--query', SOQL, '--output-dir', 'exported', ...flags]);

async function makeTwoAccounts(): Promise<void> {
    const { connection } = open;
    for (const Name of ['Bank', 'Insurer']) {
        const { id: AccountId } = await connection.sobject('Account').create({ Name, Industry: 'Banking' });
        await connection.sobject('Contact').create([
            { LastName: `Ærø of ${Name}`, Email: 'a@bank.example', AccountId },
            { LastName: `Øst of ${Name}`, AccountId }
        ]);
        await connection
            .sobject('Opportunity')
            .create({ ...DEAL, Name: `Loan ${Name}`, Amount: 12.5, AccountId });
    }
}

test('sf data export tree writes what sf data import tree makes again, by plan and references', async () => {
    await makeTwoAccounts();
    const before = await held();
    expect((await exportTree('--plan')).status).toBe(0);
    empty();
    const answer = await importPlan('exported/Account-Contact-Opportunity-plan.json');
    expect(answer.status).toBe(0);
    expect(answer.result).toHaveLength(8);
    expect(await held()).toEqual(before);
});

test('sf data export tree writes children under their parents, which sf data import tree makes again', async () => {
    await makeTwoAccounts();
    const before = await held();
    expect((await exportTree()).status).toBe(0);
    const name = 'exported/Account-Contact-Opportunity.json';
    expect(JSON.parse(readFileSync(join(sf.project, name), 'utf8')).records[0]).toMatchObject({
        attributes: { type: 'Account', referenceId: 'AccountRef1' },
        Contacts: { records: [{ attributes: { type: 'Contact' } }, { attributes: { type: 'Contact' } }] }
    });
    empty();
    const answer = await importFiles(name);
    expect(answer.status).toBe(0);
    expect(answer.result).toContainEqual({
        refId: 'AccountRef1',
        type: 'Account',
        id: expect.stringMatching(/^001/)
    });
    expect(await held()).toEqual(before);
});

test('sf data import tree makes more than 200 records in several requests', async () => {
    const records = Array.from({ length: 450 }, (_, index) =>
        record('Account', `AccountRef${index + 1}`, { Name: `A${index}` })
    );
    const contacts = [record('Contact', 'ContactRef1', { LastName: 'Last', AccountId: '@AccountRef450' })];
    file('many.json', { records });
    file('contacts.json', { records: contacts });
    const plan = file('many-plan.json', [
        { sobject: 'Account', files: ['many.json'] },
        { sobject: 'Contact', files: ['contacts.json'] }
    ]);
    expect((await importPlan(plan)).status).toBe(0);
    expect(count('Account')).toBe(450);
    const { records: found } = await open.connection.query('SELECT Account.Name FROM Contact');
    expect(found).toMatchObject([{ Account: { Name: 'A449' } }]);
});

test('sf data import tree is told which record is wrong, and nothing of its file is kept', async () => {
    const name = file('wrong.json', {
        records: [
            record('Account', 'AccountRef1', {
                Name: 'Bank',
                Contacts: {
                    records: [
                        record('Contact', 'ContactRef1', { LastName: 'Good' }),
                        record('Contact', 'ContactRef2', { LastName: 'Bad', Email: 'no address' })
                    ]
                }
            })
        ]
    });
    const answer = await importFiles(name);
    expect(answer.status).toBe(1);
    expect(JSON.stringify(answer.result)).toContain('INVALID_EMAIL_ADDRESS');
    expect(JSON.stringify(answer.result)).toContain('ContactRef2');
    expect([count('Account'), count('Contact')]).toEqual([0, 0]);
});

test('sf data import tree refuses lookups that go in a circle', async () => {
    file('circle.json', {
        records: [
            record('Account', 'AccountRef1', { Name: 'Left', ParentId: '@AccountRef2' }),
            record('Account', 'AccountRef2', { Name: 'Right', ParentId: '@AccountRef1' })
        ]
    });
    const answer = await importPlan(
        file('circle-plan.json', [{ sobject: 'Account', files: ['circle.json'] }])
    );
    expect(answer.status).toBe(1);
    expect(answer.result.message).toContain('@AccountRef2');
    expect(count('Account')).toBe(0);
});

test('sf data import tree is told which field does not exist', async () => {
    const answer = await importFiles(
        file('field.json', { records: [record('Account', 'AccountRef1', { Name: 'A', Nope__c: 1 })] })
    );
    expect(answer.status).toBe(1);
    expect(answer.result.message).toContain('Nope__c');
    expect(count('Account')).toBe(0);
});
