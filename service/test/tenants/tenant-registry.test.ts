import { beforeEach, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { openRegistry } from '../../src/tenants/open-registry.ts';
import { fingerprintOf } from '../../src/tenants/org-key.ts';
import { SecretVault } from '../../src/tenants/secret-vault.ts';
import { disconnected, resumed, suspended, withoutKey } from '../../src/tenants/tenant-record.ts';
import type { TenantRecord } from '../../src/tenants/tenant-record.ts';
import { TenantRegistry } from '../../src/tenants/tenant-registry.ts';
import type { SqlStore } from '../../src/state/sql.ts';
import { openSqlite } from '../../src/state/sqlite.ts';
import { createTenantStore } from '../../src/state/tenant-rows.ts';
import { KEY, ORG_ID, OTHER_ORG_ID, sha256, tenant } from '../support/test-app.ts';

const KEYS = [{ id: 'first', bytes: randomBytes(32) }];
const NEW_KEYS = [{ id: 'next', bytes: randomBytes(32) }, ...KEYS];
const DETAILS = { orgId: ORG_ID, myDomain: 'https://acme.my.salesforce.com', namespace: '', clientId: 'app' };
const SECRET = 'consumer-secret-of-acme';
const silent = { info: () => undefined, error: () => undefined };

let state: SqlStore;
let now: number;
beforeEach(async () => {
    state = await openSqlite(':memory:');
    now = Date.parse('2026-11-21T08:00:00Z');
});

function registry(keys = KEYS): TenantRegistry {
    return new TenantRegistry({
        store: createTenantStore(state),
        vault: new SecretVault(keys),
        rules: { allowLoopback: false },
        now: () => now
    });
}

const fromFile = (tenants: ReturnType<typeof tenant>[], secretKeys: typeof KEYS | null = KEYS) =>
    openRegistry({ secretKeys, allowLoopback: false, tenants }, createTenantStore(state), silent);

const recordOf = async (from: TenantRegistry, orgId = ORG_ID): Promise<TenantRecord> =>
    (await from.list()).find(({ record }) => record.orgId === orgId)!.record;

const everythingStored = async (): Promise<string> =>
    JSON.stringify(await state.all<object>('SELECT * FROM tenant'));

describe('registering an org', () => {
    test('hands out its key once and keeps neither key nor client secret in the clear', async () => {
        const { record, key } = await registry().register(DETAILS, SECRET);
        expect(record.status).toBe('Active');
        expect(key).toMatch(/^plk_[A-Za-z0-9_-]{43}$/);
        expect(await registry().access(ORG_ID)).toEqual({ ...DETAILS, clientSecret: SECRET });
        const stored = await everythingStored();
        expect(stored).not.toContain(SECRET);
        expect(stored).not.toContain(key);
        expect(stored).toContain(sha256(key!));
    });

    test('twice is the same as once: no second key, nothing changed', async () => {
        await registry().register(DETAILS, SECRET);
        const before = await everythingStored();
        expect((await registry().register(DETAILS, SECRET)).key).toBeNull();
        expect(await everythingStored()).toBe(before);
    });

    test('again with a new My Domain or secret takes both over and leaves the keys', async () => {
        const tenants = registry();
        await tenants.register(DETAILS, SECRET);
        const { keys } = await recordOf(tenants);
        const myDomain = 'https://renamed.my.salesforce.com';
        await tenants.register({ ...DETAILS, myDomain }, 'rotated');
        expect(await tenants.access(ORG_ID)).toMatchObject({ myDomain, clientSecret: 'rotated' });
        expect((await recordOf(tenants)).keys).toEqual(keys);
    });

    test.each([
        ['http://127.0.0.1:8800', 'MY_DOMAIN_REFUSED'],
        ['https://acme.my.salesforce.com.evil.example', 'MY_DOMAIN_REFUSED'],
        ['https://acme.my.salesforce.com:8443', 'MY_DOMAIN_REFUSED']
    ])('at %s is refused, before anything is stored', async (myDomain, code) => {
        await expect(registry().register({ ...DETAILS, myDomain }, SECRET)).rejects.toMatchObject({ code });
        expect(await registry().list()).toEqual([]);
    });

    test('with an org id whose last letters do not fit is refused', async () => {
        const orgId = `${ORG_ID.slice(0, 15)}AAA`;
        await expect(registry().register({ ...DETAILS, orgId }, SECRET)).rejects.toMatchObject({
            code: 'ORG_ID_REFUSED'
        });
    });

    test('by two processes at once gives the org one key that works', async () => {
        const answers = await Promise.all(
            [registry(), registry(), registry()].map((one) => one.register(DETAILS, SECRET))
        );
        const keys = answers.map(({ key }) => key).filter((key) => key !== null);
        expect(keys).toHaveLength(1);
        expect((await recordOf(registry())).keys.map((one) => one.sha256)).toEqual([sha256(keys[0])]);
    });
});

describe('the keys of an org', () => {
    test('are two at most, also when several ask at once', async () => {
        await registry().register(DETAILS, SECRET);
        const asked = await Promise.allSettled([1, 2, 3].map(() => registry().addKey(ORG_ID)));
        const refusals = asked.filter((one) => one.status === 'rejected');
        expect(refusals.map((one) => one.reason.code)).toEqual(['TWO_KEYS_LIVE', 'TWO_KEYS_LIVE']);
        expect((await recordOf(registry())).keys).toHaveLength(2);
    });

    test('cannot be ended to the last one, nor the one in use, nor one that is not there', async () => {
        const tenants = registry();
        const { key } = await tenants.register(DETAILS, SECRET);
        const end = (fingerprint: string, inUse: string | null) =>
            tenants.change(ORG_ID, (record) => withoutKey(record, fingerprint, inUse));
        const first = sha256(key!);
        await expect(end(fingerprintOf(first), null)).rejects.toMatchObject({ code: 'LAST_KEY' });
        const second = sha256(await tenants.addKey(ORG_ID));
        await expect(end('0000', null)).rejects.toMatchObject({ code: 'KEY_NOT_FOUND' });
        await expect(end(fingerprintOf(first), first)).rejects.toMatchObject({ code: 'KEY_IN_USE' });
        await end(fingerprintOf(first), second);
        expect((await recordOf(tenants)).keys.map((one) => one.sha256)).toEqual([second]);
    });
});

describe('a tenant', () => {
    test('that is suspended is not worked for until it is resumed', async () => {
        const tenants = registry();
        await tenants.register(DETAILS, SECRET);
        await tenants.change(ORG_ID, suspended);
        expect(await tenants.activeOrgIds()).toEqual([]);
        await expect(tenants.access(ORG_ID)).rejects.toMatchObject({ code: 'TENANT_SUSPENDED' });
        await tenants.change(ORG_ID, resumed);
        expect(await tenants.activeOrgIds()).toEqual([ORG_ID]);
    });

    test('that has disconnected has lost its client secret and begins anew, with a new key', async () => {
        const tenants = registry();
        await tenants.register(DETAILS, SECRET);
        await tenants.change(ORG_ID, disconnected);
        expect(await recordOf(tenants)).toMatchObject({ sealedSecret: null, clientId: '' });
        await expect(tenants.change(ORG_ID, resumed)).rejects.toMatchObject({ code: 'TENANT_DISCONNECTED' });
        const { record, key } = await tenants.register(DETAILS, SECRET);
        expect(record.status).toBe('Active');
        expect(record.keys.map((one) => one.sha256)).toEqual([sha256(key!)]);
    });

    test('that is removed takes everything kept of it along, and nothing of another', async () => {
        const tenants = registry();
        for (const orgId of [ORG_ID, OTHER_ORG_ID]) {
            await tenants.register({ ...DETAILS, orgId }, SECRET);
            await state.run('INSERT INTO watermark VALUES (?, ?, ?)', [orgId, 'Task', '2026-11-21']);
        }
        await tenants.remove(ORG_ID);
        await tenants.remove(ORG_ID);
        expect(await tenants.find(ORG_ID)).toBeNull();
        expect(await state.all('SELECT org_id FROM watermark')).toEqual([{ org_id: OTHER_ORG_ID }]);
    });

    test('that another process suspends is refused here two seconds later', async () => {
        const here = registry();
        await here.register(DETAILS, SECRET);
        expect(await here.isActive(ORG_ID)).toBe(true);
        await registry().change(ORG_ID, suspended);
        now += 2_000;
        expect(await here.isActive(ORG_ID)).toBe(false);
    });

    test('is noted as seen once a minute', async () => {
        const tenants = registry();
        await tenants.register(DETAILS, SECRET);
        const seen = async () => {
            await tenants.seen((await tenants.find(ORG_ID))!);
            return (await registry().find(ORG_ID))?.lastSeenAt;
        };
        expect(await seen()).toBe('2026-11-21T08:00:00.000Z');
        now += 59_000;
        expect(await seen()).toBe('2026-11-21T08:00:00.000Z');
        now += 1_000;
        expect(await seen()).toBe('2026-11-21T08:01:00.000Z');
    });
});

describe('keys that seal', () => {
    test('are rotated at start: every secret is sealed with the first, and the old one can go', async () => {
        await registry().register(DETAILS, SECRET);
        await fromFile([], NEW_KEYS);
        expect((await registry(NEW_KEYS.slice(0, 1)).access(ORG_ID)).clientSecret).toBe(SECRET);
    });

    test('that are lost stop one tenant by name, not the start', async () => {
        await registry().register(DETAILS, SECRET);
        const tenants = await fromFile([], NEW_KEYS.slice(0, 1));
        await expect(tenants.access(ORG_ID)).rejects.toMatchObject({ code: 'SECRET_UNREADABLE' });
    });
});

describe('the tenants file', () => {
    test('names first tenants; what was changed since is not turned back by a restart', async () => {
        await fromFile([tenant()]);
        const tenants = registry();
        const key = sha256(await rotate(tenants));
        await tenants.change(ORG_ID, suspended);
        await fromFile([tenant()]);
        const record = await recordOf(registry());
        expect(record.keys.map((one) => one.sha256)).toContain(key);
        expect(record.status).toBe('Suspended');
    });

    test('counts again when its entry was edited', async () => {
        await fromFile([tenant()]);
        await fromFile([tenant({ myDomain: 'https://renamed.my.salesforce.com', keySha256: [sha256(KEY)] })]);
        const record = await recordOf(registry());
        expect(record.myDomain).toBe('https://renamed.my.salesforce.com');
        expect(record.keys.map((one) => one.sha256)).toEqual([sha256(KEY)]);
    });

    test('without keys to seal leaves no secret in the state, and an entry taken out ends its tenant', async () => {
        const tenants = await fromFile([tenant()], null);
        expect((await tenants.access(ORG_ID)).clientSecret).toBe('client-secret-value');
        expect(await everythingStored()).not.toContain('client-secret-value');
        const after = await fromFile([], null);
        await expect(after.access(ORG_ID)).rejects.toMatchObject({ code: 'TENANT_DISCONNECTED' });
    });

    test('may go once its secrets are sealed', async () => {
        await fromFile([tenant()], null);
        await fromFile([tenant()]);
        const tenants = await fromFile([]);
        expect((await tenants.access(ORG_ID)).clientSecret).toBe('client-secret-value');
    });
});

/** Ends the second key of the file's entry and makes a new one. */
async function rotate(tenants: TenantRegistry): Promise<string> {
    const { keys } = await recordOf(tenants);
    await tenants.change(ORG_ID, (record) => withoutKey(record, fingerprintOf(keys[1].sha256), null));
    return tenants.addKey(ORG_ID);
}
