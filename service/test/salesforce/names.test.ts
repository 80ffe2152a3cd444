import { describe, expect, test } from '@jest/globals';
import { csvOf } from '../../src/salesforce/bulk/ingest-job.ts';
import { namesOf } from '../../src/salesforce/names.ts';
import { readList, soqlOf } from '../../src/salesforce/query.ts';
import { upsertRows } from '../../src/salesforce/write-rows.ts';
import { isTokenCall, json, scriptedOrg, token } from '../support/scripted-org.ts';

const row = {
    ExternalKey__c: '006X',
    Band__c: 'Watch',
    OwnerId: '005X',
    DealHealth__r: { ExternalKey__c: '006X' }
};

describe.each([
    ['', ''],
    ['plumbline', 'plumbline__']
])('with the namespace "%s"', (namespace, prefix) => {
    test('custom names carry it and standard names do not, there and back', () => {
        const names = namesOf(namespace);
        for (const name of ['DealHealth__c', 'Opportunity__r', 'PipelineFlagRule__mdt']) {
            expect(names.q(name)).toBe(prefix + name);
            expect(names.strip(names.q(name))).toBe(name);
        }
        for (const name of ['Opportunity', 'OwnerId', 'IsClosed']) expect(names.q(name)).toBe(name);
    });

    test('rows are written and read by their plain names', async () => {
        const sent: unknown[] = [];
        const org = await scriptedOrg((request, response, body) => {
            if (isTokenCall(request)) return token(request, response);
            if (request.method === 'PATCH') {
                sent.push(request.url, JSON.parse(body));
                return json(response, 200, [{ success: true, id: 'a00', errors: [] }]);
            }
            sent.push(decodeURIComponent(request.url ?? '').split('?q=')[1]);
            const record = {
                attributes: { type: `${prefix}DealHealth__c` },
                [`${prefix}Band__c`]: 'Watch',
                [`${prefix}Opportunity__r`]: { attributes: {}, IsClosed: true, [`${prefix}Tier__c`]: 1 }
            };
            json(response, 200, { totalSize: 1, done: true, records: [record] });
        });
        const client = org.client({ namespace });
        expect(await upsertRows(client, 'DealHealth__c', [row])).toEqual([{ ok: true }]);
        expect(sent).toEqual([
            `/services/data/v65.0/composite/sobjects/${prefix}DealHealth__c/${prefix}ExternalKey__c`,
            {
                allOrNone: false,
                records: [
                    {
                        attributes: { type: `${prefix}DealHealth__c` },
                        [`${prefix}ExternalKey__c`]: '006X',
                        [`${prefix}Band__c`]: 'Watch',
                        OwnerId: '005X',
                        [`${prefix}DealHealth__r`]: { [`${prefix}ExternalKey__c`]: '006X' }
                    }
                ]
            }
        ]);
        const query = { object: 'DealHealth__c', fields: ['Band__c', 'Opportunity__r.IsClosed', 'OwnerId'] };
        expect(await readList(client, query)).toEqual([
            { Band__c: 'Watch', 'Opportunity__r.IsClosed': true, 'Opportunity__r.Tier__c': 1 }
        ]);
        expect(sent.at(-1)).toBe(
            `SELECT ${prefix}Band__c, ${prefix}Opportunity__r.IsClosed, OwnerId FROM ${prefix}DealHealth__c`
        );
        await org.close();
    });

    test('bulk columns carry it, and a value left out differs from a value removed', async () => {
        const org = await scriptedOrg((request, response) => token(request, response));
        const client = org.client({ namespace });
        const rows = [row, { ExternalKey__c: 'a "quoted", key', Band__c: null }];
        expect(csvOf(client, rows)).toBe(
            `${prefix}ExternalKey__c,${prefix}Band__c,OwnerId,${prefix}DealHealth__r.${prefix}ExternalKey__c\n` +
                '006X,Watch,005X,006X\n"a ""quoted"", key",#N/A,,\n'
        );
        expect(soqlOf(client, { object: 'Run__c', fields: ['Id'] })).toBe(`SELECT Id FROM ${prefix}Run__c`);
        await org.close();
    });
});
