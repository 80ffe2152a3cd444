import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { calculated, codes, component, months, paid, periodsOf, sale } from './calculated.ts';

const FLAT = 'components: { commission: { per: credit, base: payable, rate: 5% } }';

describe('calculating a plan', () => {
    test('the first plan of the documentation pays its bands on a quarter', () => {
        const result = calculated(
            `plan: saas-seller
currency: USD
period: quarter
measures: { bookings: { of: payable, interval: quarter } }
quotas: { bookings: { amount: 375000 } }
tables:
  accelerator:
    mode: marginal
    scale: quota.bookings
    rows:
      - { from: 0, to: 100%, value: 6% }
      - { from: 100%, to: 125%, value: 8% }
      - { from: 125%, to: 150%, value: 10% }
      - { from: 150%, value: 12% }
components:
  commission: { per: period, base: inPeriod.bookings, rate: { table: accelerator, at: measure.bookings } }
figures: { effectiveRate: { per: period, value: earning.commission / measure.bookings } }`,
            {
                from: '2026-01-01',
                to: '2026-03-31',
                payees: [{ id: 'rep' }],
                transactions: [sale('t1', '02-10', 500000)]
            }
        );
        // 375,000 x 6% + 93,750 x 8% + 31,250 x 10%
        expect(paid(result)).toEqual(['33125']);
        const { lines, rate } = component(result, 'commission');
        expect(lines[0]!.bands.map(({ quantity, amount }) => `${quantity}: ${amount}`)).toEqual([
            '375000: 22500',
            '93750: 7500',
            '31250: 3125'
        ]);
        expect(rate?.toString()).toBe('0.06625');
        const [period] = periodsOf(result);
        expect(period!.figures.map(({ value }) => String(value))).toEqual(['0.06625']);
        expect(period!.measures[0]!.attainment?.toString()).toBe('4/3');
    });

    test('each period pays what its own transactions earn, and the total adds them up', () => {
        const result = calculated(
            FLAT,
            months(2, {
                transactions: [sale('a', '01-31', 25000), sale('b', '02-01', 70000), sale('c', '02-28', 5000)]
            })
        );
        expect(paid(result)).toEqual(['1250', '3750']);
        expect(result.payees[0]!.total.toString()).toBe('5000');
    });

    test('amounts of eighteen digits stay exact', () => {
        const result = calculated(
            FLAT,
            months(1, { transactions: [sale('a', '01-05', '123456789012345678.20')] })
        );
        expect(paid(result)).toEqual(['6172839450617283.91']);
    });

    test('a leap day belongs to its month', () => {
        const result = calculated(FLAT, {
            from: '2028-02-01',
            to: '2028-02-29',
            payees: [{ id: 'rep' }],
            transactions: [{ id: 'a', date: '2028-02-29', owner: 'rep', amount: 100 }]
        });
        expect(paid(result)).toEqual(['5']);
    });

    test('the order of the rows of the input does not matter', () => {
        const parts = `measures: { bookings: { of: payable, interval: year } }
tables: { grid: { mode: marginal, rows: [{ from: 0, to: 1000, value: 5% }, { from: 1000, value: 10% }] } }
components: { commission: { per: credit, base: payable, rate: { table: grid, at: measure.bookings } } }`;
        const transactions = [
            sale('a', '01-10', 700),
            sale('b', '01-10', 600),
            sale('c', '02-01', 333.33),
            sale('d', '01-02', 50),
            { id: 'r', date: '2026-02-20', reverses: 'b' }
        ];
        const inOrder = calculated(parts, months(2, { transactions }));
        expect(
            component(inOrder, 'commission').lines.map(
                ({ transaction, amount }) => `${transaction} ${amount}`
            )
        ).toEqual([
            'd 2.5', // 50 x 5%
            'a 35', // 700 x 5%
            'b 47.5' // 250 x 5% + 350 x 10%
        ]);
        fc.assert(
            fc.property(fc.shuffledSubarray(transactions, { minLength: transactions.length }), (shuffled) => {
                expect(calculated(parts, months(2, { transactions: shuffled }))).toEqual(inOrder);
            }),
            { numRuns: 30 }
        );
    });

    test('payees without a problem are calculated beside one who has a problem, of whom nothing is told', () => {
        const result = calculated(
            'components: { commission: { per: credit, base: payable, rate: payee.rate } }',
            months(2, {
                payees: [{ id: 'rep', rate: '5%' }, { id: 'new' }],
                transactions: [sale('a', '01-05', 100), sale('b', '02-05', 100, { owner: 'new' })]
            })
        );
        expect(paid(result)).toEqual(['5', '0']);
        // The new payee's January is told; the problem arises in February.
        expect(periodsOf(result, 'new').map(({ period }) => period)).toEqual(['2026-01']);
        expect(codes(result, 'new')).toEqual(['NOT_GIVEN']);
        expect(result.payees.find(({ payeeId }) => payeeId === 'new')!.problems[0]!.where).toBe(
            'payee new, 2026-02, transaction b, components.commission.rate'
        );
    });

    test('a payee without an assignment, where assignments are given, is a problem', () => {
        const result = calculated(
            FLAT,
            months(1, {
                payees: [{ id: 'rep' }, { id: 'other' }],
                assignments: [{ payee: 'rep', from: '2026-01-01' }],
                transactions: [sale('a', '01-05', 100)]
            })
        );
        expect(paid(result)).toEqual(['5']);
        expect(codes(result, 'other')).toEqual(['PAYEE_WITHOUT_PLAN']);
    });

    test('a figure that cannot be worked out is a problem and pay stands', () => {
        const result = calculated(
            `${FLAT}\nmeasures: { bookings: { of: payable, interval: month } }
figures: { rate: { per: period, value: earning.commission / measure.bookings } }`,
            months(1, {})
        );
        expect(paid(result)).toEqual(['0']);
        expect(codes(result)).toEqual(['DIVISION_BY_ZERO']);
    });
});
