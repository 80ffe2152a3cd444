import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Ratio, sumOf } from '../../../src/domain/ratio.ts';
import { calculated, codes, months, paid, periodsOf, sale } from './calculated.ts';

const FLAT = 'components: { commission: { per: credit, base: payable, rate: 10% } }';
const team = (...ids: string[]): { id: string }[] => ids.map((id) => ({ id }));

function credits(result: ReturnType<typeof calculated>, payeeId: string): string[] {
    return periodsOf(result, payeeId).flatMap((period) =>
        period.credits.map(({ id, payable, quota, count }) => `${id} ${payable} ${quota} ${count}`)
    );
}

describe('crediting', () => {
    test('a split gives each their share, counted for pay, quota and as part of a deal', () => {
        const result = calculated(
            `crediting: [{ key: split, to: splits }]\n${FLAT}`,
            months(1, {
                payees: team('AE', 'SDR'),
                transactions: [
                    { id: 'd', date: '2026-01-05', amount: 80000, splits: { AE: '70%', SDR: '30%' } }
                ]
            })
        );
        expect(credits(result, 'AE')).toEqual(['d/split/AE 56000 56000 0.7']);
        expect(paid(result, 'AE')).toEqual(['5600']);
        expect(paid(result, 'SDR')).toEqual(['2400']);
    });

    test('a whole that cannot be divided evenly is divided to the cent without loss', () => {
        const result = calculated(
            `crediting: [{ key: split, to: splits }]\n${FLAT}`,
            months(1, {
                payees: team('a', 'b', 'c'),
                transactions: [
                    { id: 'd', date: '2026-01-05', amount: 100, splits: { a: '1/3', b: '1/3', c: '1/3' } }
                ]
            })
        );
        const payable = ['a', 'b', 'c'].map((id) => periodsOf(result, id)[0]!.credits[0]!.payable.toString());
        expect(payable).toEqual(['33.34', '33.33', '33.33']);
    });

    test('credits of whole shares sum to the transaction, to the cent', () => {
        const weights = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 6 });
        fc.assert(
            fc.property(weights, fc.integer({ min: 0, max: 10_000_000 }), (parts, cents) => {
                const sum = parts.reduce((a, b) => a + b, 0);
                const ids = parts.map((_, index) => `p${index}`);
                const splits = Object.fromEntries(ids.map((id, index) => [id, `${parts[index]}/${sum}`]));
                const amount = Ratio.of(cents, 100);
                const input = months(1, {
                    payees: team(...ids),
                    transactions: [{ id: 'd', date: '2026-01-05', amount: amount.toString(), splits }]
                });
                const result = calculated(`crediting: [{ key: split, to: splits }]\n${FLAT}`, input);
                const payable = ids.map((id) => periodsOf(result, id)[0]!.credits[0]!.payable);
                expect(sumOf(payable)).toEqual(amount);
                for (const one of payable) expect(() => one.toFixed(2)).not.toThrow();
            }),
            { numRuns: 40 }
        );
    });

    test.each(['99%', '101%'])('shares of %s in all are a problem of those who share', (rest) => {
        const result = calculated(
            `crediting: [{ key: split, to: splits }]\n${FLAT}`,
            months(1, {
                payees: team('a', 'b', 'c'),
                transactions: [
                    { id: 'd', date: '2026-01-05', amount: 100, splits: { a: rest, b: '0%' } },
                    { id: 'e', date: '2026-01-05', amount: 100, splits: { c: 1 } }
                ]
            })
        );
        expect([codes(result, 'a'), codes(result, 'b')]).toEqual([
            ['SHARES_NOT_WHOLE'],
            ['SHARES_NOT_WHOLE']
        ]);
        expect(paid(result, 'c')).toEqual(['10']);
    });

    test('levies come off before the split, each off what the one before left', () => {
        const result = calculated(
            `crediting:
  - key: split
    to: splits
    before: [{ key: franchise, amount: amount * 6% }, { key: desk, when: "amount > 9000", amount: 400 }]
${FLAT}`,
            months(1, {
                payees: team('agent', 'house'),
                transactions: [
                    { id: 'd', date: '2026-01-05', amount: 10000, splits: { agent: '70%', house: '30%' } }
                ]
            })
        );
        // (10,000 - 600 - 400) x 70%
        expect(credits(result, 'agent')).toEqual(['d/split/agent 6300 6300 0.7']);
    });

    test('an overlay credits a role besides the owner, and quota credit may differ from pay', () => {
        const result = calculated(
            `crediting:
  - { key: direct, to: owner, quota: 200% }
  - { key: overlay, to: { role: SE }, share: payee.overlay, count: 0 }
${FLAT}`,
            months(1, {
                payees: [{ id: 'rep' }, { id: 'se', overlay: '25%' }],
                transactions: [sale('d', '01-05', 100000, { team: { SE: 'se' } }), sale('e', '01-06', 10)]
            })
        );
        expect(credits(result, 'rep')).toEqual(['d/direct/rep 100000 200000 1', 'e/direct/rep 10 20 1']);
        expect(credits(result, 'se')).toEqual(['d/overlay/se 25000 25000 0']);
    });

    test('overrides go up the managers; each sees the level below as its source', () => {
        const result = calculated(
            `crediting:
  - { key: direct, to: owner }
  - { key: upline, to: { manager: direct, levels: 2 } }
components:
  commission: { per: credit, credits: [direct], base: payable, rate: payee.level }
  override: { per: credit, credits: [upline], base: payable, rate: payee.level - source.level }`,
            months(1, {
                payees: [
                    { id: 'rep', manager: 'lead', level: '90%' },
                    { id: 'lead', manager: 'head', level: '100%' },
                    { id: 'head', level: '115%' }
                ],
                transactions: [sale('d', '01-05', 1000)]
            })
        );
        // 90%, the spread of 10 points, the spread of 15 points
        expect([paid(result), paid(result, 'lead'), paid(result, 'head')]).toEqual([
            ['900'],
            ['100'],
            ['150']
        ]);
    });

    test('a payee who is not among the payees is a problem, and the others are paid', () => {
        const result = calculated(
            `crediting: [{ key: split, to: splits }]\n${FLAT}`,
            months(1, {
                payees: team('agent'),
                transactions: [
                    { id: 'd', date: '2026-01-05', amount: 100, splits: { agent: '70%', ghost: '30%' } }
                ]
            })
        );
        expect(codes(result)).toEqual(['PAYEE_WITHOUT_PLAN']);
        expect(paid(result, 'agent')).toEqual(['7']);
    });

    test('a sale on a day the payee is not assigned is named and not paid by this plan', () => {
        const result = calculated(
            FLAT,
            months(1, {
                assignments: [{ payee: 'rep', from: '2026-01-15' }],
                transactions: [sale('a', '01-14', 100), sale('b', '01-15', 100)]
            })
        );
        expect(codes(result)).toEqual(['PAYEE_WITHOUT_PLAN']);
        expect(paid(result)).toEqual(['10']);
    });

    test('a sale that names nobody is a problem unless another rule credits somebody', () => {
        const nobody = { id: 'd', date: '2026-01-05', amount: 100 };
        expect(codes(calculated(FLAT, months(1, { transactions: [nobody] })))).toEqual(['CREDITS_NOBODY']);
        const house = `crediting: [{ key: direct, to: owner }, { key: house, to: { payee: rep } }]\n${FLAT}`;
        expect(paid(calculated(house, months(1, { transactions: [nobody] })))).toEqual(['10']);
    });
});
