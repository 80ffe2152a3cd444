import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Ratio } from '../../../src/domain/ratio.ts';
import { quotientUnits } from '../../../src/domain/scorecards/columns/evaluate.ts';
import { groupsToTell, LEAST_GROUP, standings } from '../../../src/domain/scorecards/percentile.ts';
import { attainmentOf, isMet } from '../../../src/domain/scorecards/scoring.ts';
import { trendOf } from '../../../src/domain/scorecards/trend.ts';
import { scoreByDays } from '../../../src/domain/scorecards/build-scorecards.ts';
import { tenureMonth, monthNumberOf } from '../../../src/domain/scorecards/months.ts';
import { parseUnits, roundedUnits, unitsText } from '../../../src/domain/scorecards/units.ts';
import { parseDay } from '../../../src/domain/calendar.ts';

const whole = (text: string): Ratio => Ratio.parseDecimal(text)!;

describe('attainment', () => {
    test('where more is better: value over target, never below nothing', () => {
        const hurdle = { direction: 'up' as const, floor: whole('10'), target: whole('40') };
        expect(attainmentOf(whole('30'), hurdle).toString()).toBe('0.75');
        expect(attainmentOf(whole('-30'), hurdle).toString()).toBe('0');
        expect([whole('9'), whole('10'), whole('40')].map((one) => isMet(one, hurdle))).toEqual([
            'missed',
            'near',
            'met'
        ]);
    });

    test('where less is better: 1 at the target, half at the floor, on in a straight line', () => {
        const hurdle = { direction: 'down' as const, floor: whole('24'), target: whole('8') };
        const told = ['0', '8', '16', '24', '40', '90'].map((one) =>
            attainmentOf(whole(one), hurdle).toString()
        );
        expect(told).toEqual(['1.25', '1', '0.75', '0.5', '0', '0']);
    });

    test('is better the better the value, and never jumps', () => {
        const value = fc.integer({ min: -500, max: 500 });
        fc.assert(
            fc.property(value, value, (a, b) => {
                const [less, more] = [Math.min(a, b), Math.max(a, b)].map((one) => Ratio.of(one)) as [
                    Ratio,
                    Ratio
                ];
                const up = { direction: 'up' as const, floor: whole('10'), target: whole('40') };
                const down = { direction: 'down' as const, floor: whole('40'), target: whole('10') };
                expect(attainmentOf(less, up).compare(attainmentOf(more, up))).toBeLessThanOrEqual(0);
                expect(attainmentOf(less, down).compare(attainmentOf(more, down))).toBeGreaterThanOrEqual(0);
            })
        );
    });
});

describe('a trend', () => {
    test('needs five values, and is rising or falling only when chance would hardly do it', () => {
        expect(trendOf([1, 2, 3, 4])).toBe('tooFew');
        expect(trendOf([1, null, 2, 3, null, 4, 5])).toBe('rising');
        expect(trendOf([9, 8, 7, 6, 5, 4])).toBe('falling');
        expect(trendOf([5, 5, 5, 5, 5, 5])).toBe('steady');
        expect(trendOf([1, 3, 2, 4, 3, 5])).toBe('rising');
        expect(trendOf([1, 9, 2, 8, 3, 7])).toBe('steady');
    });

    test('is called of a steady series in at most one of ten orders', () => {
        const orders = permutations([1, 2, 3, 4, 5, 6]);
        const called = orders.filter((order) => trendOf(order) !== 'steady').length;
        expect(called).toBeGreaterThan(0);
        expect(called / orders.length).toBeLessThanOrEqual(0.1);
    });
});

function permutations(values: number[]): number[][] {
    if (values.length === 0) return [[]];
    return values.flatMap((first) =>
        permutations(values.filter((one) => one !== first)).map((rest) => [first, ...rest])
    );
}

describe('percentiles', () => {
    const peers = fc.array(
        fc.record({
            unit: fc.constantFrom('north', 'south', 'east', null),
            value: fc.integer({ min: 0, max: 9 })
        }),
        { maxLength: 30 }
    );

    test('are told in groups of at least five, and what the groups leave over is nobody', () => {
        fc.assert(
            fc.property(peers, (list) => {
                const named = list.map((one, index) => ({ ...one, person: String(index) }));
                const groups = groupsToTell(named);
                for (const group of groups) expect(group.length).toBeGreaterThanOrEqual(LEAST_GROUP);
                const told = groups.flat().length;
                expect(told).toBe(named.length < LEAST_GROUP ? 0 : named.length);
                for (const { percentile } of standings(named).values()) {
                    expect(percentile).toBeGreaterThanOrEqual(0);
                    expect(percentile).toBeLessThanOrEqual(100);
                }
            })
        );
    });
});

describe('numbers', () => {
    test('the quick quotient is the exact one rounded once, or says it cannot tell', () => {
        const over = fc.maxSafeInteger();
        const under = fc.integer({ min: 1, max: 2 ** 45 });
        fc.assert(
            fc.property(over, under, (a, b) => {
                const quick = quotientUnits(a, b);
                if (quick !== null && b !== 10_000)
                    expect(quick).toBe(roundedUnits(Ratio.of(BigInt(a), BigInt(b))));
            }),
            { numRuns: 2000 }
        );
        expect(quotientUnits(2, 3)).toBe(6667);
        expect(quotientUnits(-1, 20_000)).toBe(-1);
        expect(quotientUnits(1, 20_001)).toBe(0);
    });

    test('decimals are read digit by digit, and refused beyond four of them', () => {
        expect([parseUnits('12.5'), parseUnits('-0.0001'), parseUnits('1e3'), parseUnits('1.00001')]).toEqual(
            [125_000, -1, null, null]
        );
        expect(unitsText(-125_000)).toBe('-12.5');
    });

    test('two roles of one month weigh by their days', () => {
        expect(
            scoreByDays([
                { score: 80, days: 10 },
                { score: 50, days: 20 }
            ])
        ).toBe(60);
        expect(
            scoreByDays([
                { score: 80, days: 10 },
                { score: null, days: 20 }
            ])
        ).toBeNull();
    });

    test('tenure is counted in months from the first whole one', () => {
        const month = monthNumberOf(parseDay('2026-10-01'));
        expect(
            ['2026-10-01', '2026-09-20', '2026-05-01', '2025-10-02'].map((day) =>
                tenureMonth(parseDay(day), month)
            )
        ).toEqual([1, 1, 6, 12]);
    });
});
