// Records by the official sf CLI: one by one, queried, in bulk, described. Trees of records: sf-cli-tree.test.ts.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSfCli, type SfAnswer, type SfCli } from './sf-cli.ts';
import { logInByToken, openOrg, type OpenOrg } from './sf-org.ts';

const NAME = 'Ærø & Søn "Pension" 🏦';

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
beforeEach(() => void open.org.db.exec('DELETE FROM "Account"; DELETE FROM "Contact"'));

const accounts = async (fields: string): Promise<Record<string, unknown>[]> =>
    (await open.connection.query(`SELECT ${fields} FROM Account ORDER BY Name`)).records;
const load = (rows: Record<string, string>[]): number => open.org.load('Account', rows);
const file = (name: string, text: string): string => {
    writeFileSync(join(sf.project, name), text);
    return name;
};
const idOf = (name: string): string =>
    open.org.db.prepare('SELECT "Id" FROM "Account" WHERE "Name" = ?').pluck().get(name) as string;

describe('one record', () => {
    test('sf data create record makes it, in every letter', async () => {
        const created = await sf.run([
            ...['data', 'create', 'record', '--sobject', 'Account'],
            ...['--values', `Name='${NAME}' Industry=Banking`]
        ]);
        expect(created).toMatchObject({ status: 0, result: { success: true } });
        expect(await open.connection.sobject('Account').retrieve(created.result.id)).toMatchObject({
            Name: NAME,
            Industry: 'Banking'
        });
    });

    test('sf data get record finds it by id and by value', async () => {
        load([{ Name: NAME }]);
        const get = (...which: string[]): Promise<SfAnswer> =>
            sf.run(['data', 'get', 'record', '--sobject', 'Account', ...which]);
        expect((await get('--record-id', idOf(NAME))).result).toMatchObject({ Name: NAME });
        expect((await get('--where', `Name='${NAME}'`)).result).toMatchObject({ Id: idOf(NAME) });
        expect(await get('--record-id', '001000000000000AAA')).toMatchObject({
            status: 1,
            result: { message: expect.stringContaining('The requested resource does not exist') }
        });
    });

    test('sf data update record changes it by id and by value', async () => {
        load([{ Name: 'Before' }]);
        const update = (...which: string[]): Promise<SfAnswer> =>
            sf.run(['data', 'update', 'record', '--sobject', 'Account', ...which]);
        expect((await update('--record-id', idOf('Before'), '--values', 'Name=Between')).status).toBe(0);
        expect((await update('--where', 'Name=Between', '--values', 'Name=After')).status).toBe(0);
        expect(await accounts('Name')).toMatchObject([{ Name: 'After' }]);
        const wrong = await update('--where', 'Name=After', '--values', 'Nope__c=1');
        expect(wrong.status).toBe(1);
        expect(wrong.result.message).toContain("No such column 'Nope__c' on sobject of type Account");
    });

    test('sf data delete record puts it into the recycle bin', async () => {
        load([{ Name: 'Gone' }, { Name: 'Stays' }]);
        const which = ['--sobject', 'Account', '--record-id', idOf('Gone')];
        expect((await sf.run(['data', 'delete', 'record', ...which])).status).toBe(0);
        expect(await accounts('Name')).toMatchObject([{ Name: 'Stays' }]);
        expect((await sf.run(['data', 'delete', 'record', ...which])).status).toBe(1);
    });
});

describe('sf data query', () => {
    const query = (soql: string): Promise<SfAnswer> => sf.run(['data', 'query', '--query', soql]);

    test('answers with names in the case of the schema', async () => {
        load([{ Name: NAME }]);
        const { status, result } = await query('select id, name, owner.username from account');
        expect(status).toBe(0);
        expect(result.records).toMatchObject([
            { Id: idOf(NAME), Name: NAME, Owner: { Username: 'admin@local.org' } }
        ]);
    });

    test('takes in all pages of a long result', async () => {
        load(Array.from({ length: 4100 }, (_, index) => ({ Name: `A${index}` })));
        const { result } = await query('SELECT Name FROM Account');
        expect(new Set(result.records.map((one: { Name: string }) => one.Name)).size).toBe(4100);
    });

    test('is told which column does not exist', async () => {
        const answer = await query('SELECT Nope__c FROM Account');
        expect(answer).toMatchObject({ status: 1, result: { name: 'INVALID_FIELD' } });
        expect(answer.result.message).toContain("No such column 'Nope__c' on entity 'Account'");
    });
});

