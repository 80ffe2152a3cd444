// Hand-over and touches from what an org keeps: changes of owner in its field history, rows of splits and team with their times, calls
// and meetings of the deal. Where it keeps none the deal is told, and nobody is paid a guess.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { connectedOrg, type ConnectedOrg } from '../support/local-org.ts';
import { assign, loadPayTeam, loadPlan, loadSale, told } from '../support/pay-org.ts';
import { COLLEAGUE, REP } from '../support/small-team.ts';

const plan = (to: string): string => `
plan: seller
version: "1"
currency: GBP
effective: { from: 2026-01-01 }
period: quarter
crediting: [{ key: shared, to: ${to} }]
components: { commission: { per: credit, base: payable, rate: 10% } }
`;

let crm: ConnectedOrg;
beforeEach(async () => {
    crm = await connectedOrg();
    loadPayTeam(crm);
});
afterEach(() => crm.close());

function onPlan(to: string): void {
    const version = loadPlan(crm, 'seller', plan(to));
    for (const payee of [REP, COLLEAGUE]) assign(crm, version, payee);
}

test('pays each owner by the days of the deal that were theirs, and names the deal whose history is not kept', async () => {
    onPlan('{ handOver: days }');
    const kept = loadSale(crm, 1, { ownerId: COLLEAGUE, date: '2026-02-09', amount: 9000 });
    const created = '2026-01-11T09:00:00.000+0000';
    crm.org.db.prepare('UPDATE "Opportunity" SET "CreatedDate" = ? WHERE "Id" = ?').run(created, kept);
    const changed = '2026-02-01T10:00:00.000Z';
    crm.org.load('OpportunityFieldHistory', [
        { OpportunityId: kept, Field: 'created', CreatedDate: created },
        { OpportunityId: kept, Field: 'Owner', OldValue: 'Rep', NewValue: 'Colleague', CreatedDate: changed },
        { OpportunityId: kept, Field: 'Owner', OldValue: REP, NewValue: COLLEAGUE, CreatedDate: changed }
    ]);
    expect(await crm.run({ kind: 'Pay', period: '2026-Q1' })).toMatchObject({ errors: [] });
    // 21 days of January, and 9 of February with the day it was won.
    expect([told(crm, REP).PayoutAmount__c, told(crm, COLLEAGUE).PayoutAmount__c]).toEqual([630, 270]);
    loadSale(crm, 2, { ownerId: COLLEAGUE, date: '2026-02-10', amount: 9000 });
    await crm.run({ kind: 'Pay', period: '2026-Q1' });
    expect(told(crm, REP).PayoutAmount__c).toBe(630);
    expect(told(crm, COLLEAGUE).PayoutAmount__c).toBeNull();
    expect(String(told(crm, COLLEAGUE).Problems__c)).toContain(
        'OpportunityFieldHistory does not go back to its first owner'
    );
});

test('pays whoever touched the deal first, by a call or a meeting before it was won', async () => {
    onPlan('{ touches: first, from: activities }');
    const sale = loadSale(crm, 1, { ownerId: COLLEAGUE, date: '2026-02-09', amount: 9000 });
    const other = loadSale(crm, 2, { ownerId: COLLEAGUE, date: '2026-02-09', amount: 1000 });
    const task = (WhatId: string, OwnerId: string, ActivityDate: string, Status: string) => ({ WhatId, OwnerId, ActivityDate, Status, Subject: 'Call', Priority: 'Normal' }); // prettier-ignore
    for (const row of [
        task(sale, COLLEAGUE, '2026-01-20', 'Completed'),
        task(sale, REP, '2026-01-12', 'Completed'),
        task(sale, COLLEAGUE, '2026-01-02', 'Not Started'),
        task(other, REP, '2026-03-01', 'Completed'),
        task(other, COLLEAGUE, '2026-02-01', 'Completed')
    ])
        crm.insert('Task', row);
    expect(await crm.run({ kind: 'Pay', period: '2026-Q1' })).toMatchObject({ errors: [] });
    expect([told(crm, REP).PayoutAmount__c, told(crm, COLLEAGUE).PayoutAmount__c]).toEqual([900, 100]);
});

test('pays by the splits of the day a deal was won, and names the deal whose splits were changed since', async () => {
    // Keys in quotes are the same keys.
    onPlan('{ "handOver": date, "from": "splits" }');
    const type = crm.query("SELECT Id FROM OpportunitySplitType WHERE DeveloperName = 'Revenue'")[0]!.Id;
    const split = (OpportunityId: string, LastModifiedDate: string): void => {
        const [CreatedDate, SplitTypeId] = ['2026-01-11T09:00:00.000Z', String(type)];
        const row = { OpportunityId, SplitTypeId, CreatedDate, LastModifiedDate };
        crm.org.load('OpportunitySplit', [
            { ...row, SplitOwnerId: REP, SplitPercentage: 70 },
            { ...row, SplitOwnerId: COLLEAGUE, SplitPercentage: 30 }
        ]);
    };
    split(
        loadSale(crm, 1, { ownerId: COLLEAGUE, date: '2026-02-09', amount: 9000 }),
        '2026-02-01T09:00:00.000Z'
    );
    await crm.run({ kind: 'Pay', period: '2026-Q1' });
    expect([REP, COLLEAGUE].map((payee) => told(crm, payee).PayoutAmount__c)).toEqual([630, 270]);
    split(
        loadSale(crm, 2, { ownerId: COLLEAGUE, date: '2026-02-10', amount: 9000 }),
        '2026-02-11T09:00:00.000Z'
    );
    await crm.run({ kind: 'Pay', period: '2026-Q1' });
    expect([REP, COLLEAGUE].map((payee) => told(crm, payee).PayoutAmount__c)).toEqual([null, null]);
    expect(String(told(crm, REP).Problems__c)).toContain('OpportunitySplit was changed on 2026-02-11');
});

test('pays who had the role in the team on the day a deal was won', async () => {
    onPlan('{ handOver: date, from: { role: Sales Rep } }');
    const deal = loadSale(crm, 1, { ownerId: COLLEAGUE, date: '2026-02-09', amount: 9000 });
    const joined = (UserId: string, day: string) => ({
        ...{ OpportunityId: deal, UserId, TeamMemberRole: 'Sales Rep' },
        ...{ CreatedDate: `${day}T09:00:00.000Z`, LastModifiedDate: `${day}T09:00:00.000Z` }
    });
    crm.org.load('OpportunityTeamMember', [joined(REP, '2026-01-11'), joined(COLLEAGUE, '2026-02-10')]);
    expect(await crm.run({ kind: 'Pay', period: '2026-Q1' })).toMatchObject({ errors: [] });
    expect([REP, COLLEAGUE].map((payee) => told(crm, payee).PayoutAmount__c)).toEqual([900, 0]);
});

test('names splits as what cannot be read in an org that has none', async () => {
    await crm.close();
    crm = await connectedOrg(
        {},
        { currency: 'GBP', currencyRates: { EUR: 1.2 }, features: ['multiCurrency'] }
    );
    loadPayTeam(crm);
    onPlan('{ handOver: date, from: splits }');
    loadSale(crm, 1, { ownerId: COLLEAGUE, date: '2026-02-09', amount: 9000 });
    expect(await crm.run({ kind: 'Pay', period: '2026-Q1' })).toMatchObject({ errors: [] });
    expect([REP, COLLEAGUE].map((payee) => told(crm, payee).PayoutAmount__c)).toEqual([0, null]);
    expect(String(told(crm, COLLEAGUE).Problems__c)).toContain('OpportunitySplit cannot be read');
});
