// Won deals that take back others: pay comes back as the plan says, from whoever was paid, whoever owns the refund.
import { describe, expect, test } from '@jest/globals';
import { codesOf, linesOf, payoutOf, PayWorld, sold, statementOf, version } from './pay-world.ts';

const PLAN = `plan: plan
currency: GBP
effective: { from: 2026-01-01 }
period: quarter
crediting: [{ key: direct, to: splits }]
components:
  commission:
    per: credit
    base: payable
    rate: 10%
    chargeback: { part: 50% }
`;
const WHOLE = PLAN.replace(/ {4}chargeback.*\n/, '');

function world(definition = WHOLE): PayWorld {
    const one = new PayWorld(version(definition));
    one.sales = [sold('s1', '2026-02-10', '1000')];
    return one;
}

describe('a refund', () => {
    test('takes back in its own period what the deal paid, though somebody outside the plan owns it', () => {
        const one = world();
        expect(payoutOf(one.publish('2026-Q1'))).toBe('100.00');
        one.sales.push(sold('r1', '2026-05-02', '1000', { ownerId: 'desk', reverses: 's1' }));
        const second = one.run('2026-Q2');
        expect([codesOf(second), payoutOf(second)]).toEqual([[], '-100.00']);
        expect(linesOf(second)).toEqual(['Chargeback Commission, taken back -100.00']);
        // The credit it rests on is of the first quarter, not of this statement.
        expect(statementOf(second).lines.map(({ credit }) => credit)).toEqual(['']);
    });

    test('takes back what the chargeback terms of the plan say', () => {
        const one = world(PLAN);
        one.publish('2026-Q1');
        one.sales.push(sold('r1', '2026-05-02', '1000', { reverses: 's1' }));
        expect(payoutOf(one.run('2026-Q2'))).toBe('-50.00');
    });

    test('of part of the deal takes back that part, whether its amount is written below zero or not', () => {
        for (const amount of ['250', '-250']) {
            const one = world();
            one.publish('2026-Q1');
            one.sales.push(sold('r1', '2026-05-02', amount, { reverses: 's1' }));
            expect(payoutOf(one.run('2026-Q2'))).toBe('-25.00');
        }
    });

    test('of more than is left of the deal is told, and takes nothing', () => {
        const one = world();
        one.publish('2026-Q1');
        one.sales.push(sold('r1', '2026-05-02', '1000.01', { reverses: 's1' }));
        const second = one.run('2026-Q2');
        expect([codesOf(second), payoutOf(second)]).toEqual([['REVERSAL_ABOVE_ORIGINAL'], null]);
    });

    test('of a deal nobody knows is told', () => {
        const one = world();
        one.sales.push(sold('r1', '2026-03-02', '10', { reverses: 'gone' }));
        expect(codesOf(one.run('2026-Q1'))).toEqual(['ORIGINAL_UNKNOWN']);
    });
});
