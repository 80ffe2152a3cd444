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

test('writes every row once, tells the truth of it, and finds nothing to write the next time', async () => {
    loadTeam(crm.org);
    for (let deal = 1; deal <= DEALS; deal += 1)
        loadDeal(crm.org, deal, {
            ownerId: REP,
            stage: OPEN_STAGES[deal % OPEN_STAGES.length],
            closesIn: (deal % 60) - 20,
            ageDays: 10 + (deal % 150),
            calls: [deal % 70]
        });
    const first = await run();
    await until(async () => (await service.runs.find(crm.org.orgId, first))!.stage !== 'Waiting');
    if (process.env.PLUMBLINE_TEST_DATABASE_URL === undefined) await server.restart();
    await service.runs.idle(crm.org.orgId);
    const health = crm.query('SELECT Id FROM DealHealth__c').length;
    const flags = crm.query('SELECT Id FROM PipelineFlag__c').length;
    expect(health).toBe(DEALS);
    expect(await service.runs.find(crm.org.orgId, first)).toMatchObject({
        status: 'Succeeded',
        scope: 'Full',
        counts: { written: health + flags, failed: 0 }
    });
    const second = await run();
    await service.runs.idle(crm.org.orgId);
    expect(await service.runs.find(crm.org.orgId, second)).toMatchObject({
        status: 'Succeeded',
        scope: 'Delta',
        counts: { written: 0 }
    });
    expect(crm.query('SELECT Status__c FROM Run__c ORDER BY RequestedAt__c')).toMatchObject([
        { Status__c: 'Succeeded' },
        { Status__c: 'Succeeded' }
    ]);
});
