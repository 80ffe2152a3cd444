// Pay that waits for an event, in an org: told on the scheduled payment once the period that earned it is published, paid by the next run.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { connectedOrg } from '../support/local-org.ts';
import type { ConnectedOrg } from '../support/local-org.ts';
import { assign, loadPayTeam, loadPlan, loadSale, publishPeriod } from '../support/pay-org.ts';
import { REP } from '../support/small-team.ts';

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
    schedule: { release: [{ on: won, share: 60% }, { on: cash, share: 40% }] }
`;

let crm: ConnectedOrg;
beforeEach(async () => {
    crm = await connectedOrg();
    loadPayTeam(crm);
    assign(crm, loadPlan(crm, 'seller', PLAN), REP);
});
afterEach(() => crm.close());

const lines = (period: string) =>
    crm.query(
        `SELECT Kind__c, Amount__c, EventDate__c, ScheduledPayment__c FROM StatementLine__c WHERE Statement__r.ExternalKey__c = '${period}:seller:${REP}' ORDER BY Position__c`
    );

test('is paid when its event is told, names the payment it settles, and is not paid again', async () => {
    loadSale(crm, 1, { ownerId: REP, date: '2026-02-03', amount: 1000 });
    await crm.run({ kind: 'Pay', period: '2026-Q1' });
    expect(lines('2026-Q1').map((line) => line.Amount__c)).toEqual([100, -40]);
    publishPeriod(crm, '2026-Q1');
    const [waiting] = crm.query(
        `SELECT Id, DueDate__c FROM ScheduledPayment__c WHERE Event__c = 'cash' AND Payee__c = '${REP}'`
    );
    expect(waiting!.DueDate__c).toBe(null);
    crm.update('ScheduledPayment__c', { Id: waiting!.Id as string, ReleasedOn__c: '2026-05-11' });
    await crm.run({ kind: 'Pay', period: '2026-Q2' });
    expect(lines('2026-Q2')).toMatchObject([
        {
            Kind__c: 'Release',
            Amount__c: 40,
            EventDate__c: '2026-05-11',
            ScheduledPayment__c: waiting!.Id
        }
    ]);
    publishPeriod(crm, '2026-Q2');
    await crm.run({ kind: 'Pay', period: '2026-Q3' });
    expect(lines('2026-Q3')).toEqual([]);
});
