// Ways to read: queries of every shape, records by id, key and list, changes, describes, and requests inside requests.
import { DATA, soql, type Call, type Door } from './doors.ts';
import type { Target } from './private-org.ts';

const QUERY = ['GET /query'];
const IN_AN_HOUR = '2099-01-01T00:00:00Z';

const query = (name: string, text: (target: Target) => string, routes = QUERY): Door => ({
    name,
    routes,
    ask: (call, target) => soql(call, text(target), routes[0]!.slice('GET '.length))
});

const queries: Door[] = [
    query('queries by name', (t) => `SELECT Id, Name, Amount FROM Opportunity WHERE Name = '${t.name}'`),
    query('queries by id', (t) => `SELECT FIELDS(STANDARD) FROM Opportunity WHERE Id = '${t.deal}'`),
    query('counts', (t) => `SELECT COUNT() FROM Opportunity WHERE Name = '${t.name}'`),
    query('sums', (t) => `SELECT SUM(Amount) s, MAX(Amount) m FROM Opportunity WHERE Name = '${t.name}'`),
    query('groups', (t) => `SELECT Name, COUNT(Id) FROM Opportunity WHERE Name = '${t.name}' GROUP BY Name`),
    query(
        'asks for groups above an amount',
        (t) =>
            `SELECT StageName FROM Opportunity WHERE Name = '${t.name}' GROUP BY StageName HAVING SUM(Amount) > 1`
    ),
    query('reads the parent', (t) => `SELECT Deal__r.Name FROM Pitch__c WHERE Id = '${t.bridge}'`),
    query('filters by the parent', (t) => `SELECT Id FROM Pitch__c WHERE Deal__r.Name = '${t.name}'`),
    query(
        'groups by the parent',
        (t) =>
            `SELECT Deal__r.Name, SUM(Deal__r.Amount) s FROM Pitch__c WHERE Id = '${t.bridge}' GROUP BY Deal__r.Name`
    ),
    query(
        'sorts by the parent',
        (t) =>
            `SELECT Id FROM Pitch__c WHERE Id = '${t.bridge}' OR Id = '${t.pitch}' ORDER BY Deal__r.Amount DESC`
    ),
    query(
        'reads children of an account',
        (t) =>
            `SELECT Name, (SELECT Id FROM Opportunities WHERE Name = '${t.name}') FROM Account WHERE Name = 'Meridian Bank'`
    ),
    query(
        'reads the pitches of a deal',
        (t) => `SELECT Id, (SELECT Code__c FROM Pitches__r) FROM Opportunity WHERE Id = '${t.deal}'`
    ),
    query(
        'joins by a semi-join',
        (t) =>
            `SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Opportunity WHERE Name = '${t.name}')`
    ),
    query(
        'joins by an anti-join',
        (t) =>
            `SELECT Id FROM Account WHERE Name = 'Meridian Bank' AND Id NOT IN (SELECT AccountId FROM Opportunity WHERE Name = '${t.name}')`
    ),
    query(
        'reads what a task is about',
        (t) => `SELECT What.Name, What.Type FROM Task WHERE Id = '${t.task}'`
    ),
    query(
        'reads the history',
        (t) => `SELECT Id, Amount FROM OpportunityHistory WHERE OpportunityId = '${t.deal}'`
    ),
    query(
        'reads the activities of a deal',
        (t) =>
            `SELECT Id, (SELECT Subject, What.Name FROM OpenActivities) FROM Opportunity WHERE Id = '${t.deal}'`
    ),
    query('reads the recycle bin', (t) => `SELECT Id FROM Opportunity WHERE Id = '${t.deletedDeal}'`, [
        'GET /queryAll'
    ]),
    query('uses the other spelling of query', (t) => `SELECT Id FROM Opportunity WHERE Id = '${t.deal}'`, [
        'GET /query/'
    ]),
    query(
        'uses the other spelling of queryAll',
        (t) => `SELECT Id FROM Opportunity WHERE Id = '${t.deletedDeal}'`,
        ['GET /queryAll/']
    ),
    query('queries a hidden object', (t) => `SELECT Id FROM ${t.object}`),
    query('queries a hidden field', (t) => `SELECT Id, ${t.field} FROM Pitch__c WHERE Id = '${t.pitch}'`),
    query('filters by a hidden field', (t) => `SELECT Id FROM Pitch__c WHERE ${t.field} = 7`),
    query(
        'sorts by a hidden field',
        (t) => `SELECT Id FROM Pitch__c WHERE Id = '${t.pitch}' ORDER BY ${t.field}`
    ),
    query('groups by a hidden field', (t) => `SELECT ${t.field} FROM Pitch__c GROUP BY ${t.field}`),
    {
        name: 'asks how a hidden object or field would be queried',
        routes: QUERY,
        ask: async (call, t) => [
            await call('GET', `/query?explain=${encodeURIComponent(`SELECT Id FROM ${t.object}`)}`),
            await call('GET', `/query?explain=${encodeURIComponent(`SELECT ${t.field} FROM Pitch__c`)}`)
        ]
    },
    {
        name: 'asks for the columns of a hidden field',
        routes: QUERY,
        ask: (call, t) =>
            call('GET', `/query?columns=true&q=${encodeURIComponent(`SELECT ${t.field} FROM Pitch__c`)}`)
    },
    ...['query', 'queryAll'].map((path): Door => ({
        name: `reads on with the owner's locator of ${path}`,
        routes: [`GET /${path}/:locator`],
        ask: (call, t) => call('GET', `/${path}/${t.locator}`),
        opensFor: 'owner'
    }))
];

