// Malus and clawback in runs: what has not vested is reduced for good, what has is asked back within its window, and never more than
// was paid; everything else is told by name and moves nothing.
import { describe, expect, test } from '@jest/globals';
import type { AdjustmentFact, PaymentFact } from '../../../src/domain/pay/pay-facts.ts';
import {
    codesOf,
    decision,
    ledgerOf,
    linesOf,
    payoutOf,
    PayWorld,
    sold,
    statementOf,
    version
} from './pay-world.ts';

const PLAN = `plan: plan
currency: GBP
effective: { from: 2026-01-01 }
period: quarter
crediting: [{ key: direct, to: owner }]
components: { bonus: { per: credit, base: payable, rate: 10% } }
payout:
  - key: deferral
    deferral: { deferred: due * 40%, tranches: [{ afterMonths: 3, share: 50% }, { afterMonths: 6, share: 50% }], clawbackMonths: 9 }
`;
/** The tranches of 400 that are deferred in the first quarter. */
const FIRST: PaymentFact = {
    key: '2026-Q1:plan:ann:deferral:-:1',
    periodKey: '2026-Q1',
    source: 'deferral',
    transaction: '',
    kind: 'Tranche',
    form: 'Cash',
    event: '',
    dueOn: '2026-06-30'
};
const SECOND = { ...FIRST, key: '2026-Q1:plan:ann:deferral:-:2', dueOn: '2026-09-30' };

function world(...adjustments: Partial<AdjustmentFact>[]): PayWorld {
    const one = new PayWorld(version(PLAN));
    one.sales = [sold('s1', '2026-02-10', '10000')];
    one.adjustments = adjustments.map((changes, index) => decision({ id: `a${index + 1}`, ...changes }));
    return one;
}

const malus = (changes: Partial<AdjustmentFact> = {}): Partial<AdjustmentFact> => ({
    kind: 'Malus',
    periodKey: '2026-Q2',
    decidedOn: '2026-05-20',
    amount: '-80.5',
    payment: SECOND,
    ...changes
});

const clawback = (changes: Partial<AdjustmentFact> = {}): Partial<AdjustmentFact> => ({
    kind: 'Clawback',
    periodKey: '2026-Q3',
    decidedOn: '2026-08-20',
    amount: '-150',
    payment: FIRST,
    ...changes
});

/** Published quarter by quarter, to the last. */
function published(one: PayWorld, ...keys: string[]) {
    return keys.map((key) => one.publish(key)).at(-1)!;
}

describe('malus', () => {
    test('takes from a tranche that has not vested: its ledger now, its pay on the day', () => {
        const one = world(malus());
        const second = published(one, '2026-Q1', '2026-Q2');
        expect([payoutOf(second), ledgerOf(second, 'deferral')]).toEqual(['200.00', '400.00 -280.50 119.50']);
        const third = one.publish('2026-Q3');
        expect([payoutOf(third), ledgerOf(third, 'deferral')]).toEqual(['119.50', '119.50 -119.50 0.00']);
        expect(statementOf(third).lines[0]).toMatchObject({
            kind: 'Release',
            settles: SECOND.key,
            amount: '119.50'
        });
        expect(statementOf(one.publish('2026-Q4')).balances).toEqual([]);
    });

    test('is told with its reason and its approver in the working of the step', () => {
        const one = world(malus());
        const told = JSON.stringify(statementOf(published(one, '2026-Q1', '2026-Q2')).steps);
        for (const word of ['malus', 'As decided', 'carl', 'dora']) expect(told).toContain(word);
    });

    test('stays where the version that awarded was replaced', () => {
        const one = world(malus());
        one.versions = [
            version(PLAN, { to: '2026-03-31' }),
            version(PLAN.replace('2026-01-01', '2026-04-01'), { key: 'plan:2', from: '2026-04-01' })
        ];
        expect(payoutOf(published(one, '2026-Q1', '2026-Q2', '2026-Q3'))).toBe('119.50');
    });

    test.each<[string, Partial<AdjustmentFact>]>([
        ['what vests before it is decided', { payment: FIRST, decidedOn: '2026-07-02' }],
        ['more than the tranche', { amount: '-200.01' }],
        ['what the plan does not schedule', { payment: { ...SECOND, kind: 'Instalment' } }],
        ['nothing in particular', { payment: null }],
        ['an amount that gives', { amount: '10' }],
        ['pay of who decides', { approvedBy: 'ann' }],
        ['without somebody else', { approvedBy: 'carl' }]
    ])('on %s is told, and nothing changes', (_, changes) => {
        const one = world(malus(changes));
        const second = published(one, '2026-Q1', '2026-Q2');
        expect(codesOf(second)).toEqual(['MALUS_NOT_VALID']);
        expect(payoutOf(one.publish('2026-Q3'))).toBe('200.00');
    });

    test('of two decisions that take more than there is, the first stands', () => {
        const one = world(malus({ amount: '-150' }), malus({ amount: '-60' }));
        const second = published(one, '2026-Q1', '2026-Q2');
        expect(second.problems).toMatchObject([{ code: 'MALUS_NOT_VALID', value: '60' }]);
        expect(payoutOf(one.publish('2026-Q3'))).toBe('50.00');
    });

    test('on a step the version in force does not have is told', () => {
        const one = world(malus());
        one.versions = [
            version(PLAN, { to: '2026-03-31' }),
            version(PLAN.replace('2026-01-01', '2026-04-01').replaceAll('deferral\n', 'held\n'), {
                key: 'plan:2',
                from: '2026-04-01'
            })
        ];
        expect(codesOf(published(one, '2026-Q1', '2026-Q2'))).toEqual(['MALUS_NOT_VALID']);
    });
});

