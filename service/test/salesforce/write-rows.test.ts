// Writing to the local org: results per row, by composite call and by bulk job alike.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { OrgClient } from '../../src/salesforce/connect.ts';
import { deleteRows, upsertRows } from '../../src/salesforce/write-rows.ts';
import type { RowFields, RowResult } from '../../src/salesforce/write-rows.ts';
import { connectedOrg } from '../support/local-org.ts';
import type { ConnectedOrg } from '../support/local-org.ts';
import { isTokenCall, json, scriptedOrg, token } from '../support/scripted-org.ts';

let crm: ConnectedOrg;
let client: OrgClient;
beforeAll(async () => {
    crm = await connectedOrg();
    client = crm.client();
    await client.ensureSignedIn();
});
afterAll(() => crm.close());

const noWait = { sleep: async () => undefined };
const count = (where: string) => crm.query(`SELECT Id FROM DealHealth__c WHERE ${where}`).length;

function rows(prefix: string, total: number, bad: ReadonlySet<number>): RowFields[] {
    return Array.from({ length: total }, (_, index) => ({
        ExternalKey__c: `${prefix}${index}`,
        Band__c: bad.has(index) ? 'No Such Band' : 'Watch',
        FlagCount__c: index % 90
    }));
}

const failedAt = (results: RowResult[]) =>
    results.flatMap((result, index) => (result.ok ? [] : [[index, result.code]]));

describe.each([
    ['composite calls', 'c', 450],
    ['a bulk job', 'b', 2100]
])('by %s', (_way, prefix, total) => {
    test('good rows are saved, bad ones are named by position and code', async () => {
        const results = await upsertRows(
            client,
            'DealHealth__c',
            rows(prefix, total, new Set([0, 399])),
            noWait
        );
        expect(failedAt(results)).toEqual([
            [0, 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST'],
            [399, 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST']
        ]);
        expect(count(`ExternalKey__c LIKE '${prefix}%'`)).toBe(total - 2);
    });

    test('the same rows again change their rows and make no new ones', async () => {
        const again = rows(prefix, total, new Set()).map((row) => ({ ...row, Band__c: 'AtRisk' }));
        expect(failedAt(await upsertRows(client, 'DealHealth__c', again, noWait))).toEqual([]);
        expect(count(`ExternalKey__c LIKE '${prefix}%' AND Band__c = 'AtRisk'`)).toBe(total);
    });

    test('null empties a field, and a field left out keeps its value', async () => {
        const first = [{ ExternalKey__c: `${prefix}1`, TopRuleKey__c: 'R3' }];
        await upsertRows(client, 'DealHealth__c', first, noWait);
        const filler = rows(prefix, total, new Set()).slice(2);
        const change = [{ ExternalKey__c: `${prefix}1`, TopRuleKey__c: null }, ...filler];
        await upsertRows(client, 'DealHealth__c', change, noWait);
        const [row] = crm.query(
            `SELECT TopRuleKey__c, Band__c FROM DealHealth__c WHERE ExternalKey__c = '${prefix}1'`
        );
        expect([row.TopRuleKey__c, row.Band__c]).toEqual([null, 'AtRisk']);
    });

    test('a locked row is sent again, alone, until it is free', async () => {
        crm.org.faults.add({
            kind: 'rowLock',
            object: 'DealHealth__c',
            where: (row) => row.ExternalKey__c === `${prefix}7`,
            times: 3
        });
        const waits: number[] = [];
        const sleep = async (ms: number) => void waits.push(ms);
        const results = await upsertRows(client, 'DealHealth__c', rows(prefix, total, new Set()), {
            sleep,
            random: () => 1
        });
        expect(failedAt(results)).toEqual([]);
        expect(waits.slice(-3)).toEqual([400, 800, 1600]);
    });
});

test('deleting takes more than one call of 200, and rows that are gone already are fine', async () => {
    const ids = crm
        .query(`SELECT Id FROM DealHealth__c WHERE ExternalKey__c LIKE 'c%'`)
        .map((row) => String(row.Id));
    expect(ids.length).toBeGreaterThan(400);
    expect(await deleteRows(client, ids)).toEqual([]);
    expect(await deleteRows(client, ids.slice(0, 3))).toEqual([]);
    expect(count(`ExternalKey__c LIKE 'c%'`)).toBe(0);
});

test('a write whose answer was lost is sent again under the same keys', async () => {
    let lost = 1;
    const bodies: string[] = [];
    const org = await scriptedOrg((request, response, body) => {
        if (isTokenCall(request)) return token(request, response);
        bodies.push(body);
        if (lost-- > 0) return void request.socket.destroy();
        json(response, 200, [{ success: true, id: 'a00', errors: [] }]);
    });
    expect(await upsertRows(org.client(), 'DealHealth__c', [{ ExternalKey__c: 'x' }], noWait)).toEqual([
        { ok: true }
    ]);
    expect(bodies).toHaveLength(2);
    expect(bodies[0]).toBe(bodies[1]);
    await org.close();
});

test('a call the org refuses as a whole is an error, not a row that failed', async () => {
    const org = await scriptedOrg((request, response) => {
        if (isTokenCall(request)) return token(request, response);
        json(response, 400, [{ errorCode: 'INVALID_FIELD', message: 'No such column' }]);
    });
    await expect(
        upsertRows(org.client(), 'DealHealth__c', [{ ExternalKey__c: 'x' }], noWait)
    ).rejects.toMatchObject({
        errorCode: 'INVALID_FIELD'
    });
    await org.close();
});
