import { describe, expect, test } from '@jest/globals';
import { amounts, calculated, codes, lines, months } from './calculated.ts';

function bonus(otherwise: string, rest = ''): string {
    return `components:
  bonus:
    per: period
    base: 1200
    gates: [{ key: profit, when: fact.profit >= 100%, otherwise: ${otherwise}${rest} }]
    factors: [{ key: team, value: "default(fact.team, 1)" }]`;
}

const given = (profit: string, more: { facts?: object[]; [field: string]: unknown } = {}): object =>
    months(1, { ...more, facts: [{ name: 'profit', value: profit }, ...(more.facts ?? [])] });

const WAIVER = {
    payee: 'rep',
    gate: 'profit',
    period: '2026-01',
    reason: 'outage',
    requestedBy: 'lead',
    approvedBy: 'board'
};

describe('gates', () => {
    test('a gate that is met changes nothing', () => {
        expect(amounts(calculated(bonus('zero'), given('100%')), 'bonus')).toEqual(['1200']);
    });

    test('a gate that is not met zeroes, multiplies, or caps after the factors', () => {
        const twice = { facts: [{ name: 'team', value: 2 }] };
        expect(amounts(calculated(bonus('zero'), given('99%', twice)), 'bonus')).toEqual(['0']);
        expect(amounts(calculated(bonus('{ multiply: 50% }'), given('99%', twice)), 'bonus')).toEqual([
            '1200'
        ]); // 1,200 x 2 x 50%
        expect(amounts(calculated(bonus('{ cap: 1500 }'), given('99%', twice)), 'bonus')).toEqual(['1500']);
        expect(amounts(calculated(bonus('{ cap: 5000 }'), given('99%', twice)), 'bonus')).toEqual(['2400']);
    });

    test('the answer of each gate stands in the working', () => {
        const [line] = lines(calculated(bonus('zero'), given('99%')), 'bonus');
        const gate = line!.working.find(({ what }) => what === 'gate profit');
        expect([gate?.result, gate?.inputs.map(({ name, value }) => `${name} ${String(value)}`)]).toEqual([
            false,
            ['fact.profit 99%']
        ]);
    });

    test('an approved waiver opens a gate that may be waived, with reason and names in the working', () => {
        const result = calculated(bonus('zero', ', waivable: true'), given('50%', { exceptions: [WAIVER] }));
        expect(amounts(result, 'bonus')).toEqual(['1200']);
        expect(lines(result, 'bonus')[0]!.working.some(({ what }) => what === 'gate profit waived')).toBe(
            true
        );
    });

    test.each([
        ['whoever asked', { approvedBy: 'lead' }],
        ['the payee', { approvedBy: 'rep' }],
        ['somebody paid by the same plan', { approvedBy: 'colleague' }]
    ])('a waiver approved by %s is a problem, and the gate stays', (_, change) => {
        const result = calculated(
            bonus('zero', ', waivable: true'),
            given('50%', {
                payees: [{ id: 'rep' }, { id: 'colleague' }],
                exceptions: [{ ...WAIVER, ...change }]
            })
        );
        expect(codes(result)).toEqual(['WAIVER_NOT_VALID']);
        expect(amounts(result, 'bonus')).toEqual(['0']);
    });
});
