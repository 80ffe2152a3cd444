import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { calculated, codes, lines, months, paid, periodsOf, sale } from './calculated.ts';

const withChargeback = (chargeback: string): string =>
    `components: { commission: { per: credit, base: payable, rate: 10%${chargeback} } }`;
const reversal = (day: string, rest: object = {}): object => ({
    id: 'r',
    date: `2026-${day}`,
    reverses: 'a',
    ...rest
});
const SOLD = sale('a', '01-10', 40000);

describe('chargebacks', () => {
    test('all that was paid comes back in the period of the cancellation', () => {
        const result = calculated(withChargeback(''), months(3, { transactions: [SOLD, reversal('03-10')] }));
        expect(paid(result)).toEqual(['4000', '0', '-4000']);
        expect(
            lines(result, 'commission', 2).map(({ kind, transaction }) => `${kind} ${transaction}`)
        ).toEqual(['chargeback r']);
    });

    test('nothing comes back once the months of the window have passed', () => {
        const parts = withChargeback(', chargeback: { windowMonths: 3 }');
        expect(paid(calculated(parts, months(4, { transactions: [SOLD, reversal('04-09')] })))).toEqual([
            '4000',
            '0',
            '0',
            '-4000'
        ]);
        expect(paid(calculated(parts, months(4, { transactions: [SOLD, reversal('04-10')] })))).toEqual([
            '4000',
            '0',
            '0',
            '0'
        ]);
    });

    test('the part taken back may fall with every month in force', () => {
        const parts = withChargeback(', chargeback: { part: 1 - monthsInForce / 12 }');
        // 4,000 x (1 - 3 / 12)
        expect(paid(calculated(parts, months(5, { transactions: [SOLD, reversal('05-09')] })))).toEqual([
            '4000',
            '0',
            '0',
            '0',
            '-3000'
        ]);
    });

    test('a part of the sale is reversed by its amount, and never more than was paid in all', () => {
        const transactions = [
            SOLD,
            reversal('02-10', { amount: 10000 }),
            { id: 's', date: '2026-03-01', reverses: 'a' }
        ];
        expect(paid(calculated(withChargeback(''), months(3, { transactions })))).toEqual([
            '4000',
            '-1000',
            '-3000'
        ]);
    });

    test('measures fall with the reversal, or stay where the plan says so', () => {
        const measure = 'measures: { bookings: { of: payable, interval: year } }\n';
        const sums = (parts: string): string[] =>
            periodsOf(
                calculated(measure + parts, months(2, { transactions: [SOLD, reversal('02-10')] }))
            ).map(({ measures }) => measures[0]!.toDate.toString());
        expect(sums(withChargeback(''))).toEqual(['40000', '0']);
        expect(sums(withChargeback(', chargeback: { reducesMeasures: false }'))).toEqual(['40000', '40000']);
    });

    test('what an earlier run paid is taken back as the input says', () => {
        const input = (transactions: object[]): object => ({
            from: '2026-04-01',
            to: '2026-04-30',
            payees: [{ id: 'rep' }],
            paid: [
                { payee: 'rep', component: 'commission', transaction: 'a', period: '2026-01', amount: 4000 }
            ],
            transactions
        });
        expect(paid(calculated(withChargeback(''), input([reversal('04-10')])))).toEqual(['-4000']);
        const inWindow = withChargeback(', chargeback: { windowMonths: 12 }');
        expect(paid(calculated(inWindow, input([SOLD, reversal('04-10')])))).toEqual(['-4000']);
        expect(codes(calculated(inWindow, input([reversal('04-10')])), 'rep')).toEqual(['ORIGINAL_NEEDED']);
    });

    test('an earlier original without a word of what was paid for it is a problem', () => {
        const input = {
            from: '2026-04-01',
            to: '2026-04-30',
            payees: [{ id: 'rep' }],
            transactions: [SOLD, reversal('04-10')]
        };
        expect(codes(calculated(withChargeback(''), input), 'rep')).toEqual(['PAID_MISSING']);
    });

    test('instalments that have not fallen due are cancelled', () => {
        const thirds =
            'schedule: { instalments: [{ after: 0, share: 1/3 }, { after: 1, share: 1/3 }, { after: 2, share: 1/3 }] }';
        const result = calculated(
            withChargeback(`, ${thirds}`),
            months(3, { transactions: [sale('a', '01-10', 600), reversal('02-10')] })
        );
        // 20 in January; 20 in February less the 40 paid by then; nothing in March
        expect(paid(result)).toEqual(['20', '-20', '0']);
        expect(lines(result, 'commission', 1).map(({ amount }) => amount.toString())).toEqual(['-60']);
    });

    test('whatever is reversed, when and by which part, recovery is neither negative nor more than was paid', () => {
        const reversals = fc.array(
            fc.tuple(fc.integer({ min: 2, max: 12 }), fc.integer({ min: 1, max: 20000 })),
            { maxLength: 4 }
        );
        fc.assert(
            fc.property(reversals, fc.integer({ min: -50, max: 200 }), (list, percent) => {
                const wanted = list.reduce((sum, [, amount]) => sum + amount, 0);
                fc.pre(wanted <= 40000);
                const transactions = list.map(([month, amount], index) => ({
                    id: `r${index}`,
                    date: `2026-${String(month).padStart(2, '0')}-20`,
                    reverses: 'a',
                    amount
                }));
                const parts = withChargeback(`, chargeback: { part: ${percent}% }`);
                const result = calculated(parts, months(12, { transactions: [SOLD, ...transactions] }));
                const [first, ...later] = periodsOf(result).map((period) => period.paid);
                expect(first!.toString()).toBe('4000');
                for (const amount of later) expect(amount.sign).toBeLessThanOrEqual(0);
                expect(result.payees[0]!.total.sign).toBeGreaterThanOrEqual(0);
            }),
            { numRuns: 60 }
        );
    });
});
