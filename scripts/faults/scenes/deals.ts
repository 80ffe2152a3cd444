// Runs over deals and people: deal health in full and of changes, the quarter, scorecards. The same deals for all of them.
import type { ConnectedOrg } from '../../../service/test/support/local-org.ts';
import {
    COLLEAGUE,
    MANAGER,
    OPEN_STAGES,
    REP,
    dayAgo,
    givePermissionSet,
    loadDeal,
    loadTeam,
    momentAgo,
    recordId
} from '../../../service/test/support/small-team.ts';
import type { Scene } from './scene.ts';

export const dealHealth = (size: number): Scene => ({
    name: 'deal health',
    steps: [
        {
            name: 'deal health, full',
            prepare: (crm) => loadDeals(crm, size),
            work: { kind: 'pipeline' },
            calls: 14,
            object: 'DealHealth__c'
        },
        {
            name: 'deal health, changes',
            prepare: (crm) => changeDeals(crm, size),
            work: { kind: 'pipeline' },
            calls: 12,
            object: 'PipelineFlag__c'
        }
    ]
});

/** Both keep years of days for each person, so a third of the deals is enough to be long. */
export const forecast = (size: number): Scene => ({
    name: 'forecast',
    steps: [
        {
            name: 'forecast',
            prepare: (crm) => {
                loadDeals(crm, third(size));
                loadOutcomes(crm, third(size));
            },
            work: { kind: 'forecast' },
            calls: 20,
            object: 'PipelineForecast__c'
        },
        {
            name: 'forecast with new deals',
            prepare: (crm) => loadNewDeals(crm, third(size)),
            work: { kind: 'forecast' },
            calls: 20,
            object: 'PipelineSnapshot__c'
        }
    ]
});

export const scorecards = (size: number): Scene => ({
    name: 'scorecards',
    steps: [
        {
            name: 'scorecards',
            prepare: (crm) => {
                loadDeals(crm, third(size));
                loadOutcomes(crm, third(size));
                giveTitles(crm);
            },
            work: { kind: 'scorecards' },
            calls: 20,
            object: 'Scorecard__c'
        },
        {
            name: 'scorecards with new deals',
            prepare: (crm) => loadNewDeals(crm, third(size)),
            work: { kind: 'scorecards' },
            calls: 20,
            object: 'ScorecardMetricResult__c'
        }
    ]
});

function loadDeals(crm: ConnectedOrg, size: number): void {
    loadTeam(crm.org);
    for (let deal = 1; deal <= size; deal += 1)
        loadDeal(crm.org, deal, {
            ownerId: deal % 3 === 0 ? COLLEAGUE : REP,
            stage: OPEN_STAGES[deal % OPEN_STAGES.length]!,
            closesIn: (deal % 60) - 20,
            ageDays: 10 + (deal % 150),
            calls: deal % 4 === 0 ? [] : [deal % 70],
            pushes: deal % 5 === 0 ? [8, 6, 4, 2] : []
        });
}

/** A fifth of the deals: other close dates, owners, lost and deleted ones. */
function changeDeals(crm: ConnectedOrg, size: number): void {
    for (let deal = 1; deal <= size; deal += 5) {
        const Id = recordId('006', deal);
        const which = deal % 4;
        if (which === 0) crm.update('Opportunity', { Id, StageName: 'Closed Lost' });
        else if (which === 1) crm.update('Opportunity', { Id, CloseDate: dayAgo(deal % 2 === 0 ? 25 : -50) });
        else if (which === 2) crm.update('Opportunity', { Id, OwnerId: COLLEAGUE });
        else crm.remove(Id);
    }
}

const third = (size: number): number => Math.ceil(size / 3);

/** They came and ended at moments of the past: models count in seconds, so that a change now would differ each time. */
function loadNewDeals(crm: ConnectedOrg, size: number): void {
    for (let deal = 1; deal <= size; deal += 5)
        loadDeal(crm.org, 2 * size + deal, {
            ownerId: deal % 2 === 0 ? COLLEAGUE : REP,
            isWon: deal % 2 === 0,
            stage: OPEN_STAGES[deal % OPEN_STAGES.length]!,
            closesIn: deal % 2 === 0 ? 0 : deal % 40,
            ageDays: 40 + (deal % 50)
        });
}

/** As many deals that are over, won and lost, in the months before. */
function loadOutcomes(crm: ConnectedOrg, size: number): void {
    for (let deal = 1; deal <= size; deal += 1)
        loadDeal(crm.org, size + deal, {
            ownerId: deal % 3 === 0 ? COLLEAGUE : REP,
            isWon: deal % 3 !== 1,
            stage: 'Closed Lost',
            closesIn: -(1 + (deal % 300)),
            ageDays: 30 + (deal % 300) + (deal % 60),
            amount: 1000 + 10 * (deal % 90),
            calls: [deal % 40]
        });
}

/** Scorecards go by titles. */
function giveTitles({ org }: ConnectedOrg): void {
    const set = org.db.prepare('UPDATE "User" SET "Title" = ?, "CreatedDate" = ? WHERE "Id" = ?');
    const since = momentAgo(1500).replace('Z', '+0000');
    set.run('Team Lead', since, MANAGER);
    for (const userId of [REP, COLLEAGUE]) set.run('Wealth Adviser', since, userId);
    givePermissionSet(org, MANAGER, 'SpmSalesManager');
}
