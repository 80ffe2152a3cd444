// A gate on conduct in an org: facts imported into it decide, and their absence only where the source has delivered the period.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { connectedOrg } from '../support/local-org.ts';
import type { ConnectedOrg } from '../support/local-org.ts';
import { assign, loadPayTeam, loadPlan, loadSale } from '../support/pay-org.ts';
import { COLLEAGUE, REP } from '../support/small-team.ts';

const PLAN = `
plan: seller
version: "1"
currency: GBP
effective: { from: 2026-01-01 }
period: quarter
crediting: [{ key: direct, to: splits }]
components:
  commission:
    per: credit
    base: payable
    rate: 10%
    gates: [{ key: conduct, when: fact.complianceEventSevere = 0 }]
`;

let crm: ConnectedOrg;
beforeEach(async () => {
    crm = await connectedOrg();
    loadPayTeam(crm);
    const planVersion = loadPlan(crm, 'seller', PLAN);
    for (const [index, ownerId] of [REP, COLLEAGUE].entries()) {
        assign(crm, planVersion, ownerId);
        loadSale(crm, index + 1, { ownerId, date: '2026-02-03', amount: 1000 });
    }
});
afterEach(() => crm.close());

const statementOf = (payee: string) =>
    crm.query(
        `SELECT PayoutAmount__c, Given__c FROM Statement__c WHERE ExternalKey__c = '2026-Q1:seller:${payee}'`
    )[0]!;

const paid = async (): Promise<unknown[]> => {
    await crm.run({ kind: 'Pay', period: '2026-Q1' });
    return [REP, COLLEAGUE].map((payee) => statementOf(payee).PayoutAmount__c);
};

/** Their own, kept with their statement for what if. */
function severeEventsTold(payee: string): string {
    const { facts } = JSON.parse(String(statementOf(payee).Given__c));
    expect(facts).toHaveLength(1);
    return facts[0].value;
}

test('the colleague is paid, whoever had a severe event is not, and nobody before the register was delivered', async () => {
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
    expect(await paid()).toEqual([null, null]);
    crm.insert('FactImport__c', {
        ExternalKey__c: 'register-2026-04',
        SourceName__c: 'register',
        ExtractedAt__c: '2026-04-02T06:00:00.000Z',
        Status__c: 'Reconciled'
    });
    expect(await paid()).toEqual([0, 100]);
    expect([REP, COLLEAGUE].map(severeEventsTold)).toEqual(['1', '0']);
});
