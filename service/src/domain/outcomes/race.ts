// The race of learners: each is trained on the past of a fold and judged on what came after, on the same rows as the
// naive baselines. Owns the folds' results, the winner and its record; where the folds come from is the caller's
// (walk-forward for deals with dates, repeated splits for tables without).
import {
    calibrated,
    chooseCalibration,
    stretchedAcross,
    UNCHANGED,
    type Calibration
} from './calibration.ts';
import type { FeatureTable } from './feature-table.ts';
import { boostingLearner } from './learners/boosting.ts';
import { forestLearner } from './learners/forest.ts';
import { probabilityOf, type Learner, type Lesson } from './learners/learner.ts';
import { logisticLearner } from './learners/logistic.ts';
import { rateTableLearner } from './learners/rate-table.ts';
import {
    measure,
    reliability,
    skillOver,
    type Interval,
    type Judged,
    type Measures,
    type ReliabilityBin
} from './measures.ts';

/** A candidate is one learner, or the mean log-odds of several. */
export interface Candidate {
    key: string;
    parts: string[];
    isBaseline: boolean;
}

export interface Entrants {
    learners: Learner[];
    candidates: Candidate[];
    /** key of the candidate that wins unless another is better beyond chance: the mean of unlike learners varies least */
    steady: string | null;
}

export interface RaceFold {
    /** in words or a date: what the fold was judged on */
    label: string;
    lesson: Lesson;
    testRows: Int32Array;
    testLabel: Uint8Array;
    testWeight: Float64Array;
    testDeal: Int32Array;
    /** how much it says about the days to come, against the other folds: a model of last month tells more */
    says: number;
}

export interface CandidateRecord extends Measures {
    key: string;
    isBaseline: boolean;
    /** Brier skill over the base rate with its 95 % interval */
    skill: Interval;
    folds: (Measures & { label: string })[];
}

export interface RaceRecord {
    winner: string;
    calibration: Calibration;
    /** of the winner, after calibration */
    reliability: ReliabilityBin[];
    candidates: CandidateRecord[];
    hasSignal: boolean;
}

export function dealEntrants(): Entrants {
    return {
        learners: [
            rateTableLearner('baseRate'),
            rateTableLearner('stageRate'),
            rateTableLearner('stageAndAge'),
            logisticLearner({ ridgePerDeal: 400 }),
            boostingLearner({
                key: 'steps',
                rounds: 160,
                depth: 1,
                rate: 0.15,
                dealsPerLeaf: 20,
                ridgePerDeal: 3,
                sampleShare: 0.6
            }),
            boostingLearner({
                key: 'trees',
                rounds: 60,
                depth: 3,
                rate: 0.06,
                dealsPerLeaf: 30,
                ridgePerDeal: 10,
                sampleShare: 0.5
            })
        ],
        candidates: [
            { key: 'baseRate', parts: ['baseRate'], isBaseline: true },
            { key: 'stageRate', parts: ['stageRate'], isBaseline: true },
            { key: 'stageAndAge', parts: ['stageAndAge'], isBaseline: true },
            { key: 'logistic', parts: ['logistic'], isBaseline: false },
            { key: 'steps', parts: ['steps'], isBaseline: false },
            { key: 'trees', parts: ['trees'], isBaseline: false },
            { key: 'logistic+steps', parts: ['logistic', 'steps'], isBaseline: false },
            { key: 'logistic+steps+trees', parts: ['logistic', 'steps', 'trees'], isBaseline: false }
        ],
        steady: 'logistic+steps+trees'
    };
}

/** For tables of attributes: no stages, fewer rows, and a forest that few rows suit. */
export function attributeEntrants(forestTrees: number): Entrants {
    const boosting = { dealsPerLeaf: 8, ridgePerDeal: 3, sampleShare: 0.7 };
    return {
        learners: [
            rateTableLearner('baseRate'),
            logisticLearner({ ridgePerDeal: 10 }),
            boostingLearner({ key: 'trees', rounds: 80, depth: 3, rate: 0.06, ...boosting }),
            forestLearner({ trees: forestTrees, minimumRows: 1 })
        ],
        candidates: [
            { key: 'baseRate', parts: ['baseRate'], isBaseline: true },
            { key: 'logistic', parts: ['logistic'], isBaseline: false },
            { key: 'trees', parts: ['trees'], isBaseline: false },
            { key: 'forest', parts: ['forest'], isBaseline: false },
            { key: 'trees+forest', parts: ['trees', 'forest'], isBaseline: false },
            { key: 'logistic+forest', parts: ['logistic', 'forest'], isBaseline: false }
        ],
        steady: null
    };
}

