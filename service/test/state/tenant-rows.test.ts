import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createTenantStore } from '../../src/state/tenant-rows.ts';
import { SecretVault } from '../../src/tenants/secret-vault.ts';
import { TenantRegistry } from '../../src/tenants/tenant-registry.ts';
import { STORE_KINDS, TestStores } from '../support/stores.ts';
import { ORG_ID, OTHER_ORG_ID } from '../support/test-app.ts';

const DETAILS = { orgId: ORG_ID, myDomain: 'https://acme.my.salesforce.com', namespace: '', clientId: 'app' };
const vault = new SecretVault([{ id: 'test', bytes: randomBytes(32) }]);

describe.each(STORE_KINDS)('tenants in %s', (kind) => {
    const stores = new TestStores(kind);
    beforeAll(() => stores.start(), 60_000);
    afterEach(() => stores.closeAll());
    afterAll(() => stores.stop());

    test('are inserted once, and changed only at the revision they were read at', async () => {
        const store = createTenantStore(await stores.store());
        expect(await store.insert(ORG_ID, '{"a":1}')).toBe(true);
        expect(await store.insert(ORG_ID, '{"a":2}')).toBe(false);
        expect(await store.replace(ORG_ID, '{"a":3}', 1)).toBe(true);
        expect(await store.replace(ORG_ID, '{"a":4}', 1)).toBe(false);
        await store.seen(ORG_ID, '2026-11-21T08:00:00.000Z');
        expect(await store.find(ORG_ID)).toEqual({
            orgId: ORG_ID,
            record: '{"a":3}',
            revision: 2,
            lastSeenAt: '2026-11-21T08:00:00.000Z'
        });
        expect(await store.find(OTHER_ORG_ID)).toBeNull();
    });

    test('keep to two keys when several processes ask at once', async () => {
        const place = await stores.newPlace();
        const processes: TenantRegistry[] = [];
        // One after the other: two SQLite connections in one thread cannot wait for each other's migrations.
        for (let count = 0; count < 3; count += 1) {
            const store = createTenantStore(await stores.store(place));
            processes.push(new TenantRegistry({ store, vault, rules: { allowLoopback: false } }));
        }
        const answers = await Promise.all(processes.map((one) => one.register(DETAILS, 'secret')));
        expect(answers.filter(({ key }) => key !== null)).toHaveLength(1);
        const asked = await Promise.allSettled(processes.map((one) => one.addKey(ORG_ID)));
        expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
        const [{ record }] = await processes[0].list();
        expect(record.keys).toHaveLength(2);
    });

    test('take everything kept of the org along, and nothing of another', async () => {
        const sql = await stores.store();
        const store = createTenantStore(sql);
        for (const orgId of [ORG_ID, OTHER_ORG_ID]) {
            await store.insert(orgId, '{}');
            await sql.run('INSERT INTO watermark VALUES (?, ?, ?)', [orgId, 'Task', '2026-11-21']);
        }
        await store.remove(ORG_ID);
        expect((await store.list()).map(({ orgId }) => orgId)).toEqual([OTHER_ORG_ID]);
        expect(await sql.all('SELECT org_id FROM watermark')).toEqual([{ org_id: OTHER_ORG_ID }]);
    });
});
