// Ways through Bulk API 2.0: queries and loads of one's own, and the jobs of somebody else.
import { finished, type Call, type Door } from './doors.ts';
import type { Target } from './private-org.ts';

const CSV = { 'Content-Type': 'text/csv' };

async function exported(call: Call, query: string, operation = 'query'): Promise<unknown> {
    const created = await call('POST', '/jobs/query', { operation, query });
    if (created.status !== 200) return created;
    const { state, errorMessage } = await finished(call, `/jobs/query/${created.body.id}`);
    const { body } = await call('GET', `/jobs/query/${created.body.id}/results`);
    return [created.body.object, state, errorMessage, body];
}

async function loaded(call: Call, options: object, csv: string): Promise<unknown> {
    const created = await call('POST', '/jobs/ingest', { object: 'Opportunity', ...options });
    if (created.status !== 200) return created;
    const path = `/jobs/ingest/${created.body.id}`;
    await call('PUT', `${path}/batches`, csv, CSV);
    await call('PATCH', path, { state: 'UploadComplete' });
    const { state, errorMessage } = await finished(call, path);
    const parts = ['successfulResults', 'failedResults', 'unprocessedrecords'];
    const results = await Promise.all(parts.map(async (part) => (await call('GET', `${path}/${part}`)).body));
    return [state, errorMessage, ...results];
}

const INGEST = ['POST /jobs/ingest', 'PUT /jobs/ingest/:id/batches', 'PATCH /jobs/ingest/:id'];
const OWN_QUERY = ['POST /jobs/query', 'GET /jobs/query/:id', 'GET /jobs/query/:id/results'];

const own: Door[] = [
    {
        name: 'exports by name',
        routes: OWN_QUERY,
        ask: (call, t) => exported(call, `SELECT Id, Name, Amount FROM Opportunity WHERE Name = '${t.name}'`)
    },
    {
        name: 'exports through the parent',
        routes: OWN_QUERY,
        ask: (call, t) => exported(call, `SELECT Deal__r.Name FROM Pitch__c WHERE Id = '${t.bridge}'`)
    },
    {
        name: 'exports the recycle bin',
        routes: OWN_QUERY,
        ask: (call, t) =>
            exported(call, `SELECT Id FROM Opportunity WHERE Id = '${t.deletedDeal}'`, 'queryAll')
    },
    {
        name: 'exports a hidden field',
        routes: OWN_QUERY,
        ask: (call, t) => exported(call, `SELECT ${t.field} FROM Pitch__c WHERE Id = '${t.bridge}'`)
    },
    {
        name: 'exports a hidden object',
        routes: OWN_QUERY,
        // In other letters, so that an answer in the object's own spelling would give it away.
        ask: (call, t) => exported(call, `SELECT Id FROM ${t.object.toUpperCase()}`)
    },
    {
        name: 'loads updates',
        routes: INGEST,
        ask: (call, t) =>
            loaded(call, { operation: 'update' }, `Id,NextStep\n${t.deletedDeal},Taken\n${t.deal},Taken\n`)
    },
    {
        name: 'loads deletes',
        routes: INGEST,
        ask: (call, t) => loaded(call, { operation: 'delete' }, `Id\n${t.deletedDeal}\n${t.deal}\n`)
    },
    {
        name: 'loads upserts',
        routes: INGEST,
        ask: (call, t) =>
            loaded(
                call,
                { operation: 'upsert', object: 'Pitch__c', externalIdFieldName: 'Code__c' },
                `Code__c,Note__c\n${t.code},Taken\n`
            )
    },
    {
        name: 'loads rows that point to it',
        routes: INGEST,
        ask: (call, t) => loaded(call, { operation: 'insert', object: 'Pitch__c' }, `Deal__c\n${t.deal}\n`)
    },
    {
        name: 'loads a hidden column',
        routes: INGEST,
        ask: (call, t) => loaded(call, { operation: 'insert', object: 'Pitch__c' }, `${t.field}\n1\n`)
    },
    {
        name: 'loads into a hidden object',
        routes: INGEST,
        ask: (call, t) => call('POST', '/jobs/ingest', { operation: 'insert', object: t.object })
    }
];

const jobOf = (kind: 'query' | 'ingest') => (target: Target) =>
    kind === 'query' ? target.queryJob : target.ingestJob;

const others = (kind: 'query' | 'ingest', parts: [string, string, unknown?][]): Door[] =>
    parts.map(([method, part, body]) => ({
        name: `asks for ${method} ${part || 'the job'} of the owner's ${kind} job`,
        routes: [`${method} /jobs/${kind}/:id${part}`],
        opensFor: 'owner',
        ask: async (call, target) => {
            const path = `/jobs/${kind}/${jobOf(kind)(target)}${part}`;
            const { status, body: answer } = await call(method, path, body, part === '/batches' ? CSV : {});
            return [status, answer?.[0]?.errorCode];
        }
    }));

const listed = (kind: 'query' | 'ingest'): Door => ({
    name: `lists the ${kind} jobs`,
    routes: [`GET /jobs/${kind}`],
    opensFor: 'owner',
    ask: async (call, target) =>
        (await call('GET', `/jobs/${kind}`)).body.records.some(
            (one: { id: string }) => one.id === jobOf(kind)(target)
        )
});

export const JOB_DOORS = [
    ...own,
    listed('query'),
    listed('ingest'),
    ...others('query', [
        ['GET', ''],
        ['GET', '/results'],
        ['PATCH', '', { state: 'Aborted' }],
        ['DELETE', '']
    ]),
    ...others('ingest', [
        ['GET', ''],
        ['GET', '/successfulResults'],
        ['GET', '/failedResults'],
        ['GET', '/unprocessedrecords'],
        ['GET', '/unprocessedRecords'],
        ['PUT', '/batches', 'Note__c\nx\n'],
        ['PATCH', '', { state: 'Aborted' }],
        ['DELETE', '']
    ])
];
