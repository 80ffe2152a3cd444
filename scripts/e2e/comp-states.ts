// People and rows for the tests of the compensation screens: an analyst and an approver without plans of their own, a
// payee, a period with calculations as the service writes them. Rows go through the guards of the package.
import { sealOf } from '../../service/src/domain/pay/row-seal.ts';
import type { DemoOrg } from '../demo/demo-org.ts';
import { addUser, grant } from './states.ts';
import { sha256 } from '../../service/test/support/test-app.ts';

export interface CompPeople {
    analyst: string;
    approver: string;
}

export interface CompPeriod {
    periodId: string;
    periodName: string;
    payeeName: string;
    statementId: string;
}

type Row = Record<string, string | number | null>;

/** Later than every period of the demo firm, so that it is the one screens open at. */
const PERIOD = 'Q1 2028';
/** A sale part of whose pay waits for the client's cash. */
export const WAITING_DEAL = 'ORDER-1001';
const STATEMENT_HASH = sha256('the statement of the payee');
const PAYMENT_HASH = sha256('what waits for the cash');
const TOTALS = {
    planKey: 'test-seller',
    planVersion: '1',
    planName: 'Seller',
    currency: 'GBP',
    scheduled: '120.50',
    statementSeal: sealOf([STATEMENT_HASH]),
    scheduleSeal: sealOf([PAYMENT_HASH])
};

export async function addCompPeople(demo: DemoOrg): Promise<CompPeople> {
    const sets = ['SpmCompAnalyst', 'SpmCallout', 'SpmUserCredentials'];
    return {
        analyst: await addPerson(demo, 'Ada', 'Analyst', sets),
        approver: await addPerson(demo, 'Arno', 'Approver', ['SpmCompApprover'])
    };
}

/** A calculated period with two calculations, and a draft statement of the payee. */
export function addPeriod(demo: DemoOrg, payee: string): CompPeriod {
    const payeeId = demo.org.users.byUsername(payee)!.userId;
    const planId = insert(demo, 'Plan__c', {
        Name: 'Seller',
        ExternalKey__c: 'test-seller',
        CurrencyCode__c: 'GBP',
        Interval__c: 'Quarter'
    });
    const versionId = insert(demo, 'PlanVersion__c', {
        Name: 'Seller 1',
        Plan__c: planId,
        ExternalKey__c: 'test-seller:1',
        Version__c: '1',
        EffectiveStartDate__c: '2028-01-01',
        Definition__c: 'plan: test-seller\nversion: "1"'
    });
    const periodId = insert(demo, 'CompensationPeriod__c', {
        Name: PERIOD,
        ExternalKey__c: '2028-Q1',
        Interval__c: 'Quarter',
        StartDate__c: '2028-01-01',
        EndDate__c: '2028-03-31',
        PayDate__c: '2028-04-30'
    });
    addRun(demo, periodId, 1, '700.00', [
        {
            code: 'QUOTA_MISSING',
            payeeId,
            where: 'quotas',
            value: '',
            message: 'There is no quota.',
            fix: 'Add a quota.'
        }
    ]);
    addRun(demo, periodId, 2, '800.10', []);
    const statementId = insert(demo, 'Statement__c', {
        ExternalKey__c: `2028-Q1:test-seller:${payeeId}`,
        OwnerId: payeeId,
        Payee__c: payeeId,
        Period__c: periodId,
        PlanVersion__c: versionId,
        PlanName__c: 'Seller',
        CurrencyCode__c: 'GBP',
        TotalAmount__c: 900,
        PayoutAmount__c: 800.1,
        DataAsOf__c: new Date().toISOString(),
        RunKey__c: 'comp-run-2',
        Hash__c: STATEMENT_HASH
    });
    insert(demo, 'StatementLine__c', {
        ExternalKey__c: `2028-Q1:test-seller:${payeeId}:commission`,
        OwnerId: payeeId,
        Statement__c: statementId,
        Kind__c: 'Earning',
        Position__c: 1,
        Title__c: 'Commission',
        ComponentKey__c: 'commission',
        Amount__c: 800.1,
        Working__c: '{"steps":[]}'
    });
    insert(demo, 'ScheduledPayment__c', {
        ExternalKey__c: `2028-Q1:test-seller:${payeeId}:release`,
        OwnerId: payeeId,
        Payee__c: payeeId,
        Period__c: periodId,
        PlanVersion__c: versionId,
        Statement__c: statementId,
        Kind__c: 'Release',
        Form__c: 'Cash',
        TransactionKey__c: WAITING_DEAL,
        Event__c: 'cash',
        Amount__c: 120.5,
        CurrencyCode__c: 'GBP',
        Hash__c: PAYMENT_HASH
    });
    update(demo, 'CompensationPeriod__c', { Id: periodId, Status__c: 'Calculated' });
    const name = demo.org.db.prepare('SELECT "FirstName" || \' \' || "LastName" FROM "User" WHERE "Id" = ?');
    return { periodId, periodName: PERIOD, payeeName: String(name.pluck().get(payeeId)), statementId };
}

/** What the service does when it is asked to publish. */
export function publishStatement(demo: DemoOrg, statementId: string): void {
    const status = demo.org.db.prepare('SELECT "Status__c" FROM "Statement__c" WHERE "Id" = ?').pluck();
    if (status.get(statementId) === 'Published') return;
    update(demo, 'Statement__c', { Id: statementId, Status__c: 'Published' });
}

function addRun(demo: DemoOrg, periodId: string, number: number, payout: string, problems: object[]): void {
    const totals = [{ ...TOTALS, payeeCount: 1, statementCount: 1, earned: '900.00', payout }];
    insert(demo, 'CalculationRun__c', {
        ExternalKey__c: `comp-run-${number}`,
        Period__c: periodId,
        Kind__c: 'Full',
        Status__c: problems.length > 0 ? 'Partial' : 'Succeeded',
        SequenceNumber__c: number,
        StartedAt__c: `2026-11-0${number}T09:00:00.000+0000`,
        FinishedAt__c: `2026-11-0${number}T09:01:00.000+0000`,
        PayeeCount__c: 1,
        TransactionCount__c: 12,
        LineCount__c: 1,
        CheckStatus__c: 'Agrees',
        Totals__c: JSON.stringify(totals),
        Problems__c: JSON.stringify(problems)
    });
}

async function addPerson(demo: DemoOrg, first: string, last: string, sets: string[]): Promise<string> {
    const username = await addUser(demo, first, last);
    await grant(demo, username, sets);
    return username;
}

function insert({ org }: DemoOrg, objectName: string, row: Row): string {
    const ctx = { user: org.users.context(org.adminUserId), mode: 'system' as const };
    const [saved] = org.records.insert(ctx, objectName, [row], { allOrNone: true });
    if (!saved?.success) throw new Error(`${objectName}: ${JSON.stringify(saved?.errors)}`);
    return saved.id as string;
}

function update({ org }: DemoOrg, objectName: string, row: Row): void {
    const ctx = { user: org.users.context(org.adminUserId), mode: 'system' as const };
    const [saved] = org.records.update(ctx, objectName, [row], { allOrNone: true });
    if (!saved?.success) throw new Error(`${objectName}: ${JSON.stringify(saved?.errors)}`);
}
