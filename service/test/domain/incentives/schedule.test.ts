import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { sumOf } from '../../../src/domain/ratio.ts';
import { calculated, codes, months, paid, sale } from './calculated.ts';

const commission = (rest: string): string =>
    `components: { commission: { per: credit, base: payable, rate: 6%, ${rest} } }`;
const THIRDS =
    'schedule: { instalments: [{ after: 0, share: 1/3 }, { after: 1, share: 1/3 }, { after: 2, share: 1/3 }] }';
const RELEASE = 'schedule: { release: [{ on: signed, share: 50% }, { on: cash, share: 50% }] }';

function schedule(result: ReturnType<typeof calculated>): string[] {
    return result.scheduled.map(({ kind, dueOn, amount, form }) => `${kind} ${dueOn} ${amount} ${form}`);
}

describe('schedules', () => {
    test('instalments fall due in the periods that follow, also after the last one calculated', () => {
        const result = calculated(
            commission(THIRDS),
            months(2, { transactions: [sale('d', '01-10', 1000)] })
        );
        expect(paid(result)).toEqual(['20', '20']);
        expect(schedule(result)).toEqual([
            'instalment 2026-01-31 20 cash',
            'instalment 2026-02-28 20 cash',
            'instalment 2026-03-31 20 cash'
        ]);
    });

    test('instalments sum to the earning to the cent', () => {
        fc.assert(
            fc.property(fc.integer({ min: 1, max: 100_000_000 }), (cents) => {
                const amount = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
                const result = calculated(
                    commission(THIRDS),
                    months(3, { transactions: [sale('d', '01-10', amount)] })
                );
                const whole = result.payees[0]!.periods[0]!.components[0]!.earning;
                expect(sumOf(result.scheduled.map((one) => one.amount))).toEqual(whole);
                expect(result.payees[0]!.total).toEqual(whole);
            }),
            { numRuns: 60 }
        );
    });

    test('parts wait for their events; one before the earning is due at once, one that is missing waits', () => {
        const transactions = [
            sale('a', '01-10', 1000, { events: { signed: '2025-12-20', cash: '2026-02-15' } }),
            sale('b', '01-11', 2000, { events: { signed: '2026-01-11' } })
        ];
        const result = calculated(commission(RELEASE), months(2, { transactions }));
        expect(paid(result)).toEqual(['90', '30']); // 30 of a and 60 of b; 30 of a
        expect(result.scheduled.map(({ event, dueOn, amount }) => `${event} ${dueOn} ${amount}`)).toEqual([
            'signed 2025-12-20 30',
            'cash 2026-02-15 30',
            'signed 2026-01-11 60',
            'cash null 60'
        ]);
    });

    test('parts that do not make up the whole, and events of a whole period, are problems', () => {
        const short = commission('schedule: { instalments: [{ after: 0, share: payee.first }] }');
        const input = months(1, {
            payees: [{ id: 'rep', first: '90%' }],
            transactions: [sale('d', '01-10', 1000)]
        });
        expect(codes(calculated(short, input), 'rep')).toEqual(['SHARES_NOT_WHOLE']);
    });

    test('an asset is expensed in equal parts by month, a short contract at once; pay is the same', () => {
        const parts = commission('amortisation: { months: term, expedientMonths: 12 }');
        const transactions = [
            sale('long', '01-10', 50000, { term: 60 }),
            sale('short', '01-11', 1000, { term: 12 })
        ];
        const result = calculated(parts, months(1, { transactions }));
        expect(paid(result)).toEqual(['3060']);
        const long = result.scheduled.filter(({ transaction }) => transaction === 'long');
        expect(long.map(({ amount }) => amount.toString())).toEqual(Array(60).fill('50')); // 3,000 / 60
        expect([long[0]!.dueOn, long[1]!.dueOn, long[59]!.dueOn]).toEqual([
            '2026-01-31',
            '2026-02-28',
            '2030-12-31'
        ]);
        const short = result.scheduled.filter(({ transaction }) => transaction === 'short');
        expect(short.map(({ amount, dueOn }) => `${amount} ${dueOn}`)).toEqual(['60 2026-01-31']);
    });

    test('an amortisation of no months is a problem of the payee', () => {
        const parts = commission('amortisation: { months: term }');
        expect(
            codes(
                calculated(parts, months(1, { transactions: [sale('x', '01-10', 100, { term: 0 })] })),
                'rep'
            )
        ).toEqual(['MONTHS_INVALID']);
    });
});
