import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formatDay, parseDay } from '../../../../src/domain/calendar.ts';
import {
    ALLOWANCE,
    chanceToCross,
    CUSUM,
    EWMA,
    limitOf,
    WEIGHT
} from '../../../../src/domain/scorecards/warnings/luck.ts';
import {
    daysAtWork,
    endOfPeriod,
    isWeekday,
    mondayOf,
    nextDayAtWork
} from '../../../../src/domain/scorecards/warnings/presence.ts';
import { binomialScore, poissonScore } from '../../../../src/domain/scorecards/warnings/tail-score.ts';
import { usualCourse, weightedMedian } from '../../../../src/domain/scorecards/warnings/usual-course.ts';
import { weeklySeries } from '../../../../src/domain/scorecards/warnings/weekly-series.ts';
import type { Fact } from '../../../../src/domain/scorecards/types.ts';
import { SeededRandom } from '../../../../src/domain/statistics/random.ts';
import { ERRORS, person, SATISFACTION, TODAY, WORK } from './world.ts';

describe('what luck does to a chart', () => {
    test.each([
        [CUSUM, 5, 13],
        [EWMA, 0.95, 13]
    ])('is what three thousand simulated unchanged courses show: %j', (chart, limit, periods) => {
        const random = new SeededRandom(7);
        let crossed = 0;
        const runs = 3_000;
        for (let run = 0; run < runs; run++) {
            let state = 0;
            for (let period = 0; period < periods; period++) {
                const z = random.normal();
                state =
                    chart === CUSUM
                        ? Math.max(0, state + z - ALLOWANCE)
                        : Math.max(-limit, (1 - WEIGHT) * state + WEIGHT * z);
                if (state >= limit) {
                    crossed++;
                    break;
                }
            }
        }
        expect(Math.abs(chanceToCross(chart, limit, periods) - crossed / runs)).toBeLessThan(0.006);
    });

    test('gives a wider limit for a smaller chance and for more periods', () => {
        expect(limitOf(CUSUM, 13, 0.01)).toBeCloseTo(4.84, 1);
        expect(limitOf(CUSUM, 13, 0.001)).toBeGreaterThan(limitOf(CUSUM, 13, 0.01));
        expect(limitOf(EWMA, 30, 0.01)).toBeGreaterThan(limitOf(EWMA, 13, 0.01));
    });
});

describe('how unusual a number is', () => {
    test('is a standard normal value: none of three expected is -1.96, five of ten at a half is 0', () => {
        expect(poissonScore(0, 3)).toBeCloseTo(-1.96, 2);
        expect(binomialScore(5, 10, 0.5)).toBeCloseTo(0, 10);
        expect(binomialScore(9, 10, 0.5)).toBeCloseTo(2.5205, 3);
        expect(poissonScore(10_000, 3)).toBe(7);
    });

    test('rises with the number', () => {
        fc.assert(
            fc.property(fc.double({ min: 0.05, max: 60, noNaN: true }), fc.nat(80), (expected, hits) => {
                expect(poissonScore(hits + 1, expected)).toBeGreaterThanOrEqual(poissonScore(hits, expected));
            })
        );
    });
});

describe('a usual course', () => {
    const weeks = (values: number[], n = 5): { from: number; days: number; value: number; n: number }[] =>
        values.map((value, at) => ({ from: TODAY - 7 * (values.length - at), days: 5, value, n }));

    test('is not moved by one odd week', () => {
        const values = Array.from({ length: 20 }, (_, at) => [4.2, 4.4, 4.3][at % 3]!);
        const odd = usualCourse(weeks([...values, 1]), SATISFACTION);
        expect(odd.centre).toBeCloseTo(4.3, 5);
        const counts = Array.from({ length: 20 }, (_, at) => [18, 22, 20][at % 3]!);
        const busy = usualCourse(weeks([...counts, 200]), WORK);
        expect(busy.centre * 5).toBeGreaterThan(19.5);
        expect(busy.centre * 5).toBeLessThan(21.5);
    });

    test('never holds somebody who never varied to no variation at all', () => {
        const flat = usualCourse(weeks(Array.from({ length: 20 }, () => 4)), SATISFACTION);
        expect(flat.worse({ from: TODAY, days: 5, value: 3.9, n: 5 }, flat.spread)).toBeLessThan(2);
        const clean = usualCourse(weeks(Array.from({ length: 20 }, () => 0)), ERRORS);
        expect(clean.worse({ from: TODAY, days: 5, value: 1000 / 50, n: 50 }, clean.spread)).toBeLessThan(4);
    });

    test('takes what it knows only roughly in favour of the person', () => {
        const few = usualCourse(weeks([4.2, 4.4, 4.3, 4.2, 4.4]), SATISFACTION);
        const many = usualCourse(
            weeks(Array.from({ length: 100 }, (_, at) => [4.2, 4.4, 4.3][at % 3]!)),
            SATISFACTION
        );
        const low = { from: TODAY, days: 5, value: 4, n: 5 };
        expect(few.worse(low, 0.5)).toBeLessThan(many.worse(low, 0.5));
    });

    test('weighs the median by observations', () => {
        expect(weightedMedian([])).toBeNaN();
        expect(
            weightedMedian([
                { value: 1, weight: 1 },
                { value: 9, weight: 5 }
            ])
        ).toBe(9);
        expect(
            weightedMedian([
                { value: 4, weight: 1 },
                { value: 2, weight: 1 }
            ])
        ).toBe(3);
    });
});

