// The calculation of a period with an org in memory: what is refused, what a problem leaves of the rest, and what decisions of people do.
import { describe, expect, test } from '@jest/globals';
import type { PayFacts } from '../../src/domain/pay/pay-facts.ts';
import { sealOf } from '../../src/domain/pay/row-seal.ts';
import { workOutPay } from '../../src/domain/pay/work-out-pay.ts';
import { calculatePeriod } from '../../src/usecases/calculate-period.ts';
import type { OrgGateway, SaveCounts } from '../../src/usecases/ports/org.ts';
import type { Calculation, PayBatch, PayGateway, PayeeResultBatch } from '../../src/usecases/ports/pay.ts';
import { ORG_ID, runRecord } from '../support/test-app.ts';

const PLAN = `
plan: flat
currency: GBP
period: quarter
crediting: [{ key: direct, to: owner }]
components:
  commission: { per: credit, base: payable, rate: 10% }
`;
const PERIOD = {
    key: '2026-Q1',
    name: 'Q1 2026',
    interval: 'quarter' as const,
    start: '2026-01-01',
    end: '2026-03-31',
    status: 'Open' as const
};

function facts(changes: Partial<PayFacts> = {}): PayFacts {
    const assigned = {
        planKey: 'flat',
        from: '2026-01-01',
        to: '',
        targetIncentive: null,
        currency: '',
        terms: {}
    };
    const sale = {
        currency: '',
        type: '',
        product: '',
        productFamily: '',
        units: '0',
        splits: [],
        team: {},
        reverses: '',
        events: {},
        fields: {}
    };
    return {
        period: PERIOD,
        periods: [PERIOD],
        versions: [
            {
                key: 'flat:1',
                planKey: 'flat',
                planName: 'Flat',
                currency: 'GBP',
                interval: 'quarter',
                definition: PLAN,
                from: '2026-01-01',
                to: ''
            }
        ],
        assignments: ['ann', 'bob'].map((payeeId) => ({ ...assigned, payeeId, isMaterialRiskTaker: false })),
        quotas: [],
        people: new Map(),
        sales: [
            { ...sale, id: 's1', date: '2026-02-01', amount: '1000', ownerId: 'ann' },
            { ...sale, id: 's2', date: '2026-02-02', amount: '2000', ownerId: 'bob' }
        ],
        publishedLines: [],
        balances: [],
        statements: [],
        rates: [],
        adjustments: [],
        unreadTouches: {},
        conduct: null,
        problems: [],
        ...changes
    };
}

class PayInMemory implements PayGateway {
    readonly saved: PayBatch[] = [];
    readonly links: Calculation[] = [];
    readonly marked: string[] = [];
    readonly results: PayeeResultBatch[] = [];
    refusedResults = 0;
    readonly #facts: PayFacts;
    readonly #counts: SaveCounts;

    constructor(given: PayFacts, counts: SaveCounts = { written: 1, skipped: 0, failed: 0 }) {
        this.#facts = given;
        this.#counts = counts;
    }

