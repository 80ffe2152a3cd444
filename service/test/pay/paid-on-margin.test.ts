// A plan that pays on a field of deals only this org has: it is read where the plan names it, and a deal without it is told, not guessed.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Connection } from 'jsforce';
import { connectedOrg } from '../support/local-org.ts';
import type { ConnectedOrg } from '../support/local-org.ts';
import { assign, loadPayTeam, loadPlan, loadSale } from '../support/pay-org.ts';
import { COLLEAGUE, givePermissionSet, REP } from '../support/small-team.ts';

const PLAN = `
plan: seller
version: "1"
currency: GBP
effective: { from: 2026-01-01 }
period: quarter
crediting: [{ key: direct, to: splits }]
components: { commission: { per: credit, base: grossMargin, rate: 10% } }
`;

let crm: ConnectedOrg;
beforeEach(async () => {
    crm = await connectedOrg();
    loadPayTeam(crm);
    const version = loadPlan(crm, 'seller', PLAN);
    for (const payee of [REP, COLLEAGUE]) assign(crm, version, payee);
});
afterEach(() => crm.close());

/** What an administrator does in Setup: a field of deals, and the right to read it for the integration user. */
async function addMargin(): Promise<void> {
    const connection = new Connection({
        instanceUrl: crm.url,
        accessToken: crm.org.auth.issueToken(crm.org.adminUserId),
        version: '65.0'
    });
    connection.metadata.pollInterval = 20;
    const field = { fullName: 'Opportunity.Gross_Margin__c', label: 'Gross margin', type: 'Currency' };
    await connection.metadata.create('CustomField', { ...field, precision: 18, scale: 2 } as never);
    const mayRead = { field: field.fullName, readable: true, editable: false };
    await connection.metadata.create('PermissionSet', {
        fullName: 'DealFields',
        label: 'Deal fields',
        fieldPermissions: [mayRead]
    } as never);
    const [{ Id }] = crm.query("SELECT Id FROM User WHERE Username = 'integration@plumbline.test'") as [
        { Id: string }
    ];
    givePermissionSet(crm.org, Id, 'DealFields');
}

test('pays a tenth of the margin, and tells nobody a figure whose deal has none', async () => {
    await addMargin();
    const paid = loadSale(crm, 1, { ownerId: REP, date: '2026-02-03', amount: 9000 });
    loadSale(crm, 2, { ownerId: COLLEAGUE, date: '2026-02-04', amount: 9000 });
    crm.update('Opportunity', { Id: paid, Gross_Margin__c: 1234.5 });
    expect(await crm.run({ kind: 'Pay', period: '2026-Q1' })).toMatchObject({ errors: [] });
    const told = (payee: string) =>
        crm.query(
            `SELECT PayoutAmount__c, Problems__c FROM Statement__c WHERE ExternalKey__c = '2026-Q1:seller:${payee}'`
        )[0]!;
    expect(told(REP).PayoutAmount__c).toBe(123.45);
    expect(told(COLLEAGUE).PayoutAmount__c).toBe(null);
    expect(String(told(COLLEAGUE).Problems__c)).toContain('grossMargin');
});
