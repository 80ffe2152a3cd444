// Deals that change after their pay was published: each difference is a dated line of the open period, once, and what was paid for a
// deal that is not won any more is taken back whole, with what was still to fall due.
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { SaleFact } from '../../../src/domain/pay/pay-facts.ts';
import { linesOf, onPlan, payoutOf, PayWorld, sold, statementOf, version } from './pay-world.ts';

const plan = (components: string): string => `plan: plan
currency: GBP
effective: { from: 2026-01-01 }
period: quarter
crediting: [{ key: direct, to: splits }]
components:
  commission: { per: credit, base: payable, rate: 10%${components} }
`;

let world: PayWorld;
beforeEach(() => {
    world = new PayWorld(version(plan('')));
    world.assignments = [onPlan('ann'), onPlan('bob')];
    world.sales = [sold('s1', '2026-02-10', '1000'), sold('s2', '2026-03-10', '500', { ownerId: 'bob' })];
    world.publish('2026-Q1');
});

const change = (changes: Partial<SaleFact>): void => {
    world.sales[0] = { ...world.sales[0]!, ...changes };
};
const corrections = (payeeId = 'ann') =>
    statementOf(world.run('2026-Q2'), payeeId).lines.map(({ kind, amount, date, corrects }) => [
        kind,
        amount,
        date,
        corrects
    ]);
const PUBLISHED = '2026-Q1:plan:ann:commission:Earning:s1:direct/ann';

describe('a deal that was paid', () => {
    // Reopened, lost and deleted deals are alike: the org has no such won deal any more.
    test('and is not won any more is taken back', () => {
        world.sales.shift();
        expect(corrections()).toEqual([['Correction', '-100.00', '2026-02-10', PUBLISHED]]);
        expect(payoutOf(world.run('2026-Q2'))).toBe('-100.00');
    });

    test('and is won again after that is paid again', () => {
        const [first] = world.sales.splice(0, 1);
        world.publish('2026-Q2');
        world.sales.unshift(first!);
        const third = world.run('2026-Q3');
        expect(linesOf(third)).toEqual(['Correction Commission, late data of 2026-Q1 100.00']);
        expect(statementOf(third).lines[0]!.corrects).toBe(PUBLISHED);
    });

    test('and is worth less or more afterwards is corrected by the difference', () => {
        change({ amount: '700' });
        expect(corrections()).toEqual([['Correction', '-30.00', '2026-02-10', PUBLISHED]]);
        change({ amount: '1200.05' });
        expect(corrections()).toEqual([['Correction', '20.00', '2026-02-10', PUBLISHED]]);
    });

    test('twice is corrected twice, each time by what is new', () => {
        change({ amount: '700' });
        world.publish('2026-Q2');
        change({ amount: '900' });
        expect(payoutOf(world.publish('2026-Q3'))).toBe('20.00');
        expect(statementOf(world.run('2026-Q4')).lines).toEqual([]);
    });

    test('and belongs to somebody else is taken back from one and given to the other', () => {
        change({ ownerId: 'bob' });
        expect(corrections()).toEqual([['Correction', '-100.00', '2026-02-10', PUBLISHED]]);
        expect(corrections('bob')).toEqual([['Adjustment', '100.00', '2026-02-10', '']]);
    });

    test('and is shared afterwards is divided anew', () => {
        change({
            splits: [
                { payeeId: 'ann', percent: '60' },
                { payeeId: 'bob', percent: '40' }
            ]
        });
        expect([corrections(), corrections('bob')]).toEqual([
            [['Correction', '-40.00', '2026-02-10', PUBLISHED]],
            [['Adjustment', '40.00', '2026-02-10', '']]
        ]);
    });

    test('and is dated into the open period is taken back and paid there', () => {
        change({ date: '2026-05-02' });
        expect(linesOf(world.run('2026-Q2'))).toEqual([
            'Earning Commission 100.00',
            'Correction Commission, late data of 2026-Q1 -100.00'
        ]);
    });

    test('and has no amount any more is told of its payees, and nothing is taken back', () => {
        change({ amount: null });
        const second = world.run('2026-Q2');
        expect(second.problems).toMatchObject([{ code: 'NOT_GIVEN', payeeId: 'ann' }]);
        expect([payoutOf(second), payoutOf(second, 'bob')]).toEqual([null, '0.00']);
    });
});

test('of a deal that is not won any more nothing falls due later, and what was paid of it comes back', () => {
    const thirds =
        ', schedule: { instalments: [{ after: 0, share: 1/3 }, { after: 1, share: 1/3 }, { after: 2, share: 1/3 }] }';
    const one = new PayWorld(version(plan(thirds)));
    one.sales = [sold('s1', '2026-02-10', '900')];
    expect(payoutOf(one.publish('2026-Q1'))).toBe('30.00');
    expect(payoutOf(one.publish('2026-Q2'))).toBe('30.00');
    one.sales = [];
    expect(payoutOf(one.publish('2026-Q3'))).toBe('-60.00');
    expect(payoutOf(one.publish('2026-Q4'))).toBe('0.00');
});
