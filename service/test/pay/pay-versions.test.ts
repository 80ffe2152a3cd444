// Whole runs in an org whose plan changes its version, whose deferred pay is cancelled, and whose sales are in several currencies: from
// the rows people enter to the rows they read.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { connectedOrg } from '../support/local-org.ts';
import type { ConnectedOrg } from '../support/local-org.ts';
import {
    APPROVER,
    assign,
    DESIGNER,
    loadPayTeam,
    loadPlan,
    loadSale,
    loadVersion,
    publishPeriod
} from '../support/pay-org.ts';
import { COLLEAGUE, recordId, REP } from '../support/small-team.ts';

const plan = (from: string, rate: string): string => `
plan: seller
version: "${from}"
currency: GBP
effective: { from: ${from} }
period: quarter
crediting: [{ key: direct, to: splits }]
components:
  commission:
    per: credit
    base: payable
    rate: ${rate}
    schedule: { instalments: [{ after: 0, share: 50% }, { after: 1, share: 50% }] }
payout:
  - { key: draw, draw: { amount: 100, recoverable: true } }
  - key: deferral
    deferral: { deferred: max(0, due - 500) * 40%, tranches: [{ afterMonths: 3, share: 100% }], clawbackMonths: 24 }
`;

let crm: ConnectedOrg;
afterEach(() => crm.close());

const pay = async (period: string) => {
    const run = await crm.run({ kind: 'Pay', period });
    expect(run.errors).toEqual([]);
    const [calculation] = crm.query(
        `SELECT CheckStatus__c, Problems__c FROM CalculationRun__c WHERE ExternalKey__c = '${run.runKey}'`
    );
    expect(calculation!.CheckStatus__c).toBe('Agrees');
    return JSON.parse(String(calculation!.Problems__c ?? '[]')) as { code: string }[];
};
const payout = (period: string, payee = REP) =>
    crm.query(
        `SELECT PayoutAmount__c FROM Statement__c WHERE ExternalKey__c = '${period}:seller:${payee}'`
    )[0]?.PayoutAmount__c;
const lines = (period: string) =>
    crm
        .query(
            `SELECT Kind__c, Amount__c, EventDate__c, CorrectsLine__r.ExternalKey__c, ScheduledPayment__r.ExternalKey__c
             FROM StatementLine__c WHERE Statement__r.ExternalKey__c = '${period}:seller:${REP}' ORDER BY Position__c`
        )
        .map((row) => [
            row.Kind__c,
            row.Amount__c,
            row.EventDate__c,
            (row.CorrectsLine__r as { ExternalKey__c: string } | null)?.ExternalKey__c ?? '',
            (row.ScheduledPayment__r as { ExternalKey__c: string } | null)?.ExternalKey__c ?? ''
        ]);
const ledger = (period: string, name: string) => {
    const [row] = crm.query(
        `SELECT OpeningAmount__c, ClosingAmount__c, PlanVersion__r.ExternalKey__c FROM LedgerBalance__c
         WHERE ExternalKey__c = '${period}:seller:${REP}:${name}'`
    );
    return row && [row.OpeningAmount__c, row.ClosingAmount__c];
};

describe('a plan that is replaced at mid-year', () => {
    beforeEach(async () => {
        crm = await connectedOrg();
        loadPayTeam(crm);
        const first = loadPlan(crm, 'seller', plan('2026-01-01', '10%'), {
            Status__c: 'Retired',
            EffectiveEndDate__c: '2026-03-31'
        });
        const [{ Id }] = crm.query("SELECT Id FROM Plan__c WHERE ExternalKey__c = 'seller'") as [
            { Id: string }
        ];
        loadVersion(crm, Id, 'seller:2', plan('2026-04-01', '5%'), { EffectiveStartDate__c: '2026-04-01' });
        assign(crm, first, REP);
        loadSale(crm, 1, { ownerId: REP, date: '2026-02-10', amount: 1600 });
        loadSale(crm, 2, { ownerId: REP, date: '2026-05-10', amount: 4000 });
    });

    test('pays the instalment of the first under the second, names it, and opens ledgers where they closed', async () => {
        expect(await pay('2026-Q1')).toEqual([]);
        expect([payout('2026-Q1'), ledger('2026-Q1', 'draw')]).toEqual([100, [0, 20]]);
        publishPeriod(crm, '2026-Q1');
        expect(await pay('2026-Q2')).toEqual([]);
        expect(lines('2026-Q2')).toEqual([
            ['Earning', 200, '2026-05-10', '', ''],
            ['Release', -100, null, '', ''],
            ['Release', 80, '2026-06-30', '', `2026-Q1:seller:${REP}:commission:${DEAL_ONE}:2`],
            ['PayoutStep', -20, null, '', '']
        ]);
        expect([payout('2026-Q2'), ledger('2026-Q2', 'draw')]).toEqual([160, [20, 0]]);
    });

    test('corrects late data of the first by its own rate, dated, naming the published line', async () => {
        await pay('2026-Q1');
        publishPeriod(crm, '2026-Q1');
        crm.update('Opportunity', { Id: DEAL_ONE, Amount: 2600 });
        await pay('2026-Q2');
        // 260 instead of 160 earned, half of it due later: the advance of 20 was not needed, and 10 more than the draw.
        expect(lines('2026-Q2').filter(([kind]) => kind === 'Correction')).toEqual([
            [
                'Correction',
                100,
                '2026-02-10',
                `2026-Q1:seller:${REP}:commission:Earning:${DEAL_ONE}:direct/${REP}`,
                ''
            ],
            ['Correction', -50, null, `2026-Q1:seller:${REP}:commission:Release:held`, ''],
            ['Correction', -20, null, `2026-Q1:seller:${REP}:draw:PayoutStep`, '']
        ]);
        expect(payout('2026-Q2')).toBe(100 + 130 + 30);
    });

    test('takes back a deal that is deleted or reopened, and what would still fall due of it', async () => {
        await pay('2026-Q1');
        publishPeriod(crm, '2026-Q1');
        crm.org.db.prepare('UPDATE "Opportunity" SET "IsWon" = 0 WHERE "Id" = ?').run(DEAL_ONE);
        await pay('2026-Q2');
        expect(lines('2026-Q2').filter(([kind]) => kind === 'Release')).toEqual([
            ['Release', -100, null, '', '']
        ]);
        publishPeriod(crm, '2026-Q2');
        // Of the first quarter the draw alone is left: 100 advanced, and not one penny of commission.
        const paid = Number(payout('2026-Q1')) + Number(payout('2026-Q2'));
        const earned = 100;
        expect(paid - earned).toBe((ledger('2026-Q2', 'draw') as number[])[1]);
    });
});