describe('clawback', () => {
    test('asks back what has vested, as a line of the period it was decided in', () => {
        const third = published(world(clawback()), '2026-Q1', '2026-Q2', '2026-Q3');
        expect(linesOf(third)).toEqual([
            'Release Deferral, earned in 2026-Q1 200.00',
            'Adjustment Clawback -150.00'
        ]);
        expect(payoutOf(third)).toBe('50.00');
    });

    test('takes back no more than what malus has left', () => {
        const one = world(
            malus({ payment: FIRST, amount: '-120', decidedOn: '2026-04-10' }),
            clawback({ amount: '-80.01' })
        );
        const third = published(one, '2026-Q1', '2026-Q2', '2026-Q3');
        expect(third.problems).toMatchObject([
            { code: 'CLAWBACK_NOT_VALID', payeeId: 'ann', fix: expect.stringContaining('Only 80.00') }
        ]);
        expect(payoutOf(third)).toBe('200.00');
    });

    test('in several decisions takes back no more than was paid, over all periods', () => {
        const one = world(
            clawback(),
            clawback({ periodKey: '2026-Q4', decidedOn: '2026-11-02', amount: '-60' })
        );
        published(one, '2026-Q1', '2026-Q2', '2026-Q3');
        const fourth = one.publish('2026-Q4');
        expect(fourth.problems).toMatchObject([
            { code: 'CLAWBACK_NOT_VALID', fix: expect.stringContaining('Only 50.00') }
        ]);
    });

    test.each<[string, Partial<AdjustmentFact>]>([
        ['what has not vested when it is decided', { payment: { ...SECOND } }],
        ['what can no longer be asked back', { decidedOn: '2027-01-01' }],
        ['more than was paid', { amount: '-200.01' }],
        ['an amount that gives', { amount: '1' }],
        ['nothing in particular', { payment: null }]
    ])('of %s is told, and nothing changes', (_, changes) => {
        const third = published(world(clawback(changes)), '2026-Q1', '2026-Q2', '2026-Q3');
        expect(codesOf(third)).toEqual(['CLAWBACK_NOT_VALID']);
        expect(payoutOf(third)).toBe('200.00');
    });
});

describe('decisions of earlier periods', () => {
    const GATED = `plan: plan
currency: GBP
effective: { from: 2026-01-01 }
period: quarter
crediting: [{ key: direct, to: owner }]
components:
  bonus: { per: credit, base: payable, rate: 10%, gates: [{ key: large, when: payable > 20000, otherwise: zero, waivable: true }] }
`;

    test('stand: a gate that was waived is not closed again by the next run', () => {
        const one = world({ kind: 'Waiver', periodKey: '2026-Q1', gate: 'large' });
        one.versions = [version(GATED)];
        expect(payoutOf(one.publish('2026-Q1'))).toBe('1000.00');
        expect(statementOf(one.publish('2026-Q2')).lines).toEqual([]);
    });

    test('are lines once: an adjustment of the first quarter is none of the second', () => {
        const one = world({ kind: 'Manual', periodKey: '2026-Q1', amount: '-30' });
        expect(payoutOf(one.publish('2026-Q1'))).toBe('570.00');
        expect(linesOf(one.publish('2026-Q2'))).toEqual(['Release Deferral, earned in 2026-Q1 200.00']);
    });

    test('about somebody who is on no plan are carried out all the same', () => {
        const one = world({ kind: 'Manual', periodKey: '2026-Q1', amount: '25', payeeId: 'eve' });
        const first = one.publish('2026-Q1');
        expect([payoutOf(first, 'eve'), codesOf(first)]).toEqual(['25.00', []]);
        expect(codesOf(one.publish('2026-Q2'))).toEqual([]);
    });

    test('under a plan that pays nothing in the period are told', () => {
        const one = world({ kind: 'Manual', periodKey: '2026-Q1', amount: '25', planKey: 'other' });
        expect(one.publish('2026-Q1').problems).toMatchObject([
            { code: 'ADJUSTMENT_WITHOUT_PLAN', value: 'other' }
        ]);
    });
});