describe('in bulk', () => {
    const bulk = (verb: string, name: string, ...more: string[]): Promise<SfAnswer> => {
        const source = ['--sobject', 'Account', '--file', name, '--wait', '2', ...more];
        return sf.run(['data', verb, 'bulk', ...source]);
    };

    test('sf data import bulk makes rows, with quotes, commas and line breaks in their values', async () => {
        const csv = file('new.csv', 'Name,Description\nOne,"a ""b"", c"\nTwo,"first\nsecond"\n');
        expect(await bulk('import', csv)).toMatchObject({
            status: 0,
            result: { processedRecords: 2, successfulRecords: 2, failedRecords: 0 }
        });
        expect(await accounts('Name, Description')).toMatchObject([
            { Name: 'One', Description: 'a "b", c' },
            { Name: 'Two', Description: 'first\nsecond' }
        ]);
    });

    test('sf data import bulk tells how many rows failed, and keeps the others', async () => {
        const answer = await bulk('import', file('bad.csv', 'Name,Website\nGood,\n,no-name.example\n'));
        expect(answer.status).not.toBe(0);
        expect(answer.result.message).toContain('failed');
        expect(await accounts('Name')).toMatchObject([{ Name: 'Good' }]);
    });

    test('sf data update bulk changes the rows named by id', async () => {
        load([{ Name: 'One' }, { Name: 'Two' }]);
        const csv = file('change.csv', `Id,Name\n${idOf('One')},Uno\n${idOf('Two')},Due\n`);
        expect(await bulk('update', csv)).toMatchObject({ status: 0, result: { successfulRecords: 2 } });
        expect(await accounts('Name')).toMatchObject([{ Name: 'Due' }, { Name: 'Uno' }]);
    });

    test('sf data upsert bulk changes what is there and makes what is not', async () => {
        load([{ Name: 'Old' }]);
        const csv = file('upsert.csv', `Id,Name\n${idOf('Old')},Renamed\n,Added\n`);
        const { status, result } = await bulk('upsert', csv, '--external-id', 'Id');
        expect(status).toBe(0);
        expect(result.records.successfulResults.map((row: any) => row.sf__Created)).toEqual([
            'false',
            'true'
        ]);
        expect(await accounts('Name')).toMatchObject([{ Name: 'Added' }, { Name: 'Renamed' }]);
    });

    test('sf data delete bulk deletes the rows named by id', async () => {
        load([{ Name: 'Gone' }, { Name: 'Stays' }]);
        const { status, result } = await bulk('delete', file('gone.csv', `Id\n${idOf('Gone')}\n`));
        expect(status).toBe(0);
        expect(result.jobInfo).toMatchObject({ state: 'JobComplete', numberRecordsFailed: 0 });
        expect(await accounts('Name')).toMatchObject([{ Name: 'Stays' }]);
    });

    test('sf data export bulk writes every row once', async () => {
        load(Array.from({ length: 2500 }, (_, index) => ({ Name: `A${index}` })));
        const what = ['--query', 'SELECT Name FROM Account', '--output-file', 'out.csv', '--wait', '2'];
        const answer = await sf.run(['data', 'export', 'bulk', ...what]);
        expect(answer).toMatchObject({ status: 0, result: { totalSize: 2500 } });
        const text = readFileSync(join(sf.project, 'out.csv'), 'utf8');
        const rows: { Name: string }[] = parse(text, { columns: true });
        expect([rows.length, new Set(rows.map((row) => row.Name)).size]).toEqual([2500, 2500]);
    });
});

