// Each calculation is checked independently, and a figure that the check does not derive keeps the period from being reviewed:
// from the engine to the guard in the org. The engine that is wrong is a test double at its port.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { calculatePay } from '../../src/domain/pay/calculate-pay.ts';
import type { PayOutcome } from '../../src/domain/pay/calculate-pay.ts';
import { workOutPay } from '../../src/domain/pay/work-out-pay.ts';
import { Ratio } from '../../src/domain/ratio.ts';
import { connectedOrg } from '../support/local-org.ts';
import type { ConnectedOrg } from '../support/local-org.ts';
import { assign, loadPayTeam, loadPlan, loadSale, SELLER_PLAN, setQuota } from '../support/pay-org.ts';
import { COLLEAGUE, REP } from '../support/small-team.ts';

let crm: ConnectedOrg;
let engine: typeof calculatePay;

beforeEach(async () => {
    engine = calculatePay;
    crm = await connectedOrg({
        workOutPay: async (facts, { onStep }) => workOutPay(facts, onStep, engine)
    });
    loadPayTeam(crm);
    const version = loadPlan(crm, 'seller', SELLER_PLAN);
    for (const payee of [REP, COLLEAGUE]) {
        assign(crm, version, payee);
        setQuota(crm, 'seller', payee, 100_000);
    }
    loadSale(crm, 1, { ownerId: REP, date: '2026-02-03', amount: 60_000 });
    loadSale(crm, 2, { ownerId: COLLEAGUE, date: '2026-02-04', amount: 130_000 });
});
afterEach(() => crm.close());

const calculate = () => crm.run({ kind: 'Pay', period: '2026-Q1' });

function newestRun(): Record<string, unknown> {
    return crm.query(
        'SELECT Status__c, CheckStatus__c, DifferenceCount__c, Problems__c FROM CalculationRun__c ORDER BY SequenceNumber__c DESC LIMIT 1'
    )[0]!;
}

function review(): void {
    const [period] = crm.query("SELECT Id FROM CompensationPeriod__c WHERE ExternalKey__c = '2026-Q1'");
    crm.update('CompensationPeriod__c', { Id: period!.Id as string, Status__c: 'Reviewed' });
}

/** One cent more for the rep than plan and sales give, as an engine with a mistake would calculate it. */
function oneCentMore(outcome: PayOutcome): PayOutcome {
    const [part] = outcome.calculated;
    const payee = part!.result.payees.find(({ payeeId }) => payeeId === REP)!;
    const period = payee.periods.find((one) => one.period === '2026-Q1')!;
    period.paid = period.paid.plus(Ratio.of(1, 100n));
    return outcome;
}

/** The plan is calculated rightly, but the statement says something else. */
function statementOff(outcome: PayOutcome): PayOutcome {
    const statement = outcome.statements.find(({ payeeId }) => payeeId === COLLEAGUE)!;
    const [line] = statement.lines;
    statement.lines = [{ ...line!, amount: '1.00' }, ...statement.lines.slice(1)];
    return outcome;
}

test('a calculation the check derives too is told so, and may be reviewed', async () => {
    await calculate();
    expect(newestRun()).toMatchObject({
        Status__c: 'Succeeded',
        CheckStatus__c: 'Agrees',
        DifferenceCount__c: 0
    });
    review();
});

test('one cent too much is found, named with its payee, and nobody can review the period until it is right', async () => {
    engine = (facts) => oneCentMore(calculatePay(facts));
    const run = await calculate();
    expect(run.status).toBe('Partial');
    expect(run.warnings.map(({ code }) => code)).toContain('CHECK_DIFFERS');
    const stored = newestRun();
    expect(stored).toMatchObject({ Status__c: 'Partial', CheckStatus__c: 'Differs' });
    expect(Number(stored.DifferenceCount__c)).toBeGreaterThan(0);
    const problems = JSON.parse(String(stored.Problems__c)) as Record<string, string>[];
    const named = problems.find(({ where }) => where!.endsWith('periods.2026-Q1.paid'))!;
    expect(named).toMatchObject({ code: 'CHECK_DIFFERS', payeeId: REP });
    expect(named.value).toMatch(/calculated 3000\.01, check derives 3000\.00/);
    expect(review).toThrow(/independent check of .* came to other figures/);

    engine = calculatePay;
    await calculate();
    expect(newestRun()).toMatchObject({ CheckStatus__c: 'Agrees', DifferenceCount__c: 0 });
    review();
});

test('a statement that says something else than was calculated is found as well', async () => {
    engine = (facts) => statementOff(calculatePay(facts));
    await calculate();
    const problems = JSON.parse(String(newestRun().Problems__c)) as Record<string, string>[];
    expect(problems.map(({ code, payeeId }) => [code, payeeId])).toContainEqual(['CHECK_DIFFERS', COLLEAGUE]);
    expect(problems.map(({ where }) => where)).toContain(`lines of statement 2026-Q1:seller:${COLLEAGUE}`);
    expect(review).toThrow(/independent check/);
});

test('a period in which no plan could be calculated was not checked, and says so', async () => {
    crm.org.db
        .prepare('UPDATE "PlanVersion__c" SET "Definition__c" = ?')
        .run(SELLER_PLAN.replace('period: quarter', 'period: fortnight'));
    await calculate();
    expect(newestRun()).toMatchObject({ CheckStatus__c: 'NotChecked', DifferenceCount__c: 0 });
});
