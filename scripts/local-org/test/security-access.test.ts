// Who sees and changes what, over HTTP: managers below them and not beside, roles and owners moved between two requests,
// fields, objects, and an integration user as far as its permission set goes.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { deploy } from '../metadata/deploy.ts';
import { callAs, finished, soql, type Call } from './support/doors.ts';
import { deployZip } from './support/deploy-zip.ts';
import {
    assign,
    permissionSet,
    save,
    startPrivateOrg,
    type PrivateOrg,
    type Target
} from './support/private-org.ts';
import { ADMIN, TEAM, userId } from './support/test-org.ts';

let local: PrivateOrg;
let secret: Target;
const as = (username: string): Call => callAs(local, username);
beforeAll(async () => {
    local = await startPrivateOrg();
});
afterAll(() => local.stop());
beforeEach(async () => {
    secret = await local.secret();
});

const sees = async (username: string): Promise<boolean> =>
    (await as(username)('GET', `/sobjects/Opportunity/${secret.deal}?fields=Name`)).status === 200;

const set = (table: string, username: string, values: Record<string, string | null>): Promise<unknown> =>
    as(ADMIN)('PATCH', `/sobjects/${table}/${userId(local.org, username)}`, values);

const roleOf = (username: string): string => local.org.users.byUsername(username)!.roleId!;

describe('the role hierarchy', () => {
    test('opens a row to the owner and to those above, not to those beside or below', async () => {
        expect([await sees(TEAM.rep), await sees(TEAM.manager), await sees(TEAM.peer)]).toEqual([
            true,
            true,
            false
        ]);
        const OwnerId = userId(local.org, TEAM.manager);
        await as(ADMIN)('PATCH', `/sobjects/Opportunity/${secret.deal}`, { OwnerId });
        expect([await sees(TEAM.rep), await sees(TEAM.manager), await sees(TEAM.peer)]).toEqual([
            false,
            true,
            false
        ]);
    });

    test('a manager moved to the role of his team sees it no more, from the next request on', async () => {
        const above = roleOf(TEAM.manager);
        await set('User', TEAM.manager, { UserRoleId: roleOf(TEAM.rep) });
        expect(await sees(TEAM.manager)).toBe(false);
        await set('User', TEAM.manager, { UserRoleId: null });
        expect(await sees(TEAM.manager)).toBe(false);
        await set('User', TEAM.manager, { UserRoleId: above });
        expect(await sees(TEAM.manager)).toBe(true);
    });

    test('a peer promoted above the owner sees the row at once', async () => {
        const beside = roleOf(TEAM.peer);
        await set('User', TEAM.peer, { UserRoleId: roleOf(TEAM.manager) });
        expect(await sees(TEAM.peer)).toBe(true);
        await set('User', TEAM.peer, { UserRoleId: beside });
        expect(await sees(TEAM.peer)).toBe(false);
    });

    test('a new owner sees the row at once, the old one no more', async () => {
        const OwnerId = userId(local.org, TEAM.peer);
        await as(TEAM.rep)('PATCH', `/sobjects/Opportunity/${secret.deal}`, { OwnerId });
        expect([await sees(TEAM.rep), await sees(TEAM.peer)]).toEqual([false, true]);
    });

    test('rows given away while a result is read are not on its later pages', async () => {
        const first = await as(TEAM.rep)(
            'GET',
            `/query?q=${encodeURIComponent('SELECT Id, Name FROM Opportunity ORDER BY CreatedDate DESC')}`,
            undefined,
            { 'Sforce-Query-Options': 'batchSize=200' }
        );
        const shown = new Set(first.body.records.map((record: { Id: string }) => record.Id));
        const later = local.org.db
            .prepare(`SELECT "Id" FROM "Opportunity" WHERE "Name" LIKE 'Filler%' AND "OwnerId" = ?`)
            .pluck()
            .all(userId(local.org, TEAM.rep))
            .filter((id) => !shown.has(id)) as string[];
        expect(later.length).toBeGreaterThan(0);
        for (const id of later) {
            await as(ADMIN)('PATCH', `/sobjects/Opportunity/${id}`, {
                OwnerId: userId(local.org, TEAM.peer)
            });
        }
        const path = `/query/${first.body.nextRecordsUrl.split('/').at(-1)}`;
        const second = await as(TEAM.rep)('GET', path);
        expect(second.status).toBe(200);
        const ids = second.body.records.map((record: { Id: string }) => record.Id);
        expect(ids.filter((id: string) => later.includes(id))).toEqual([]);
    });

    test('a token of a user who is switched off opens nothing', async () => {
        const token = local.org.auth.issueToken(userId(local.org, TEAM.leaver));
        const response = await fetch(`${local.url}/services/data/v65.0/sobjects`, {
            headers: { Authorization: `Bearer ${token}` }
        });
        expect(response.status).toBe(401);
    });
});