export function runRace(
    table: FeatureTable,
    folds: RaceFold[],
    { learners, candidates, steady }: Entrants
): RaceRecord {
    const count = folds.reduce((sum, fold) => sum + fold.testRows.length, 0);
    const logits = new Map(candidates.map(({ key }) => [key, new Float64Array(count)]));
    const foldOf = new Uint8Array(count);
    const label = new Uint8Array(count);
    const weight = new Float64Array(count);
    const deal = new Int32Array(count);
    let from = 0;
    folds.forEach((fold, f) => {
        const size = fold.testRows.length;
        const answers = new Map(
            learners.map((learner) => [learner.key, learner.fit(fold.lesson).logits(table, fold.testRows)])
        );
        for (const { key, parts } of candidates)
            for (let i = 0; i < size; i++)
                logits.get(key)![from + i] =
                    parts.reduce((sum, part) => sum + answers.get(part)![i]!, 0) / parts.length;
        foldOf.fill(f, from, from + size);
        label.set(fold.testLabel, from);
        const says = (fold.says * folds.length) / folds.reduce((sum, each) => sum + each.says, 0);
        weight.set(
            fold.testWeight.map((each) => says * each),
            from
        );
        deal.set(fold.testDeal, from);
        from += size;
    });
    const judge = (probability: Float64Array): Judged => ({ probability, label, weight, deal });
    const base = logits.get('baseRate')!.map(probabilityOf);
    const records = candidates.map(({ key, isBaseline }): CandidateRecord => {
        const judged = judge(logits.get(key)!.map(probabilityOf));
        return {
            key,
            isBaseline,
            ...measure(judged),
            skill: skillOver(judged, base),
            folds: folds.map((fold, f) => ({ label: fold.label, ...measure(rowsOfFold(judged, foldOf, f)) }))
        };
    });
    // Compared as they will be used; whether there is signal at all is asked of what they say themselves.
    const inUse = candidates.map(({ key, isBaseline }): Judged => {
        const unseen = { logit: logits.get(key)!, label, weight, fold: foldOf };
        const logit = isBaseline ? unseen.logit : stretchedAcross(unseen, folds.length);
        return judge(logit.map(probabilityOf));
    });
    const best = records[bestOf(records, inUse, steady)]!;
    const winner = best.key;
    const hasSignal = winner !== 'baseRate';
    const calibration = hasSignal
        ? chooseCalibration({ logit: logits.get(winner)!, label, weight, fold: foldOf }, folds.length)
        : UNCHANGED;
    const final = judge(logits.get(winner)!.map((logit) => calibrated(calibration, logit)));
    return { winner, calibration, reliability: reliability(final), candidates: records, hasSignal };
}

/** The lowest Brier score of those that tell more than the base rate, or the steady one where that is not better beyond
 *  chance. */
function bestOf(records: CandidateRecord[], inUse: Judged[], steady: string | null): number {
    const briers = inUse.map((judged, i) =>
        records[i]!.key === 'baseRate' || records[i]!.skill.low > 0 ? measure(judged).brier : Infinity
    );
    const lowest = briers.reduce((a, brier, b) => (brier < briers[a]! - 1e-9 ? b : a), 0);
    const mean = records.findIndex(({ key }) => key === steady);
    if (mean < 0 || briers[mean] === Infinity) return lowest;
    return skillOver(inUse[mean]!, inUse[lowest]!.probability).high >= 0 ? mean : lowest;
}

function rowsOfFold(judged: Judged, foldOf: Uint8Array, fold: number): Judged {
    const rows = [...foldOf.keys()].filter((i) => foldOf[i] === fold);
    return {
        probability: Float64Array.from(rows, (i) => judged.probability[i]!),
        label: Uint8Array.from(rows, (i) => judged.label[i]!),
        weight: Float64Array.from(rows, (i) => judged.weight[i]!),
        deal: Int32Array.from(rows, (i) => judged.deal[i]!)
    };
}
