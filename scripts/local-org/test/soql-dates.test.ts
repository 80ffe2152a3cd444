// Date literals as ranges of days, and days in a time zone with daylight saving.
import { describe, expect, test } from '@jest/globals';
import { dateLiteralRange } from '../soql/date-literals.ts';
import { COUNTED_DATE_LITERALS, DATE_LITERALS } from '../soql/names.ts';
import { formatDay, formatInstant, parseDay, timeZone } from '../soql/time-zone.ts';

/** Wednesday. */
const TODAY = parseDay('2026-08-19') as number;

function range(name: string, count: number | null = null, fiscalStartMonth = 1): string {
    const { from, until } = dateLiteralRange(name, count, TODAY, fiscalStartMonth);
    return `${formatDay(from)} to ${formatDay(until - 1)}`;
}

describe('a date literal on Wednesday 19 August 2026', () => {
    test.each([
        ['YESTERDAY', null, '2026-08-18 to 2026-08-18'],
        ['TODAY', null, '2026-08-19 to 2026-08-19'],
        ['TOMORROW', null, '2026-08-20 to 2026-08-20'],
        ['LAST_WEEK', null, '2026-08-09 to 2026-08-15'],
        ['THIS_WEEK', null, '2026-08-16 to 2026-08-22'],
        ['NEXT_WEEK', null, '2026-08-23 to 2026-08-29'],
        ['LAST_MONTH', null, '2026-07-01 to 2026-07-31'],
        ['THIS_MONTH', null, '2026-08-01 to 2026-08-31'],
        ['NEXT_MONTH', null, '2026-09-01 to 2026-09-30'],
        ['LAST_90_DAYS', null, '2026-05-21 to 2026-08-19'],
        ['NEXT_90_DAYS', null, '2026-08-20 to 2026-11-17'],
        ['LAST_N_DAYS', 2, '2026-08-17 to 2026-08-19'],
        ['NEXT_N_DAYS', 2, '2026-08-20 to 2026-08-21'],
        ['N_DAYS_AGO', 2, '2026-08-17 to 2026-08-17'],
        ['LAST_N_WEEKS', 2, '2026-08-02 to 2026-08-15'],
        ['NEXT_N_WEEKS', 1, '2026-08-23 to 2026-08-29'],
        ['N_WEEKS_AGO', 2, '2026-08-02 to 2026-08-08'],
        ['LAST_N_MONTHS', 8, '2025-12-01 to 2026-07-31'],
        ['NEXT_N_MONTHS', 5, '2026-09-01 to 2027-01-31'],
        ['N_MONTHS_AGO', 8, '2025-12-01 to 2025-12-31'],
        ['THIS_QUARTER', null, '2026-07-01 to 2026-09-30'],
        ['LAST_QUARTER', null, '2026-04-01 to 2026-06-30'],
        ['NEXT_N_QUARTERS', 2, '2026-10-01 to 2027-03-31'],
        ['THIS_YEAR', null, '2026-01-01 to 2026-12-31'],
        ['N_YEARS_AGO', 2, '2024-01-01 to 2024-12-31']
    ])('%s:%s is %s', (name, count, expected) => {
        expect(range(name, count)).toBe(expected);
    });

    test.each([
        ['THIS_FISCAL_QUARTER', null, '2026-08-01 to 2026-10-31'],
        ['THIS_FISCAL_YEAR', null, '2026-02-01 to 2027-01-31'],
        ['LAST_FISCAL_YEAR', null, '2025-02-01 to 2026-01-31'],
        ['NEXT_N_FISCAL_QUARTERS', 1, '2026-11-01 to 2027-01-31'],
        ['N_FISCAL_YEARS_AGO', 1, '2025-02-01 to 2026-01-31']
    ])('%s:%s follows a fiscal year from February: %s', (name, count, expected) => {
        expect(range(name, count, 2)).toBe(expected);
    });

    test('has a range for every name the parser knows', () => {
        for (const name of DATE_LITERALS) expect(range(name)).toMatch(/ to /);
        for (const name of COUNTED_DATE_LITERALS) expect(range(name, 3)).toMatch(/ to /);
    });
});

describe('days in a time zone', () => {
    const london = timeZone('Europe/London');
    const at = (text: string): number => Date.parse(text);
    const start = (day: string): string => formatInstant(london.startOf(parseDay(day) as number));

    test('start an hour earlier in UTC when summer time holds', () => {
        expect(start('2026-01-15')).toBe('2026-01-15T00:00:00.000Z');
        expect(start('2026-07-15')).toBe('2026-07-14T23:00:00.000Z');
    });

    test('are right on the days the clock changes', () => {
        expect(start('2026-03-29')).toBe('2026-03-29T00:00:00.000Z');
        expect(start('2026-03-30')).toBe('2026-03-29T23:00:00.000Z');
        expect(start('2026-10-25')).toBe('2026-10-24T23:00:00.000Z');
        expect(start('2026-10-26')).toBe('2026-10-26T00:00:00.000Z');
    });

    test('give the day of an instant', () => {
        expect(formatDay(london.dayOf(at('2026-07-14T23:30:00Z')))).toBe('2026-07-15');
        expect(formatDay(timeZone('America/Los_Angeles').dayOf(at('2026-01-15T07:59:59Z')))).toBe(
            '2026-01-14'
        );
        expect(formatDay(timeZone('Asia/Kathmandu').dayOf(at('2026-01-14T18:15:00Z')))).toBe('2026-01-15');
    });

    test('refuse what is no calendar date', () => {
        expect(parseDay('2026-02-30')).toBeNull();
        expect(parseDay('0001-01-01')).not.toBeNull();
    });
});