const changes = (kind: 'updated' | 'deleted'): Door => ({
    name: `asks for ${kind} ids`,
    routes: [`GET /sobjects/:type/${kind}`],
    async ask(call, target) {
        const span = `start=2020-01-01T00:00:00Z&end=${IN_AN_HOUR}`;
        const { status, body } = await call('GET', `/sobjects/Opportunity/${kind}?${span}`);
        const text = JSON.stringify(body);
        return { status, found: text.includes(target.deal) || text.includes(target.deletedDeal) };
    }
});

const records: Door[] = [
    {
        name: 'reads by id',
        routes: ['GET /sobjects/:type/:id'],
        ask: async (call, t) => [
            await call('GET', `/sobjects/Opportunity/${t.deal}`),
            await call('GET', `/sobjects/Opportunity/${t.deal.slice(0, 15)}`),
            await call('GET', `/sobjects/Opportunity/${t.deletedDeal}?fields=Name`)
        ]
    },
    {
        name: 'reads a hidden field of a record',
        routes: ['GET /sobjects/:type/:id'],
        ask: (call, t) => call('GET', `/sobjects/Pitch__c/${t.bridge}?fields=${t.field}`)
    },
    {
        name: 'reads by external id',
        routes: ['GET /sobjects/:type/:field/:value'],
        ask: async (call, t) => [
            await call('GET', `/sobjects/Pitch__c/Code__c/${t.code}`),
            await call('GET', `/sobjects/Pitch__c/Key__c/${t.key}`),
            await call('GET', `/sobjects/Pitch__c/Id/${t.pitch}`)
        ]
    },
    {
        name: 'reads a list of ids',
        routes: ['GET /composite/sobjects/:type'],
        ask: (call, t) => call('GET', `/composite/sobjects/Opportunity?ids=${t.deal}&fields=Name,Amount`)
    },
    {
        name: 'posts a list of ids',
        routes: ['POST /composite/sobjects/:type'],
        ask: (call, t) => call('POST', '/composite/sobjects/Opportunity', { ids: [t.deal], fields: ['Name'] })
    },
    {
        name: 'reads inside a composite request',
        routes: ['POST /composite'],
        ask: (call, t) =>
            call('POST', '/composite', {
                compositeRequest: [
                    { method: 'GET', url: `${DATA}/sobjects/Opportunity/${t.deal}`, referenceId: 'a' }
                ]
            })
    },
    {
        name: 'reads inside a batch request',
        routes: ['POST /composite/batch'],
        ask: (call, t) =>
            call('POST', '/composite/batch', {
                batchRequests: [{ method: 'GET', url: `v65.0/sobjects/Opportunity/${t.deal}` }]
            })
    },
    {
        name: 'asks for the plan of a query',
        routes: QUERY,
        ask: (call, t) => {
            const text = `SELECT Id FROM Opportunity WHERE Name = '${t.name}'`;
            return call('GET', `/query?explain=${encodeURIComponent(text)}`);
        }
    },
    {
        name: 'lists what was looked at',
        routes: ['GET /recent', 'GET /sobjects/:type'],
        async ask(call, t) {
            await soql(call, `SELECT Id FROM Opportunity WHERE Id = '${t.deal}' FOR VIEW`);
            const recent = (await call('GET', '/recent')).body;
            const ofType = (await call('GET', '/sobjects/Opportunity')).body.recentItems;
            return [recent, ofType].map((list) => JSON.stringify(list).includes(t.deal));
        }
    },
    changes('updated'),
    changes('deleted')
];

const isListed = async (call: Call, t: Target): Promise<unknown> =>
    (await call('GET', '/sobjects')).body.sobjects.some((one: { name: string }) => one.name === t.object);

const describes: Door[] = [
    { name: 'lists the objects', routes: ['GET /sobjects'], ask: isListed },
    {
        name: 'describes a hidden object',
        routes: ['GET /sobjects/:type/describe', 'GET /sobjects/:type'],
        ask: async (call, t) => [
            (await call('GET', `/sobjects/${t.object}/describe`)).status,
            (await call('GET', `/sobjects/${t.object}`)).status
        ]
    },
    {
        name: 'describes an object with a hidden field or child',
        routes: ['GET /sobjects/:type/describe'],
        async ask(call, t) {
            const pitch = JSON.stringify((await call('GET', '/sobjects/Pitch__c/describe')).body);
            const deal = JSON.stringify((await call('GET', '/sobjects/Opportunity/describe')).body);
            return [pitch.includes(t.field), deal.includes(t.object)];
        }
    }
];

export const READ_DOORS = [...queries, ...records, ...describes];
