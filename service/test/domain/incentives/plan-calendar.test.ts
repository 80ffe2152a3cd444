import { describe, expect, test } from '@jest/globals';
import { dayOfKey } from '../../../src/domain/incentives/period-keys.ts';
import type { Interval } from '../../../src/domain/incentives/plan.ts';
import { daysOf, monthsOf, overlap, PlanCalendar } from '../../../src/domain/incentives/plan-calendar.ts';

const calendar = new PlanCalendar({ yearStart: '01-01', effectiveFrom: '2025-07-01', effectiveTo: null });
const british = new PlanCalendar({
    yearStart: '04-06',
    effectiveFrom: '0001-01-01',
    effectiveTo: '2026-12-31'
});

describe('intervals of a plan', () => {
    test.each<[Interval, string, string, string]>([
        ['week', '2026-11-21', '2026-11-16', '2026-11-22'],
        ['week', '2026-01-01', '2025-12-29', '2026-01-04'],
        ['month', '2028-02-29', '2028-02-01', '2028-02-29'],
        ['quarter', '2026-05-31', '2026-04-01', '2026-06-30'],
        ['half-year', '2026-12-31', '2026-07-01', '2026-12-31'],
        ['year', '2026-01-01', '2026-01-01', '2026-12-31'],
        ['plan', '2026-01-01', '2025-07-01', '9999-12-31']
    ])('the %s of %s runs from %s to %s', (interval, day, start, end) => {
        expect(calendar.intervalAt(interval, day)).toEqual({ start, end });
    });

    test('a year that starts on 6 April has quarters and months from the 6th to the 5th', () => {
        expect(british.intervalAt('year', '2026-04-05')).toEqual({ start: '2025-04-06', end: '2026-04-05' });
        expect(british.intervalAt('quarter', '2026-04-06')).toEqual({
            start: '2026-04-06',
            end: '2026-07-05'
        });
        expect(british.intervalAt('month', '2026-01-05')).toEqual({ start: '2025-12-06', end: '2026-01-05' });
        expect(british.numberInYear('month', '2026-01-05')).toBe(9);
    });

    test('periods are numbered in the year and counted between days', () => {
        expect(calendar.numberInYear('quarter', '2026-09-30')).toBe(3);
        expect(calendar.intervalsBetween('month', '2025-11-20', '2026-02-01')).toBe(3);
        expect(calendar.intervalsBetween('week', '2026-01-01', '2026-01-12')).toBe(2);
        expect(calendar.endAfter('month', '2026-01-31', 1)).toBe('2026-02-28');
        expect(calendar.endAfter('quarter', '2026-03-31', 2)).toBe('2026-09-30');
    });

    test('spans have days and whole months, and meet or do not', () => {
        const quarter = { start: '2026-01-01', end: '2026-03-31' };
        expect([daysOf(quarter), monthsOf(quarter)]).toEqual([90, 3]);
        expect(monthsOf({ start: '2026-01-15', end: '2026-03-13' })).toBe(1);
        expect(overlap(quarter, '2026-02-01', null)).toEqual({ start: '2026-02-01', end: '2026-03-31' });
        expect(overlap(quarter, '2026-04-01', null)).toBeNull();
    });

    test.each([
        ['2026-03', '01-01', '2026-03-01'],
        ['2026-Q3', '01-01', '2026-07-01'],
        ['2026-H2', '04-06', '2026-10-06'],
        ['2026', '04-06', '2026-04-06'],
        ['2026-W01', '01-01', '2025-12-29'],
        ['2027-W01', '01-01', '2027-01-04'],
        ['spring', '01-01', null]
    ])('the period %s with a year from %s begins on %s', (key, yearStart, day) => {
        expect(dayOfKey(key, { yearStart })).toBe(day);
    });
});