describe('a unique key', () => {
    test('of a hidden row is refused without naming the row or the field', async () => {
        const taken = await as(TEAM.peer)('POST', '/sobjects/Pitch__c', { Key__c: secret.key });
        const upserted = await as(TEAM.peer)('PATCH', `/sobjects/Pitch__c/Key__c/${secret.key}`, {});
        const message = 'duplicate value found: <unknown> duplicates value on record with id: <unknown>';
        expect([taken, upserted]).toMatchObject(
            Array(2).fill({ status: 400, body: [{ errorCode: 'DUPLICATE_VALUE', message }] })
        );
    });

    test('of a row the caller sees is refused with the row that holds it', async () => {
        const taken = await as(TEAM.manager)('POST', '/sobjects/Pitch__c', { Key__c: secret.key });
        expect(taken.body[0].message).toBe(
            `duplicate value found: Key__c duplicates value on record with id: ${secret.pitch}`
        );
    });

    test('does not lead a new row to a hidden parent', async () => {
        const link = (username: string): Promise<unknown> =>
            as(username)('POST', '/sobjects/Pitch__c', { Deal__r: { Id: secret.deal } });
        expect(await link(TEAM.peer)).toMatchObject({ status: 400, body: [{ errorCode: 'INVALID_FIELD' }] });
        expect(await link(TEAM.manager)).toMatchObject({ status: 201 });
    });
});

test('ids made just before and after one of the own rows open nothing of a peer', async () => {
    const own = save(local.org, 'Opportunity', {
        ...{ Name: 'Own', StageName: 'Prospecting', CloseDate: '2026-12-31' },
        OwnerId: userId(local.org, TEAM.peer)
    });
    await local.secret();
    const ids = local.org.db
        .prepare(`SELECT "Id" FROM "Opportunity" ORDER BY "Id" DESC LIMIT 20`)
        .pluck()
        .all() as string[];
    const { body } = await as(TEAM.peer)('POST', '/composite/sobjects/Opportunity', {
        ids,
        fields: ['Name']
    });
    const open = body.filter(Boolean).map((record: { Id: string }) => record.Id);
    const owned = local.org.db
        .prepare(`SELECT "Id" FROM "Opportunity" WHERE "OwnerId" = ? AND "IsDeleted" = 0`)
        .pluck()
        .all(userId(local.org, TEAM.peer)) as string[];
    expect(ids).toContain(own);
    expect(open.sort()).toEqual(ids.filter((id) => owned.includes(id)).sort());
});