describe('what there is', () => {
    test('sf sobject describe tells the fields of an object', async () => {
        const { status, result } = await sf.run(['sobject', 'describe', '--sobject', 'Opportunity']);
        expect(status).toBe(0);
        expect(result).toMatchObject({ name: 'Opportunity', keyPrefix: '006', createable: true });
        expect(result.fields).toContainEqual(
            expect.objectContaining({ name: 'StageName', type: 'picklist', nillable: false })
        );
        expect((await sf.run(['sobject', 'describe', '--sobject', 'Nope__c'])).status).toBe(1);
    });

    test('sf sobject list tells the objects of the org', async () => {
        const { status, result } = await sf.run(['sobject', 'list']);
        expect(status).toBe(0);
        expect(result).toEqual(expect.arrayContaining(['Account', 'Opportunity', 'User']));
        const custom = await sf.run(['sobject', 'list', '--sobject', 'custom']);
        expect(custom).toMatchObject({ status: 0, result: [] });
    });

    test('sf org list limits counts down with every call', async () => {
        const remaining = async (): Promise<number> => {
            const { result } = await sf.run(['org', 'list', 'limits']);
            return result.find((one: { name: string }) => one.name === 'DailyApiRequests').remaining;
        };
        const first = await remaining();
        expect(await remaining()).toBeLessThan(first);
    });

    test('sf api request rest sends what it is told and shows the answer', async () => {
        const { result } = await sf.run(['api', 'request', 'rest', '/services/data/v65.0/limits']);
        expect(result).toMatchObject({
            statusCode: 200,
            body: { DailyApiRequests: { Max: open.org.limits.dailyApiRequests } }
        });
        const made = await sf.run([
            ...['api', 'request', 'rest', '/services/data/v65.0/sobjects/Account', '--method', 'POST'],
            ...['--body', JSON.stringify({ Name: NAME })]
        ]);
        expect(made.result).toMatchObject({ statusCode: 201, body: { success: true } });
        expect(await accounts('Name')).toMatchObject([{ Name: NAME }]);
    });
});

test('sf org assign permset gives the permission set to a user', async () => {
    open.org.load('PermissionSet', [{ Name: 'Readers', Label: 'Readers' }]);
    const assign = (name: string): Promise<SfAnswer> => sf.run(['org', 'assign', 'permset', '--name', name]);
    expect(await assign('Readers')).toMatchObject({
        status: 0,
        result: { successes: [{ name: 'admin@local.org', value: 'Readers' }], failures: [] }
    });
    const { records } = await open.connection.query(
        "SELECT Assignee.Username FROM PermissionSetAssignment WHERE PermissionSet.Name = 'Readers'"
    );
    expect(records).toMatchObject([{ Assignee: { Username: 'admin@local.org' } }]);
    expect((await assign('Nobody')).status).not.toBe(0);
});

test('sf org generate password is refused by name: users of the local org have none', async () => {
    const answer = await sf.run(['org', 'generate', 'password']);
    expect(answer.status).toBe(1);
    expect(answer.result.message).toContain('LOCAL_ORG_NOT_SUPPORTED');
});

test('sf signed in as a rep shows him nothing of a private deal of his peer', async () => {
    const { org, server } = open;
    const profileId = org.db
        .prepare(`SELECT "Id" FROM "Profile" WHERE "Name" = 'Standard User'`)
        .pluck()
        .get();
    const users = ['ray', 'pia'].map((name) => ({
        ...{ Username: `${name}@local.org`, LastName: name, Alias: name, Email: `${name}@local.org` },
        ...{ CommunityNickname: name, ProfileId: profileId as string, TimeZoneSidKey: 'Europe/London' },
        ...{ LocaleSidKey: 'en_GB', LanguageLocaleKey: 'en_US', EmailEncodingKey: 'UTF-8' }
    }));
    org.load('User', users);
    const [ray, pia] = users.map(({ Username }) => org.users.byUsername(Username)!.userId);
    const deal = { StageName: 'Prospecting', CloseDate: '2026-12-31' };
    org.load('Opportunity', [
        { ...deal, Name: 'Own', OwnerId: ray! },
        { ...deal, Name: 'Private', OwnerId: pia! }
    ]);
    const hidden = org.db.prepare(`SELECT "Id" FROM "Opportunity" WHERE "Name" = 'Private'`).pluck().get();
    const rep = createSfCli([]);
    try {
        await logInByToken(rep, server.url, org.auth.issueToken(ray!));
        const soql = ['--query', 'SELECT Name FROM Opportunity'];
        const queried = await rep.run(['data', 'query', ...soql]);
        expect(queried.result.records).toMatchObject([{ Name: 'Own' }]);
        const target = ['--sobject', 'Opportunity', '--record-id', String(hidden)];
        expect(await rep.run(['data', 'get', 'record', ...target])).toMatchObject({ status: 1 });
        expect(await rep.run(['data', 'update', 'record', ...target, '--values', 'Name=Mine'])).toMatchObject(
            {
                status: 1
            }
        );
        await rep.run(['data', 'export', 'bulk', ...soql, '--output-file', 'rep.csv', '--wait', '2']);
        expect(readFileSync(join(rep.project, 'rep.csv'), 'utf8')).toBe('"Name"\n"Own"\n');
        await rep.run(['data', 'export', 'tree', ...soql]);
        expect(readFileSync(join(rep.project, 'Opportunity.json'), 'utf8')).not.toContain('Private');
    } finally {
        rep.close();
    }
});
