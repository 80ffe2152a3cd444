// Clawback in runs of what a published line paid: owed to the ledger of the plan's step, recovered from later statements, told in
// their working; anything else is told by name and moves nothing.
import { describe, expect, test } from '@jest/globals';
import type { AdjustmentFact } from '../../../src/domain/pay/pay-facts.ts';
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
components: { commission: { per: credit, base: payable, rate: 10% } }
payout: [{ key: clawback, clawback: { windowMonths: 12, recoverShare: 50% } }]
`;
const EXTRA = '2026-Q1:plan:ann:adjustment:a1';
const LINE = '2026-Q1:plan:ann:commission:Earning:s1:direct/ann';

function world(...changes: Partial<AdjustmentFact>[]): PayWorld {
    const one = new PayWorld(version(PLAN));
    one.sales = [
        sold('s1', '2026-02-10', '10000'),
        sold('s2', '2026-05-10', '1000'),
        sold('s3', '2026-08-10', '1000')
    ];
    one.adjustments = changes.map((change, index) =>
        decision({
            id: `a${index + 1}`,
            kind: 'Clawback',
            periodKey: '2026-Q2',
            decidedOn: '2026-05-20',
            amount: '-80',
            corrects: LINE,
            ...change
        })
    );
    return one;
}

const published = (one: PayWorld, ...keys: string[]) => keys.map((key) => one.publish(key)).at(-1)!;

describe('clawback of a published line', () => {
    test('is recovered from this and later pay, through the ledger, and told in the working', () => {
        const one = world({});
        const first = one.publish('2026-Q1');
        expect(statementOf(first).lines.map(({ key }) => `${statementOf(first).key}:${key}`)).toEqual([LINE]);
        const second = one.publish('2026-Q2');
        expect(linesOf(second)).toEqual(['Earning Commission 100.00', 'PayoutStep Clawback -50.00']);
        expect(ledgerOf(second, 'clawback')).toBe('0.00 30.00 30.00');
        expect(statementOf(second).balances).toMatchObject([
            { kind: 'CarriedForward', movements: [{ what: 'clawback' }, { what: 'recovered' }] }
        ]);
        const told = JSON.stringify(statementOf(second).lines[1]!.working);
        for (const word of ['s1', 'As decided', 'carl', 'dora']) expect(told).toContain(word);
        const third = one.publish('2026-Q3');
        expect([payoutOf(third), ledgerOf(third, 'clawback')]).toEqual(['70.00', '30.00 -30.00 0.00']);
    });

    test('stands where the version that paid was replaced, and counts against what is left', () => {
        const one = world(
            { amount: '-900' },
            { periodKey: '2026-Q3', decidedOn: '2026-08-01', amount: '-101' }
        );
        one.versions = [
            version(PLAN, { to: '2026-06-30' }),
            version(PLAN.replace('2026-01-01', '2026-07-01'), { key: 'plan:2', from: '2026-07-01' })
        ];
        const third = published(one, '2026-Q1', '2026-Q2', '2026-Q3');
        expect(third.problems).toMatchObject([
            { code: 'CLAWBACK_NOT_VALID', fix: expect.stringContaining('Only 100 of it') }
        ]);
        expect(ledgerOf(third, 'clawback')).toBe('850.00 -50.00 800.00');
    });

    test('takes back what an adjustment paid, less what was taken off it since', () => {
        const one = world(
            { kind: 'Manual', periodKey: '2026-Q1', amount: '500', corrects: '' },
            { kind: 'Manual', periodKey: '2026-Q2', amount: '-200', corrects: EXTRA },
            { corrects: EXTRA, amount: '-300.01' },
            { corrects: EXTRA, amount: '-290' },
            { corrects: EXTRA, amount: '-10.01', periodKey: '2026-Q3', decidedOn: '2026-08-02' }
        );
        const first = one.publish('2026-Q1');
        expect(statementOf(first).lines.map(({ key }) => `${statementOf(first).key}:${key}`)).toContain(
            EXTRA
        );
        const second = one.publish('2026-Q2');
        expect(second.problems).toMatchObject([
            { code: 'CLAWBACK_NOT_VALID', fix: expect.stringContaining('Only 300 of it') }
        ]);
        expect(ledgerOf(second, 'clawback')).toBe('0.00 240.00 240.00');
        expect(linesOf(second)).toEqual([
            'Earning Commission 100.00',
            'PayoutStep Clawback -50.00',
            'Correction Adjustment -200.00'
        ]);
        expect(JSON.stringify(statementOf(second).lines[1]!.working)).toContain(EXTRA);
        const third = one.publish('2026-Q3');
        expect(third.problems.at(-1)!.fix).toContain('Only 10 of it');
        expect(ledgerOf(third, 'clawback')).toBe('240.00 -50.00 190.00');
    });

    test('stands when an adjustment takes more off the line later', () => {
        const one = world(
            { kind: 'Manual', periodKey: '2026-Q1', amount: '500', corrects: '' },
            { corrects: EXTRA, amount: '-400' },
            { kind: 'Manual', periodKey: '2026-Q3', amount: '-200', corrects: EXTRA }
        );
        const third = published(one, '2026-Q1', '2026-Q2', '2026-Q3');
        expect(third.problems).toEqual([]);
        expect(ledgerOf(third, 'clawback')).toBe('350.00 -50.00 300.00');
    });

    test.each<[string, Partial<AdjustmentFact>, string]>([
        ['a line nobody published', { corrects: `${LINE}x` }, 'Name a published line'],
        ['more than it paid', { amount: '-1000.01' }, 'Only 1000 of it'],
        ['an amount that gives', { amount: '80' }, 'above zero'],
        ['pay of who decides', { approvedBy: 'ann' }, '']
    ])('of %s is told by name, and nothing is owed', (_, change, says) => {
        const one = world(change);
        const second = published(one, '2026-Q1', '2026-Q2');
        expect(codesOf(second)).toEqual(['CLAWBACK_NOT_VALID']);
        expect(second.problems[0]!.fix).toContain(says);
        expect(payoutOf(second)).toBe('100.00');
    });

    test('by a plan without the step is told by name', () => {
        const one = world({});
        one.versions = [version(PLAN.slice(0, PLAN.indexOf('payout')))];
        const second = published(one, '2026-Q1', '2026-Q2');
        expect(second.problems).toMatchObject([
            { code: 'CLAWBACK_NOT_VALID', fix: expect.stringContaining('no step clawback') }
        ]);
        expect(payoutOf(second)).toBe('100.00');
    });
});
