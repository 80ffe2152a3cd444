// A plan whose gate asks for facts about people, tried on the past: it reads the facts a run of pay reads, and without them nobody's pay
// is made up.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { connectedOrg } from '../support/local-org.ts';
import type { ConnectedOrg } from '../support/local-org.ts';
import { assign, DESIGNER, loadPayTeam, loadPlan, loadSale } from '../support/pay-org.ts';
import { COLLEAGUE, REP } from '../support/small-team.ts';

const PLAN = `
plan: seller
version: "1"
currency: GBP
effective: { from: 2025-01-01 }
period: quarter
crediting: [{ key: direct, to: splits }]
components:
  commission:
    per: period
    base: inPeriod.bookings
    rate: 10%
    gates: [{ key: conduct, when: fact.complianceEventSevere = 0, otherwise: { multiply: 50% } }]
measures: { bookings: { of: payable, interval: quarter } }
`;

let crm: ConnectedOrg;
beforeEach(async () => {
    crm = await connectedOrg();
    loadPayTeam(crm);
    const version = loadPlan(crm, 'seller', PLAN, { EffectiveStartDate__c: '2025-01-01' });
    for (const [index, ownerId] of [REP, COLLEAGUE].entries()) {
        assign(crm, version, ownerId);
        loadSale(crm, index + 1, { ownerId, date: '2026-02-03', amount: 1000 });
    }
    crm.insert('PerformanceFact__c', {
        ExternalKey__c: 'register:1',
        SignalKey__c: 'compliance-event',
        Rep__c: REP,
        FactDate__c: '2026-03-02',
        Value__c: 1,
        Severity__c: 'severe',
        SourceName__c: 'register',
        SourceId__c: '1',
        RetainUntilDate__c: '2033-03-02'
    });
});
afterEach(() => crm.close());

const simulated = async () => {
    const simulation = { planVersion: 'seller:1', against: null, from: '2025-07-01', to: '2026-06-30' };
    const run = await crm.run({ kind: 'Simulation', simulation, requestedBy: DESIGNER });
    const [row] = crm.query(
        `SELECT LeftCount__c, Result__c FROM PlanSimulation__c WHERE ExternalKey__c = '${run.runKey}'`
    );
    return { left: row!.LeftCount__c, result: JSON.parse(String(row!.Result__c ?? 'null')) };
};

test('the gate closes for whoever had a severe event, once the register has been delivered', async () => {
    expect(await simulated()).toMatchObject({ left: 2 });
    crm.insert('FactImport__c', {
        ExternalKey__c: 'register-2026-07',
        SourceName__c: 'register',
        ExtractedAt__c: '2026-07-02T06:00:00.000Z',
        Status__c: 'Reconciled'
    });
    const { left, result } = await simulated();
    expect(left).toBe(0);
    expect(result.total.paid).toBe('150.00'); // 100, and half of 100
    expect(result.gates).toMatchObject([{ gate: 'conduct', closed: 1, heldBack: '50.00' }]);
});
