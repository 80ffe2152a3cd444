// A run ends while its org takes no calls: what it says of itself is kept here and written when the org takes calls again.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { connectedOrg } from '../support/local-org.ts';
import type { ConnectedOrg } from '../support/local-org.ts';
import { REP, loadDeal, loadTeam } from '../support/small-team.ts';

let crm: ConnectedOrg;
beforeEach(async () => {
    crm = await connectedOrg();
    loadTeam(crm.org);
    loadDeal(crm.org, 1, { ownerId: REP });
});
afterEach(() => crm.close());

const reports = () =>
    crm.query('SELECT ExternalKey__c, Status__c, Stage__c, Errors__c FROM Run__c ORDER BY RequestedAt__c');

test('runs that fail because the org takes no more calls are told to it by the next run that gets through', async () => {
    crm.org.faults.add({ kind: 'requestLimit', path: /^.services.data/ });
    const refused = await crm.run();
    // The allowance is gone for an hour: this one makes no call at all.
    const unsent = await crm.run();
    expect([refused, unsent].map(({ status, errors }) => [status, errors[0]!.code])).toEqual([
        ['Failed', 'REQUEST_LIMIT_EXCEEDED'],
        ['Failed', 'API_BUDGET']
    ]);
    expect(reports()).toEqual([]);

    await crm.restartService();
    await crm.run();
    expect(reports()).toMatchObject([
        {
            ExternalKey__c: refused.runKey,
            Status__c: 'Failed',
            Stage__c: 'Done',
            Errors__c: expect.stringContaining('REQUEST_LIMIT_EXCEEDED')
        },
        {
            ExternalKey__c: unsent.runKey,
            Status__c: 'Failed',
            Stage__c: 'Done',
            Errors__c: expect.stringContaining('API_BUDGET')
        },
        { Status__c: 'Succeeded' }
    ]);

    // Told once: a row somebody deletes does not come back.
    const [{ Id }] = crm.query(`SELECT Id FROM Run__c WHERE ExternalKey__c = '${refused.runKey}'`);
    crm.remove(String(Id));
    await crm.run();
    expect(reports().map((row) => row.ExternalKey__c)).not.toContain(refused.runKey);
});