const DEAL_ONE = recordId('006', 1);

describe('deferred pay', () => {
    test('is cancelled by malus that went through its approval, and pays what is left', async () => {
        crm = await connectedOrg();
        loadPayTeam(crm);
        const version = loadPlan(crm, 'seller', plan('2026-01-01', '100%'));
        assign(crm, version, REP);
        loadSale(crm, 1, { ownerId: REP, date: '2026-02-10', amount: 3000 });
        await pay('2026-Q1'); // 1,500 now, 1,000 above 500, 400 of it deferred
        expect([payout('2026-Q1'), ledger('2026-Q1', 'deferral')]).toEqual([1100, [0, 400]]);
        publishPeriod(crm, '2026-Q1');
        const [tranche] = crm.query(
            "SELECT Id, ExternalKey__c FROM ScheduledPayment__c WHERE Kind__c = 'Tranche'"
        );
        approve('Malus', '2026-Q2', String(tranche!.Id), -150, '2026-05-04');
        expect(await pay('2026-Q2')).toEqual([]);
        // 1,500 of the second instalment, 400 of it deferred anew, and 250 of the tranche of 400
        const [released] = lines('2026-Q2').filter(
            ([, , , , settled]) => settled === tranche!.ExternalKey__c
        );
        expect(released!.slice(0, 2)).toEqual(['Release', 250]);
        expect([payout('2026-Q2'), ledger('2026-Q2', 'deferral')]).toEqual([1350, [400, 400]]);
    });
});

/** As the guards leave it: proposed by one, approved by another. */
function approve(kind: string, period: string, paymentId: string, amount: number, day: string): void {
    const idOf = (object: string, key: string) =>
        String(crm.query(`SELECT Id FROM ${object} WHERE ExternalKey__c = '${key}'`)[0]!.Id);
    crm.org.load('Adjustment__c', [
        {
            Kind__c: kind,
            Period__c: idOf('CompensationPeriod__c', period),
            Plan__c: idOf('Plan__c', 'seller'),
            Payee__c: REP,
            Amount__c: amount,
            ScheduledPayment__c: paymentId,
            Reason__c: 'Misconduct',
            Status__c: 'Approved',
            RequestedBy__c: DESIGNER,
            ApprovedBy__c: APPROVER,
            ApprovedAt__c: `${day}T09:00:00.000Z`,
            OwnerId: DESIGNER
        }
    ]);
}

describe('an org with several currencies', () => {
    test('pays a sale in euros by the rate of the org, exactly, and tells one without a rate', async () => {
        crm = await connectedOrg(
            {},
            { currency: 'GBP', currencyRates: { EUR: 1.2 }, features: ['multiCurrency'] }
        );
        loadPayTeam(crm);
        const version = loadPlan(crm, 'seller', plan('2026-01-01', '100%').replace(/payout:[^]*/, ''));
        for (const payee of [REP, COLLEAGUE]) assign(crm, version, payee);
        loadSale(crm, 1, { ownerId: REP, date: '2026-02-10', amount: 1000 });
        crm.org.db.prepare(`UPDATE "Opportunity" SET "CurrencyIsoCode" = 'EUR'`).run();
        loadSale(crm, 2, { ownerId: COLLEAGUE, date: '2026-02-10', amount: 1000 });
        expect(await pay('2026-Q1')).toEqual([]);
        expect([payout('2026-Q1'), payout('2026-Q1', COLLEAGUE)]).toEqual([416.67, 500]);
        crm.org.db.prepare(`UPDATE "Opportunity" SET "CurrencyIsoCode" = 'CHF' WHERE "Id" = ?`).run(DEAL_ONE);
        expect(await pay('2026-Q1')).toMatchObject([{ code: 'CURRENCY_UNKNOWN' }]);
        expect([payout('2026-Q1'), payout('2026-Q1', COLLEAGUE)]).toEqual([null, 500]);
    });
});