describe('field-level security', () => {
    test('hides the value of a row the user owns in every kind of answer', async () => {
        const peer = as(TEAM.peer);
        const record = await peer('GET', `/sobjects/Pitch__c/${secret.bridge}`);
        expect(Object.keys(record.body)).toContain('Note__c');
        expect(Object.keys(record.body)).not.toContain('Margin__c');
        const asked = [
            'SELECT Margin__c FROM Pitch__c',
            'SELECT Id FROM Pitch__c WHERE Margin__c > 1',
            'SELECT Id FROM Pitch__c ORDER BY Margin__c',
            'SELECT OwnerId, MIN(Margin__c) FROM Pitch__c GROUP BY OwnerId',
            'SELECT SUM(Margin__c) FROM Pitch__c',
            'SELECT OwnerId FROM Pitch__c GROUP BY OwnerId HAVING MAX(Margin__c) > 1',
            'SELECT Id, (SELECT Margin__c FROM Pitches__r) FROM Opportunity'
        ];
        const answers = await Promise.all(asked.map((query) => soql(peer, query)));
        expect(answers.map(({ body }) => body[0]?.errorCode)).toEqual(asked.map(() => 'INVALID_FIELD'));
        const manager = await Promise.all(asked.map((query) => soql(as(TEAM.manager), query)));
        expect(manager.map(({ status }) => status)).toEqual(asked.map(() => 200));
    });

    test('refuses to write a hidden field, and keeps its value when the rest is written', async () => {
        local.org.db.prepare(`UPDATE "Pitch__c" SET "Margin__c" = 5 WHERE "Id" = ?`).run(secret.bridge);
        const path = `/sobjects/Pitch__c/${secret.bridge}`;
        expect(await as(TEAM.peer)('PATCH', path, { Margin__c: 9 })).toMatchObject({
            status: 400,
            body: [{ errorCode: 'INVALID_FIELD' }]
        });
        expect((await as(TEAM.peer)('PATCH', path, { Note__c: 'mine' })).status).toBe(204);
        const stored = local.org.db
            .prepare(`SELECT "Margin__c" m, "Note__c" n FROM "Pitch__c" WHERE "Id" = ?`)
            .get(secret.bridge);
        expect(stored).toEqual({ m: 5, n: 'mine' });
    });
});

describe('an integration user', () => {
    const robot = 'robot@local.org';

    beforeAll(async () => {
        const profile = local.org.db
            .prepare(`SELECT "Id" FROM "Profile" WHERE "Name" = 'Minimum Access - API Only Integrations'`)
            .pluck()
            .get() as string;
        save(local.org, 'User', {
            Username: robot,
            LastName: 'Robot',
            Alias: 'robot',
            CommunityNickname: 'robot',
            Email: robot,
            ProfileId: profile,
            TimeZoneSidKey: 'Europe/London',
            LocaleSidKey: 'en_GB',
            LanguageLocaleKey: 'en_US',
            EmailEncodingKey: 'UTF-8',
            IsActive: true
        });
        const set = permissionSet('Robot', ['Opportunity'], ['Opportunity.Amount'], [], { viewAll: true });
        const zip = deployZip({ PermissionSet: ['Robot'] }, { 'permissionsets/Robot.permissionset': set });
        expect(deploy(local.org, zip, {}, local.org.adminUserId).success).toBe(true);
    });

    test('sees nothing until a permission set grants it, then all rows and no other field or object', async () => {
        const ask = async (query: string): Promise<unknown> => {
            const { status, body } = await soql(as(robot), query);
            return status === 200 ? body.totalSize : body[0].errorCode;
        };
        const named = `FROM Opportunity WHERE Id = '${secret.deal}'`;
        expect(await ask(`SELECT Id ${named}`)).toBe('INVALID_TYPE');
        assign(local.org, 'Robot', robot);
        expect(await ask(`SELECT Id, Name, Amount ${named}`)).toBe(1);
        expect(await ask(`SELECT NextStep ${named}`)).toBe('INVALID_FIELD');
        expect(await ask('SELECT Id FROM Account')).toBe('INVALID_TYPE');
        expect(await ask(`SELECT Id FROM Pitch__c WHERE Id = '${secret.pitch}'`)).toBe('INVALID_TYPE');
    });

    test('reads all rows in bulk, and changes none of others: View All is no Modify All', async () => {
        const call = as(robot);
        const { body } = await call('POST', '/jobs/query', {
            operation: 'query',
            query: 'SELECT Id FROM Opportunity'
        });
        const job = await finished(call, `/jobs/query/${body.id}`);
        const all = local.org.db
            .prepare(`SELECT count(*) FROM "Opportunity" WHERE "IsDeleted" = 0`)
            .pluck()
            .get();
        expect(job).toMatchObject({ state: 'JobComplete', numberRecordsProcessed: all });
        expect(await call('PATCH', `/sobjects/Opportunity/${secret.deal}`, { Amount: 1 })).toMatchObject({
            status: 403,
            body: [{ errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY' }]
        });
        expect(await call('DELETE', `/sobjects/Opportunity/${secret.deal}`)).toMatchObject({ status: 403 });
    });
});
