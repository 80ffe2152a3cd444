// Ways through the Lightning page: the UI API, the data of the shell, and deployed Apex in every sharing mode.
import { soql, type Door } from './doors.ts';

const apex = (name: string, className: string, method: string, params: (deal: Names) => object): Door => ({
    name,
    routes: ['POST //lightning/apex'],
    ask: (call, t) => call('POST', '//lightning/apex', { className, method, params: params(t) })
});
type Names = Parameters<Door['ask']>[1];

const apexDoors: Door[] = [
    apex('reads by Apex with sharing', 'SharingDeals', 'named', ({ name }) => ({ name })),
    apex('reads by Apex in user mode', 'OpenDeals', 'named', ({ name }) => ({ name })),
    apex('counts by Apex in user mode', 'OpenDeals', 'counted', ({ name }) => ({ name })),
    apex('updates by Apex with sharing', 'SharingDeals', 'rename', ({ deal }) => ({ id: deal })),
    apex('updates by Apex in user mode', 'OpenDeals', 'rename', ({ deal }) => ({ id: deal })),
    apex('deletes by Apex with sharing', 'SharingDeals', 'remove', ({ deal }) => ({ id: deal })),
    apex('undeletes by Apex with sharing', 'SharingDeals', 'bringBack', ({ deletedDeal }) => ({
        id: deletedDeal
    })),
    apex('calls Apex without sharing that is not granted', 'AllDeals', 'named', ({ name }) => ({ name }))
];

const uiApi: Door[] = [
    {
        name: 'reads through the UI API',
        routes: ['GET /ui-api/records/:id'],
        ask: async (call, t) => [
            await call('GET', `/ui-api/records/${t.deal}?fields=Opportunity.Name,Opportunity.Amount`),
            await call('GET', `/ui-api/records/${t.deletedDeal}?optionalFields=Opportunity.Name`),
            await call('GET', `/ui-api/records/${t.bridge}?fields=Pitch__c.Deal__r.Name`)
        ]
    },
    {
        name: 'reads a hidden field through the UI API',
        routes: ['GET /ui-api/records/:id'],
        ask: async (call, t) => [
            await call('GET', `/ui-api/records/${t.bridge}?fields=Pitch__c.${t.field}`),
            await call('GET', `/ui-api/records/${t.bridge}?optionalFields=Pitch__c.${t.field}`)
        ]
    },
    {
        name: 'creates through the UI API',
        routes: ['POST /ui-api/records'],
        ask: async (call, t) => [
            await call('POST', '/ui-api/records', { apiName: 'Pitch__c', fields: { Deal__c: t.deal } }),
            await call('POST', '/ui-api/records', { apiName: t.object, fields: {} })
        ]
    },
    {
        name: 'updates through the UI API',
        routes: ['PATCH /ui-api/records/:id'],
        ask: (call, t) => call('PATCH', `/ui-api/records/${t.deal}`, { fields: { NextStep: 'Taken' } })
    },
    {
        name: 'deletes through the UI API',
        routes: ['DELETE /ui-api/records/:id'],
        ask: (call, t) => call('DELETE', `/ui-api/records/${t.deal}`)
    },
    {
        name: 'asks for the information of a hidden object or field',
        routes: ['GET /ui-api/object-info/:objectName'],
        async ask(call, t) {
            const hidden = await call('GET', `/ui-api/object-info/${t.object}`);
            const pitch = JSON.stringify((await call('GET', '/ui-api/object-info/Pitch__c')).body);
            const deal = JSON.stringify((await call('GET', '/ui-api/object-info/Opportunity')).body);
            return [hidden.status, pitch.includes(t.field), deal.includes(t.object)];
        }
    }
];

const includes = (name: string, path: string): Door => ({
    name,
    routes: [`GET ${path}`],
    ask: async (call, t) => JSON.stringify((await call('GET', path)).body).includes(t.object)
});

const navigation: Door[] = [
    includes('loads the shell', '//lightning/shell-data'),
    includes('lists the tabs', '/tabs'),
    includes('asks for the theme', '/theme'),
    {
        name: 'marks a deal as viewed and asks what he viewed',
        routes: ['GET /recent'],
        async ask(call, t) {
            await soql(call, `SELECT Id FROM Opportunity WHERE Id = '${t.deal}' FOR VIEW`);
            return JSON.stringify((await call('GET', '/recent')).body).includes(t.deal);
        }
    },
    {
        name: 'asks for recent items of a hidden object',
        routes: ['GET /sobjects/:type'],
        ask: async (call, t) => (await call('GET', `/sobjects/${t.object}`)).status
    }
];

export const PAGE_DOORS = [...apexDoors, ...uiApi, ...navigation];
