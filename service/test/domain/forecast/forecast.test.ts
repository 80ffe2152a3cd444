import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseDay } from '../../../src/domain/calendar.ts';
import { downsideOf, valueOfMitigation, type DownsideInput } from '../../../src/domain/forecast/downside.ts';
import { forecast, GROUPINGS, type ForecastInput } from '../../../src/domain/forecast/forecast.ts';
import { newBusinessOf, newBusinessRecord } from '../../../src/domain/forecast/new-business.ts';
import { chanceWithin } from '../../../src/domain/forecast/portfolio.ts';
import { roundParts, toMinor } from '../../../src/domain/forecast/round-parts.ts';
import type { ForecastDeal, PastDeal } from '../../../src/domain/forecast/types.ts';
import { NONE } from '../../../src/domain/pipeline/types.ts';

const AS_OF = parseDay('2026-11-20');
const QUARTER = { key: '2026-Q4', startOn: parseDay('2026-10-01'), endOn: parseDay('2026-12-31') };
const NEXT = { key: '2027-Q1', startOn: parseDay('2027-01-01'), endOn: parseDay('2027-03-31') };

function deal(number: number, changes: Partial<ForecastDeal> = {}): ForecastDeal {
    return {
        dealId: `006${String(number).padStart(12, '0')}AAA`,
        accountId: `001-${number % 7}`,
        ownerId: `005-${number % 4}`,
        teamKey: `005-m${number % 2}`,
        segment: number % 3 === 0 ? 'Custody' : 'Lending',
        amountMinor: 1_000_003 * (1 + (number % 11)),
        wonBy: [
            { on: QUARTER.endOn, chance: 0.1 + (number % 5) / 10 },
            { on: NEXT.endOn, chance: 0.5 + (number % 5) / 10 }
        ],
        ...changes
    };
}

function won(
    number: number,
    createdOn: number,
    wonOn: number,
    amountMinor: number | null = 500_001
): PastDeal {
    const { dealId, ownerId, teamKey, segment } = deal(number);
    return { dealId: `won${dealId}`, ownerId, teamKey, segment, amountMinor, createdOn, wonOn };
}

/** Two deals a month, half of them won three weeks later, for three years. */
const PAST = Array.from({ length: 72 }, (_, at) => {
    const createdOn = AS_OF - 1080 + 15 * at;
    return won(at, createdOn, at % 2 === 0 && createdOn + 21 < AS_OF ? createdOn + 21 : NONE);
});

const INPUT: ForecastInput = {
    asOf: AS_OF,
    deals: Array.from({ length: 24 }, (_, at) => deal(at)),
    periods: [QUARTER, NEXT],
    past: PAST,
    shock: 0.05
};

describe('chances within a period', () => {
    test('run in straight lines between the points known and start from nothing today', () => {
        const one = deal(1, {
            wonBy: [
                { on: AS_OF + 10, chance: 0.2 },
                { on: AS_OF + 30, chance: 0.6 }
            ]
        });
        const within = (from: number, to: number): number =>
            chanceWithin(one, AS_OF, { key: '', startOn: AS_OF + from, endOn: AS_OF + to });
        expect(within(-50, 5)).toBeCloseTo(0.1, 12);
        expect(within(1, 10)).toBeCloseTo(0.2, 12);
        expect(within(11, 20)).toBeCloseTo(0.2, 12);
        expect(within(21, 400)).toBeCloseTo(0.2, 12);
        expect(within(-90, -1)).toBe(0);
    });
});

describe('new business', () => {
    test('is what windows of the same length brought from deals that did not exist at their start', () => {
        // 41 days to the end of the quarter; every 15 days a deal, every second of them won 21 days later.
        const record = newBusinessRecord(PAST, AS_OF, QUARTER);
        expect(record.windowCount).toBe(12);
        const business = newBusinessOf(record, record.deals)!;
        // A deal has to be created in the first 20 days of 41 to be won in time, one in 30 days is won at all.
        expect(business.expectedCount).toBeGreaterThan(0.4);
        expect(business.expectedCount).toBeLessThan(0.95);
        expect(new Set(business.amountsMinor)).toEqual(new Set([500_001]));
    });

    test('is not guessed where the past is shorter than four windows', () => {
        const record = newBusinessRecord(PAST.slice(-8), AS_OF, QUARTER);
        expect(record.windowCount).toBeLessThan(4);
        expect(newBusinessOf(record, record.deals)).toBeNull();
    });

    test('fades to nothing after two silent years', () => {
        const silent = PAST.map((each) => ({
            ...each,
            createdOn: each.createdOn - 730,
            wonOn: each.wonOn === NONE ? NONE : each.wonOn - 730
        }));
        const record = newBusinessRecord(silent, AS_OF, QUARTER);
        expect(newBusinessOf(record, record.deals)!.expectedCount).toBe(0);
        const [quarter] = forecast({ ...INPUT, past: silent }).periods;
        expect(quarter!.total.newBusinessMinor).toBe(0);
    });
});

