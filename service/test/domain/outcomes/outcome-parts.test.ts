// The parts of the outcome models on figures worked by hand.
import { describe, expect, test } from '@jest/globals';
import { DAY_MS } from '../../../src/domain/outcomes/deal-features.ts';
import { chooseCalibration, calibrated } from '../../../src/domain/outcomes/calibration.ts';
import { newTable, type FeatureTable } from '../../../src/domain/outcomes/feature-table.ts';
import { boostingLearner } from '../../../src/domain/outcomes/learners/boosting.ts';
import { solveSymmetric } from '../../../src/domain/outcomes/learners/cholesky.ts';
import { forestLearner } from '../../../src/domain/outcomes/learners/forest.ts';
import { probabilityOf, type Learner } from '../../../src/domain/outcomes/learners/learner.ts';
import { logisticLearner } from '../../../src/domain/outcomes/learners/logistic.ts';
import { areaUnderCurve, measure, skillOver } from '../../../src/domain/outcomes/measures.ts';
import { expectNewBusiness } from '../../../src/domain/outcomes/new-business.ts';
import { seeded } from '../../../src/domain/outcomes/seeded.ts';
import { answersBy, TARGETS } from '../../../src/domain/outcomes/targets.ts';
import { rangeOf } from '../../../src/domain/outcomes/won-forecast.ts';
import { logOf } from './small-pipeline.ts';
import { readFates } from '../../../src/domain/outcomes/fates.ts';
import { meaningOfKinds } from '../../../src/domain/outcomes/meaning.ts';
import { MEANING, START } from './small-pipeline.ts';

function judged(probability: number[], label: number[], weight = label.map(() => 1)) {
    return {
        probability: Float64Array.from(probability),
        label: Uint8Array.from(label),
        weight: Float64Array.from(weight),
        deal: Int32Array.from(label, (_, i) => i)
    };
}

describe('measures', () => {
    test('AUC counts pairs in order, ties half', () => {
        // Yes 0.9 and 0.5 against no 0.5 and 0.1: 1 + 1 + 1/2 + 1 of 4 pairs.
        expect(areaUnderCurve(judged([0.9, 0.5, 0.5, 0.1], [1, 1, 0, 0]))).toBeCloseTo(3.5 / 4, 12);
        expect(areaUnderCurve(judged([0.9, 0.5], [1, 1]))).toBeNull();
    });

    test('Brier score and calibration error are weighted means', () => {
        const found = measure(judged([0.8, 0.2], [1, 1], [3, 1]));
        expect(found.brier).toBeCloseTo((3 * 0.04 + 0.64) / 4, 12);
        expect(found.expectedCalibrationError).toBeCloseTo(0.75 * 0.2 + 0.25 * 0.8, 12);
    });

    test('a model equal to its baseline has no skill, and its interval says so', () => {
        const skill = skillOver(judged([0.5, 0.5, 0.5], [1, 0, 1]), new Float64Array(3).fill(0.5));
        expect(skill).toEqual({ estimate: 0, low: 0, high: 0 });
    });
});

describe('censoring', () => {
    test('answers not known yet are left out and slow ones that are known count for them', () => {
        const at = Float64Array.from([0, 0, 10, 10], (day) => day * DAY_MS);
        const landmarks = {
            table: newTable([], 4, 1),
            deal: Int32Array.from([0, 1, 2, 3]),
            at,
            dealCount: 4
        };
        const sequels = {
            daysToEnd: Float64Array.from([15, 5, 5, Infinity]),
            won: Uint8Array.from([1, 0, 1, 0]),
            daysToProgress: new Float64Array(4).fill(Infinity)
        };
        const found = answersBy(TARGETS[0]!, landmarks, sequels, -Infinity, Infinity, 20 * DAY_MS);
        // Followed 20, 20, 10 and 10 days; half of the rows were followed for 15 days, so the first counts twice.
        expect([...found.rows]).toEqual([0, 1, 2]);
        expect([...found.rows].map((row) => found.weight[row])).toEqual([2, 1, 1]);
        expect([...found.rows].map((row) => found.label[row])).toEqual([1, 0, 1]);
    });
});

