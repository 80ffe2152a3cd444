// A deployed trigger stands at every door through which rows are written: none saves past it, each tells its words.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { deploy } from '../metadata/deploy.ts';
import { apexClass, deployZip, metadata } from './support/deploy-zip.ts';
import { callAs, finished, type Call } from './support/doors.ts';
import { ADMIN, startTestOrg, type TestOrg } from './support/test-org.ts';

const GUARD = `trigger Guard on Contact (before insert, before update, before delete) {
    for (Contact one : Trigger.isDelete ? Trigger.old : Trigger.new) {
        if (one.LastName == 'Refused' || Trigger.isDelete) one.LastName.addError('The guard says no');
    }
}`;
const SAVER = `public with sharing class Saver {
    @AuraEnabled public static void add() { insert new Contact(LastName = 'Refused'); }
    @AuraEnabled public static void change(Id id) { update as user new Contact(Id = id, LastName = 'Refused'); }
    @AuraEnabled public static String tryOut() {
        Database.SaveResult result = Database.insert(new Contact(LastName = 'Refused'), false);
        return result.getErrors()[0].getStatusCode() + ' ' + result.getErrors()[0].getMessage();
    }
}`;

let local: TestOrg;
let call: Call;
let known: string;

beforeAll(async () => {
    local = await startTestOrg();
    call = callAs(local, ADMIN);
    known = (await call('POST', '/sobjects/Contact', { LastName: 'Known' })).body.id;
    const files = {
        'triggers/Guard.trigger': GUARD,
        'triggers/Guard.trigger-meta.xml': metadata(
            'ApexTrigger',
            '<apiVersion>65.0</apiVersion><status>Active</status>'
        ),
        ...apexClass('Saver', SAVER)
    };
    const zip = deployZip({ ApexTrigger: ['Guard'], ApexClass: ['Saver'] }, files);
    const outcome = deploy(local.org, zip, {}, local.org.adminUserId);
    expect(outcome.errors).toEqual([]);
});
afterAll(() => local.stop());

const REFUSED = { LastName: 'Refused' };
const typed = (fields: object): object => ({ attributes: { type: 'Contact' }, ...fields });
const apex = (method: string, params: object = {}) =>
    call('POST', '//lightning/apex', { className: 'Saver', method, params });

async function bulk(operation: string, csv: string): Promise<unknown> {
    const { body: job } = await call('POST', '/jobs/ingest', {
        operation,
        object: 'Contact',
        contentType: 'CSV'
    });
    await call('PUT', `/jobs/ingest/${job.id}/batches`, csv, { 'Content-Type': 'text/csv; charset=utf-8' });
    await call('PATCH', `/jobs/ingest/${job.id}`, { state: 'UploadComplete' });
    await finished(call, `/jobs/ingest/${job.id}`);
    return call('GET', `/jobs/ingest/${job.id}/failedResults`);
}

const DOORS: [string, () => Promise<unknown>][] = [
    ['one new record', () => call('POST', '/sobjects/Contact', REFUSED)],
    ['one changed record', () => call('PATCH', `/sobjects/Contact/${known}`, REFUSED)],
    ['one deleted record', () => call('DELETE', `/sobjects/Contact/${known}`)],
    ['a list of new records', () => call('POST', '/composite/sobjects', { records: [typed(REFUSED)] })],
    [
        'a list of changed records',
        () => call('PATCH', '/composite/sobjects', { records: [typed({ Id: known, ...REFUSED })] })
    ],
    ['a list of deleted records', () => call('DELETE', `/composite/sobjects?ids=${known}`)],
    [
        'a tree of records',
        () =>
            call('POST', '/composite/tree/Contact', {
                records: [{ attributes: { type: 'Contact', referenceId: 'one' }, ...REFUSED }]
            })
    ],
    [
        'a composite request',
        () =>
            call('POST', '/composite', {
                compositeRequest: [
                    {
                        method: 'POST',
                        url: '/services/data/v65.0/sobjects/Contact',
                        referenceId: 'one',
                        body: REFUSED
                    }
                ]
            })
    ],
    [
        'a batch of requests',
        () =>
            call('POST', '/composite/batch', {
                batchRequests: [{ method: 'POST', url: 'v65.0/sobjects/Contact', richInput: REFUSED }]
            })
    ],
    ['a bulk insert', () => bulk('insert', 'LastName\nRefused\n')],
    ['a bulk update', () => bulk('update', `Id,LastName\n${known},Refused\n`)],
    ['a bulk delete', () => bulk('delete', `Id\n${known}\n`)],
    ['the UI API', () => call('POST', '/ui-api/records', { apiName: 'Contact', fields: REFUSED })],
    ['the UI API, changed', () => call('PATCH', `/ui-api/records/${known}`, { fields: REFUSED })],
    ['the UI API, deleted', () => call('DELETE', `/ui-api/records/${known}`)],
    ['Apex', () => apex('add')],
    ['Apex as the user', () => apex('change', { id: known })],
    ['Apex with results', () => apex('tryOut')]
];

describe('a trigger refuses', () => {
    test.each(DOORS)('%s', async (_name, ask) => {
        const answer = JSON.stringify(await ask());
        expect(answer).toContain('FIELD_CUSTOM_VALIDATION_EXCEPTION');
        expect(answer).toContain('The guard says no');
        const { body } = await call(
            'GET',
            `/query?q=${encodeURIComponent('SELECT Id, LastName FROM Contact')}`
        );
        expect(body.records).toMatchObject([{ Id: known, LastName: 'Known' }]);
    });

    test('nothing that it lets pass', async () => {
        const { status } = await call('PATCH', `/sobjects/Contact/${known}`, { FirstName: 'Well' });
        expect(status).toBe(204);
    });
});
