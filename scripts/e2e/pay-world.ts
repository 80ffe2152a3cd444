// Gives a rep of the demo org a plan and a statement as a run writes them: the figures are those of the engine.
import { connectAs, type DemoOrg } from '../demo/demo-org.ts';
import { parsePlan } from '../../service/src/domain/incentives/parse-plan.ts';
import { calculateAsJson } from '../../service/src/domain/incentives/run-cases.ts';

const PLAN_YAML = `plan: seller
name: Seller
currency: GBP
period: month
crediting:
  - { key: direct, to: owner }
measures:
  bookings: { of: payable, interval: month }
quotas:
  bookings: {}
tables:
  accelerator:
    mode: marginal
    scale: quota.bookings
    rows:
      - { from: 0, to: 100%, value: 2% }
      - { from: 100%, to: 150%, value: 3% }
      - { from: 150%, value: 4% }
components:
  commission:
    name: Commission on bookings
    per: credit
    base: payable
    rate: { table: accelerator, at: measure.bookings }
    gates: [{ key: conduct, when: fact.complaint < 2, otherwise: { multiply: 90% } }]
`;
const QUOTA = 400_000;

type Row = Record<string, string | number | boolean | null>;

export interface PaidRep {
    statementId: string;
    periodName: string;
    /** what the statement says is paid */
    paid: string;
    dealName: string;
    planVersionId: string;
}

/** The rep is on a plan, but no period has been calculated. */
export async function assignPlan(demo: DemoOrg, username: string): Promise<string> {
    const planId = await create(demo, 'Plan__c', {
        Name: 'Seller',
        ExternalKey__c: `seller-${username}`.slice(0, 60),
        CurrencyCode__c: 'GBP',
        Interval__c: 'Month'
    });
    const versionId = await create(demo, 'PlanVersion__c', {
        Name: 'Seller 2026',
        Plan__c: planId,
        ExternalKey__c: `seller-${username}`.slice(0, 60) + ':1',
        Version__c: '1',
        EffectiveStartDate__c: firstOfMonth(),
        Definition__c: PLAN_YAML,
        PlainText__c:
            '2 % of what you book up to your quota, 3 % up to one and a half times of it, then 4 %.',
        Examples__c: JSON.stringify([
            {
                name: 'a month at quota',
                given: 'bookings of 400,000',
                expected: '8000.00',
                result: '8000.00',
                holds: true
            }
        ])
    });
    const componentId = await create(demo, 'PlanComponent__c', {
        Name: 'Commission on bookings',
        PlanVersion__c: versionId,
        ExternalKey__c: `${versionId}:commission`,
        ComponentKey__c: 'commission',
        Position__c: 1,
        Basis__c: 'Credit',
        Measure__c: 'bookings',
        TableKey__c: 'accelerator',
        TableMode__c: 'Marginal',
        Boundary__c: 'Lower',
        PlainText__c: 'It pays the amount credited to you, times the rate of the table for your bookings.'
    });
    const bands: [number, number | null, number][] = [
        [0, 1, 0.02],
        [1, 1.5, 0.03],
        [1.5, null, 0.04]
    ];
    for (const [index, [from, to, rate]] of bands.entries())
        await create(demo, 'RateTier__c', {
            PlanComponent__c: componentId,
            ExternalKey__c: `${componentId}:${index + 1}:1`,
            Position__c: index + 1,
            ColumnNumber__c: 1,
            LowerBound__c: from,
            UpperBound__c: to,
            FromText__c: `${from * 100}%`,
            ToText__c: to === null ? null : `${to * 100}%`,
            ValueText__c: `${rate * 100}%`,
            Rate__c: rate,
            Unit__c: 'Rate',
            BoundUnit__c: 'Attainment'
        });
    // The life of a version is the business of PlanGuard and its tests; here it is over with.
    demo.org.db.prepare(`UPDATE "PlanVersion__c" SET "Status__c" = 'Active' WHERE "Id" = ?`).run(versionId);
    await create(demo, 'PlanAssignment__c', {
        ...ownedBy(demo, username),
        PlanVersion__c: versionId,
        ExternalKey__c: `${versionId}:${username}`.slice(0, 150),
        EffectiveStartDate__c: firstOfMonth(),
        CurrencyCode__c: 'GBP'
    });
    return versionId;
}

