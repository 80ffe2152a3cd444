// A refund in an org: a won deal that names the deal it takes back.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { connectedOrg } from '../support/local-org.ts';
import type { ConnectedOrg } from '../support/local-org.ts';
import { assign, loadPayTeam, loadPlan, loadSale, publishPeriod } from '../support/pay-org.ts';
import { COLLEAGUE, REP } from '../support/small-team.ts';

const PLAN = `
plan: seller
version: "1"
currency: GBP
effective: { from: 2026-01-01 }
period: quarter
crediting: [{ key: direct, to: splits }]
components: { commission: { per: credit, base: payable, rate: 10% } }
`;

let crm: ConnectedOrg;
beforeEach(async () => {
    crm = await connectedOrg();
    loadPayTeam(crm);
    assign(crm, loadPlan(crm, 'seller', PLAN), REP);
});
afterEach(() => crm.close());

test('takes back in its period what the deal paid, from the payee of the deal', async () => {
    const sale = loadSale(crm, 1, { ownerId: REP, date: '2026-02-03', amount: 1000 });
    await crm.run({ kind: 'Pay', period: '2026-Q1' });
    publishPeriod(crm, '2026-Q1');
    const refund = loadSale(crm, 2, { ownerId: COLLEAGUE, date: '2026-05-04', amount: 400 });
    crm.update('Opportunity', { Id: refund, ReversesOpportunity__c: sale });
    await crm.run({ kind: 'Pay', period: '2026-Q2' });
    expect(
        crm.query(
            `SELECT Kind__c, Amount__c, Opportunity__c FROM StatementLine__c WHERE Statement__r.ExternalKey__c = '2026-Q2:seller:${REP}'`
        )
    ).toMatchObject([{ Kind__c: 'Chargeback', Amount__c: -40, Opportunity__c: refund }]);
});
