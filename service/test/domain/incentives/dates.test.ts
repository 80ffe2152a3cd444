import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addDays, addMonths, daysBetween, wholeMonths } from '../../../src/domain/incentives/dates.ts';
import { formatDay, parseDay } from '../../../src/domain/calendar.ts';

const days = fc
    .integer({ min: parseDay('1900-01-01'), max: parseDay('2199-12-31') })
    .filter((day) => day !== -1)
    .map(formatDay);

describe('days of plans', () => {
    test.each([
        ['2026-01-31', 1, '2026-02-28'],
        ['2028-01-31', 1, '2028-02-29'],
        ['2028-02-29', 12, '2029-02-28'],
        ['2026-03-31', -1, '2026-02-28'],
        ['2026-12-15', 1, '2027-01-15'],
        ['2026-01-15', -13, '2024-12-15']
    ])('%s plus %i months is %s', (day, count, later) => {
        expect(addMonths(day, count)).toBe(later);
    });

    test.each([
        ['2026-01-31', '2026-02-28', 1],
        ['2026-01-31', '2026-02-27', 0],
        ['2026-01-31', '2026-03-31', 2],
        ['2026-02-28', '2026-03-31', 1],
        ['2024-02-29', '2025-02-28', 12],
        ['2024-02-29', '2025-02-27', 11],
        ['2026-01-31', '2026-08-30', 6],
        ['2026-05-01', '2026-04-01', -1],
        ['2026-05-01', '2026-05-01', 0]
    ])('from %s to %s %i months have passed', (from, to, months) => {
        expect(wholeMonths(from, to)).toBe(months);
    });

    test('so many days later is so many days away', () => {
        fc.assert(
            fc.property(days, fc.integer({ min: -5000, max: 5000 }), (day, count) => {
                expect(daysBetween(day, addDays(day, count))).toBe(count);
            })
        );
    });

    test('so many months later so many months have passed, and a day earlier one less', () => {
        fc.assert(
            fc.property(days, fc.integer({ min: 1, max: 600 }), (day, count) => {
                const later = addMonths(day, count);
                expect(wholeMonths(day, later)).toBe(count);
                expect(wholeMonths(day, addDays(later, -1))).toBe(count - 1);
            })
        );
    });

    test('a day that does not exist is a problem', () => {
        expect(() => daysBetween('2026-02-29', '2026-03-01')).toThrow('DATE_INVALID');
        expect(() => addMonths('2026-13-01', 1)).toThrow('DATE_INVALID');
    });
});