describe('the forecast', () => {
    const made = forecast(INPUT);

    test('expects of owners, teams and segments together what it expects of the whole, to the cent', () => {
        for (const { total, groups } of made.periods)
            for (const grouping of GROUPINGS) {
                const sumOf = (value: (range: typeof total) => number): number =>
                    groups[grouping].reduce((sum, { range }) => sum + value(range), 0);
                expect(sumOf((range) => range.expectedMinor)).toBe(total.expectedMinor);
                expect(sumOf((range) => range.newBusinessMinor)).toBe(total.newBusinessMinor);
                expect(sumOf((range) => range.wonSoFarMinor)).toBe(total.wonSoFarMinor);
                expect(sumOf((range) => range.openDealCount)).toBe(total.openDealCount);
            }
    });

    test('has a whole that is less uncertain than its parts added up', () => {
        const [quarter] = made.periods;
        const downside = quarter!.groups.ownerId.reduce(
            (sum, { range }) => sum + range.p50Minor - range.p10Minor,
            0
        );
        expect(quarter!.total.p50Minor - quarter!.total.p10Minor).toBeLessThan(downside);
    });

    test('is the same to the byte whatever the order of the rows', () => {
        const again = forecast({
            ...INPUT,
            deals: INPUT.deals.toReversed(),
            past: INPUT.past.toReversed()
        });
        expect(JSON.stringify(again)).toBe(JSON.stringify(made));
    });

    test('counts what the period has won already once, in every figure', () => {
        const wonNow = won(1, AS_OF - 300, AS_OF - 1, 7_000_000);
        const richer = forecast({ ...INPUT, past: [...PAST, wonNow] });
        const [before, after] = [made.periods[0]!.total, richer.periods[0]!.total];
        for (const figure of ['wonSoFarMinor', 'expectedMinor', 'p10Minor', 'p50Minor', 'p90Minor'] as const)
            expect(after[figure] - before[figure]).toBe(7_000_000);
        expect(richer.periods[1]!.total).toEqual(made.periods[1]!.total);
    });

    test('names deals without a usable amount or chance and counts nothing for them', () => {
        const bad = [
            deal(90, { amountMinor: null }),
            deal(91, { amountMinor: -5 }),
            deal(92, { wonBy: [{ on: QUARTER.endOn, chance: 1.2 }] })
        ];
        const { periods, warnings } = forecast({ ...INPUT, deals: [...INPUT.deals, ...bad] });
        expect(warnings.map(({ code }) => code)).toEqual([
            'FORECAST_AMOUNT_MISSING',
            'FORECAST_AMOUNT_INVALID',
            'FORECAST_CHANCE_INVALID'
        ]);
        expect(periods[0]!.total.p50Minor).toBe(made.periods[0]!.total.p50Minor);
    });

    test('of an empty org is zero', () => {
        const { total, groups } = forecast({ ...INPUT, deals: [], past: [] }).periods[0]!;
        expect([total.p10Minor, total.p50Minor, total.p90Minor, total.expectedMinor]).toEqual([0, 0, 0, 0]);
        expect(groups).toEqual({ ownerId: [], teamKey: [], segment: [] });
    });

    test('of one rep who owns everything is the whole', () => {
        const deals = INPUT.deals.map((each) => ({ ...each, ownerId: 'one' }));
        const past = INPUT.past.map((each) => ({ ...each, ownerId: 'one' }));
        const { total, groups } = forecast({ ...INPUT, deals, past }).periods[0]!;
        expect(groups.ownerId).toEqual([{ key: 'one', range: total }]);
    });
});