describe('learners', () => {
    const random = seeded(3);
    const table: FeatureTable = newTable(
        [
            { key: 'a', group: 'a', kind: 'plain' },
            { key: 'b', group: 'b', kind: 'flag' }
        ],
        400,
        1
    );
    const label = new Uint8Array(400);
    for (let row = 0; row < 400; row++) {
        table.columns[0]![row] = random() * 10;
        table.columns[1]![row] = random() < 0.5 ? 1 : 0;
        label[row] = random() < (table.columns[1]![row] === 1 ? 0.8 : 0.2) ? 1 : 0;
    }
    const rows = Int32Array.from({ length: 400 }, (_, row) => row);
    const lesson = { table, rows, label, weight: new Float64Array(400).fill(1), rowsPerDeal: 1 };
    const boosting = { rounds: 40, rate: 0.1, dealsPerLeaf: 10, ridgePerDeal: 1, sampleShare: 0.7 };
    const learners: Learner[] = [
        logisticLearner({ ridgePerDeal: 1 }),
        boostingLearner({ key: 'steps', depth: 1, ...boosting }),
        boostingLearner({ key: 'trees', depth: 3, ...boosting }),
        forestLearner({ trees: 30, minimumRows: 5 })
    ];

    test.each(learners.map((learner) => [learner.key, learner] as const))(
        '%s finds what matters, and its contributions add up to its score',
        (_, learner) => {
            const fitted = learner.fit(lesson);
            const logits = fitted.logits(table, rows);
            let sizeA = 0;
            let sizeB = 0;
            for (const row of rows) {
                const into = new Float64Array(2);
                const base = fitted.contributions(table, row, into, 1);
                expect(base + into[0]! + into[1]!).toBeCloseTo(logits[row]!, 6);
                sizeA += Math.abs(into[0]!);
                sizeB += Math.abs(into[1]!);
            }
            expect(sizeB).toBeGreaterThan(sizeA);
        }
    );

    test.each(learners.map((learner) => [learner.key, learner] as const))(
        '%s learns the same twice',
        (_, learner) => {
            expect([...learner.fit(lesson).logits(table, rows)]).toEqual([
                ...learner.fit(lesson).logits(table, rows)
            ]);
        }
    );

    test('logistic regression without features answers the share of yes', () => {
        const empty = { ...lesson, table: newTable([], 400, 1) };
        const [logit] = logisticLearner({ ridgePerDeal: 1 }).fit(empty).logits(empty.table, Int32Array.of(0));
        expect(probabilityOf(logit!)).toBeCloseTo(label.reduce((sum, each) => sum + each, 0) / 400, 4);
    });

    test('equations are solved', () => {
        // 4x + 2y = 10 and 2x + 3y = 9: x = 1.5, y = 2.
        const solved = solveSymmetric(Float64Array.of(4, 0, 2, 3), Float64Array.of(10, 9));
        expect(solved[0]).toBeCloseTo(1.5, 12);
        expect(solved[1]).toBeCloseTo(2, 12);
    });
});

describe('calibration', () => {
    test('a model that claims too much is corrected, and one that is right is left alone', () => {
        const random = seeded(5);
        const n = 3000;
        const logit = Float64Array.from({ length: n }, () => (random() - 0.5) * 6);
        const fold = Uint8Array.from({ length: n }, (_, i) => i % 3);
        const weight = new Float64Array(n).fill(1);
        const labelsOf = (slope: number) =>
            Uint8Array.from(logit, (z) => (random() < probabilityOf(slope * z) ? 1 : 0));
        const bold = chooseCalibration({ logit, label: labelsOf(0.4), weight, fold }, 3);
        expect(bold.kind).not.toBe('none');
        expect(calibrated(bold, 2)).toBeCloseTo(probabilityOf(0.8), 1);
        expect(chooseCalibration({ logit, label: labelsOf(1), weight, fold }, 3).kind).toBe('none');
    });

    test('a timid model is made as bold as it may be, by one factor', () => {
        const random = seeded(6);
        const n = 3000;
        const logit = Float64Array.from({ length: n }, () => (random() - 0.5) * 6);
        const label = Uint8Array.from(logit, (z) => (random() < probabilityOf(1.4 * z) ? 1 : 0));
        const fold = Uint8Array.from({ length: n }, (_, i) => i % 3);
        const timid = chooseCalibration({ logit, label, weight: new Float64Array(n).fill(1), fold }, 3);
        expect(timid.kind).toBe('stretch');
        expect(timid.numbers[0]).toBeCloseTo(1.4, 1);
        expect(calibrated(timid, 0)).toBe(0.5);
    });
});

describe('the amount won ahead', () => {
    test('new business is rate x value curve x days left', () => {
        // One deal a day for 40 days, each won at once for 100: 1 x 100 x (10 - 1/2) in ten days.
        const deals = Array.from({ length: 40 }, (_, i) => ({
            id: `${i}`,
            createdAt: START + (i + 0.5) * DAY_MS,
            amount: 100,
            closedAt: NaN,
            closedWon: false
        }));
        const events = deals.flatMap(({ id, createdAt }) =>
            ['QUALIFIED', 'SIGNED'].map((name, i) => ({
                deal: id,
                at: createdAt + i,
                name,
                step: '' as const,
                actor: ''
            }))
        );
        const log = logOf({ deals, events });
        const fates = readFates(log, meaningOfKinds(log.kinds, MEANING), 2);
        const found = expectNewBusiness(log, fates, START + 40 * DAY_MS, 10);
        expect(found.mean).toBeCloseTo(950, 6);
    });

    test('a range has its mean between, and a larger shock makes it wider', () => {
        const parts = [{ mean: 1000, variance: 10_000 }];
        const calm = rangeOf(parts, 0);
        const shaken = rangeOf(parts, 0.2);
        expect(calm.p10).toBeLessThan(calm.p50);
        expect(calm.p50).toBeLessThan(1000);
        expect(shaken.p90 - shaken.p10).toBeGreaterThan(calm.p90 - calm.p10);
    });
});
