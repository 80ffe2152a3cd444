// Every way in which somebody could change, remove, bring back or add a row: REST, composite, tree, batch, Bulk, UI API, Tooling
// API, Apex. Each gives what the org answered; whether the row stood is for the test to see.
import { finished, type Call } from '../../local-org/test/support/doors.ts';

const DATA = '/services/data/v65.0';

/** What is attacked: a row, one field of it with another value, its external key, and a row like it that would be added. */
export interface Attacked {
    type: string;
    id: string;
    key: string;
    change: Record<string, unknown>;
    another: Record<string, unknown>;
}

export type PayDoor = (call: Call, row: Attacked) => Promise<unknown>;

const typed = ({ type }: Attacked, fields: object): object => ({ attributes: { type }, ...fields });

const apex =
    (statement: string): PayDoor =>
    (call, row) =>
        call('POST', '//lightning/apex', {
            className: 'Meddler',
            method: 'meddle',
            params: {
                statement,
                typeName: row.type,
                recordId: row.id,
                fieldsJson: JSON.stringify(statement === 'insert' ? row.another : row.change)
            }
        });

async function bulk(call: Call, operation: string, row: Attacked, rows: object[], key?: string) {
    const created = await call('POST', '/jobs/ingest', {
        operation,
        object: row.type,
        contentType: 'CSV',
        ...(key ? { externalIdFieldName: key } : {})
    });
    if (created.status !== 200) return created;
    const path = `/jobs/ingest/${created.body.id}`;
    const names = Object.keys(rows[0]!);
    const cell = (value: unknown): string => `"${String(value).replaceAll('"', '""')}"`;
    const csv = [names.join(','), ...rows.map((one) => Object.values(one).map(cell).join(','))].join('\n');
    await call('PUT', `${path}/batches`, csv, { 'Content-Type': 'text/csv; charset=utf-8' });
    await call('PATCH', path, { state: 'UploadComplete' });
    const job = await finished(call, path);
    return [job, await call('GET', `${path}/successfulResults`), await call('GET', `${path}/failedResults`)];
}

/** Names read "when it is ...". */
export const PAY_DOORS: Record<string, PayDoor> = {
    'updated by id': (call, row) => call('PATCH', `/sobjects/${row.type}/${row.id}`, row.change),
    'upserted by its key': (call, row) =>
        call('PATCH', `/sobjects/${row.type}/ExternalKey__c/${encodeURIComponent(row.key)}`, row.change),
    'deleted by id': (call, row) => call('DELETE', `/sobjects/${row.type}/${row.id}`),
    'deleted by its key': (call, row) =>
        call('DELETE', `/sobjects/${row.type}/ExternalKey__c/${encodeURIComponent(row.key)}`),
    'joined by another': (call, row) => call('POST', `/sobjects/${row.type}`, row.another),
    'updated in a list': (call, row) =>
        call('PATCH', '/composite/sobjects', { records: [typed(row, { Id: row.id, ...row.change })] }),
    'upserted in a list': (call, row) =>
        call('PATCH', `/composite/sobjects/${row.type}/ExternalKey__c`, {
            records: [typed(row, { ExternalKey__c: row.key, ...row.change })]
        }),
    'deleted in a list': (call, row) => call('DELETE', `/composite/sobjects?ids=${row.id}`),
    'joined in a list': (call, row) =>
        call('POST', '/composite/sobjects', { records: [typed(row, row.another)] }),
    'joined in a tree': (call, row) =>
        call('POST', `/composite/tree/${row.type}`, {
            records: [{ attributes: { type: row.type, referenceId: 'one' }, ...row.another }]
        }),
    'updated in a composite request': (call, row) =>
        call('POST', '/composite', {
            allOrNone: true,
            compositeRequest: [
                {
                    method: 'PATCH',
                    url: `${DATA}/sobjects/${row.type}/${row.id}`,
                    referenceId: 'one',
                    body: row.change
                }
            ]
        }),
    'updated in a batch': (call, row) =>
        call('POST', '/composite/batch', {
            batchRequests: [
                { method: 'PATCH', url: `v65.0/sobjects/${row.type}/${row.id}`, richInput: row.change }
            ]
        }),
    'updated in bulk': (call, row) => bulk(call, 'update', row, [{ Id: row.id, ...row.change }]),
    'upserted in bulk': (call, row) =>
        bulk(call, 'upsert', row, [{ ExternalKey__c: row.key, ...row.change }], 'ExternalKey__c'),
    'joined in bulk': (call, row) => bulk(call, 'insert', row, [row.another]),
    'deleted in bulk': (call, row) => bulk(call, 'delete', row, [{ Id: row.id }]),
    'hard-deleted in bulk': (call, row) => bulk(call, 'hardDelete', row, [{ Id: row.id }]),
    'updated on a page': (call, row) => call('PATCH', `/ui-api/records/${row.id}`, { fields: row.change }),
    'deleted on a page': (call, row) => call('DELETE', `/ui-api/records/${row.id}`),
    'joined on a page': (call, row) =>
        call('POST', '/ui-api/records', { apiName: row.type, fields: row.another }),
    'updated by the Tooling API': (call, row) =>
        call('PATCH', `/tooling/sobjects/${row.type}/${row.id}`, row.change),
    'deleted by the Tooling API': (call, row) => call('DELETE', `/tooling/sobjects/${row.type}/${row.id}`),
    'updated by Apex': apex('update'),
    'upserted by Apex': apex('upsert'),
    'deleted by Apex': apex('delete'),
    'joined by Apex': apex('insert')
};

/** Apex that runs in system mode and without sharing, for whoever may call it: nothing but the guards is in its way. */
export const MEDDLER = `public without sharing class Meddler {
    @AuraEnabled
    public static void meddle(String statement, String typeName, Id recordId, String fieldsJson) {
        SObject row = Schema.getGlobalDescribe().get(typeName).newSObject();
        if (statement != 'insert') row.Id = recordId;
        Map<String, Object> fields = (Map<String, Object>) JSON.deserializeUntyped(fieldsJson);
        for (String name : fields.keySet()) {
            Object value = fields.get(name);
            row.put(name, value instanceof Integer ? Decimal.valueOf((Integer) value) : value);
        }
        if (statement == 'insert') insert row;
        if (statement == 'update') update row;
        if (statement == 'upsert') upsert row;
        if (statement == 'delete') delete row;
        if (statement == 'undelete') undelete row;
    }
}`;
