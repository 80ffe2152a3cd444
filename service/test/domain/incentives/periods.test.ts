import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from '../../../src/domain/incentives/dates.ts';
import { periodsBetween } from '../../../src/domain/incentives/input-file/periods.ts';
import { parseInput } from '../../../src/domain/incentives/parse-input.ts';
import { dayOfKey } from '../../../src/domain/incentives/period-keys.ts';
import { parsePlan } from '../../../src/domain/incentives/parse-plan.ts';
import type { Plan } from '../../../src/domain/incentives/plan.ts';

function calendarOf(
    period: Plan['period'],
    yearStart = '01-01'
): Pick<Plan, 'period' | 'yearStart' | 'effectiveFrom' | 'effectiveTo'> {
    return { period, yearStart, effectiveFrom: '0001-01-01', effectiveTo: null };
}

function spans(period: Plan['period'], from: string, to: string, yearStart?: string): string[] {
    const { periods, problem } = periodsBetween(from, to, calendarOf(period, yearStart));
    return problem
        ? [`${problem.where}: ${problem.fix}`]
        : periods.map(({ key, start, end }) => `${key} ${start} ${end}`);
}

describe('periods from a day to a day', () => {
    test.each<[Plan['period'], string, string, string | undefined, string[]]>([
        [
            'month',
            '2028-01-01',
            '2028-02-29',
            undefined,
            ['2028-01 2028-01-01 2028-01-31', '2028-02 2028-02-01 2028-02-29']
        ],
        ['quarter', '2026-10-01', '2026-12-31', undefined, ['2026-Q4 2026-10-01 2026-12-31']],
        [
            'half-year',
            '2026-01-01',
            '2026-12-31',
            undefined,
            ['2026-H1 2026-01-01 2026-06-30', '2026-H2 2026-07-01 2026-12-31']
        ],
        ['year', '2026-01-01', '2026-12-31', undefined, ['2026 2026-01-01 2026-12-31']],
        ['plan', '2026-01-17', '2026-05-02', undefined, ['plan 2026-01-17 2026-05-02']],
        // ISO 8601: the week of the first Thursday is week 1.
        [
            'week',
            '2020-12-28',
            '2021-01-10',
            undefined,
            ['2020-W53 2020-12-28 2021-01-03', '2021-W01 2021-01-04 2021-01-10']
        ],
        // The British tax year.
        ['year', '2026-04-06', '2027-04-05', '04-06', ['2026 2026-04-06 2027-04-05']],
        ['quarter', '2027-01-06', '2027-04-05', '04-06', ['2026-Q4 2027-01-06 2027-04-05']],
        ['month', '2026-12-06', '2027-01-05', '04-06', ['2026-12 2026-12-06 2027-01-05']],
        ['quarter', '2026-02-01', '2026-04-30', '02-01', ['2026-Q1 2026-02-01 2026-04-30']]
    ])('%s from %s to %s with a year from %s', (period, from, to, yearStart, expected) => {
        expect(spans(period, from, to, yearStart)).toEqual(expected);
    });

    test('a day inside a period is a problem that names the right day', () => {
        expect(spans('quarter', '2026-02-01', '2026-03-31')[0]).toContain(
            'from: It lies inside a quarter: write 2026-01-01'
        );
        expect(spans('week', '2026-01-05', '2026-01-17')[0]).toContain(
            'to: It lies inside a week: write 2026-01-18'
        );
    });

    test('periods follow each other without a gap, and each key leads back to its first day', () => {
        const kinds = fc.constantFrom<Plan['period']>('week', 'month', 'quarter', 'half-year', 'year');
        fc.assert(
            fc.property(
                kinds,
                fc.constantFrom('01-01', '04-06', '07-01', '10-28'),
                fc.integer({ min: 1990, max: 2090 }),
                (period, yearStart, year) => {
                    const calendar = calendarOf(period, yearStart);
                    const from =
                        period === 'week' ? dayOfKey(`${year}-W01`, calendar)! : `${year}-${yearStart}`;
                    const to = addDays(
                        period === 'week'
                            ? dayOfKey(`${year + 1}-W01`, calendar)!
                            : `${year + 1}-${yearStart}`,
                        -1
                    );
                    const { periods } = periodsBetween(from, to, calendar);
                    expect([periods[0]!.start, periods.at(-1)!.end]).toEqual([from, to]);
                    periods.forEach(({ key, start }, index) => {
                        expect(dayOfKey(key, calendar)).toBe(start);
                        if (index > 0) expect(start).toBe(addDays(periods[index - 1]!.end, 1));
                    });
                }
            )
        );
    });
});

describe('periods listed one by one', () => {
    const plan = parsePlan(
        'plan: p\ncurrency: USD\nperiod: month\ncomponents: { c: { per: period, base: 1 } }'
    ).plan!;

    function listed(periods: object[]): string[] {
        const { input, problems } = parseInput(JSON.stringify({ periods, payees: [] }), plan);
        return input
            ? input.periods.map(({ key }) => key)
            : problems.map(({ code, where }) => `${code} ${where}`);
    }

    test('come out in order of time', () => {
        const second = { key: 'b', start: '2026-01-17', end: '2026-01-31' };
        expect(listed([second, { key: 'a', start: '2026-01-01', end: '2026-01-16' }])).toEqual(['a', 'b']);
    });

    test('must not overlap, end before they begin, or share a key', () => {
        const first = { key: 'a', start: '2026-01-01', end: '2026-01-31' };
        expect(listed([first, { key: 'b', start: '2026-01-31', end: '2026-02-28' }])).toEqual([
            'PERIODS_OVERLAP the input, periods.b'
        ]);
        expect(listed([{ ...first, end: '2025-12-31' }])).toEqual(['DATES_TURNED the input, periods.a']);
        expect(listed([first, { key: 'a', start: '2026-02-01', end: '2026-02-28' }])).toEqual([
            'KEY_TWICE the input, periods.a'
        ]);
        expect(listed([])).toEqual(['MISSING the input, periods']);
    });
});
