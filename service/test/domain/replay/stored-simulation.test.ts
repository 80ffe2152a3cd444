// What is kept of a simulation: nobody named in what everybody may read, parts that fit the fields of the org, periods without gaps.
import { describe, expect, test } from '@jest/globals';
import { parsePlan } from '../../../src/domain/incentives/parse-plan.ts';
import type { PayPeriod } from '../../../src/domain/pay/pay-facts.ts';
import { replayPeriods } from '../../../src/domain/replay/replay-periods.ts';
import type { SimulationData } from '../../../src/domain/replay/simulation-data.ts';
import { storedSimulation } from '../../../src/domain/replay/stored-simulation.ts';

const LONG_TEXT = 131_072;
const { plan } = parsePlan(`plan: seller
currency: GBP
period: quarter
crediting: [{ key: direct, to: owner }]
measures: { sales: { of: payable, interval: quarter } }
components: { commission: { name: Commission, per: credit, base: payable, rate: 5% } }
`);

const idOf = (index: number): string => `005${String(index).padStart(15, '0')}`;

function dataOf(people: number, left: number): SimulationData {
    return {
        plan: { key: 'seller', version: '2' },
        against: { key: 'seller', version: '1' },
        currency: 'GBP',
        from: '2025-01-01',
        to: '2025-12-31',
        total: { paid: '100.10', later: '0.05' },
        againstTotal: { paid: '90.00', later: '0.00' },
        costs: [{ month: '2025-03', paid: '100.10', againstPaid: '90.00' }],
        winners: { count: 1, amount: '10.10' },
        losers: { count: 0, amount: '0.00' },
        spread: null,
        people: Array.from({ length: people }, (_, index) => ({
            payee: idOf(index),
            pay: '1234567890.12',
            againstPay: '1234567890.12',
            difference: '-1234567890.12',
            share: '-0.123456'
        })),
        curve: { payee: idOf(0), measure: 'sales', target: '1.00', points: [], cliffs: [] },
        products: null,
        productPay: null,
        gates: [
            {
                component: 'commission',
                gate: 'clean',
                asked: 4,
                closed: 1,
                waived: 0,
                payees: [idOf(1)],
                heldBack: '1.00'
            }
        ],
        sensitivity: null,
        findings: [],
        left: Array.from({ length: left }, (_, index) => ({
            payee: idOf(index + people),
            plan: 'seller',
            problem: { code: 'QUOTA_MISSING', where: 'quotas', value: 'x'.repeat(5000), fix: 'Add one.' }
        })),
        problems: []
    };
}

const stored = (data: SimulationData, paid: { payeeId: string; month: string; payout: string }[] = []) =>
    storedSimulation(data, {
        plan: plan!,
        peopleOf: '',
        paid: paid.map((one) => ({ planKey: 'seller', ...one })),
        dealCount: 3,
        packNames: {}
    });

describe('what is kept', () => {
    test('has two thousand people in five parts, each within a long text, and loses nobody', () => {
        const { parts, payeeCount, leftCount } = stored(dataOf(2000, 500));
        expect([parts.length, payeeCount, leftCount]).toEqual([5, 2000, 500]);
        for (const { people, left } of parts)
            expect(Math.max(people.length, left.length)).toBeLessThan(LONG_TEXT);
        const rows = (field: 'people' | 'left') =>
            parts.flatMap((part) => JSON.parse(part[field]) as { payee: string }[]);
        expect(new Set(rows('people').map(({ payee }) => payee)).size).toBe(2000);
        expect(rows('left')).toHaveLength(500);
    });

    test('names nobody in the result, and says of people what curve and gates say of them', () => {
        const { result, parts } = stored(dataOf(2, 0));
        expect(result).not.toContain(idOf(0));
        expect(result).not.toContain(idOf(1));
        const [first, second] = JSON.parse(parts[0]!.people);
        expect([first.hasCurve, second.gates]).toEqual([true, ['commission.clean']]);
        expect(JSON.parse(result).gates[0].payeeCount).toBe(1);
        expect(JSON.parse(result).names).toEqual({ commission: 'Commission' });
    });

    test('adds what is due later to the cost, and what was published for the people compared', () => {
        const paid = (payeeId: string, payout: string) => ({ payeeId, month: '2025-03', payout });
        const { result, cost } = stored(dataOf(2, 0), [
            paid(idOf(0), '10.10'),
            paid(idOf(1), '0.2'),
            paid('005stranger', '99')
        ]);
        expect(cost).toBe('100.15');
        expect(JSON.parse(result).costs[0].published).toBe('10.30');
    });

    test('tells credits of strangers once, with their number', () => {
        const strangers = Array.from({ length: 700 }, (_, index) => ({
            code: 'PAYEE_WITHOUT_PLAN',
            where: `transaction ${index}`,
            value: idOf(index),
            fix: ''
        }));
        const unknown = {
            code: 'CURRENCY_UNKNOWN',
            where: 'transaction t',
            value: 'XXX',
            fix: 'Correct it.'
        };
        const { problems } = stored({ ...dataOf(1, 0), problems: [...strangers, unknown] });
        expect(JSON.parse(problems)).toEqual([
            { ...unknown, count: 1 },
            { code: 'CREDIT_NOT_PAID', where: '', value: '', fix: '', count: 700 }
        ]);
    });
});

describe('the periods of a replay', () => {
    const quarter = (key: string, start: string, end: string): PayPeriod => ({
        key,
        name: key,
        interval: 'quarter',
        start,
        end,
        status: 'Locked'
    });
    const OWN = [quarter('FY-2', '2025-05-01', '2025-07-31'), quarter('FY-1', '2025-02-01', '2025-04-30')];
    const keys = (from: string, to: string): string[] =>
        replayPeriods(OWN, plan!, { from, to }).periods.map(({ key }) => key);

    test("are the org's where they cover the time, in order", () => {
        expect(keys('2025-02-01', '2025-07-31')).toEqual(['FY-1', 'FY-2']);
    });

    test("are the plan's calendar before the first period of the org", () => {
        expect(keys('2024-07-01', '2025-06-30')).toEqual(['2024-Q3', '2024-Q4', '2025-Q1', '2025-Q2']);
    });

    test('must be whole', () => {
        expect(replayPeriods(OWN, plan!, { from: '2024-07-02', to: '2025-06-30' }).problem?.code).toBe(
            'PERIOD_NOT_WHOLE'
        );
    });
});
