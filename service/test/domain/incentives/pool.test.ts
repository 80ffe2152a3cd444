import { describe, expect, test } from '@jest/globals';
import { calculated, codes, lines, months, paid, sale } from './calculated.ts';

const ids = (count: number): { id: string }[] =>
    Array.from({ length: count }, (_, index) => ({ id: `p${index}` }));

describe('pools', () => {
    test('those who qualify share in equal parts', () => {
        const parts = `measures: { sold: { of: payable, interval: month } }
quotas: { sold: { amount: 1000 } }
components: { pool: { per: period, pool: { amount: fact.pool, among: attainment.sold >= 50% } } }`;
        const result = calculated(
            parts,
            months(1, {
                payees: ids(11),
                facts: [{ name: 'pool', value: 10000 }],
                transactions: ids(11).map(({ id }, index) =>
                    sale(id, '01-05', index === 10 ? 499 : 500, { owner: id })
                )
            })
        );
        expect(ids(10).map(({ id }) => paid(result, id)[0])).toEqual(Array(10).fill('1000'));
        expect(paid(result, 'p10')).toEqual(['0']);
        expect(lines(result, 'pool', 0, 'p0')[0]!.kind).toBe('poolShare');
    });

    test('a pool shared by weights loses no cent', () => {
        const parts = 'components: { pool: { per: period, pool: { amount: 100, by: payee.points } } }';
        const payees = ids(3).map(({ id }, index) => ({ id, points: index + 1 }));
        const result = calculated(parts, months(1, { payees }));
        // 16.666..., 33.333..., 50
        expect(payees.map(({ id }) => paid(result, id)[0])).toEqual(['16.67', '33.33', '50']);
    });

    test('a pool is a part of what everybody sold', () => {
        const parts =
            'components: { pool: { per: period, pool: { amount: "sum(transactions, amount) * 10%" } } }';
        const result = calculated(
            parts,
            months(1, {
                payees: [{ id: 'rep' }, { id: 'x' }],
                transactions: [sale('a', '01-05', 100), sale('b', '01-06', 60)]
            })
        );
        expect([paid(result), paid(result, 'x')]).toEqual([['8'], ['8']]);
    });

    test('a pool with weights of zero, or below, is a problem of all who might share', () => {
        const parts = 'components: { pool: { per: period, pool: { amount: 100, by: payee.points } } }';
        const points = (a: number, b: number): object =>
            months(1, {
                payees: [
                    { id: 'a', points: a },
                    { id: 'b', points: b }
                ]
            });
        expect(codes(calculated(parts, points(0, 0)), 'b')).toEqual(['POOL_WEIGHTS_ZERO']);
        expect(codes(calculated(parts, points(-1, 2)), 'b')).toEqual(['POOL_WEIGHT_NEGATIVE']);
    });
});
