// Plans and people for the tests of the plan simulator: everybody who won deals is on a plan that is in force, and a draft of next year
// pays more for one product, jumps at quota and has a gate. One person has no target, so that somebody is left out.
import type { DemoOrg } from '../demo/demo-org.ts';

const CURRENT = `plan: test-sales
version: "1"
name: Sales plan
currency: GBP
effective: { from: 2020-01-01 }
period: quarter
crediting:
  - { key: direct, to: owner }
measures:
  bookings: { of: payable, interval: quarter }
quotas:
  bookings: {}
tables:
  accelerator:
    mode: marginal
    scale: quota.bookings
    rows: [{ from: 0, to: 100%, value: 2% }, { from: 100%, value: 3% }]
components:
  commission: { name: Commission on bookings, per: credit, base: payable, rate: { table: accelerator, at: measure.bookings } }
`;
const NEXT = CURRENT.replace('version: "1"', 'version: "2"')
    .replace('from: 2020-01-01', 'from: 2030-01-01')
    .replace('mode: marginal', 'mode: slab')
    .replace('value: 2%', 'value: 1.8%')
    .replace('value: 3%', 'value: 2.6%')
    .replace(
        'at: measure.bookings } }',
        "at: measure.bookings }, factors: [{ key: focus, value: if(productFamily = 'Recurring revenue', 1.2, 1) }], gates: [{ key: activity, when: measure.bookings >= 100000, otherwise: { multiply: 50% } }] }"
    );

type Row = Record<string, string | number | boolean | null>;

export interface SimulatedPlans {
    draftId: string;
    activeId: string;
    /** of somebody without a target */
    leftName: string;
}

export function addSimulatedPlans(demo: DemoOrg, definition = NEXT): SimulatedPlans {
    const planId = insert(demo, 'Plan__c', {
        Name: 'Sales plan',
        ExternalKey__c: 'test-sales',
        CurrencyCode__c: 'GBP',
        Interval__c: 'Quarter'
    });
    const version = (number: string, text: string, from: string): string =>
        insert(demo, 'PlanVersion__c', {
            Name: `Sales plan ${number}`,
            Plan__c: planId,
            ExternalKey__c: `test-sales:${number}`,
            Version__c: number,
            EffectiveStartDate__c: from,
            Definition__c: text
        });
    const activeId = version('1', CURRENT, '2020-01-01');
    // The life of a version is the business of PlanGuard and its tests; here it is over with.
    demo.org.db.prepare(`UPDATE "PlanVersion__c" SET "Status__c" = 'Active' WHERE "Id" = ?`).run(activeId);
    const draftId = version('2', definition, '2030-01-01');
    const sellers = sellersOf(demo);
    for (const { id } of sellers) assign(demo, activeId, id);
    for (const { id } of sellers.slice(1)) setTarget(demo, planId, id);
    return { draftId, activeId, leftName: sellers[0]!.name };
}

/** Those with the most deals won first. */
function sellersOf({ org }: DemoOrg): { id: string; name: string }[] {
    return org.db
        .prepare(
            `SELECT u."Id" AS id, u."FirstName" || ' ' || u."LastName" AS name FROM "Opportunity" o
             JOIN "User" u ON u."Id" = o."OwnerId" WHERE o."StageName" = 'Closed Won'
             GROUP BY u."Id" ORDER BY COUNT(*) DESC, u."Id"`
        )
        .all() as { id: string; name: string }[];
}

function assign(demo: DemoOrg, versionId: string, payeeId: string): void {
    insert(demo, 'PlanAssignment__c', {
        ExternalKey__c: `test-sales:1:${payeeId}`,
        OwnerId: payeeId,
        Payee__c: payeeId,
        PlanVersion__c: versionId,
        EffectiveStartDate__c: '2020-01-01',
        TargetIncentiveAmount__c: 40_000,
        CurrencyCode__c: 'GBP'
    });
}

function setTarget(demo: DemoOrg, planId: string, payeeId: string): void {
    insert(demo, 'Quota__c', {
        ExternalKey__c: `test-sales:bookings:${payeeId}`,
        OwnerId: payeeId,
        Payee__c: payeeId,
        Plan__c: planId,
        Measure__c: 'bookings',
        Unit__c: 'Amount',
        EffectiveStartDate__c: '2020-01-01',
        EffectiveEndDate__c: '2030-12-31',
        Target__c: 400_000,
        CurrencyCode__c: 'GBP'
    });
}

function insert({ org }: DemoOrg, objectName: string, row: Row): string {
    const ctx = { user: org.users.context(org.adminUserId), mode: 'system' as const };
    const [saved] = org.records.insert(ctx, objectName, [row], { allOrNone: true });
    if (!saved?.success) throw new Error(`${objectName}: ${JSON.stringify(saved?.errors)}`);
    return saved.id as string;
}
