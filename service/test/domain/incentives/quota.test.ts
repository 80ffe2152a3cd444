import { describe, expect, test } from '@jest/globals';
import { calculated, codes, months, paid, periodsOf, sale } from './calculated.ts';

const MEASURE = 'measures: { bookings: { of: payable, interval: month } }\n';

function quotas(result: ReturnType<typeof calculated>): (string | null)[] {
    return periodsOf(result).map(({ measures }) => measures[0]!.quota?.toString() ?? null);
}

describe('quotas', () => {
    test('a ramp steps up by month since the start, and stays', () => {
        const result = calculated(
            `${MEASURE}quotas:
  bookings:
    ramp:
      - { fromMonth: 1, amount: 10000 }
      - { fromMonth: 2, amount: 20000 }
      - { fromMonth: 3, amount: 30000 }
      - { fromMonth: 4, amount: 45000 }`,
            months(12, { payees: [{ id: 'rep', start: '2026-01-01' }] })
        );
        expect(quotas(result).slice(0, 5)).toEqual(['10000', '20000', '30000', '45000', '45000']);
        expect(quotas(result)[11]).toBe('45000');
    });

    test('a season gives each quarter its part of the year, and a yearly sum the parts so far', () => {
        const season = 'seasonality: [20%, 25%, 25%, 30%]';
        const parts = (interval: string): string =>
            `plan: seasonal\ncurrency: USD\nperiod: quarter\nmeasures: { bookings: { of: payable, interval: ${interval} } }
quotas: { bookings: { amount: 1000, ${season} } }`;
        const year = { from: '2026-01-01', to: '2026-12-31', payees: [{ id: 'rep' }] };
        expect(quotas(calculated(parts('quarter'), year))).toEqual(['200', '250', '250', '300']);
        expect(quotas(calculated(parts('year'), year))).toEqual(['200', '450', '700', '1000']);
    });

    test('a quota is prorated by the days or whole months of the assignment', () => {
        const input = months(2, { assignments: [{ payee: 'rep', from: '2026-01-17', to: '2026-02-28' }] });
        const parts = (by: string): string =>
            `${MEASURE}quotas: { bookings: { amount: 3100, prorate: ${by} } }`;
        // 15 of 31 days
        expect(quotas(calculated(parts('days'), input))).toEqual(['1500', '3100']);
        expect(quotas(calculated(parts('months'), input))).toEqual(['0', '3100']);
    });

    test("rows of the input inside the interval add up, a longer row is in force, the payee's own come first", () => {
        const parts =
            'measures: { monthly: { of: payable, interval: month }, quarterly: { of: payable, interval: quarter } }';
        const row = (measure: string, from: string, to: string, amount: number, payee = '*'): object => ({
            payee,
            measure,
            from,
            to,
            amount
        });
        const result = calculated(
            parts,
            months(1, {
                quotas: [
                    row('monthly', '2026-01-01', '2026-12-31', 500),
                    row('quarterly', '2026-01-01', '2026-01-31', 100, 'rep'),
                    row('quarterly', '2026-02-01', '2026-03-31', 250, 'rep'),
                    row('quarterly', '2026-01-01', '2026-12-31', 9999)
                ]
            })
        );
        const [monthly, quarterly] = periodsOf(result)[0]!.measures;
        expect([monthly!.quota?.toString(), quarterly!.quota?.toString()]).toEqual(['500', '350']);
    });

    test('a missing quota is a problem only of the payee whose pay needs it', () => {
        const parts = `${MEASURE}components:
  bonus: { per: period, when: payee.plan = 'quota', base: attainment.bookings * 1000 }`;
        const result = calculated(
            `quotas: { bookings: {} }\n${parts}`,
            months(1, {
                payees: [
                    { id: 'rep', plan: 'quota' },
                    { id: 'flat', plan: 'none' }
                ]
            })
        );
        expect(codes(result, 'rep')).toEqual(['QUOTA_MISSING']);
        expect(codes(result, 'flat')).toEqual([]);
        expect(paid(result, 'flat')).toEqual(['0']);
    });

    test('a zero quota is a problem where attainment or the scale of a table asks for it', () => {
        const zero = `${MEASURE}quotas: { bookings: { amount: 0 } }\n`;
        const sold = months(1, { transactions: [sale('a', '01-05', 100)] });
        const attainment = `${zero}components: { bonus: { per: period, base: attainment.bookings } }`;
        expect(codes(calculated(attainment, sold), 'rep')).toEqual(['QUOTA_ZERO']);
        const table = `${zero}tables: { grid: { mode: marginal, scale: quota.bookings, rows: [{ from: 0, value: 5% }] } }
components: { bonus: { per: credit, base: payable, rate: { table: grid, at: measure.bookings } } }`;
        expect(codes(calculated(table, sold), 'rep')).toEqual(['SCALE_NOT_POSITIVE']);
        expect(codes(calculated(zero, sold), 'rep')).toEqual([]);
    });
});