    read = async () => ({ facts: this.#facts, rowCount: 5, nowMs: Date.parse('2026-04-02T08:00:00Z') });
    period = async () => this.#facts.period;
    save = async (batch: PayBatch) => {
        this.saved.push(batch);
        return this.#counts;
    };
    calculations = async () => {
        const last = this.links.at(-1);
        return {
            last: last ? { sequence: last.sequence, hash: last.hash } : null,
            payouts: new Map(last?.totals.map(({ planKey, payout }) => [planKey, payout]))
        };
    };
    savePayeeResults = async (batch: PayeeResultBatch) => {
        this.results.push(batch);
        return this.refusedResults;
    };
    saveCalculation = async (calculation: Calculation) => void this.links.push(calculation);
    markCalculated = async ({ key }: { key: string }) => void this.marked.push(key);
    publish = async () => this.#counts;
}

async function calculated(pay: PayInMemory) {
    const run = runRecord({
        orgId: ORG_ID,
        kind: 'Pay',
        period: '2026-Q1',
        trigger: 'Manual',
        requestedBy: null,
        scope: null
    });
    await calculatePeriod(run, {
        org: { pay, apiCalls: 3 } as unknown as OrgGateway,
        engineVersion: 'test',
        now: () => new Date('2026-04-02T08:00:05Z'),
        workOutPay: async (facts, { onStep }) => workOutPay(facts, onStep),
        onProgress: () => undefined,
        checkStop: () => undefined
    });
    return run;
}

const payouts = ({ saved }: PayInMemory) =>
    Object.fromEntries(
        saved.at(-1)!.statements.map(({ statement }) => [statement.payeeId, statement.payout])
    );

describe('the calculation of a period', () => {
    test('writes statements, totals that tie to them, and the next link of the chain', async () => {
        const pay = new PayInMemory(facts());
        expect((await calculated(pay)).status).toBe('Succeeded');
        expect(payouts(pay)).toEqual({ ann: '100.00', bob: '200.00' });
        expect(pay.links[0]).toMatchObject({ sequence: 1, totals: [{ earned: '300.00', payout: '300.00' }] });
        expect(pay.marked).toEqual(['2026-Q1']);
        await calculated(pay);
        expect(pay.links[1]).toMatchObject({
            sequence: 2,
            previousHash: pay.links[0]!.hash,
            totals: [{ previousPayout: '300.00', payoutChange: '0.00' }]
        });
    });

    test('seals its statements, so that an export sees whether it has all of them as they were', async () => {
        const pay = new PayInMemory(facts());
        await calculated(pay);
        const hashes = pay.saved[0]!.statements.map(({ statement }) => statement.hash);
        const sealed = pay.links[0]!.totals.map(({ statementSeal }) => statementSeal);
        expect(sealed).toEqual([sealOf(hashes.toReversed())]);
        expect(sealOf(hashes.slice(1))).not.toBe(sealed[0]);
        expect(pay.links[0]!.totals).toMatchObject([{ scheduled: '0.00', scheduleSeal: sealOf([]) }]);
    });

    test.each(['Reviewed', 'Approved', 'Published', 'Locked'] as const)(
        'of a %s period is refused',
        async (status) => {
            const pay = new PayInMemory(facts({ period: { ...PERIOD, status } }));
            await expect(calculated(pay)).rejects.toMatchObject({ code: 'PERIOD_CLOSED' });
            expect(pay.saved).toEqual([]);
        }
    );

    test('that Salesforce refused rows of has no link in the chain, and nobody can review it', async () => {
        const pay = new PayInMemory(facts(), { written: 1, skipped: 0, failed: 1 });
        expect((await calculated(pay)).status).toBe('Failed');
        expect(pay.links).toEqual([]);
        expect(pay.marked).toEqual([]);
    });

    test('keeps what each payee came to, and is no calculation where that was refused', async () => {
        const pay = new PayInMemory(facts());
        await calculated(pay);
        const [batch] = pay.results as [PayeeResultBatch];
        expect(batch).toMatchObject({ periodKey: '2026-Q1', sequence: 1 });
        expect(batch.results.map(({ payeeId, payout, inputs }) => [payeeId, payout, inputs.credits])).toEqual(
            [
                ['ann', '100.00', { s1: ['2026-02-01', '1000.00', '1000.00'] }],
                ['bob', '200.00', { s2: ['2026-02-02', '2000.00', '2000.00'] }]
            ]
        );
        pay.refusedResults = 1;
        expect((await calculated(pay)).status).toBe('Failed');
        expect(pay.links).toHaveLength(1);
    });

    test('tells whoever is on a plan that cannot be read why there is no figure', async () => {
        const [version] = facts().versions;
        const pay = new PayInMemory(facts({ versions: [{ ...version!, definition: 'plan: flat' }] }));
        expect((await calculated(pay)).status).toBe('Partial');
        expect(payouts(pay)).toEqual({ ann: null, bob: null });
        expect(pay.saved[0]!.statements[0]!.statement.problems.length).toBeGreaterThan(0);
    });

    test('pays nobody by two versions of a plan in one period', async () => {
        const [version] = facts().versions;
        const second = { ...version!, key: 'flat:2', from: '2026-02-15' };
        const pay = new PayInMemory(facts({ versions: [version!, second] }));
        await calculated(pay);
        expect(payouts(pay)).toEqual({ ann: null, bob: null });
        expect(pay.links[0]!.problems.map(({ code }) => code)).toContain('PLAN_CHANGES_IN_PERIOD');
    });

    test('names an amount that no field can hold, and pays the others', async () => {
        const [first, second] = facts().sales;
        const huge = { ...first!, amount: '123456789012345678901234567890' };
        const pay = new PayInMemory(facts({ sales: [huge, second!] }));
        await calculated(pay);
        expect(payouts(pay)).toEqual({ ann: null, bob: '200.00' });
        expect(pay.links[0]!.problems).toMatchObject([{ code: 'AMOUNT_TOO_LARGE', payeeId: 'ann' }]);
    });

    test('carries out approved adjustments as lines, and refuses malus by name', async () => {
        const adjustment = {
            planKey: 'flat',
            payeeId: 'ann',
            gate: '',
            reason: 'Agreed',
            requestedBy: 'carl',
            approvedBy: 'dora',
            corrects: '',
            periodKey: '2026-Q1',
            decidedOn: '2026-03-20',
            payment: null
        };
        const pay = new PayInMemory(
            facts({
                adjustments: [
                    { ...adjustment, id: 'a1', kind: 'Manual', amount: '-30.5' },
                    { ...adjustment, id: 'a2', kind: 'Malus', amount: '-10' }
                ]
            })
        );
        expect((await calculated(pay)).status).toBe('Partial');
        expect(payouts(pay)).toEqual({ ann: '69.50', bob: '200.00' });
        expect(pay.links[0]!.problems.map(({ code }) => code)).toEqual(['MALUS_NOT_VALID']);
        const [{ lines }] = pay.saved[0]!.statements as [PayBatch['statements'][number]];
        expect(lines.at(-1)).toMatchObject({ kind: 'Adjustment', amount: '-30.50', adjustment: 'a1' });
    });

    test('opens a ledger with the newest balance, also where the period before did not move it', async () => {
        const quarter = (key: string, start: string, end: string) => ({ ...PERIOD, key, start, end });
        const [version] = facts().versions;
        const carry = `${PLAN}payout: [{ key: debt, carryNegative: true }]\n`;
        const before = { planKey: 'flat', payeeId: 'ann', ledger: 'debt', scope: '', hash: '' };
        const pay = new PayInMemory(
            facts({
                versions: [
                    {
                        ...version!,
                        definition: carry.replace('period:', 'effective: { from: 2026-01-01 }\nperiod:')
                    }
                ],
                periods: [
                    quarter('2025-Q3', '2025-07-01', '2025-09-30'),
                    quarter('2025-Q4', '2025-10-01', '2025-12-31'),
                    PERIOD
                ],
                balances: [{ ...before, key: '2025-Q3:flat:ann:debt', periodKey: '2025-Q3', closing: '40' }]
            })
        );
        await calculated(pay);
        expect(payouts(pay)).toMatchObject({ ann: '60.00', bob: '200.00' });
        expect(pay.saved[0]!.statements[0]!.balances).toMatchObject([
            { opening: '40.00', movement: '-40.00', closing: '0.00' }
        ]);
    });
});
