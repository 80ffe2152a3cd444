// Credit by campaigns, from what an org keeps of them: responses of the people at a deal, and the campaign it came from. Their owners are
// paid; what the org does not show, or kept no day of, is told and paid to nobody.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { connectedOrg, type ConnectedOrg } from '../support/local-org.ts';
import { assign, loadPayTeam, loadPlan, loadSale, told } from '../support/pay-org.ts';
import { COLLEAGUE, MANAGER, recordId, REP } from '../support/small-team.ts';

const plan = (to: string): string => `
plan: seller
version: "1"
currency: GBP
effective: { from: 2026-01-01 }
period: quarter
crediting: [{ key: shared, to: ${to} }]
components: { commission: { per: credit, base: payable, rate: 10% } }
`;
const NO_DAY = `no day of a response to campaign ${recordId('701', 1)}`;
const CLIENT = recordId('003', 771);
const [FAIR, MAILING] = [recordId('701', 1), recordId('701', 2)];

let crm: ConnectedOrg;
let deal: string;
beforeEach(async () => {
    crm = await connectedOrg();
    loadPayTeam(crm);
    crm.org.load('Campaign', [
        { Id: FAIR, Name: 'Fair', OwnerId: REP },
        { Id: MAILING, Name: 'Mailing', OwnerId: COLLEAGUE }
    ]);
    deal = loadSale(crm, 1, { ownerId: MANAGER, date: '2026-02-09', amount: 9000 });
    crm.org.load('Contact', [{ Id: CLIENT, LastName: 'Client' }]);
    crm.org.load('OpportunityContactRole', [{ OpportunityId: deal, ContactId: CLIENT }]);
});
afterEach(() => crm.close());

function onPlan(to: string): void {
    const version = loadPlan(crm, 'seller', plan(to));
    for (const payee of [REP, COLLEAGUE]) assign(crm, version, payee);
}

function responded(CampaignId: string, FirstRespondedDate: string | null, HasResponded = true): void {
    crm.org.load('CampaignMember', [{ CampaignId, ContactId: CLIENT, HasResponded, FirstRespondedDate }]);
}

function isFrom(campaign: string, made: string): void {
    const change = 'UPDATE "Opportunity" SET "CampaignId" = ?, "CreatedDate" = ? WHERE "Id" = ?';
    crm.org.db.prepare(change).run(campaign, made, deal);
}

async function paid(): Promise<unknown[]> {
    expect(await crm.run({ kind: 'Pay', period: '2026-Q1' })).toMatchObject({ errors: [] });
    return [REP, COLLEAGUE].map((payee) => told(crm, payee).PayoutAmount__c);
}

test('pays the owners of campaigns that people at the deal responded to before it was won', async () => {
    onPlan('{ touches: { first: 40%, last: 60% }, from: campaigns }');
    responded(FAIR, '2026-01-12');
    responded(MAILING, '2026-02-01');
    responded(MAILING, '2026-03-01');
    responded(FAIR, null, false);
    expect(await paid()).toEqual([360, 540]);
});

test('pays for calls and campaigns alike, and for the campaign a deal came from by the day it was made', async () => {
    onPlan('{ touches: first, from: [activities, campaigns, primaryCampaign] }');
    responded(MAILING, '2026-01-12');
    isFrom(FAIR, '2026-01-05T09:00:00.000Z');
    expect(await paid()).toEqual([900, 0]);
    const call = { WhatId: deal, Status: 'Completed', Subject: 'Call', Priority: 'Normal' };
    crm.insert('Task', { ...call, OwnerId: COLLEAGUE, ActivityDate: '2026-01-02' });
    expect(await paid()).toEqual([0, 900]);
});

test('names the deal when the org kept no day of a response, and pays it to nobody', async () => {
    onPlan('{ touches: linear, from: campaigns }');
    responded(FAIR, null);
    expect(await paid()).toEqual([0, 0]);
    const [run] = crm.query('SELECT CheckStatus__c, Problems__c FROM CalculationRun__c');
    expect(run).toMatchObject({ CheckStatus__c: 'Agrees' });
    expect(JSON.parse(String(run!.Problems__c))).toMatchObject([
        { code: 'NOT_KNOWN', where: `transaction ${deal}, touches`, value: NO_DAY }
    ]);
});

test('names campaigns as what cannot be read where the service may not, and tells nobody a figure', async () => {
    onPlan('{ touches: linear, from: campaigns }');
    responded(FAIR, '2026-01-12');
    crm.org.db.prepare(`DELETE FROM "ObjectPermissions" WHERE "SobjectType" = 'Campaign'`).run();
    expect(await paid()).toEqual([null, null]);
    expect(String(told(crm, REP).Problems__c)).toContain('Campaign cannot be read');
});
