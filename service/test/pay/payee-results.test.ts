// What each calculation came to for each payee, in the org: only what changed is written, two calculations can be put side by side
// with what they rested on, and nothing of it changes once its period is reviewed.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { connectedOrg } from '../support/local-org.ts';
import type { ConnectedOrg } from '../support/local-org.ts';
import { assign, loadPayTeam, loadPlan, loadSale, SELLER_PLAN, setQuota } from '../support/pay-org.ts';
import { COLLEAGUE, REP } from '../support/small-team.ts';

let crm: ConnectedOrg;
let version: string;

beforeEach(async () => {
    crm = await connectedOrg();
    loadPayTeam(crm);
    version = loadPlan(crm, 'seller', SELLER_PLAN);
    for (const payee of [REP, COLLEAGUE]) {
        assign(crm, version, payee);
        setQuota(crm, 'seller', payee, 100_000);
    }
    loadSale(crm, 1, { ownerId: REP, date: '2026-02-03', amount: 60_000 });
    loadSale(crm, 2, { ownerId: COLLEAGUE, date: '2026-02-04', amount: 130_000 });
});
afterEach(() => crm.close());

const calculate = () => crm.run({ kind: 'Pay', period: '2026-Q1' });

interface Kept {
    payee: string;
    sequence: number;
    payout: number | null;
    isGone: boolean;
    inputs: { credits: Record<string, string[]>; quotas: Record<string, string>; adjustments: object } | null;
}

function kept(): Kept[] {
    const rows = crm.query(
        'SELECT Payee__c, SequenceNumber__c, PayoutAmount__c, IsGone__c, Inputs__c FROM PayeeResult__c ORDER BY SequenceNumber__c, Payee__c'
    );
    return rows.map((row) => ({
        payee: row.Payee__c as string,
        sequence: row.SequenceNumber__c as number,
        payout: row.PayoutAmount__c as number | null,
        isGone: row.IsGone__c as boolean,
        inputs: JSON.parse((row.Inputs__c as string | null) ?? 'null') as Kept['inputs']
    }));
}

test('keeps a row for each payee, and a further one only for whom something changed', async () => {
    await calculate();
    expect(kept().map(({ payee, sequence, payout }) => [payee, sequence, payout])).toEqual([
        [REP, 1, 3000],
        [COLLEAGUE, 1, 7400]
    ]);
    await calculate();
    expect(kept()).toHaveLength(2);

    const sale = loadSale(crm, 3, { ownerId: REP, date: '2026-02-20', amount: 10_000 });
    await calculate();
    const [, , last] = kept();
    expect(kept()).toHaveLength(3);
    expect(last).toMatchObject({ payee: REP, sequence: 3, payout: 3500 });
    expect(last!.inputs!.credits[sale]).toEqual(['2026-02-20', '10000.00', '10000.00']);
    expect(last!.inputs!.quotas).toEqual({ bookings: '100000' });
    const runs = crm.query('SELECT Kind__c FROM CalculationRun__c ORDER BY SequenceNumber__c');
    expect(runs.map(({ Kind__c: kind }) => kind)).toEqual(['Full', 'Incremental', 'Incremental']);
});

test('tells that somebody has no statement any more', async () => {
    await calculate();
    const [assignment] = crm.query(
        `SELECT Id FROM PlanAssignment__c WHERE Payee__c = '${COLLEAGUE}' LIMIT 1`
    );
    crm.remove(assignment!.Id as string);
    await calculate();
    const last = kept().at(-1)!;
    expect(last).toMatchObject({ payee: COLLEAGUE, sequence: 2, payout: null, isGone: true });
    await calculate();
    expect(kept()).toHaveLength(3);
});

test('is not for payees, and stays as it is once the period is reviewed', async () => {
    await calculate();
    const rep = { user: crm.org.users.context(REP), mode: 'user' as const };
    expect(() => crm.org.queries.query(rep, 'SELECT Id FROM PayeeResult__c')).toThrow(/PayeeResult__c/);
    const [period] = crm.query("SELECT Id FROM CompensationPeriod__c WHERE ExternalKey__c = '2026-Q1'");
    crm.update('CompensationPeriod__c', { Id: period!.Id as string, Status__c: 'Reviewed' });
    const [row] = crm.query('SELECT Id FROM PayeeResult__c LIMIT 1');
    expect(() => crm.update('PayeeResult__c', { Id: row!.Id as string, PayoutAmount__c: 9999 })).toThrow(
        /figures stay as they are/
    );
    expect(() => crm.remove(row!.Id as string)).toThrow(/figures stay as they are/);
});
