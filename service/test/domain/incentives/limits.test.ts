import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { amounts, calculated, codes, component, lines, months, paid, sale } from './calculated.ts';

const withLimits = (limits: string, more = ''): string =>
    `components: { commission: { per: credit, base: payable, rate: 10%, limits: [${limits}]${more} } }`;

describe('limits', () => {
    test('each credit is held between its least and its most', () => {
        const parts =
            'components: { fee: { per: credit, base: payable, rate: 1%, limits: [{ scope: credit, least: 1000, most: 5000 }] } }';
        const loans = [50000, 300000, 600000].map((amount, index) => sale(`L${index}`, '01-05', amount));
        // 500, 3,000 and 6,000
        expect(amounts(calculated(parts, months(1, { transactions: loans })), 'fee')).toEqual([
            '1000',
            '3000',
            '5000'
        ]);
    });

    test('what is above the most is paid in part where the plan says so', () => {
        const parts = withLimits('{ scope: credit, most: 100, beyond: 25% }');
        expect(paid(calculated(parts, months(1, { transactions: [sale('a', '01-05', 3000)] })))).toEqual([
            '150'
        ]); // 100 + 200 x 25%
    });

    test('a limit of the period is a line of its own', () => {
        const parts = withLimits('{ scope: period, most: 120, least: 50 }');
        const result = calculated(
            parts,
            months(2, { transactions: [sale('a', '01-05', 1000), sale('b', '01-06', 500)] })
        );
        expect(lines(result, 'commission').map(({ kind, amount }) => `${kind} ${amount}`)).toEqual([
            'earning 100',
            'earning 50',
            'limit -30'
        ]);
        expect(paid(result)).toEqual(['120', '50']);
    });

    test('a cumulative limit stops in the period that reaches it and starts again with the interval', () => {
        const parts = withLimits('{ scope: cumulative, interval: quarter, most: 150, beyond: 10% }');
        const days = ['01-05', '02-05', '03-05', '04-05'];
        const result = calculated(
            parts,
            months(4, { transactions: days.map((day) => sale(day, day, 1000)) })
        );
        // 100; 50 + 50 x 10%; 100 x 10%; a new quarter
        expect(paid(result)).toEqual(['100', '55', '10', '100']);
    });

    test('a cap to date counts what earlier runs paid in the interval', () => {
        const result = calculated(withLimits('{ scope: cumulative, interval: year, most: 150 }'), {
            from: '2026-02-01',
            to: '2026-02-28',
            payees: [{ id: 'rep' }],
            paid: [{ payee: 'rep', component: 'commission', period: '2026-01', amount: 120 }],
            transactions: [sale('a', '02-05', 1000)]
        });
        expect(paid(result)).toEqual(['30']);
    });

    test('what earlier runs paid without a period that can be placed is a problem where it counts', () => {
        const input = {
            from: '2026-02-01',
            to: '2026-02-28',
            payees: [{ id: 'rep' }],
            paid: [{ payee: 'rep', component: 'commission', amount: 120 }]
        };
        expect(
            codes(calculated(withLimits('{ scope: cumulative, interval: year, most: 150 }'), input), 'rep')
        ).toEqual(['PERIOD_UNKNOWN']);
        expect(codes(calculated(withLimits('{ scope: period, most: 150 }'), input), 'rep')).toEqual([]);
    });

    test('however sales fall, no more than the cap is earned in the year', () => {
        const sales = fc.array(fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 900 })), {
            maxLength: 12
        });
        fc.assert(
            fc.property(sales, (list) => {
                const transactions = list.map(([month, amount], index) =>
                    sale(`t${index}`, `${String(month).padStart(2, '0')}-10`, amount)
                );
                const result = calculated(
                    withLimits('{ scope: cumulative, interval: year, most: 150 }'),
                    months(12, { transactions })
                );
                const whole = list.reduce((sum, [, amount]) => sum + amount, 0) / 10;
                const earned = Array.from({ length: 12 }, (_, index) =>
                    Number(component(result, 'commission', index).earning.toString())
                );
                expect(earned.reduce((a, b) => a + b, 0)).toBeCloseTo(Math.min(whole, 150), 8);
            }),
            { numRuns: 40 }
        );
    });

    test('a reversal takes back no more than the limit let through', () => {
        const parts = withLimits('{ scope: period, most: 120 }');
        const result = calculated(
            parts,
            months(2, {
                transactions: [
                    sale('a', '01-05', 1000),
                    sale('b', '01-06', 500),
                    { id: 'r', date: '2026-02-01', reverses: 'a' }
                ]
            })
        );
        // Of 120, 100 / 150 were paid for a.
        expect(paid(result)).toEqual(['120', '-80']);
    });
});
