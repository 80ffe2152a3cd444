// What is running when a fault strikes: deal health (sync, compute, write-back) in full and of changes, and pay (calculation,
// calculation with late data, publication). Each scene is a list of steps on one org; a step changes the org and asks for a run.
import type { ConnectedOrg } from '../../service/test/support/local-org.ts';
import {
    assign,
    loadPayTeam,
    loadPlan,
    loadSale,
    publishPeriod,
    SELLER_PLAN,
    setQuota
} from '../../service/test/support/pay-org.ts';
import {
    COLLEAGUE,
    OPEN_STAGES,
    REP,
    dayAgo,
    loadDeal,
    loadTeam,
    recordId
} from '../../service/test/support/small-team.ts';

export interface Step {
    name: string;
    /** What people did before the run. */
    prepare(crm: ConnectedOrg): void;
    /** As `POST /v1/runs` takes it. */
    work: { kind: 'pipeline' | 'pay' | 'publication'; period?: string };
    /** About so many calls to the org the run makes: a fault strikes within them. */
    calls: number;
    /** Whose rows the run writes, for faults that strike one object. */
    object: string;
}

export interface Scene {
    name: string;
    steps: Step[];
}

/** @param size how many deals and sales: above 200 rows the service writes by bulk jobs */
export function scenes(size: number): Scene[] {
    return [
        {
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
        },
        {
            name: 'pay',
            steps: [
                {
                    name: 'pay calculation',
                    prepare: (crm) => loadSales(crm, size),
                    work: { kind: 'pay', period: '2026-Q1' },
                    calls: 16,
                    object: 'Statement__c'
                },
                {
                    name: 'pay with late data',
                    prepare: closeQuarter,
                    work: { kind: 'pay', period: '2026-Q2' },
                    calls: 16,
                    object: 'StatementLine__c'
                },
                {
                    name: 'publication',
                    prepare: (crm) => setPublished(crm, '2026-Q2'),
                    work: { kind: 'publication', period: '2026-Q2' },
                    calls: 3,
                    object: 'Statement__c'
                }
            ]
        }
    ];
}

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

function loadSales(crm: ConnectedOrg, size: number): void {
    loadPayTeam(crm);
    const version = loadPlan(crm, 'seller', SELLER_PLAN);
    for (const payee of [REP, COLLEAGUE]) {
        assign(crm, version, payee);
        setQuota(crm, 'seller', payee, 1_000_000);
    }
    for (let number = 1; number <= size; number += 1)
        loadSale(crm, number, {
            ownerId: number % 3 === 0 ? COLLEAGUE : REP,
            date: `2026-0${1 + (number % 3)}-${10 + (number % 15)}`,
            amount: 1000 + number
        });
}

/** The first quarter is final; then every amount of it changes, which the second quarter corrects. */
function closeQuarter(crm: ConnectedOrg): void {
    publishPeriod(crm, '2026-Q1');
    crm.org.db.prepare('UPDATE "Opportunity" SET "Amount" = "Amount" + 1').run();
}

function setPublished(crm: ConnectedOrg, period: string): void {
    crm.org.db
        .prepare(`UPDATE "CompensationPeriod__c" SET "Status__c" = 'Published' WHERE "ExternalKey__c" = ?`)
        .run(period);
}
