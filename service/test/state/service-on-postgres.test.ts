// The whole service with its state in PostgreSQL, against a local org: the server is restarted while a run is under way.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { createService } from '../../src/service.ts';
import type { Service } from '../../src/service.ts';
import { until } from '../support/gated-desk.ts';
import { connectedOrg } from '../support/local-org.ts';
import type { ConnectedOrg } from '../support/local-org.ts';
import { startPostgres } from '../support/postgres-server.ts';
import type { PostgresServer } from '../support/postgres-server.ts';
import { OPEN_STAGES, REP, loadDeal, loadTeam } from '../support/small-team.ts';

const DEALS = 300;

let server: PostgresServer;
let crm: ConnectedOrg;
let service: Service;
beforeAll(async () => {
    server = await startPostgres();
    crm = await connectedOrg();
    const databaseUrl = await server.newDatabase();
    const logger = pino({ level: 'silent' });
    service = await createService({ ...crm.config, stateFile: null, databaseUrl, runRetries: 3 }, logger);
});
afterAll(async () => {
    await service.close();
    await crm.close();
    await server.stop();
});

async function run(): Promise<string> {
    const asked = await service.runs.request({
        orgId: crm.org.orgId,
        kind: 'Pipeline',
        period: null,
        trigger: 'Manual',
        requestedBy: null,
        scope: null
    });
    return asked!.run.runKey;
}

const hasBegun = async (runKey: string) =>
    (await service.runs.find(crm.org.orgId, runKey))!.stage !== 'Waiting';
const rowsHeld = () =>
    crm.query('SELECT Id FROM DealHealth__c').length + crm.query('SELECT Id FROM PipelineFlag__c').length;

test('writes every row once, cancelled and with the server restarted, and tells the truth of each run', async () => {
    loadTeam(crm.org);
    for (let deal = 1; deal <= DEALS; deal += 1)
        loadDeal(crm.org, deal, {
            ownerId: REP,
            stage: OPEN_STAGES[deal % OPEN_STAGES.length],
            closesIn: (deal % 60) - 20,
            ageDays: 10 + (deal % 150),
            calls: [deal % 70]
        });
    const cancelled = await run();
    await until(() => hasBegun(cancelled));
    expect((await service.runs.cancel(crm.org.orgId, cancelled))?.outcome).toBe('Asked');
    await service.runs.idle(crm.org.orgId);
    const heldBefore = rowsHeld();

    const first = await run();
    await until(() => hasBegun(first));
    if (process.env.PLUMBLINE_TEST_DATABASE_URL === undefined) await server.restart();
    await service.runs.idle(crm.org.orgId);
    expect(crm.query('SELECT Id FROM DealHealth__c')).toHaveLength(DEALS);
    expect(await service.runs.find(crm.org.orgId, first)).toMatchObject({
        status: 'Succeeded',
        scope: 'Full',
        counts: { written: rowsHeld() - heldBefore, failed: 0 }
    });

    const second = await run();
    await service.runs.idle(crm.org.orgId);
    expect(await service.runs.find(crm.org.orgId, second)).toMatchObject({
        status: 'Succeeded',
        scope: 'Delta',
        counts: { written: 0 }
    });
    expect(crm.query('SELECT Status__c FROM Run__c ORDER BY RequestedAt__c')).toMatchObject([
        { Status__c: 'Cancelled' },
        { Status__c: 'Succeeded' },
        { Status__c: 'Succeeded' }
    ]);
});
