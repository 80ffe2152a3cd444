// Pay in several currencies: sales are converted by the rate of their day, exactly; a currency without a rate, or a target in another
// currency than the plan's, is told and never taken as it stands.
import { describe, expect, test } from '@jest/globals';
import { codesOf, onPlan, payoutOf, PayWorld, sold, statementOf, version } from './pay-world.ts';

const PLAN = `plan: plan
currency: GBP
effective: { from: 2026-01-01 }
period: quarter
crediting: [{ key: direct, to: owner }]
measures: { bookings: { of: payable, interval: quarter } }
quotas: { bookings: {} }
components:
  commission: { per: credit, base: payable, rate: 10% }
  target: { per: period, when: given(payee.targetIncentive), base: payee.targetIncentive * 0 }
`;

function world(): PayWorld {
    const one = new PayWorld(version(PLAN));
    // units for one US dollar, the org's own
    one.rates = [
        { currency: 'USD', from: '', rate: '1' },
        { currency: 'GBP', from: '', rate: '0.8' },
        { currency: 'EUR', from: '2025-12-01', rate: '0.9' },
        { currency: 'EUR', from: '2026-02-15', rate: '0.96' }
    ];
    one.assignments = [onPlan('ann'), onPlan('bob')];
    return one;
}

describe('a sale in another currency', () => {
    test('counts by the rate of its day, through the currency of the org, and is rounded once', () => {
        const one = world();
        one.sales = [
            sold('s1', '2026-02-14', '1000', { currency: 'EUR' }), // x 0.8 / 0.9 x 10 %
            sold('s2', '2026-02-15', '1000', { currency: 'EUR' }), // x 0.8 / 0.96 x 10 %
            sold('s3', '2026-03-01', '1000', { currency: 'USD' }),
            sold('s4', '2026-03-01', '1000', { currency: 'GBP' })
        ];
        const first = one.run('2026-Q1');
        expect(statementOf(first).lines.map(({ amount }) => amount)).toEqual([
            '88.89',
            '83.33',
            '80.00',
            '100.00'
        ]);
        expect(statementOf(first).credits.map(({ payable }) => payable)).toEqual([
            '888.89',
            '833.33',
            '800.00',
            '1000.00'
        ]);
    });

    test('that needs a rate of the org that is none is told, and no older one is taken', () => {
        const one = world();
        one.rates.push({ currency: 'EUR', from: '2026-03-01', rate: '0' });
        one.sales = [
            sold('s1', '2026-03-02', '1000', { currency: 'EUR' }),
            sold('s2', '2026-02-28', '960', { currency: 'EUR', ownerId: 'bob' })
        ];
        const first = one.run('2026-Q1');
        expect(codesOf(first)).toEqual(['RATE_INVALID']);
        expect([payoutOf(first), payoutOf(first, 'bob')]).toEqual([null, '80.00']);
    });

    test.each([
        ['the org has no rate of', sold('s1', '2026-02-14', '1000', { currency: 'CHF' })],
        ['had no rate on the day', sold('s1', '2025-11-30', '1000', { currency: 'EUR' })]
    ])('that %s is told, and the others are paid', (_, sale) => {
        const one = world();
        one.sales = [sale, sold('s2', '2026-02-14', '500', { currency: 'GBP', ownerId: 'bob' })];
        const first = one.run('2026-Q1');
        expect(codesOf(first)).toEqual(['CURRENCY_UNKNOWN']);
        expect([payoutOf(first), payoutOf(first, 'bob')]).toEqual([null, '50.00']);
    });
});

describe('a target in another currency than the plan', () => {
    test('is told of its payee, and the others are paid', () => {
        const one = world();
        one.sales = ['ann', 'bob'].map((ownerId) => sold(ownerId, '2026-02-14', '500', { ownerId }));
        const quota = {
            planKey: 'plan',
            measure: 'bookings',
            from: '2026-01-01',
            to: '2026-12-31',
            target: '400'
        };
        one.quotas = [
            { ...quota, payeeId: 'ann', currency: 'USD' },
            { ...quota, payeeId: 'bob', currency: 'GBP' }
        ];
        const first = one.run('2026-Q1');
        expect(first.problems).toMatchObject([{ code: 'FIGURE_WANTED', payeeId: 'ann', value: '400 USD' }]);
        expect([payoutOf(first), payoutOf(first, 'bob')]).toEqual([null, '50.00']);
    });

    test('is told of a target incentive, too', () => {
        const one = world();
        one.assignments = [onPlan('ann', { targetIncentive: '1000', currency: 'USD' })];
        one.sales = [sold('s1', '2026-02-14', '500')];
        expect(payoutOf(one.run('2026-Q1'))).toBeNull();
    });
});

test('a plan whose text pays in another currency than its row is told to everybody on it', () => {
    const one = world();
    one.versions = [version(PLAN, { currency: 'EUR' })];
    one.sales = [sold('s1', '2026-02-14', '500')];
    const first = one.run('2026-Q1');
    expect(codesOf(first)).toEqual(['PLAN_CURRENCY_DIFFERS']);
    expect([payoutOf(first), payoutOf(first, 'bob')]).toEqual([null, null]);
});