/** The statement of this month: two deals won, one with a part to come. */
export async function payRep(demo: DemoOrg, username: string, planVersionId: string): Promise<PaidRep> {
    const payeeId = demo.org.users.byUsername(username)!.userId;
    const [start, end] = [firstOfMonth(), lastOfMonth()];
    const periodName = 'This month';
    const periodKey = start.slice(0, 7);
    const periodId = await create(demo, 'CompensationPeriod__c', {
        Name: periodName,
        ExternalKey__c: periodKey,
        Interval__c: 'Month',
        StartDate__c: start,
        EndDate__c: end
    });
    const planKey = `seller-${username}`.slice(0, 60);
    for (const [first, last] of monthsFrom(start, 24))
        await create(demo, 'Quota__c', {
            ...ownedBy(demo, username),
            ExternalKey__c: `${planKey}:bookings:${payeeId}:${first}`,
            Plan__c: planIdOf(demo, planVersionId),
            Measure__c: 'bookings',
            Unit__c: 'Amount',
            EffectiveStartDate__c: first,
            EffectiveEndDate__c: last,
            Target__c: QUOTA,
            CurrencyCode__c: 'GBP'
        });
    const deals = wonDeals(demo, payeeId);
    const complaints = { name: 'complaint', period: periodKey, value: '2' };
    const given = JSON.stringify({
        from: start,
        to: end,
        payees: [{ id: payeeId }],
        facts: [{ ...complaints, payee: payeeId }],
        quotas: [{ payee: payeeId, measure: 'bookings', from: start, to: end, amount: String(QUOTA) }],
        transactions: deals.map(({ id }, index) => ({
            id,
            date: start,
            owner: payeeId,
            amount: String(250_000 + index)
        }))
    });
    const told = JSON.parse(calculateAsJson(parsePlan(PLAN_YAML).plan!, given).json).payees[payeeId].periods[
        periodKey
    ];
    const statementId = await create(demo, 'Statement__c', {
        ...ownedBy(demo, username),
        ExternalKey__c: `${periodKey}:${planKey}:${payeeId}`,
        Period__c: periodId,
        PlanVersion__c: planVersionId,
        PlanName__c: 'Seller',
        CurrencyCode__c: 'GBP',
        TotalAmount__c: Number(told.due),
        PayoutAmount__c: Number(told.paid),
        DataAsOf__c: new Date().toISOString(),
        Measures__c: JSON.stringify([
            { measure: 'bookings', label: 'Bookings', unit: 'Amount', ...told.measures.bookings }
        ]),
        PayoutSteps__c: '[]',
        Given__c: JSON.stringify({ facts: [complaints] })
    });
    for (const [index, line] of told.components.commission.lines.entries()) {
        const { id } = deals[index]!;
        await create(demo, 'Credit__c', {
            ...ownedBy(demo, username),
            ExternalKey__c: `${periodKey}:${planKey}:${id}:direct:${payeeId}`,
            Period__c: periodId,
            PlanVersion__c: planVersionId,
            Opportunity__c: id,
            TransactionKey__c: id,
            RuleKey__c: 'direct',
            CreditDate__c: start,
            PayableAmount__c: 250_000 + index,
            QuotaAmount__c: 250_000 + index,
            DealCount__c: 1,
            CurrencyCode__c: 'GBP'
        });
        await create(demo, 'StatementLine__c', {
            OwnerId: payeeId,
            ExternalKey__c: `${statementId}:${index}`,
            Statement__c: statementId,
            Kind__c: 'Earning',
            Position__c: index + 1,
            Title__c: 'Commission on bookings',
            ComponentKey__c: 'commission',
            Opportunity__c: id,
            TransactionKey__c: id,
            EventDate__c: start,
            BaseAmount__c: 250_000 + index,
            Rate__c: Number(line.amount) / (250_000 + index),
            Amount__c: Number(line.amount),
            Working__c: JSON.stringify({
                bands: line.bands,
                steps: line.working,
                rounding: { unit: '0.01', mode: 'half-even', at: 'line' }
            })
        });
    }
    await create(demo, 'ScheduledPayment__c', {
        ...ownedBy(demo, username),
        ExternalKey__c: `${statementId}:later`,
        Period__c: periodId,
        PlanVersion__c: planVersionId,
        Kind__c: 'Tranche',
        Form__c: 'Cash',
        ComponentKey__c: 'commission',
        DueDate__c: `${Number(start.slice(0, 4)) + 1}-03-31`,
        Amount__c: 1_200,
        CurrencyCode__c: 'GBP'
    });
    await create(demo, 'LedgerBalance__c', {
        ...ownedBy(demo, username),
        ExternalKey__c: `${periodKey}:${planKey}:${payeeId}:draw`,
        Period__c: periodId,
        PlanVersion__c: planVersionId,
        Statement__c: statementId,
        Ledger__c: 'draw',
        Kind__c: 'Draw',
        OpeningAmount__c: 0,
        MovementAmount__c: 500,
        ClosingAmount__c: 500,
        Movements__c: '[{"what":"advance","amount":"500.00"}]',
        CurrencyCode__c: 'GBP'
    });
    return { statementId, periodName, paid: told.paid, dealName: deals[0]!.name, planVersionId };
}

function wonDeals({ org }: DemoOrg, ownerId: string): { id: string; name: string }[] {
    return org.db
        .prepare(
            'SELECT "Id" AS id, "Name" AS name FROM "Opportunity" WHERE "OwnerId" = ? AND "StageName" = \'Closed Won\' ORDER BY "Id" LIMIT 2'
        )
        .all(ownerId) as { id: string; name: string }[];
}

function planIdOf({ org }: DemoOrg, versionId: string): string {
    return String(
        org.db.prepare('SELECT "Plan__c" FROM "PlanVersion__c" WHERE "Id" = ?').pluck().get(versionId)
    );
}

function ownedBy({ org }: DemoOrg, username: string): Row {
    const { userId } = org.users.byUsername(username)!;
    return { OwnerId: userId, Payee__c: userId };
}

async function create(demo: DemoOrg, objectName: string, row: Row): Promise<string> {
    const admin = connectAs(demo.org, demo.url, demo.org.adminUserId);
    const saved = (await admin.sobject(objectName).create(row as never)) as unknown as { id: string };
    return saved.id;
}

function firstOfMonth(): string {
    return `${new Date().toISOString().slice(0, 7)}-01`;
}

function lastOfMonth(): string {
    const today = new Date();
    return new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + 1, 0)).toISOString().slice(0, 10);
}

/** First and last days of months, from this one on. */
function monthsFrom(firstDay: string, count: number): [string, string][] {
    const [year, month] = firstDay.split('-').map(Number) as [number, number];
    const isoDay = (monthsOn: number, day: number): string =>
        new Date(Date.UTC(year, month - 1 + monthsOn, day)).toISOString().slice(0, 10);
    return Array.from({ length: count }, (_, index) => [isoDay(index, 1), isoDay(index + 1, 0)]);
}