describe('days at work', () => {
    const calendar = {
        holidays: new Set([TODAY + 1]),
        absences: new Map([['ann', [{ from: TODAY + 3, to: TODAY + 9 }]]])
    };

    test('leave out weekends, holidays, leave and what lies outside employment', () => {
        const none = { holidays: new Set<number>(), absences: new Map() };
        expect(daysAtWork(person('ann'), TODAY, TODAY + 14, none)).toBe(10);
        expect(daysAtWork(person('ann'), TODAY, TODAY + 14, calendar)).toBe(10 - 1 - 5);
        expect(daysAtWork(person('bob'), TODAY, TODAY + 14, calendar)).toBe(9);
        expect(daysAtWork(person('new', { joined: TODAY + 2 }), TODAY, TODAY + 7, none)).toBe(3);
        expect(daysAtWork(person('off', { left: TODAY }), TODAY, TODAY + 7, none)).toBe(1);
        expect(daysAtWork(person('off', { left: TODAY - 1 }), TODAY, TODAY + 7, none)).toBe(0);
    });

    test('move to the next one where the person is away, and to none after leaving', () => {
        expect(nextDayAtWork(person('ann'), TODAY + 3, calendar)).toBe(TODAY + 10);
        expect(nextDayAtWork(person('ann'), TODAY + 5, calendar)).toBe(TODAY + 10);
        expect(nextDayAtWork(person('off', { left: TODAY }), TODAY + 1, calendar)).toBeNull();
    });

    test('weeks begin on Monday and months end with their last day', () => {
        fc.assert(
            fc.property(fc.integer({ min: 0, max: 60_000 }), (day) => {
                const weekday = (new Date(day * 86_400_000).getUTCDay() + 6) % 7;
                expect(mondayOf(day)).toBe(day - weekday);
                expect(isWeekday(day)).toBe(weekday < 5);
                const first = parseDay(`${formatDay(day).slice(0, 8)}01`);
                const next = endOfPeriod(first, 'month');
                expect(formatDay(next).slice(8)).toBe('01');
                expect(next - first).toBeLessThanOrEqual(31);
            })
        );
    });
});

describe('facts week by week', () => {
    const fact = (day: number, value: number, n: number, more: Partial<Fact> = {}): Fact => ({
        signal: 'client-satisfaction',
        person: 'ann',
        day,
        value: value * 10_000,
        n,
        source: 's',
        sourceId: `${day}-${value}`,
        extractedAt: 0,
        subject: null,
        attributes: {},
        ...more
    });
    const metric = {
        ...SATISFACTION,
        weekly: { signals: ['client-satisfaction'], how: 'mean' as const, hits: {} }
    };

    test('begin after the week of the first fact and end before the week of the day', () => {
        const facts = [-28, -20, -13, -6, 1].map((offset) => fact(TODAY + offset, 4, 2));
        const [series] = weeklySeries(facts, [metric], TODAY + 2);
        expect(series!.points.map(({ from }) => from)).toEqual([TODAY - 21, TODAY - 14, TODAY - 7]);
    });

    test('give a mean over observations, a median, a share of hits, and 0 where nothing was counted', () => {
        const facts = [
            fact(TODAY - 14, 5, 1),
            fact(TODAY - 7, 5, 3, { attributes: { outcome: 'wrong' } }),
            fact(TODAY - 6, 1, 1, { attributes: { outcome: 'right' } })
        ];
        const valueOf = (
            how: 'mean' | 'median' | 'share' | 'count',
            hits = {},
            asOf = TODAY
        ): (number | null)[] =>
            weeklySeries(
                facts,
                [{ ...metric, whole: 100, weekly: { ...metric.weekly, how, hits } }],
                asOf
            )[0]!.points.map(({ value }) => value);
        expect(valueOf('mean')).toEqual([4]);
        expect(valueOf('median')).toEqual([5]);
        expect(valueOf('share', { outcome: 'wrong' })).toEqual([75]);
        expect(valueOf('count', {}, TODAY + 7)).toEqual([4, 0]);
        expect(valueOf('mean', {}, TODAY + 7)).toEqual([4]);
    });
});
