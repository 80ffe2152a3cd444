import { describe, expect, test } from '@jest/globals';
import { accuracyBy, type ForecastOnRecord } from '../../../src/domain/forecast/accuracy.ts';
import { naiveForecasts, NAIVE_METHODS, winRateByStage } from '../../../src/domain/forecast/baselines.ts';
import { DEFAULT_SHOCK, learnShock } from '../../../src/domain/forecast/learn-shock.ts';
import { optimismOf, type CommitRecord } from '../../../src/domain/forecast/optimism.ts';
import { chancesGivenShock } from '../../../src/domain/forecast/shock.ts';
import type { PastDeal } from '../../../src/domain/forecast/types.ts';
import { NONE } from '../../../src/domain/pipeline/types.ts';
import { SeededRandom } from '../../../src/domain/statistics/random.ts';

const NAIVE = new Set<string>(NAIVE_METHODS);

function record(
    method: string,
    period: number,
    forecastMinor: number,
    actualMinor: number
): ForecastOnRecord {
    return {
        method,
        ownerId: 'ann',
        managerId: 'max',
        periodKey: `2026-Q${period}`,
        weeksToGo: 6,
        forecastMinor,
        actualMinor
    };
}

describe('accuracy and bias', () => {
    const actual = [100, 200, 100, 200];
    const of = (method: string, forecasts: readonly number[]): ForecastOnRecord[] =>
        forecasts.map((forecast, at) => record(method, at + 1, forecast, actual[at]!));

    test('of one method by hand: misses of 10, 20, 10 and -20 of 600', () => {
        const [group] = accuracyBy(of('P50', [110, 220, 110, 180]), ({ ownerId }) => ownerId, NAIVE);
        const [p50] = group!.methods;
        expect(p50!.wape).toBeCloseTo(60 / 600, 12);
        expect(p50!.mape).toBeCloseTo(0.1, 12);
        expect(p50!.bias).toBeCloseTo(20 / 600, 12);
        // Residuals 6.67, 13.33, 6.67, -26.67: squares 977.8; sqrt(4/3 x 977.8) = 36.1; times t(3) = 2.353; over 600.
        expect(p50!.biasInterval!.high - p50!.bias!).toBeCloseTo(
            (2.3534 * Math.sqrt((4 / 3) * 977.78)) / 600,
            4
        );
        expect(p50!.skill).toBeNull();
    });

    test('stands beside the naive forecasts on the same periods, with how many of the last four it won', () => {
        const rows = [
            ...of('P50', [110, 220, 110, 180]),
            ...of('LastPeriod', [200, 100, 200]),
            ...of('StageWeighted', [150, 230, 90, 300])
        ];
        const [group] = accuracyBy(rows, ({ managerId }) => managerId, NAIVE);
        expect(group!.methods.map(({ method }) => method)).toEqual(['P50', 'StageWeighted', 'LastPeriod']);
        // Against stage-weighted: 60 against 190; against last period (three periods): 40 against 300.
        expect(group!.methods[0]!.skill).toBeCloseTo(1 - 60 / 190, 12);
        // In the third quarter stage-weighted missed by 10 as well.
        expect(group!.methods[0]!.beatNaive).toEqual([3, 4]);
    });

    test('gives no interval from two periods and no error where nothing was won', () => {
        const [two] = accuracyBy(of('P50', [110, 220]), () => '', NAIVE);
        expect(two!.methods[0]!.biasInterval).toBeNull();
        const [none] = accuracyBy([record('P50', 1, 50, 0)], () => '', NAIVE);
        expect(none!.methods[0]).toMatchObject({ wape: null, mape: null, bias: null });
    });
});

describe('naive forecasts', () => {
    const past = (wonOn: number, amountMinor: number, createdOn = 0): PastDeal => ({
        dealId: String(wonOn),
        ownerId: '',
        teamKey: '',
        segment: '',
        amountMinor,
        createdOn,
        wonOn
    });
    const period = { key: 'now', startOn: 730, endOn: 819 };
    const before = { key: 'before', startOn: 640, endOn: 729 };
    const yearAgo = { key: 'year ago', startOn: 366, endOn: 455 };
    const passed = [
        { stageName: 'Propose', amountMinor: 25, isWon: true },
        { stageName: 'Propose', amountMinor: 75, isWon: false }
    ];
    const input = {
        asOf: 760,
        period,
        past: [past(400, 70), past(700, 50), past(729, 5), past(740, 8), past(765, 999), past(NONE, 1)],
        open: [
            { stageName: 'Propose', amountMinor: 100, closeDate: 800 },
            { stageName: 'Propose', amountMinor: 100, closeDate: 900 },
            { stageName: 'New', amountMinor: 100, closeDate: 800 },
            { stageName: 'Propose', amountMinor: null, closeDate: 800 }
        ],
        winRates: winRateByStage(passed)
    };

    test('are last period, the same period last year, and won so far plus stage-weighted deals that are due', () => {
        expect(naiveForecasts(input, [before, yearAgo])).toEqual({
            LastPeriod: 55,
            SamePeriodLastYear: 70,
            StageWeighted: 8 + 25
        });
        expect(winRateByStage(passed)).toEqual(new Map([['Propose', 0.25]]));
    });

    test('are not made up where the past does not reach', () => {
        const young = {
            ...input,
            past: input.past.map((deal) => ({ ...deal, createdOn: 650 })),
            winRates: new Map()
        };
        expect(naiveForecasts(young, [before, yearAgo])).toEqual({
            LastPeriod: null,
            SamePeriodLastYear: null,
            StageWeighted: null
        });
    });
});

