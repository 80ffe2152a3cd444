import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DEFAULT_STAGE_MEDIAN_DAYS } from '../../../src/domain/pipeline/default-policy.ts';
import {
    Tally,
    distributionOf,
    percentileOf,
    type Distribution
} from '../../../src/domain/pipeline/distribution.ts';
import { Learning, learnedThresholds, type DealPlace } from '../../../src/domain/pipeline/learn.ts';
import { chanceBetween, winCurve } from '../../../src/domain/pipeline/survival.ts';

const custody: DealPlace = { stageName: 'Proposal', segment: 'Custody', teamKey: 'north' };

function proposalDays(...samples: [DealPlace, number[]][]): Learning {
    const learning = new Learning();
    for (const [place, days] of samples)
        for (const day of days) learning.addStage(place.stageName, place, day, day + 1);
    return learning;
}

function tally(values: number[]): Tally {
    const made = new Tally();
    for (const value of values) made.add(value);
    return made;
}

function counted(...values: number[]): Distribution {
    return distributionOf([tally(values)]);
}

describe('what is normal in a stage', () => {
    test('is told by the segment when it has enough won deals', () => {
        const learned = learnedThresholds(
            proposalDays([custody, [4, 6, 8]], [{ ...custody, segment: 'Lending' }, [100, 100]]).summary()
        );
        expect(learned.stageMedian(custody, 3)).toEqual({ value: 6, basis: 'Segment', sampleSize: 3 });
    });

    test('falls back to the team, then the firm, then the shipped default', () => {
        const learned = learnedThresholds(
            proposalDays(
                [custody, [4, 6]],
                [{ ...custody, segment: 'Lending' }, [8]],
                [{ ...custody, segment: 'Lending', teamKey: 'south' }, [20]]
            ).summary()
        );
        expect(learned.stageMedian(custody, 3)).toEqual({ value: 6, basis: 'Team', sampleSize: 3 });
        expect(learned.stageMedian(custody, 4)).toEqual({ value: 7, basis: 'Firm', sampleSize: 4 });
        expect(learned.stageMedian(custody, 5)).toEqual({
            value: DEFAULT_STAGE_MEDIAN_DAYS,
            basis: 'Default',
            sampleSize: 0
        });
        expect(learned.silence(custody, 'p75', 5)).toBeNull();
        expect(learned.stageMedian({ ...custody, stageName: 'Closing' }, 1).basis).toBe('Default');
    });

    test('asks no segment and no team of a deal that has neither', () => {
        const nobody = { stageName: 'Proposal', segment: '', teamKey: '' };
        const learned = learnedThresholds(proposalDays([nobody, [5, 5]]).summary());
        expect(learned.stageMedian(nobody, 2).basis).toBe('Firm');
    });

    test('does not learn a silence where contacts are not recorded', () => {
        const learning = new Learning();
        learning.addStage('Proposal', custody, 10, null);
        expect(learnedThresholds(learning.summary()).silence(custody, 'p90', 1)).toBeNull();
    });

    test('does not depend on the order of deals, and survives being stored as JSON', () => {
        const sample = fc.record({
            stageName: fc.constantFrom('A', 'B'),
            segment: fc.constantFrom('', 'x', 'y'),
            teamKey: fc.constantFrom('', 't'),
            days: fc.nat(60)
        });
        const summaryOf = (samples: (DealPlace & { days: number })[]): unknown => {
            const learning = new Learning();
            for (const { days, ...place } of samples) {
                learning.addStage(place.stageName, place, days, days);
                learning.addAge(place, days % 3 === 0 ? 'won' : days % 3 === 1 ? 'lost' : 'open', days);
            }
            return learning.summary();
        };
        fc.assert(
            fc.property(fc.array(sample, { maxLength: 40 }), (samples) => {
                const summary = summaryOf(samples);
                expect(summaryOf(samples.toReversed())).toEqual(summary);
                expect(JSON.parse(JSON.stringify(summary))).toEqual(summary);
            })
        );
    });

    test('takes percentiles linearly between ranks', () => {
        expect([0, 0.5, 0.75, 1].map((fraction) => percentileOf(counted(3, 1, 10, 2), fraction))).toEqual([
            1, 2.5, 4.75, 10
        ]);
    });
});

test('percentiles of counted values are those of the sorted list', () => {
    fc.assert(
        fc.property(
            fc.array(fc.nat(9), { minLength: 1, maxLength: 30 }),
            fc.nat(20),
            (values, twentieths) => {
                const sorted = values.toSorted((a, b) => a - b);
                const rank = (twentieths / 20) * (sorted.length - 1);
                const [below, above] = [sorted[Math.floor(rank)]!, sorted[Math.ceil(rank)]!];
                expect(percentileOf(counted(...values), twentieths / 20)).toBeCloseTo(
                    below + (above - below) * (rank % 1),
                    9
                );
            }
        )
    );
});

test('numbers are counted however large they are, in one tally or several', () => {
    const anyNumber = fc.oneof(
        fc.nat(9),
        fc.integer({ min: 8_180, max: 8_200 }),
        fc.nat(),
        fc.double({ min: 0, max: 9, noNaN: true })
    );
    fc.assert(
        fc.property(fc.array(anyNumber, { maxLength: 30 }), fc.nat(29), (values, cut) => {
            const {
                values: distinct,
                counts,
                total
            } = distributionOf([tally(values.slice(0, cut)), tally(values.slice(cut))]);
            const listed = [...distinct].flatMap((value, i) => new Array<number>(counts[i]!).fill(value));
            expect(listed).toEqual(values.map((value) => value + 0).toSorted((a, b) => a - b));
            expect([distinct.length, total]).toEqual([
                new Set(values.map((value) => value + 0)).size,
                values.length
            ]);
        })
    );
});

describe('the chance of a win', () => {
    test('counts lost deals as lost: the worked example', () => {
        const curve = winCurve(counted(10, 30), counted(20), counted(40));
        expect(chanceBetween(curve, 20, 30)).toBeCloseTo(0.5, 12);
        expect(chanceBetween(curve, -1, 100)).toBeCloseTo(0.5, 12);
    });

    test('is the plain share when every deal has ended', () => {
        const ages = fc.array(fc.nat(50), { minLength: 1, maxLength: 30 });
        fc.assert(
            fc.property(ages, ages, fc.nat(50), fc.nat(50), (won, lost, from, length) => {
                const stillOpen = [...won, ...lost].filter((age) => age > from).length;
                const wonThen = won.filter((age) => age > from && age <= from + length).length;
                const chance = chanceBetween(
                    winCurve(counted(...won), counted(...lost), counted()),
                    from,
                    from + length
                );
                expect(chance).toBeCloseTo(stillOpen === 0 ? 0 : wonThen / stillOpen, 9);
            })
        );
    });

    test('needs enough won deals and says where it comes from', () => {
        const learning = new Learning();
        for (const age of [10, 20]) learning.addAge(custody, 'won', age);
        learning.addAge({ ...custody, segment: 'Lending', teamKey: 'south' }, 'won', 30);
        const learned = learnedThresholds(learning.summary());
        expect(learned.chanceOfWin(custody, 0, 15, 2)).toEqual({
            value: 0.5,
            basis: 'Segment',
            sampleSize: 2
        });
        expect(learned.chanceOfWin(custody, 0, 15, 3)).toMatchObject({ basis: 'Firm', sampleSize: 3 });
        expect(learned.chanceOfWin(custody, 0, 15, 4)).toBeNull();
    });
});
