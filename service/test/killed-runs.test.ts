// A service that is killed at any point and started again leaves the org as one that was not. The service is a process
// of its own and dies by SIGKILL at requests drawn from a seeded sequence.
import { expect, test } from '@jest/globals';
import { connectedOrg } from './support/local-org.ts';
import type { ConnectedOrg } from './support/local-org.ts';
import { KilledService } from './support/killed-service.ts';
import { killingProxy } from './support/killing-proxy.ts';
import { COLLEAGUE, OPEN_STAGES, REP, dayAgo, loadDeal, loadTeam, recordId } from './support/small-team.ts';
import { random } from './support/random.ts';

const DEALS = 450;
// `npm run faults` kills as often as one likes.
const KILLS_IN_FULL = 8;
const KILLS_IN_DELTA = 5;

test('a run killed again and again ends in the same org as an undisturbed one', async () => {
    const undisturbed = await connectedOrg();
    const killed = await connectedOrg();
    const proxy = await killingProxy(killed.url);
    const service = new KilledService(killed, proxy);
    try {
        for (const crm of [undisturbed, killed]) loadPipeline(crm);
        await undisturbed.run();
        const full = await service.runWithKills(KILLS_IN_FULL, random(7));
        expect(full.kills).toBe(KILLS_IN_FULL);
        expect(full.run).toMatchObject({ status: 'succeeded', scope: 'full' });
        expect(resultsOf(killed)).toEqual(resultsOf(undisturbed));

        for (const crm of [undisturbed, killed]) changePipeline(crm);
        const plain = await undisturbed.run();
        const delta = await service.runWithKills(KILLS_IN_DELTA, random(11));
        expect(plain.scope).toBe('Delta');
        expect(delta.run).toMatchObject({ status: 'succeeded', scope: 'delta' });
        expect(delta.kills).toBeGreaterThan(0);
        expect(resultsOf(killed)).toEqual(resultsOf(undisturbed));
        expect(runsOf(killed)).toEqual([
            {
                Status__c: 'Succeeded',
                Stage__c: 'Done',
                WrittenCount__c: undisturbed.query(
                    'SELECT WrittenCount__c FROM Run__c ORDER BY RequestedAt__c'
                )[0].WrittenCount__c
            },
            { Status__c: 'Succeeded', Stage__c: 'Done', WrittenCount__c: plain.counts.written }
        ]);
    } finally {
        await service.stop();
        await proxy.close();
        await undisturbed.close();
        await killed.close();
    }
});

function loadPipeline(crm: ConnectedOrg): void {
    loadTeam(crm.org);
    for (let deal = 1; deal <= DEALS; deal += 1) {
        loadDeal(crm.org, deal, {
            ownerId: deal % 3 === 0 ? COLLEAGUE : REP,
            stage: OPEN_STAGES[deal % OPEN_STAGES.length],
            closesIn: (deal % 60) - 20,
            ageDays: 10 + (deal % 150),
            calls: deal % 4 === 0 ? [] : [deal % 70],
            pushes: deal % 5 === 0 ? [8, 6, 4, 2] : []
        });
    }
}

function changePipeline(crm: ConnectedOrg): void {
    for (let deal = 1; deal <= 60; deal += 1) {
        crm.update('Opportunity', {
            Id: recordId('006', deal),
            CloseDate: dayAgo(deal % 2 === 0 ? 25 : -50)
        });
    }
    for (let deal = 61; deal <= 70; deal += 1)
        crm.update('Opportunity', { Id: recordId('006', deal), StageName: 'Closed Lost' });
    for (let deal = 71; deal <= 75; deal += 1) crm.remove(recordId('006', deal));
    for (let deal = 76; deal <= 80; deal += 1)
        crm.update('Opportunity', { Id: recordId('006', deal), OwnerId: COLLEAGUE });
}

/** Everything a run decides; not when it did so, nor under which key. */
function resultsOf(crm: ConnectedOrg) {
    return {
        health: crm.query(
            `SELECT ExternalKey__c, Opportunity__c, OwnerId, Rep__c, Band__c, FlagCount__c, PriorityPoints__c, TopRuleKey__c,
             StageEnteredOn__c, LastTwoWayOn__c, LastActivityOn__c, StageMedianDays__c, ActivityCoverage__c,
             ClosePushCount__c, ContentHash__c FROM DealHealth__c ORDER BY ExternalKey__c`
        ),
        flags: crm.query(
            `SELECT ExternalKey__c, Opportunity__c, DealHealth__r.ExternalKey__c, OwnerId, Rep__c, RuleKey__c, Severity__c,
             Status__c, Importance__c, RaisedOn__c, ClearedOn__c, ObservedSince__c, ObservedValue__c, Threshold__c,
             ThresholdBasis__c, ThresholdSampleSize__c, Evidence__c, ActionKey__c, ContentHash__c
             FROM PipelineFlag__c ORDER BY ExternalKey__c`
        )
    };
}

function runsOf(crm: ConnectedOrg) {
    const rows = crm.query('SELECT Status__c, Stage__c, WrittenCount__c FROM Run__c ORDER BY RequestedAt__c');
    return rows.map(({ Status__c, Stage__c, WrittenCount__c }) => ({ Status__c, Stage__c, WrittenCount__c }));
}