describe('optimism', () => {
    const promise = (
        personId: string,
        period: number,
        commitMinor: number,
        actualMinor: number
    ): CommitRecord => ({
        personId,
        teamKey: 'max',
        periodKey: `2026-${period}`,
        commitMinor,
        actualMinor
    });
    const steady = (personId: string, ratio: number): CommitRecord[] =>
        [0.98, 1.02, 0.99, 1.01].map((noise, at) =>
            promise(personId, at + 1, 1000, Math.round(1000 * ratio * noise))
        );

    test('is told of people whose record is clear, and only of them', () => {
        const { people } = optimismOf([
            ...steady('hopeful', 0.6),
            ...steady('exact', 1),
            ...steady('careful', 1.4)
        ]);
        expect(people.map(({ personId, sign }) => [personId, sign])).toEqual([
            ['careful', 'Sandbagger'],
            ['exact', 'None'],
            ['hopeful', 'Optimist']
        ]);
        for (const { ownWeight } of people) expect(ownWeight).toBeGreaterThan(0.95);
    });

    test('is pulled to the team where one period is all there is', () => {
        const team = ['a', 'b', 'c', 'd'].flatMap((person) =>
            [0.7, 1.2, 0.9, 1.1].map((ratio, at) => promise(person, at + 1, 1000, 1000 * ratio))
        );
        const { people } = optimismOf([...team, promise('new', 4, 1000, 400)]);
        const newcomer = people.find(({ personId }) => personId === 'new')!;
        expect(newcomer.observedRatio).toBe(0.4);
        expect(newcomer.ratio).toBeGreaterThan(0.7);
        expect(newcomer.sign).toBe('None');
        const [a] = people;
        expect(a!.observedRatio).toBeCloseTo(0.975, 12);
        expect(a!.interval.high - a!.interval.low).toBeLessThan(
            newcomer.interval.high - newcomer.interval.low + 1e-12
        );
    });

    test('judges the last four periods only, and nobody from a handful of commits', () => {
        const older = Array.from({ length: 3 }, (_, at) => promise('exact', -at, 1000, 1));
        const years = [...steady('exact', 1), ...steady('other', 1)].map((one) => ({
            ...one,
            periodKey: `2027-${one.periodKey}`
        }));
        expect(optimismOf([...older, ...years]).people[0]).toMatchObject({
            periodCount: 4,
            observedRatio: 1
        });
        const { people, unjudged } = optimismOf([
            promise('a', 1, 100, 50),
            promise('b', 1, 100, 50),
            promise('c', 1, 0, 5)
        ]);
        expect(people).toEqual([]);
        expect(unjudged.map(({ personId, reason }) => [personId, reason.split(':')[0]])).toEqual([
            ['c', 'No commit above zero in the last four periods.'],
            ['a', 'Not enough history'],
            ['b', 'Not enough history']
        ]);
    });

    test('of commits that were all kept to the cent is nobody', () => {
        const kept = ['a', 'b'].flatMap((person) =>
            [1, 2, 3, 4].map((at) => promise(person, at, 1000, 1000))
        );
        for (const { ratio, sign } of optimismOf(kept).people) expect([ratio, sign]).toEqual([1, 'None']);
    });
});

describe('the shared shock', () => {
    function periods(shock: number, count: number, seed: number) {
        const random = new SeededRandom(seed);
        return Array.from({ length: count }, () => {
            const [chance] = chancesGivenShock(0.3, shock, Float64Array.of(random.normal()));
            let wonCount = 0;
            for (let deal = 0; deal < 300; deal++) if (random.fraction() < chance!) wonCount++;
            return { dealCount: 300, expectedWins: 90, wonCount };
        });
    }

    test('is learnt from how much wins of past periods moved together', () => {
        const strong = learnShock(periods(0.15, 40, 1));
        expect(strong.isLearned).toBe(true);
        expect(strong.shock).toBeGreaterThan(0.07);
        expect(strong.shock).toBeLessThan(0.22);
        expect(learnShock(periods(0, 40, 2)).shock).toBeLessThanOrEqual(0.01);
    });

    test('is the default where fewer than eight periods tell, or none of them can be used', () => {
        const unlearnt = { shock: DEFAULT_SHOCK, isLearned: false };
        expect(learnShock(periods(0.15, 7, 1))).toEqual({ ...unlearnt, periodCount: 7 });
        const unusable = Array.from({ length: 9 }, () => ({ dealCount: 5, expectedWins: 5, wonCount: 5 }));
        expect(learnShock(unusable)).toEqual({ ...unlearnt, periodCount: 0 });
    });
});
