// A private deal stays invisible to a peer through every door that reads.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Connection } from 'jsforce';
import { startTestOrg, TEAM, type TestOrg } from './support/test-org.ts';

let local: TestOrg;
let id: string;
let peer: Connection;
let manager: Connection;

beforeAll(async () => {
    local = await startTestOrg();
    const created = await local
        .as(TEAM.rep)
        .sobject('Opportunity')
        .create({ Name: 'Private', StageName: 'Prospecting', CloseDate: '2026-12-31' });
    id = created.id!;
    peer = local.as(TEAM.peer);
    manager = local.as(TEAM.manager);
});
afterAll(() => local.stop());

const soql = "SELECT Id FROM Opportunity WHERE Name = 'Private'";
const doors: [string, (connection: Connection) => Promise<number>][] = [
    ['query', async (connection) => (await connection.query(soql)).totalSize],
    ['queryAll', async (connection) => (await connection.query(soql, { scanAll: true })).totalSize],
    ['count', async (connection) => (await connection.query('SELECT COUNT() FROM Opportunity')).totalSize],
    [
        'history of the deal',
        async (connection) =>
            (await connection.query(`SELECT Id FROM OpportunityHistory WHERE OpportunityId = '${id}'`))
                .totalSize
    ],
    [
        'composite retrieve',
        async (connection) => {
            const url = `/composite/sobjects/Opportunity?ids=${id}&fields=Name`;
            return (await connection.request<(object | null)[]>(url)).filter((record) => record !== null)
                .length;
        }
    ],
    [
        'a request inside a composite request',
        async (connection) => {
            const url = `/services/data/v65.0/sobjects/Opportunity/${id}`;
            const { compositeResponse } = await connection.requestPost<{
                compositeResponse: { httpStatusCode: number }[];
            }>('/composite', { compositeRequest: [{ method: 'GET', url, referenceId: 'deal' }] });
            return compositeResponse.filter((answer) => answer.httpStatusCode === 200).length;
        }
    ],
    ['bulk query', async (connection) => (await (await connection.bulk2.query(soql)).toArray()).length],
    [
        'updated ids',
        async (connection) => {
            const at = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();
            const url = `/sobjects/Opportunity/updated?start=${at(-5)}&end=${at(5)}`;
            return (await connection.request<{ ids: string[] }>(url)).ids.length;
        }
    ]
];

test.each(doors)('through %s the manager sees the deal and a peer does not', async (_door, count) => {
    expect([await count(manager), await count(peer)]).toEqual([1, 0]);
});

test('a peer cannot write to the deal through any door', async () => {
    const row = { Id: id, NextStep: 'Stolen' };
    await expect(peer.sobject('Opportunity').update(row)).rejects.toMatchObject({
        errorCode: 'NOT_FOUND'
    });
    expect(await peer.sobject('Opportunity').update([row])).toMatchObject([{ success: false }]);
    const job = await peer.bulk2.loadAndWaitForResults({
        object: 'Opportunity',
        operation: 'update',
        input: [row],
        pollInterval: 10
    } as never);
    expect(job.failedResults).toHaveLength(1);
    expect(
        local.org.db.prepare('SELECT "NextStep" FROM "Opportunity" WHERE "Id" = ?').pluck().get(id)
    ).toBeNull();
});
