// Runs of pay: calculation, calculation with late data, publication; and a simulation of another version of the plan.
import type { ConnectedOrg } from '../../../service/test/support/local-org.ts';
import {
    assign,
    loadPayTeam,
    loadPlan,
    loadSale,
    loadVersion,
    publishPeriod,
    SELLER_PLAN,
    setQuota
} from '../../../service/test/support/pay-org.ts';
import { COLLEAGUE, REP } from '../../../service/test/support/small-team.ts';
import type { Scene } from './scene.ts';

export const pay = (size: number): Scene => ({
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
});

/** A year again under the draft of the next version: retroactive from quota. */
export const simulation = (size: number): Scene => ({
    name: 'simulation',
    steps: [
        {
            name: 'simulation',
            prepare: (crm) => {
                loadSales(crm, size, SELLER_PLAN.replace('from: 2026-01-01', 'from: 2025-01-01'));
                beginEarlier(crm);
                loadDraft(crm);
            },
            work: {
                kind: 'simulation',
                planVersion: 'seller:2',
                against: 'seller:1',
                from: '2025-07-01',
                to: '2026-06-30'
            },
            calls: 12,
            object: 'SimulatedPay__c'
        }
    ]
});

/** A simulation needs a year. */
function beginEarlier({ org }: ConnectedOrg): void {
    for (const object of ['PlanVersion__c', 'PlanAssignment__c', 'Quota__c'])
        org.db.prepare(`UPDATE "${object}" SET "EffectiveStartDate__c" = '2025-07-01'`).run();
}

function loadDraft(crm: ConnectedOrg): void {
    const [plan] = crm.query("SELECT Id FROM Plan__c WHERE ExternalKey__c = 'seller'");
    const definition = SELLER_PLAN.replace('version: "1"', 'version: "2"')
        .replace('from: 2026-01-01', 'from: 2027-01-01')
        .replace(/payout:[^]*$/, '')
        .replace('mode: marginal', 'mode: slab');
    const options = { Status__c: 'Draft', EffectiveStartDate__c: '2027-01-01' };
    loadVersion(crm, String(plan!.Id), 'seller:2', definition, options);
}

function loadSales(crm: ConnectedOrg, size: number, plan = SELLER_PLAN): void {
    loadPayTeam(crm);
    const version = loadPlan(crm, 'seller', plan);
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
