// Runs suggest updates of fields beside the health of deals: written once, brought up to date, withdrawn, left to whoever decided,
// and never written to the deal itself.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { connectedOrg, type ConnectedOrg } from '../support/local-org.ts';
import { REP, dayAgo, loadDeal, loadTeam, recordId } from '../support/small-team.ts';

const DEAL = recordId('006', 1);
const CONTACT = recordId('003', 1);

let crm: ConnectedOrg;
beforeEach(async () => {
    crm = await connectedOrg();
    loadTeam(crm.org);
    loadDeal(crm.org, 1, { closesIn: -5, calls: [3] });
});
afterEach(() => crm.close());

const suggestions = () =>
    crm.query(
        'SELECT ExternalKey__c, Kind__c, RuleKey__c, Status__c, CurrentValue__c, SuggestedValue__c, OwnerId, Rep__c FROM FieldSuggestion__c ORDER BY ExternalKey__c'
    );
const deals = () =>
    crm.query(
        'SELECT Id, NextStep, CloseDate, Amount, StageName, LastModifiedById FROM Opportunity ORDER BY Id'
    );
const meet = (on: string, changes = {}) =>
    crm.insert('Event', {
        WhatId: DEAL,
        WhoId: CONTACT,
        OwnerId: REP,
        Subject: 'Contract review',
        ActivityDate: on,
        StartDateTime: `${on}T10:00:00Z`,
        EndDateTime: `${on}T11:00:00Z`,
        ...changes
    });

/** As a forecast run leaves it. */
function expect50(likely: string): void {
    const [row] = crm.query(`SELECT Id FROM DealHealth__c WHERE ExternalKey__c = '${DEAL}'`);
    crm.update('DealHealth__c', {
        Id: String(row!.Id),
        CloseEarlyDate__c: dayAgo(-20),
        CloseLikelyDate__c: likely,
        CloseLateDate__c: dayAgo(-90)
    });
}

test('a run suggests, the same run again writes nothing, and the deal stays as it was', async () => {
    crm.update('Opportunity', { Id: DEAL, NextStep: null });
    meet(dayAgo(-4));
    meet(dayAgo(2));
    meet(dayAgo(6));
    meet(dayAgo(-2), { Subject: 'Nobody else may know', IsPrivate: true });
    const before = deals();
    const first = await crm.run();
    expect(first).toMatchObject({ status: 'Succeeded', errors: [] });
    expect(suggestions()).toMatchObject([
        {
            Kind__c: 'ContactRole',
            RuleKey__c: 'NoPrimaryContact',
            Status__c: 'Open',
            SuggestedValue__c: CONTACT,
            OwnerId: REP,
            Rep__c: REP
        },
        {
            Kind__c: 'NextStep',
            RuleKey__c: 'PlannedMeeting',
            Status__c: 'Open',
            SuggestedValue__c: `Contract review (meeting on ${dayAgo(-4)})`,
            OwnerId: REP
        }
    ]);
    expect(deals()).toEqual(before);
    expect((await crm.run({ scope: 'Full' })).counts.written).toBe(0);
});

test('an expected close date is suggested by the run after the forecast that found it', async () => {
    await crm.run();
    expect(suggestions()).toEqual([]);
    expect50(dayAgo(-40));
    await crm.run({ scope: 'Full' });
    expect(suggestions()).toMatchObject([
        { Kind__c: 'CloseDate', CurrentValue__c: dayAgo(5), SuggestedValue__c: dayAgo(-40) }
    ]);
});

test('a suggestion is withdrawn when it is not true any more, and when its deal is closed', async () => {
    crm.update('Opportunity', { Id: DEAL, NextStep: null });
    meet(dayAgo(-4));
    await crm.run();
    expect(suggestions()).toMatchObject([{ Kind__c: 'NextStep', Status__c: 'Open' }]);
    crm.update('Opportunity', { Id: DEAL, NextStep: 'Sign' });
    expect(await crm.run()).toMatchObject({ scope: 'Delta', status: 'Succeeded' });
    expect(suggestions()).toMatchObject([{ Status__c: 'Withdrawn' }]);
    crm.update('Opportunity', { Id: DEAL, NextStep: null });
    await crm.run();
    expect(suggestions()).toMatchObject([{ Status__c: 'Open' }]);
    crm.update('Opportunity', { Id: DEAL, StageName: 'Closed Lost' });
    await crm.run();
    expect(suggestions()).toMatchObject([{ Status__c: 'Withdrawn' }]);
});

test('what somebody dismissed stays dismissed and is not suggested again', async () => {
    crm.update('Opportunity', { Id: DEAL, NextStep: null });
    meet(dayAgo(-4));
    await crm.run();
    const [row] = crm.query('SELECT Id FROM FieldSuggestion__c');
    crm.update('FieldSuggestion__c', {
        Id: String(row!.Id),
        Status__c: 'Dismissed',
        DismissReason__c: 'NotNow'
    });
    expect(await crm.run({ scope: 'Full' })).toMatchObject({ status: 'Succeeded', errors: [] });
    expect(suggestions()).toMatchObject([{ Status__c: 'Dismissed' }]);
});

test('rows past the day they are kept to are deleted', async () => {
    crm.update('Opportunity', { Id: DEAL, NextStep: null });
    meet(dayAgo(-4));
    await crm.run();
    crm.update('Opportunity', { Id: DEAL, NextStep: 'Sign' });
    await crm.run();
    expect(suggestions()).toMatchObject([{ Status__c: 'Withdrawn' }]);
    crm.org.db.prepare(`UPDATE "FieldSuggestion__c" SET "RetainUntilDate__c" = ?`).run(dayAgo(1));
    await crm.restartService({ withoutState: true });
    await crm.run();
    expect(suggestions()).toEqual([]);
});
