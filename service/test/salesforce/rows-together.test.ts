// Rows of two objects in one call, against the local org: what goes through at once, and what is sent again by itself.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { OrgClient } from '../../src/salesforce/connect.ts';
import { OwnedRowWriter, type OwnedRow } from '../../src/salesforce/owned-rows.ts';
import { connectedOrg, type ConnectedOrg } from '../support/local-org.ts';

let crm: ConnectedOrg;
let client: OrgClient;
beforeAll(async () => {
    crm = await connectedOrg();
    client = crm.client();
    await client.ensureSignedIn();
});
afterAll(() => crm.close());

const health = (key: string, band = 'Watch'): OwnedRow => ({
    fields: { ExternalKey__c: key, Band__c: band, FlagCount__c: 1 }
});
const flag = (key: string): OwnedRow => ({
    fields: {
        ExternalKey__c: `${key}:R3`,
        DealHealth__r: { ExternalKey__c: key },
        RuleKey__c: 'R3',
        Severity__c: 'Red',
        Status__c: 'Open'
    }
});

/** Saves healths and flags; how many calls it took, and what was told of each row, by its key. */
async function save(healths: OwnedRow[], flags: OwnedRow[]): Promise<[calls: number, told: string[]]> {
    const told: string[] = [];
    const writer = new OwnedRowWriter(client, {
        checkStop: () => {},
        note: () => {},
        onWritten: (rows, results) => {
            for (const [at, result] of results.entries())
                told.push(`${rows[at]!.fields.ExternalKey__c} ${result.ok ? 'saved' : result.code}`);
        },
        write: { sleep: async () => undefined }
    });
    const before = client.apiCalls;
    await writer.writeTogether([
        { object: 'DealHealth__c', rows: healths },
        { object: 'PipelineFlag__c', rows: flags }
    ]);
    return [client.apiCalls - before, told.sort()];
}

describe('rows of two objects', () => {
    test('are saved by one call, the later ones naming the earlier ones', async () => {
        expect(await save([health('a1'), health('a2')], [flag('a1'), flag('a2')])).toEqual([
            1,
            ['a1 saved', 'a1:R3 saved', 'a2 saved', 'a2:R3 saved']
        ]);
        expect(
            crm.query("SELECT Id FROM PipelineFlag__c WHERE DealHealth__r.ExternalKey__c = 'a2'")
        ).toHaveLength(1);
    });

    test('wait for a parent that is locked for a moment, and are told once each', async () => {
        crm.org.faults.add({
            kind: 'rowLock',
            object: 'DealHealth__c',
            where: (row) => row.ExternalKey__c === 'b1'
        });
        const [calls, told] = await save([health('b1'), health('b2')], [flag('b1'), flag('b2')]);
        expect(told).toEqual(['b1 saved', 'b1:R3 saved', 'b2 saved', 'b2:R3 saved']);
        expect(calls).toBe(3);
    });

    test('are told by their own code when Salesforce refuses them', async () => {
        const [, told] = await save([health('c1', 'No Such Band'), health('c2')], [flag('c2')]);
        expect(told).toEqual(['c1 INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', 'c2 saved', 'c2:R3 saved']);
    });

    test('are saved all the same when the call breaks after it was carried out', async () => {
        crm.org.faults.add({ kind: 'dropConnection', path: /\/composite$/, afterBytes: 0 });
        const [, told] = await save([health('d1')], [flag('d1')]);
        expect(told).toEqual(['d1 saved', 'd1:R3 saved']);
        expect(crm.query("SELECT Id FROM DealHealth__c WHERE ExternalKey__c = 'd1'")).toHaveLength(1);
    });

    test('that are too many for one call go as before', async () => {
        const many = Array.from({ length: 201 }, (_, at) => health(`e${at}`));
        const [calls, told] = await save(many, [flag('e0')]);
        expect([calls, told.length]).toEqual([3, 202]);
    });
});
