// Ways to change, remove, bring back and point to a record one row or one list at a time.
import { DATA, type Door } from './doors.ts';

const NEXT = { NextStep: 'Taken' };
const deal = (id: string): object => ({ attributes: { type: 'Opportunity' }, Id: id, ...NEXT });

const single: Door[] = [
    {
        name: 'updates by id',
        routes: ['PATCH /sobjects/:type/:id'],
        ask: async (call, t) => [
            await call('PATCH', `/sobjects/Opportunity/${t.deletedDeal}`, NEXT),
            await call('PATCH', `/sobjects/Opportunity/${t.deal}`, NEXT)
        ]
    },
    {
        name: 'updates a hidden field',
        routes: ['PATCH /sobjects/:type/:id'],
        ask: (call, t) => call('PATCH', `/sobjects/Pitch__c/${t.bridge}`, { [t.field]: 3 })
    },
    {
        name: 'deletes by id',
        routes: ['DELETE /sobjects/:type/:id'],
        ask: async (call, t) => [
            await call('DELETE', `/sobjects/Opportunity/${t.deletedDeal}`),
            await call('DELETE', `/sobjects/Opportunity/${t.deal}`)
        ]
    },
    {
        name: 'upserts by external id',
        routes: ['PATCH /sobjects/:type/:field/:value'],
        ask: async (call, t) => [
            await call('PATCH', `/sobjects/Pitch__c/Code__c/${t.code}`, { Note__c: 'Taken' }),
            await call('PATCH', `/sobjects/Pitch__c/Id/${t.pitch}`, { Note__c: 'Taken' })
        ]
    },
    {
        name: 'deletes by external id',
        routes: ['DELETE /sobjects/:type/:field/:value'],
        ask: (call, t) => call('DELETE', `/sobjects/Pitch__c/Code__c/${t.code}`)
    },
    {
        name: 'points a new record to it',
        routes: ['POST /sobjects/:type'],
        ask: async (call, t) => [
            await call('POST', '/sobjects/Pitch__c', { Deal__c: t.deal }),
            await call('POST', '/sobjects/Task', { Subject: 'Call', WhatId: t.deal }),
            await call('POST', '/sobjects/Task', { Subject: 'Call', WhatId: t.deletedDeal })
        ]
    },
    {
        name: 'creates a row of a hidden object',
        routes: ['POST /sobjects/:type'],
        ask: (call, t) => call('POST', `/sobjects/${t.object}`, {})
    }
];

const lists: Door[] = [
    {
        name: 'inserts a list that points to it',
        routes: ['POST /composite/sobjects'],
        ask: async (call, t) => [
            await call('POST', '/composite/sobjects', {
                records: [{ attributes: { type: 'Pitch__c' }, Deal__c: t.deal }]
            }),
            await call('POST', '/composite/sobjects', { records: [{ attributes: { type: t.object } }] })
        ]
    },
    {
        name: 'updates a list',
        routes: ['PATCH /composite/sobjects'],
        ask: (call, t) =>
            call('PATCH', '/composite/sobjects', { records: [deal(t.deletedDeal), deal(t.deal)] })
    },
    {
        name: 'upserts a list',
        routes: ['PATCH /composite/sobjects/:type/:field'],
        ask: (call, t) =>
            call('PATCH', '/composite/sobjects/Pitch__c/Code__c', {
                records: [{ attributes: { type: 'Pitch__c' }, Code__c: t.code, Note__c: 'Taken' }]
            })
    },
    {
        name: 'deletes a list',
        routes: ['DELETE /composite/sobjects'],
        ask: (call, t) => call('DELETE', `/composite/sobjects?ids=${t.deletedDeal},${t.deal}`)
    },
    {
        name: 'imports a tree that points to it',
        routes: ['POST /composite/tree/:type'],
        ask: (call, t) =>
            call('POST', '/composite/tree/Pitch__c', {
                records: [{ attributes: { type: 'Pitch__c', referenceId: 'one' }, Deal__c: t.deal }]
            })
    },
    {
        name: 'updates inside a composite request',
        routes: ['POST /composite'],
        ask: (call, t) =>
            call('POST', '/composite', {
                compositeRequest: [
                    {
                        method: 'PATCH',
                        url: `${DATA}/sobjects/Opportunity/${t.deal}`,
                        referenceId: 'a',
                        body: NEXT
                    }
                ]
            })
    },
    {
        name: 'updates inside a batch request',
        routes: ['POST /composite/batch'],
        ask: (call, t) =>
            call('POST', '/composite/batch', {
                batchRequests: [
                    { method: 'PATCH', url: `v65.0/sobjects/Opportunity/${t.deal}`, richInput: NEXT }
                ]
            })
    }
];

export const WRITE_DOORS = [...single, ...lists];
