// From the rows of the org to the rows of the statement, held by the checker, which shares no code with the engine: it derives
// every figure anew, and the statements in the org say exactly these.
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { checkResult } from '../../src/domain/incentives-checker/check.ts';
import { calculate } from '../../src/domain/incentives/calculate.ts';
import { parseInput } from '../../src/domain/incentives/parse-input.ts';
import { parsePlan } from '../../src/domain/incentives/parse-plan.ts';
import { resultAsJson } from '../../src/domain/incentives/write-result.ts';
import { inputOf } from '../../src/domain/pay/plan-input.ts';
import { ObjectFields } from '../../src/salesforce/object-fields.ts';
import { PayReading } from '../../src/salesforce/read-pay.ts';
import { connectedOrg } from '../support/local-org.ts';
import type { ConnectedOrg } from '../support/local-org.ts';
import { assign, loadPayTeam, loadPlan, loadSale, SELLER_PLAN, setQuota } from '../support/pay-org.ts';
import { COLLEAGUE, REP } from '../support/small-team.ts';

let crm: ConnectedOrg;
beforeEach(async () => {
    crm = await connectedOrg();
    loadPayTeam(crm);
});
afterEach(() => crm.close());

interface Told {
    payees: Record<string, { periods: Record<string, { paid: string }> }>;
}

test('statements in the org say what the checker derives from plan and sales', async () => {
    const version = loadPlan(crm, 'seller', SELLER_PLAN);
    for (const payee of [REP, COLLEAGUE]) {
        assign(crm, version, payee);
        setQuota(crm, 'seller', payee, 100_000);
    }
    for (let number = 1; number <= 40; number += 1)
        loadSale(crm, number, {
            ownerId: number % 4 === 0 ? COLLEAGUE : REP,
            date: `2026-0${1 + (number % 6)}-1${number % 9}`,
            amount: 1234.56 * (1 + (number % 7))
        });
    await crm.run({ kind: 'Pay', period: '2026-Q1' });
    await crm.run({ kind: 'Pay', period: '2026-Q2' });

    const client = crm.client();
    const { facts } = (await new PayReading(client, new ObjectFields(client), () => undefined).read(
        '2026-Q2'
    ))!;
    const plan = parsePlan(SELLER_PLAN).plan!;
    const input = inputOf(facts, facts.versions[0]!, plan);
    const result = resultAsJson(calculate(plan, parseInput(input, plan).input!), plan);
    expect(checkResult(SELLER_PLAN, input, result)).toEqual([]);

    const { payees } = JSON.parse(result) as Told;
    for (const payee of [REP, COLLEAGUE])
        for (const period of ['2026-Q1', '2026-Q2']) {
            const key = `${period}:seller:${payee}`;
            const [statement] = crm.query(
                `SELECT PayoutAmount__c FROM Statement__c WHERE ExternalKey__c = '${key}'`
            );
            const rows = crm.query(
                `SELECT Amount__c FROM StatementLine__c WHERE Statement__r.ExternalKey__c = '${key}'`
            );
            const cents = rows.reduce((sum, { Amount__c }) => sum + Math.round(Number(Amount__c) * 100), 0);
            expect(Number(statement!.PayoutAmount__c).toFixed(2)).toBe(payees[payee]!.periods[period]!.paid);
            expect((cents / 100).toFixed(2)).toBe(payees[payee]!.periods[period]!.paid);
        }
});
