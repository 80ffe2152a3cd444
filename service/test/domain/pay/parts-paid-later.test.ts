// Parts of what a deal earned that are paid later, in runs: malus on what is not paid yet, and releases on events that are told when they
// happen, also after the period was published.
import { describe, expect, test } from '@jest/globals';
import type { AdjustmentFact, PaymentFact } from '../../../src/domain/pay/pay-facts.ts';
import { codesOf, decision, linesOf, payoutOf, PayWorld, sold, statementOf, version } from './pay-world.ts';

const HEAD = `plan: plan
currency: GBP
effective: { from: 2026-01-01 }
period: quarter
crediting: [{ key: direct, to: owner }]
`;
const INSTALMENTS = `${HEAD}components:
  fee:
    per: credit
    base: payable
    rate: 9%
    schedule: { instalments: [{ after: 0, share: 1/3 }, { after: 1, share: 1/3 }, { after: 2, share: 1/3 }] }
`;
const RELEASES = `${HEAD}components:
  fee:
    per: credit
    base: payable
    rate: 10%
    schedule: { release: [{ on: won, share: 60% }, { on: cash, share: 40% }] }
`;
/** The third instalment of 300. */
const THIRD: PaymentFact = {
    key: '2026-Q1:plan:ann:fee:s1:3',
    periodKey: '2026-Q1',
    source: 'fee',
    transaction: 's1',
    kind: 'Instalment',
    form: 'Cash',
    event: '',
    dueOn: '2026-09-30'
};
/** The part of 400 that waits for cash. */
const CASH: PaymentFact = {
    ...THIRD,
    key: '2026-Q1:plan:ann:fee:s1:2',
    kind: 'Release',
    event: 'cash',
    dueOn: ''
};

const malus = (changes: Partial<AdjustmentFact> = {}): AdjustmentFact =>
    decision({ kind: 'Malus', periodKey: '2026-Q2', amount: '-120', payment: THIRD, ...changes });

function world(definition: string, ...adjustments: AdjustmentFact[]): PayWorld {
    const one = new PayWorld(version(definition));
    one.sales = [sold('s1', '2026-02-10', '10000')];
    one.adjustments = adjustments;
    return one;
}

function cashOn(one: PayWorld, day: string): void {
    one.sales = one.sales.map((sale) => ({ ...sale, events: { cash: day } }));
}

describe('malus on an instalment', () => {
    test('is a line of its quarter, and the instalment is less on its day', () => {
        const one = world(INSTALMENTS, malus());
        expect(linesOf(one.publish('2026-Q1'))).toEqual([
            'Earning Fee 900.00',
            'Release Fee, due later -600.00'
        ]);
        expect(linesOf(one.publish('2026-Q2'))).toEqual([
            'Chargeback Fee, malus -120.00',
            'Release Fee, not due any more 120.00',
            'Release Fee, earned in 2026-Q1 300.00'
        ]);
        const third = one.publish('2026-Q3');
        expect(linesOf(third)).toEqual(['Release Fee, earned in 2026-Q1 180.00']);
        expect(statementOf(third).lines[0]).toMatchObject({ settles: THIRD.key });
        expect(linesOf(one.publish('2026-Q4'))).toEqual([]);
    });

    test('stays where the version that scheduled it was replaced, and a reversal takes back only what was paid', () => {
        const one = world(INSTALMENTS, malus());
        one.versions = [
            version(INSTALMENTS, { to: '2026-06-30' }),
            version(INSTALMENTS.replace('2026-01-01', '2026-07-01'), { key: 'plan:2', from: '2026-07-01' })
        ];
        one.publish('2026-Q1');
        one.publish('2026-Q2');
        expect(payoutOf(one.publish('2026-Q3'))).toBe('180.00');
        one.sales.push(sold('r1', '2026-10-05', '10000', { reverses: 's1' }));
        expect(payoutOf(one.publish('2026-Q4'))).toBe('-780.00');
    });

    test.each<[string, Partial<AdjustmentFact>]>([
        ['what was paid', { payment: { ...THIRD, dueOn: '2026-03-31' } }],
        ['more than it', { amount: '-300.01' }],
        ['what is only expensed', { payment: { ...THIRD, kind: 'Amortisation' } }],
        ['what a part the plan lacks scheduled', { payment: { ...THIRD, source: 'other' } }],
        ['pay of who decides', { approvedBy: 'ann' }]
    ])('on %s is told, and nothing changes', (_, changes) => {
        const one = world(INSTALMENTS, malus(changes));
        one.publish('2026-Q1');
        expect(codesOf(one.publish('2026-Q2'))).toEqual(['MALUS_NOT_VALID']);
        expect(payoutOf(one.publish('2026-Q3'))).toBe('300.00');
    });

    test('on what waits for cash is less when the cash comes', () => {
        const one = world(RELEASES, malus({ payment: CASH }));
        one.publish('2026-Q1');
        expect(payoutOf(one.publish('2026-Q2'))).toBe('0.00');
        cashOn(one, '2026-08-03');
        expect(payoutOf(one.publish('2026-Q3'))).toBe('280.00');
    });
});

describe('a release', () => {
    test('is paid in the quarter of its event, once', () => {
        const one = world(RELEASES);
        expect(payoutOf(one.publish('2026-Q1'))).toBe('600.00');
        expect(payoutOf(one.publish('2026-Q2'))).toBe('0.00');
        cashOn(one, '2026-08-03');
        const third = one.publish('2026-Q3');
        expect(linesOf(third)).toEqual(['Release Fee, earned in 2026-Q1 400.00']);
        expect(statementOf(third).lines[0]).toMatchObject({ settles: CASH.key, date: '2026-08-03' });
        expect(payoutOf(one.publish('2026-Q4'))).toBe('0.00');
    });

    test('on an event told after its quarter was published is late data, and settles its payment', () => {
        const one = world(RELEASES);
        one.publish('2026-Q1');
        one.publish('2026-Q2');
        cashOn(one, '2026-05-11');
        const third = one.publish('2026-Q3');
        expect(linesOf(third)).toEqual(['Adjustment Fee, earned in 2026-Q1, late data of 2026-Q2 400.00']);
        expect(statementOf(third).lines[0]).toMatchObject({ settles: CASH.key, date: '2026-05-11' });
        expect(payoutOf(one.publish('2026-Q4'))).toBe('0.00');
    });

    test('is paid once though versions follow on each other', () => {
        const one = world(RELEASES);
        one.versions = ['01-01', '04-01', '07-01'].map((day, index) =>
            version(RELEASES.replace('2026-01-01', `2026-${day}`), {
                key: `plan:${index + 1}`,
                from: `2026-${day}`,
                to: ['2026-03-31', '2026-06-30', ''][index]!
            })
        );
        one.publish('2026-Q1');
        cashOn(one, '2026-05-11');
        expect(payoutOf(one.publish('2026-Q2'))).toBe('400.00');
        expect(payoutOf(one.publish('2026-Q3'))).toBe('0.00');
    });
});
