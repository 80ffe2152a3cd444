// Runs of pay: calculation, calculation with late data, publication; and a simulation of another version of the plan.
import type { ConnectedOrg, Row } from '../../../service/test/support/local-org.ts';
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
import { COLLEAGUE, recordId, REP } from '../../../service/test/support/small-team.ts';
import type { Scene } from './scene.ts';

/** A part of it is paid later, so that there is something to accrue. */
const INSTALMENT_PLAN = SELLER_PLAN.replace(
    'payout:',
    `  trail:
    per: credit
    base: payable
    rate: 1%
    schedule: { instalments: [{ after: 0, share: 1/3 }, { after: 1, share: 1/3 }, { after: 2, share: 1/3 }] }
payout:`
);

export const pay = (size: number): Scene => ({
    name: 'pay',
    writesPay: true,
    steps: [
        {
            name: 'pay calculation',
            prepare: (crm) => loadSales(crm, size, INSTALMENT_PLAN, Math.ceil(size / 2)),
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

/** Copies of the first seller, so that there are enough statements for a publication by several calls. */
function loadSellers({ org }: ConnectedOrg, count: number): string[] {
    const like = org.db.prepare('SELECT * FROM "User" WHERE "Id" = ?').get(REP) as Row;
    const sellers = Array.from({ length: count }, (_, index) => ({
        ...like,
        Id: recordId('005', 1001 + index),
        Username: `seller${index}@team.test`,
        CommunityNickname: `seller${index}`,
        Name: `Seller ${index}`,
        LastName: `Seller ${index}`
    }));
    org.load('User', sellers);
    const set = org.db.prepare(`SELECT "Id" FROM "PermissionSet" WHERE "Name" = 'SpmPayee'`).pluck();
    const PermissionSetId = set.get() as string;
    org.load(
        'PermissionSetAssignment',
        sellers.map(({ Id }) => ({ AssigneeId: Id, PermissionSetId }))
    );
    return sellers.map(({ Id }) => Id);
}

function loadSales(crm: ConnectedOrg, size: number, plan = SELLER_PLAN, more = 0): void {
    loadPayTeam(crm);
    const version = loadPlan(crm, 'seller', plan);
    const payees = [REP, COLLEAGUE, ...loadSellers(crm, more)];
    for (const payee of payees) {
        assign(crm, version, payee);
        setQuota(crm, 'seller', payee, 1_000_000);
    }
    for (let number = 1; number <= size; number += 1)
        loadSale(crm, number, {
            ownerId: payees[number % payees.length]!,
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
