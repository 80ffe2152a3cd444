import { describe, expect, test } from '@jest/globals';
import { calculated, codes, lines, months, paid, periodsOf, sale } from './calculated.ts';

const FLAT = 'components: { commission: { per: credit, base: payable, rate: 10% } }';
const TWO = { payees: [{ id: 'rep' }, { id: 'other' }] };

describe('transactions before they are credited', () => {
    test('two transactions with one id are a problem of those they name, the others are paid', () => {
        const result = calculated(
            FLAT,
            months(1, {
                ...TWO,
                transactions: [
                    sale('a', '01-05', 100),
                    sale('a', '01-06', 100),
                    sale('b', '01-07', 50, { owner: 'other' })
                ]
            })
        );
        expect(codes(result, 'rep')).toEqual(['TRANSACTION_DUPLICATE']);
        expect(periodsOf(result)).toEqual([]);
        expect(paid(result, 'other')).toEqual(['5']);
    });

    test('a transaction after the last period, or between periods, is named and not paid', () => {
        const result = calculated(FLAT, {
            periods: [
                { key: 'first', start: '2026-01-01', end: '2026-01-31' },
                { key: 'second', start: '2026-02-15', end: '2026-02-28' }
            ],
            payees: [{ id: 'rep' }],
            transactions: [sale('a', '01-05', 100), sale('gap', '02-01', 100), sale('late', '03-01', 100)]
        });
        expect(codes(result)).toEqual(['TRANSACTION_OUTSIDE_PERIODS', 'TRANSACTION_OUTSIDE_PERIODS']);
        expect(paid(result)).toEqual(['10', '0']);
    });

    test('a transaction outside the dates of the plan is named and not paid', () => {
        const result = calculated(
            `plan: old\ncurrency: USD\nperiod: month\neffective: { from: 2025-01-01, to: 2026-01-14 }\n${FLAT}`,
            months(1, { transactions: [sale('a', '01-14', 100), sale('b', '01-15', 100)] })
        );
        expect(codes(result)).toEqual(['TRANSACTION_OUTSIDE_PLAN']);
        expect(paid(result)).toEqual(['10']);
    });

    test('an amount in another currency counts at the rate in force on its date', () => {
        const result = calculated(
            FLAT,
            months(2, {
                rates: [
                    { from: 'EUR', to: 'USD', date: '2026-01-01', rate: '1.10' },
                    { from: 'EUR', to: 'USD', date: '2026-02-01', rate: '1.2' }
                ],
                transactions: [
                    sale('a', '01-31', 100, { currency: 'EUR' }),
                    sale('b', '02-01', 100, { currency: 'EUR' })
                ]
            })
        );
        expect(paid(result)).toEqual(['11', '12']); // 100 x 1.10 x 10%, 100 x 1.2 x 10%
    });

    test('a currency without a rate is a problem of the payees of that transaction', () => {
        const result = calculated(
            FLAT,
            months(1, {
                ...TWO,
                transactions: [
                    sale('a', '01-05', 100, { currency: 'JPY' }),
                    sale('b', '01-05', 100, { owner: 'other' })
                ]
            })
        );
        expect(codes(result, 'rep')).toEqual(['CURRENCY_UNKNOWN']);
        expect(paid(result, 'other')).toEqual(['10']);
    });

    test('an amendment counts as the difference to the amount before it, up and down', () => {
        const result = calculated(
            FLAT,
            months(3, {
                transactions: [
                    sale('a', '01-05', 60000),
                    { id: 'a2', date: '2026-02-05', amends: 'a', amount: 75000 },
                    { id: 'a3', date: '2026-03-05', amends: 'a', amount: 70500 }
                ]
            })
        );
        // 10% of 60,000, of + 15,000, of - 4,500
        expect(paid(result)).toEqual(['6000', '1500', '-450']);
    });

    test('reversing an amended sale takes back what sale and amendment paid', () => {
        const result = calculated(
            FLAT,
            months(3, {
                transactions: [
                    sale('a', '01-05', 60000),
                    { id: 'a2', date: '2026-02-05', amends: 'a', amount: 75000 },
                    { id: 'r', date: '2026-03-05', reverses: 'a' }
                ]
            })
        );
        expect(paid(result)).toEqual(['6000', '1500', '-7500']);
    });

    test.each([
        ['reverses', { reverses: 'nothing' }],
        ['amends', { amends: 'nothing', amount: 5 }]
    ])('a transaction that %s one nobody knows is a problem', (_, link) => {
        const result = calculated(
            FLAT,
            months(1, { ...TWO, transactions: [{ id: 'x', date: '2026-01-05', owner: 'rep', ...link }] })
        );
        expect(codes(result, 'rep')).toEqual(['ORIGINAL_UNKNOWN']);
        expect(paid(result, 'other')).toEqual(['0']);
    });

    test('a reversal of more than is left of the original is a problem of its payee', () => {
        const result = calculated(
            FLAT,
            months(1, {
                transactions: [
                    sale('a', '01-05', 100),
                    { id: 'r1', date: '2026-01-06', reverses: 'a', amount: 60 },
                    { id: 'r2', date: '2026-01-07', reverses: 'a', amount: 50 }
                ]
            })
        );
        expect(codes(result, 'rep')).toEqual(['REVERSAL_ABOVE_ORIGINAL']);
    });

    test('transactions before the first period count in measures and pay nothing', () => {
        const result = calculated(`${FLAT}\nmeasures: { bookings: { of: payable, interval: year } }`, {
            from: '2026-02-01',
            to: '2026-02-28',
            payees: [{ id: 'rep' }],
            transactions: [sale('a', '01-05', 100), sale('b', '02-05', 50)]
        });
        expect(paid(result)).toEqual(['5']);
        expect(periodsOf(result)[0]!.measures[0]!.toDate.toString()).toBe('150');
    });

    test('on one day a sale comes before what takes it back, whatever their ids', () => {
        const result = calculated(
            `measures: { bookings: { of: payable, interval: year } }
tables: { grid: { mode: marginal, rows: [{ from: 0, value: 10% }] } }
components: { commission: { per: credit, base: payable, rate: { table: grid, at: measure.bookings } } }`,
            months(1, {
                transactions: [
                    { id: 'a', date: '2026-01-05', reverses: 'b' },
                    sale('b', '01-05', 100),
                    sale('c', '01-05', 50)
                ]
            })
        );
        expect(paid(result)).toEqual(['5']);
        expect(
            lines(result, 'commission').map(({ transaction, amount }) => `${transaction} ${amount}`)
        ).toEqual(['b 10', 'c 5', 'a -10']);
    });
});
