// Delta runs after any changes leave the org as a full run would: the full run that follows finds nothing to write.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { connectedOrg } from '../support/local-org.ts';
import type { ConnectedOrg } from '../support/local-org.ts';
import { COLLEAGUE, OPEN_STAGES, REP, dayAgo, loadDeal, loadTeam, recordId } from '../support/small-team.ts';
import { random } from '../support/random.ts';

const DEALS = 80;
let crm: ConnectedOrg;
beforeEach(async () => {
    crm = await connectedOrg();
    loadTeam(crm.org);
    for (let deal = 1; deal <= DEALS; deal += 1) {
        loadDeal(crm.org, deal, {
            ownerId: deal % 3 === 0 ? COLLEAGUE : REP,
            stage: OPEN_STAGES[deal % OPEN_STAGES.length],
            closesIn: (deal % 50) - 15,
            ageDays: 5 + deal,
            calls: [1 + (deal % 40)],
            pushes: deal % 5 === 0 ? [6, 4, 2] : []
        });
    }
});
afterEach(() => crm.close());

/** One change of the kind a sales day brings. */
function change(draw: () => number): void {
    const id = recordId('006', 1 + Math.floor(draw() * DEALS));
    const exists = crm.query(`SELECT Id, IsClosed FROM Opportunity WHERE Id = '${id}'`)[0];
    if (!exists) return;
    const changes: (() => void)[] = [
        () => crm.update('Opportunity', { Id: id, CloseDate: dayAgo(Math.floor(draw() * 100) - 60) }),
        () =>
            crm.update('Opportunity', {
                Id: id,
                StageName: OPEN_STAGES[Math.floor(draw() * OPEN_STAGES.length)]
            }),
        () => crm.update('Opportunity', { Id: id, Amount: Math.floor(draw() * 1e6) }),
        () => crm.update('Opportunity', { Id: id, OwnerId: draw() < 0.5 ? REP : COLLEAGUE }),
        () => crm.update('Opportunity', { Id: id, StageName: draw() < 0.5 ? 'Closed Won' : 'Closed Lost' }),
        () =>
            void crm.insert('Task', {
                WhatId: id,
                Subject: 'Call',
                TaskSubtype: draw() < 0.5 ? 'Call' : 'Email',
                Status: draw() < 0.7 ? 'Completed' : 'Not Started',
                ActivityDate: dayAgo(Math.floor(draw() * 10) - 4)
            }),
        () =>
            crm.update('OpportunityContactRole', {
                Id: recordId('00K', Number(id.slice(10, 15))),
                Role: 'Evaluator'
            }),
        () => crm.remove(id)
    ];
    changes[Math.floor(draw() * changes.length)]();
}

test.each([3, 5, 8])(
    'after five days of changes, as drawn from %i, a full run has nothing left to write',
    async (seed) => {
        const draw = random(seed);
        await crm.run();
        for (let day = 1; day <= 5; day += 1) {
            for (let changes = 0; changes < 12; changes += 1) change(draw);
            const run = await crm.run();
            expect(run).toMatchObject({ status: 'Succeeded', scope: 'Delta', errors: [] });
            expect(run.counts.computed).toBeLessThan(DEALS / 2);
        }
        const full = await crm.run({ scope: 'Full' });
        expect(full).toMatchObject({ status: 'Succeeded', counts: { written: 0 } });
        expect(full.counts.computed).toBeGreaterThan(DEALS / 2);
    }
);

test('a run that is stopped in the middle goes on under its key after the next start', async () => {
    const asked = (await crm.service.runs.request({
        orgId: crm.org.orgId,
        kind: 'Pipeline',
        period: null,
        trigger: 'Manual',
        requestedBy: null,
        scope: null
    }))!;
    await crm.restartService();
    await crm.service.runs.idle(crm.org.orgId);
    const run = await crm.service.runs.find(crm.org.orgId, asked.run.runKey);
    expect(run).toMatchObject({ status: 'Succeeded', stage: 'Done' });
    expect(crm.query('SELECT Id FROM DealHealth__c')).toHaveLength(DEALS);
    expect(crm.query('SELECT Id FROM Run__c')).toHaveLength(1);
    expect((await crm.run()).counts.written).toBe(0);
});