describe('the downside', () => {
    const record = newBusinessRecord(PAST, AS_OF, QUARTER);
    const input: DownsideInput = {
        asOf: AS_OF,
        deals: INPUT.deals,
        period: QUARTER,
        shock: 0.05,
        newBusiness: newBusinessOf(record, record.deals),
        wonSoFarMinor: 123
    };

    test('is shared out to accounts and business to come so that the parts sum to the gap, to the cent', () => {
        const { gapMinor, p50Minor, p10Minor, accounts } = downsideOf(input);
        expect(gapMinor).toBe(p50Minor - p10Minor);
        expect(gapMinor).toBeGreaterThan(0);
        expect(accounts.reduce((sum, { partMinor }) => sum + partMinor, 0)).toBe(gapMinor);
        expect(accounts.filter(({ accountId }) => accountId === null)).toHaveLength(1);
        expect(accounts.flatMap(({ dealIds }) => dealIds)).toHaveLength(INPUT.deals.length);
        const { total } = forecast(INPUT).periods[0]!;
        expect(p50Minor - 123).toBe(total.p50Minor - total.wonSoFarMinor);
    });

    test('sums to the gap for any few or many deals', () => {
        const anyDeals = fc.array(
            fc.record({ amount: fc.integer({ min: 0, max: 1e9 }), chance: fc.integer({ min: 0, max: 100 }) }),
            { maxLength: 22 }
        );
        fc.assert(
            fc.property(anyDeals, fc.constantFrom(0, 0.1), (rows, shock) => {
                const deals = rows.map(({ amount, chance }, at) =>
                    deal(at, { amountMinor: amount, wonBy: [{ on: QUARTER.endOn, chance: chance / 100 }] })
                );
                const { gapMinor, accounts } = downsideOf({ ...input, deals, shock, newBusiness: null });
                expect(accounts.reduce((sum, { partMinor }) => sum + partMinor, 0)).toBe(gapMinor);
            }),
            { numRuns: 25 }
        );
    });

    test('lies where the risk lies: a large uncertain deal carries most, a certain one nothing', () => {
        const large = deal(50, { accountId: 'large', amountMinor: 90_000_000 });
        const certain = deal(51, {
            accountId: 'certain',
            amountMinor: 90_000_000,
            wonBy: [{ on: QUARTER.endOn, chance: 1 }]
        });
        const { accounts, gapMinor } = downsideOf({
            ...input,
            newBusiness: null,
            deals: [...INPUT.deals, { ...large, wonBy: [{ on: QUARTER.endOn, chance: 0.6 }] }, certain]
        });
        expect(accounts[0]!.accountId).toBe('large');
        expect(accounts[0]!.partMinor).toBeGreaterThan(0.5 * gapMinor);
        expect(accounts.find(({ accountId }) => accountId === 'certain')!.partMinor).toBe(0);
    });

    test('a mitigation is worth what P10 and P50 become when the named deal is won for sure', () => {
        const two = [
            deal(1, { amountMinor: 10_000, wonBy: [{ on: QUARTER.endOn, chance: 0.5 }] }),
            deal(2, { amountMinor: 30_000, wonBy: [{ on: QUARTER.endOn, chance: 0.2 }] })
        ];
        const downside = { ...input, deals: two, shock: 0, newBusiness: null, wonSoFarMinor: 0 };
        const secured = { dealIds: [two[0]!.dealId], chance: 1 };
        const value = valueOfMitigation(downside, downsideOf(downside), secured);
        expect(value).toEqual({ p10Minor: 10_000, p50Minor: 10_000, p10GainMinor: 10_000, p50GainMinor: 0 });
    });
});

describe('the worked example of docs/forecast.md', () => {
    const example = (
        [
            ['A', 'Alpha', 1_000_000, 0.6],
            ['B', 'Beta', 2_000_000, 0.5],
            ['C', 'Gamma', 3_000_000, 0.3]
        ] as const
    ).map(([dealId, accountId, amountMinor, chance]) =>
        deal(1, { dealId, accountId, amountMinor, wonBy: [{ on: QUARTER.endOn, chance }] })
    );
    const input = {
        asOf: AS_OF,
        deals: example,
        period: QUARTER,
        shock: 0,
        newBusiness: null,
        wonSoFarMinor: 0
    };

    test('has the range 0, 30,000 and 50,000 around an expected 25,000', () => {
        const [quarter] = forecast({
            asOf: AS_OF,
            deals: example,
            periods: [QUARTER],
            past: [],
            shock: 0
        }).periods;
        expect(quarter!.total).toMatchObject({
            expectedMinor: 2_500_000,
            p10Minor: 0,
            p50Minor: 3_000_000,
            p90Minor: 5_000_000
        });
    });

    test('puts 20,800 of the gap on Beta, 4,800 on Gamma and 4,400 on Alpha', () => {
        expect(downsideOf(input).accounts.map(({ accountId, partMinor }) => [accountId, partMinor])).toEqual([
            ['Beta', 2_080_000],
            ['Gamma', 480_000],
            ['Alpha', 440_000]
        ]);
    });

    test('is worth 20,000 of P10 when B is safe, and 30,000 and 10,000 of P50 when C is', () => {
        const gains = (dealId: string): number[] => {
            const value = valueOfMitigation(input, downsideOf(input), { dealIds: [dealId], chance: 1 });
            return [value.p10GainMinor, value.p50GainMinor];
        };
        expect(gains('B')).toEqual([2_000_000, 0]);
        expect(gains('C')).toEqual([3_000_000, 1_000_000]);
    });
});

test('parts are rounded to whole cents that sum to the total, none by a cent or more', () => {
    fc.assert(
        fc.property(fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1 }), (values) => {
            const total = toMinor(values.reduce((sum, value) => sum + value, 0));
            const parts = roundParts(values, total);
            expect(parts.reduce((sum, part) => sum + part, 0)).toBe(total);
            parts.forEach((part, at) => expect(Math.abs(part - values[at]!)).toBeLessThan(1.001));
        })
    );
    expect(roundParts([1.5, 1.5], 3)).toEqual([2, 1]);
});
