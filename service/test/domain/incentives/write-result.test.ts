import { describe, expect, test } from '@jest/globals';
import { Ratio } from '../../../src/domain/ratio.ts';
import { parsePlan } from '../../../src/domain/incentives/parse-plan.ts';
import type { CalculationResult, PayeePeriod } from '../../../src/domain/incentives/result.ts';
import { planHash, resultAsJson } from '../../../src/domain/incentives/write-result.ts';

const plan = parsePlan(
    'plan: p\ncurrency: USD\nperiod: month\ncomponents: { c: { per: period, base: 1 } }'
).plan!;

function periodOf(more: Partial<PayeePeriod>): PayeePeriod {
    return {
        period: '2026-01',
        credits: [],
        measures: [],
        components: [],
        due: Ratio.ZERO,
        payout: [],
        paid: Ratio.of(5, 2),
        balances: [],
        figures: [],
        ...more
    };
}

function resultOf(more: Partial<CalculationResult>): CalculationResult {
    return {
        plan: { key: 'p', version: '1' },
        currency: 'USD',
        periods: [],
        payees: [],
        scheduled: [],
        problems: [],
        ...more
    };
}

interface WrittenBalance {
    opening: string;
    movements: { what: string; amount: string }[];
    closing: string;
    scopes?: Record<string, WrittenBalance>;
}

/** What of the JSON these tests look at. */
interface Written {
    plan: object;
    payees: Record<
        string,
        {
            total: string | null;
            periods: Record<string, { due: string; balances: Record<string, WrittenBalance> }>;
            problems?: object[];
        }
    >;
    problems: object[];
}

function written(result: CalculationResult, of = plan): Written {
    return JSON.parse(resultAsJson(result, of)) as Written;
}

function payee(payeeId: string, period: Partial<PayeePeriod> = {}): CalculationResult['payees'][number] {
    return { payeeId, total: Ratio.of(5, 2), periods: [periodOf(period)], problems: [] };
}

const problem = { code: 'QUOTA_MISSING', where: 'payee A', value: '', fix: 'Give one.' };

describe('a result as JSON', () => {
    test('money has the decimals of the unit, and is exact where it was not rounded', () => {
        const amounts = (unit: string): string[] => {
            const rounded = { ...plan, rounding: { ...plan.rounding, unit: Ratio.parseDecimal(unit)! } };
            const one = (due: Ratio): string =>
                written(resultOf({ payees: [payee('A', { due })] }), rounded)['payees'].A.periods['2026-01']
                    .due;
            return [Ratio.of(1000), Ratio.of(1, 2), Ratio.of(-1, 3)].map(one);
        };
        expect(amounts('0.01')).toEqual(['1000.00', '0.50', '-1/3']);
        expect(amounts('1')).toEqual(['1000', '0.5', '-1/3']);
        expect(amounts('0.05')).toEqual(['1000.00', '0.50', '-1/3']);
    });

    test('of a payee with a problem the finished periods are told, and no total', () => {
        const result = written(resultOf({ payees: [{ ...payee('A'), problems: [problem] }, payee('B')] }));
        expect(result.payees['A']).toMatchObject({ total: null, problems: [problem] });
        expect(Object.keys(result.payees['A']!.periods)).toEqual(['2026-01']);
        expect(result.payees['B']).toMatchObject({ total: '2.50' });
        expect(result.payees['B']!.problems).toBeUndefined();
        expect(result.problems).toEqual([problem]);
    });

    test('the same problem of several payees is told once among all', () => {
        const payees = ['A', 'B'].map((id) => ({ ...payee(id), problems: [problem] }));
        expect(written(resultOf({ payees, problems: [problem] })).problems).toEqual([problem]);
    });

    test('a ledger kept by policy is told as a whole and by policy', () => {
        const page = (scope: string, closing: number): PayeePeriod['balances'][number] => ({
            ledger: 'advance',
            scope,
            opening: Ratio.of(600),
            movements: [{ what: 'repaid', amount: Ratio.of(closing - 600) }],
            closing: Ratio.of(closing)
        });
        const balances = [page('P1', 500), page('P2', 600)];
        const { advance } = written(resultOf({ payees: [payee('A', { balances })] })).payees['A']!.periods[
            '2026-01'
        ]!.balances;
        expect(advance).toMatchObject({ opening: '1200.00', closing: '1100.00' });
        expect(advance!.movements.map(({ amount }) => amount)).toEqual(['-100.00', '0.00']);
        expect(advance!.scopes!['P1']).toEqual({
            opening: '600.00',
            movements: [{ what: 'repaid', amount: '-100.00' }],
            closing: '500.00'
        });
    });

    test('payees may have any id', () => {
        const ids = ['__proto__', 'constructor', '10', '9', 'a.b'];
        const result = written(resultOf({ payees: ids.map((id) => payee(id)) }));
        expect(Object.keys(result.payees).sort()).toEqual(ids.sort());
    });

    test('the same result gives the same bytes, and names the plan by its hash', () => {
        const result = resultOf({ payees: [payee('A')] });
        expect(resultAsJson(resultOf({ payees: [payee('A')] }), plan)).toBe(resultAsJson(result, plan));
        expect(written(result).plan).toEqual({ key: 'p', version: '1', hash: planHash(plan) });
    });
});
