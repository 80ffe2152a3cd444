import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
    addBusinessDays,
    businessDaysBetween,
    dayOf,
    formatDay,
    parseDay
} from '../../src/domain/calendar.ts';
import { orgTimeZone } from '../../src/domain/org-time-zone.ts';
import { NONE } from '../../src/domain/pipeline/types.ts';

const realDay = fc.integer({ min: -719_162, max: 2_932_896 }).filter((day) => day !== NONE);

describe('day numbers', () => {
    test('count whole days since 1970-01-01', () => {
        expect([dayOf(1970, 1, 1), dayOf(2026, 11, 21), dayOf(1, 1, 1), dayOf(9999, 12, 31)]).toEqual([
            0, 20_778, -719_162, 2_932_896
        ]);
    });

    test('survive being written and read, from year 0001 to 9999', () => {
        fc.assert(fc.property(realDay, (day) => parseDay(formatDay(day)) === day));
    });

    test('agree with the calendar of the language', () => {
        fc.assert(
            fc.property(
                realDay,
                (day) => formatDay(day) === new Date(day * 86_400_000).toISOString().slice(0, 10)
            )
        );
    });

    test('are NONE for a blank date', () => {
        expect([parseDay(''), parseDay(null), formatDay(NONE)]).toEqual([NONE, NONE, '']);
    });

    test('exist where the language has them, and only there', () => {
        const number = (max: number) => fc.integer({ min: 0, max });
        const two = (value: number) => String(value).padStart(2, '0');
        fc.assert(
            fc.property(number(9999), number(13), number(32), (year, month, day) => {
                const text = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
                const time = Date.parse(`${text}T00:00:00Z`);
                const exists = !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
                if (exists) expect(parseDay(text)).toBe(dayOf(year, month, day));
                else expect(() => parseDay(text)).toThrow('DATE_INVALID');
            }),
            {
                examples: [
                    [2000, 2, 29],
                    [1900, 2, 29],
                    [2026, 4, 31],
                    [2028, 2, 29],
                    [0, 1, 1]
                ]
            }
        );
    });

    test.each([
        '2026-02-29',
        '2026-13-01',
        '2026-1-1',
        'soon',
        '2026/11/21',
        '2026-11-211',
        '20a6-11-21',
        '2026-11-2 ',
        '-026-11-21',
        '2026-11-21T00:00:00Z'
    ])('refuse the date %s', (text) => {
        expect(() => parseDay(text)).toThrow('DATE_INVALID');
    });

    test('never take the real day 1969-12-31 for "no date"', () => {
        expect(parseDay('1969-12-31')).not.toBe(NONE);
    });
});

describe('business days', () => {
    const friday = parseDay('2026-11-20');

    test('count Friday but not the weekend up to Monday', () => {
        const days = [
            '2026-11-20',
            '2026-11-21',
            '2026-11-22',
            '2026-11-23',
            '2026-11-24',
            '2026-11-27',
            '2026-11-30'
        ];
        expect(days.map((day) => businessDaysBetween(friday, parseDay(day)))).toEqual([0, 1, 1, 1, 2, 5, 6]);
    });

    test('equal the weekdays counted one by one', () => {
        const weekday = (day: number): boolean => ![0, 6].includes(new Date(day * 86_400_000).getUTCDay());
        fc.assert(
            fc.property(
                fc.integer({ min: -30_000, max: 60_000 }),
                fc.integer({ min: 0, max: 900 }),
                (from, length) => {
                    let counted = 0;
                    for (let day = from; day < from + length; day++) if (weekday(day)) counted++;
                    return businessDaysBetween(from, from + length) === counted;
                }
            )
        );
    });

    test('added to a day give the first day on which that many have passed', () => {
        fc.assert(
            fc.property(
                fc.integer({ min: -30_000, max: 60_000 }),
                fc.integer({ min: 1, max: 400 }),
                (day, count) => {
                    const reached = addBusinessDays(day, count);
                    // The one day that stands for "none" is stepped over.
                    fc.pre(reached !== NONE - 1);
                    return (
                        businessDaysBetween(day, reached) >= count &&
                        businessDaysBetween(day, reached - 1) < count
                    );
                }
            )
        );
    });

    test('of a part of a day are a whole one', () => {
        expect([addBusinessDays(friday, 0), addBusinessDays(friday, 0.5)]).toEqual([friday, friday + 1]);
    });
});

describe('the day of an instant in the org', () => {
    const wallDay = (zone: string, ms: number): string =>
        new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(ms);

    test.each([
        'Europe/London',
        'America/New_York',
        'Asia/Kolkata',
        'Pacific/Apia',
        'Australia/Lord_Howe',
        'America/Sao_Paulo'
    ])('is the date on the wall in %s', (zone) => {
        const { dayOfInstant } = orgTimeZone(zone);
        const instant = fc.integer({ min: Date.UTC(1971, 0, 1), max: Date.UTC(2099, 0, 1) });
        fc.assert(
            fc.property(instant, (ms) => formatDay(dayOfInstant(ms)) === wallDay(zone, ms)),
            { numRuns: 300 }
        );
    });

    test('changes at midnight on the days the clocks change', () => {
        const { dayOfInstant } = orgTimeZone('America/Sao_Paulo');
        // 2018-11-04: clocks went from midnight to one o'clock.
        const midnight = Date.UTC(2018, 10, 4, 3);
        expect([midnight - 1, midnight].map((ms) => formatDay(dayOfInstant(ms)))).toEqual([
            '2018-11-03',
            '2018-11-04'
        ]);
    });

    test('is found in the years 0001 and 9999 too', () => {
        const { dayOfInstant } = orgTimeZone('Europe/Berlin');
        const year1 = new Date(0);
        year1.setUTCFullYear(1, 5, 15);
        expect(formatDay(dayOfInstant(year1.getTime()))).toBe('0001-06-15');
        expect(formatDay(dayOfInstant(Date.UTC(9999, 11, 31, 12)))).toBe('9999-12-31');
    });

    test('needs a time zone that exists', () => {
        expect(() => orgTimeZone('Mars/Olympus')).toThrow('TIME_ZONE_UNKNOWN');
    });
});
