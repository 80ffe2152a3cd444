import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { NONE } from '../../../src/domain/pipeline/types.ts';
import { coverageOf } from '../../../src/domain/pipeline-review/coverage.ts';
import {
    realPipeline,
    type ClaimedDeal,
    type WonDeal
} from '../../../src/domain/pipeline-review/real-pipeline.ts';
import { stageConversion, STILL_THERE } from '../../../src/domain/pipeline-review/stage-conversion.ts';
import { slowdownOf, velocityOf } from '../../../src/domain/pipeline-review/velocity.ts';
import { SeededRandom } from '../../../src/domain/statistics/random.ts';
import { anyOrg, dealState, LAST_DAY, travel } from './histories.ts';

const TODAY = 200;

describe('the real pipeline beside the claimed one', () => {
    const won: WonDeal[] = Array.from({ length: 20 }, (_, at) => ({
        segment: 'Custody',
        ageDays: 30 + 5 * at,
        claimedMinor: 1000,
        signedMinor: 900
    }));
    const claimed = (
        state: Parameters<typeof dealState>[0],
        more: Partial<ClaimedDeal> = {}
    ): ClaimedDeal => ({
        state: dealState(state),
        lastActivityOn: 195,
        recordsActivities: true,
        band: 'Healthy',
        ...more
    });

    test('takes each deal out for the first reason that holds, and writes the rest down to what is usually signed', () => {
        const found = realPipeline(
            [
                claimed({ dealId: 'healthy' }),
                // The longest won deal took 125 days; this one is 126 days old.
                claimed({ dealId: 'outlived', createdOn: 74, closeDate: 150 }),
                claimed({ dealId: 'silent', changedOn: 160 }, { lastActivityOn: 169 }),
                claimed({ dealId: 'past due', closeDate: 199 }),
                claimed({ dealId: 'stalled' }, { band: 'Stalled' }),
                claimed({ dealId: 'empty', amountMinor: null }),
                claimed({ dealId: 'closed', outcome: 'Won' })
            ],
            won,
            TODAY
        );
        expect(found.claimedMinor).toBe(500_000);
        expect(found.parts).toEqual([
            { part: 'Outlived', amountMinor: 100_000, dealIds: ['outlived'] },
            { part: 'Silent', amountMinor: 100_000, dealIds: ['silent'] },
            { part: 'PastDue', amountMinor: 100_000, dealIds: ['past due'] },
            { part: 'Stalled', amountMinor: 100_000, dealIds: ['stalled'] },
            { part: 'NoAmount', amountMinor: 0, dealIds: ['empty'] },
            { part: 'Overstated', amountMinor: 10_000, dealIds: ['healthy'] },
            { part: 'Real', amountMinor: 90_000, dealIds: ['healthy'] }
        ]);
    });

    test('has parts that sum to the claimed amount to the cent, whatever the deals', () => {
        const anyDeal = fc.record({
            amountMinor: fc.option(fc.integer({ min: -1e6, max: 1e9 })),
            createdOn: fc.integer({ min: 0, max: TODAY }),
            closeDate: fc.integer({ min: 0, max: 400 }),
            lastActivityOn: fc.integer({ min: 0, max: TODAY }),
            recordsActivities: fc.boolean()
        });
        fc.assert(
            fc.property(fc.array(anyDeal), fc.integer({ min: 1, max: 3000 }), (deals, signedMinor) => {
                const found = realPipeline(
                    deals.map(({ lastActivityOn, recordsActivities, ...state }, at) =>
                        claimed(
                            { ...state, changedOn: 0, dealId: String(at) },
                            { lastActivityOn, recordsActivities }
                        )
                    ),
                    won.map((deal) => ({ ...deal, signedMinor })),
                    TODAY
                );
                expect(found.parts.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(
                    found.claimedMinor
                );
                expect(found.valueKept).toBeLessThanOrEqual(1);
            })
        );
    });

    test('does not call a deal too old where too few were won, nor silent where nothing is recorded', () => {
        const old = claimed(
            { createdOn: 1, changedOn: 1 },
            { lastActivityOn: NONE, recordsActivities: false }
        );
        expect(realPipeline([old], won.slice(1), TODAY).realMinor).toBe(100_000);
    });
});

describe('coverage', () => {
    const closed = Array.from({ length: 50 }, (_, at) => ({
        segment: 'Custody',
        isWon: at < 11,
        amountMinor: 2000
    }));
    const input = { segment: 'Custody', pipelineMinor: 400_000, targetMinor: 120_000, wonMinor: 20_000 };

    test('asks for 4.55 times what is missing where 22 % of the value is won', () => {
        const [found] = coverageOf([input], closed);
        expect(found!.valueWinRate).toBeCloseTo(0.22, 12);
        expect(found!.requiredCoverage).toBeCloseTo(4.545, 3);
        expect(found).toMatchObject({
            missingMinor: 100_000,
            coverage: 4,
            // 100000 * 50 / 11 = 454545.45..., and a cent short is short
            requiredMinor: 454_546,
            gapMinor: -54_546,
            basis: 'Segment'
        });
    });

    test('judges a segment without its own record by the firm, and says where nobody can know', () => {
        const [lending] = coverageOf([{ ...input, segment: 'Lending' }], closed);
        expect(lending!.basis).toBe('Firm');
        const [alone] = coverageOf([input], closed.slice(0, 19));
        expect(alone).toMatchObject({
            basis: 'NotEnoughHistory',
            requiredMinor: null,
            requiredCoverage: null
        });
        const [allLost] = coverageOf([input], closed.slice(11));
        expect(allLost!.basis).toBe('NotEnoughHistory');
    });

    test('is one where all deals are won, and there is nothing to cover once the target is reached', () => {
        const [allWon] = coverageOf(
            [input],
            closed.map((deal) => ({ ...deal, isWon: true }))
        );
        expect(allWon!.requiredMinor).toBe(100_000);
        const [reached] = coverageOf([{ ...input, wonMinor: 500_000 }], closed);
        expect(reached).toMatchObject({ missingMinor: 0, coverage: null, requiredMinor: 0 });
    });
});

describe('velocity', () => {
    test('is deals times win rate times average amount over days: 40 x 25 % x 5000 / 50 = 1000 a day', () => {
        expect(
            velocityOf({ openCount: 40, wonCount: 5, lostCount: 15, wonMinor: 25_000, wonDays: 250 })
        ).toEqual({
            winRate: 0.25,
            averageWonMinor: 5000,
            averageDays: 50,
            perDayMinor: 1000
        });
        expect(velocityOf({ openCount: 40, wonCount: 0, lostCount: 15, wonMinor: 0, wonDays: 0 })).toBeNull();
    });

    test('that drops is found by the sum of shortfalls, with the week in which they began', () => {
        const steady = [10, 12, 8, 11, 9, 10, 12, 8, 11, 9, 10, 10];
        // Deviation of the baseline: 1.348. Four weeks at 7 add 3 / 1.348 - 0.5 = 1.725 each; the third passes 4.
        const found = slowdownOf([...steady, 10, 7, 7, 7, 7])!;
        expect(found.deviation).toBeCloseTo(1.348, 3);
        expect(found.cusum.map((value) => Number(value.toFixed(2)))).toEqual([0, 1.72, 3.45, 5.17, 6.9]);
        expect(found).toMatchObject({ isSlower: true, since: 13 });
    });

    test('that stays as it was or rises is no slowdown, and twelve weeks alone say nothing', () => {
        const random = new SeededRandom(4);
        const weeks = Array.from({ length: 40 }, (_, at) => 100 + at + 5 * random.normal());
        expect(slowdownOf(weeks)!.isSlower).toBe(false);
        expect(slowdownOf(weeks.slice(0, 12))).toBeNull();
        expect(slowdownOf(new Array<number>(30).fill(0))).toBeNull();
    });
});

describe('stage conversion by cohort', () => {
    test('counts stays that are not over by what became of the others: the worked example', () => {
        const stay = (days: number, next: string | null) => ({
            deal: dealState(),
            stays: [
                { stageName: 'Propose', outcome: 'Open' as const, fromOn: 100 - (next === null ? days : 0) },
                ...(next === null ? [] : [{ stageName: next, outcome: 'Won' as const, fromOn: 100 + days }])
            ]
        });
        const [row] = stageConversion([stay(10, 'Won'), stay(20, 'Lost'), stay(30, 'Won'), stay(15, null)], {
            fromOn: 0,
            toOn: 100,
            asOf: 100,
            horizonDays: 40
        });
        expect(row).toMatchObject({ stageName: 'Propose', entered: 4, censored: 1 });
        expect(row!.to.get('Won')).toBeCloseTo(5 / 8, 12);
        expect(row!.to.get('Lost')).toBeCloseTo(3 / 8, 12);
        expect(row!.to.get(STILL_THERE)).toBeCloseTo(0, 12);
    });

    test('has rows that sum to 1 for any history', () => {
        fc.assert(
            fc.property(anyOrg, fc.nat(LAST_DAY), fc.nat(60), (records, asOf, horizonDays) => {
                const rows = stageConversion(travel(records).staysUntil(asOf), {
                    fromOn: 0,
                    toOn: asOf,
                    asOf,
                    horizonDays
                });
                for (const { to } of rows) {
                    const shares = [...to.values()];
                    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
                    for (const share of shares) expect(share).toBeGreaterThanOrEqual(-1e-12);
                }
            })
        );
    });
});
