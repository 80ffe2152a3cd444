// Whole runs of pay by the real service against the local org.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { connectedOrg } from '../support/local-org.ts';
import type { ConnectedOrg } from '../support/local-org.ts';
import { assign, loadPayTeam, loadPlan, loadSale, setQuota } from '../support/pay-org.ts';
import { COLLEAGUE, REP } from '../support/small-team.ts';

export const SELLER_PLAN = `
plan: seller
version: "1"
currency: GBP
effective: { from: 2026-01-01 }
period: quarter
crediting:
  - { key: direct, to: splits }
measures:
  bookings: { of: payable, interval: quarter }
quotas: { bookings: {} }
tables:
  accelerator:
    mode: marginal
    scale: quota.bookings
    rows: [{ from: 0, to: 100%, value: 5% }, { from: 100%, value: 8% }]
components:
  commission:
    per: credit
    base: payable
    rate: { table: accelerator, at: measure.bookings }
payout:
  - { key: guarantee, draw: { amount: 1000, recoverable: true } }
`;

let crm: ConnectedOrg;
beforeEach(async () => {
    crm = await connectedOrg();
    loadPayTeam(crm);
});
afterEach(() => crm.close());

const pay = (period: string) => crm.run({ kind: 'Pay', period });
const statements = () =>
    crm.query(
        'SELECT Id, ExternalKey__c, OwnerId, Payee__c, Status__c, TotalAmount__c, PayoutAmount__c, Problems__c, Hash__c, PreviousHash__c, RunKey__c, SystemModstamp FROM Statement__c ORDER BY ExternalKey__c'
    );
const lines = () =>
    crm.query(
        'SELECT Id, ExternalKey__c, Kind__c, Title__c, Amount__c, BaseAmount__c, Rate__c, Opportunity__c, Working__c, Hash__c, SystemModstamp, OwnerId, CorrectsLine__r.ExternalKey__c, EventDate__c FROM StatementLine__c ORDER BY ExternalKey__c'
    );

describe('the first calculation of a period', () => {
    test('pays each sale by its tier, tops up to the guarantee, and gives the rows to the payees', async () => {
        const version = loadPlan(crm, 'seller', SELLER_PLAN);
        for (const payee of [REP, COLLEAGUE]) {
            assign(crm, version, payee);
            setQuota(crm, 'seller', payee, 100_000);
        }
        const sale = loadSale(crm, 1, { ownerId: REP, date: '2026-02-10', amount: 120_000 });
        loadSale(crm, 2, { ownerId: COLLEAGUE, date: '2026-02-11', amount: 10_000 });
        const run = await pay('2026-Q1');
        expect(run).toMatchObject({ kind: 'Pay', status: 'Succeeded', errors: [], warnings: [] });
        expect(statements()).toMatchObject([
            {
                ExternalKey__c: `2026-Q1:seller:${REP}`,
                OwnerId: REP,
                TotalAmount__c: 6600,
                PayoutAmount__c: 6600
            },
            { OwnerId: COLLEAGUE, TotalAmount__c: 500, PayoutAmount__c: 1000, Status__c: 'Draft' }
        ]);
        expect(lines()).toMatchObject([
            {
                Kind__c: 'Earning',
                Amount__c: 6600,
                BaseAmount__c: 120000,
                Rate__c: 0.055,
                Opportunity__c: sale
            },
            { Kind__c: 'Earning', Amount__c: 500 },
            { Kind__c: 'PayoutStep', Amount__c: 500 }
        ]);
    });
});
