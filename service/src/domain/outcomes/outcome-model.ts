// A trained model of one target: its probability for a row, why, and its record. Owns training on landmarks as of a
// moment (walk-forward race, then the winner fitted on all that is known) and the refusal when history is too short.
import { calibrated, calibratedLogit } from './calibration.ts';
import { DAY_MS } from './deal-features.ts';
import { allRows, type FeatureTable } from './feature-table.ts';
import { probabilityOf, type Fitted, type Lesson } from './learners/learner.ts';
import type { Landmarks } from './landmarks.ts';
import { runRace, type Entrants, type RaceFold, type RaceRecord } from './race.ts';
import { answersBy, type Answers, type Sequels, type Target } from './targets.ts';

export type OutcomeModel =
    | { status: 'ready' | 'noSignal'; key: string; parts: Fitted[]; record: RaceRecord }
    | { status: 'notEnoughHistory'; key: string; why: string };

/** As much of a model as scoring needs. */
export type ScoringModel =
    | { status: 'ready' | 'noSignal'; key: string; parts: Fitted[]; record: Pick<RaceRecord, 'calibration'> }
    | Extract<OutcomeModel, { status: 'notEnoughHistory' }>;

/** Below these, no probabilities: too few ends of either kind to learn from and to judge by. */
export const FEWEST_DEALS_OF_A_KIND = 50;
/** Folds begin at these shares of the time whose answers can be judged. */
const FOLD_CUTS = [0.7, 0.8, 0.9];
/** Eventual outcomes are judged on days that were followed at least this long. */
const FOLLOWED_DAYS = 30;
const MOST_ROWS_IN_FOLD = 12_000;
const FEWEST_TEST_ROWS = 100;

export function trainOutcomeModel(
    target: Target,
    landmarks: Landmarks,
    sequels: Sequels,
    asOf: number,
    entrants: Entrants
): OutcomeModel {
    const known = answersBy(target, landmarks, sequels, -Infinity, asOf, asOf);
    const why = tooLittle(known, landmarks);
    if (why !== null) return { status: 'notEnoughHistory', key: target.key, why };
    const folds = walkForward(target, landmarks, sequels, asOf);
    if (folds.length < 2)
        return {
            status: 'notEnoughHistory',
            key: target.key,
            why: 'history is too short to judge a model on days it was not trained on'
        };
    const record = runRace(landmarks.table, folds, entrants);
    const winner = entrants.candidates.find(({ key }) => key === record.winner)!;
    const lesson = lessonOf(landmarks, known, Infinity);
    const parts = winner.parts.map((part) => entrants.learners.find(({ key }) => key === part)!.fit(lesson));
    return { status: record.hasSignal ? 'ready' : 'noSignal', key: target.key, parts, record };
}

function tooLittle({ rows, label }: Answers, { deal }: Landmarks): string | null {
    const yes = new Set<number>();
    const no = new Set<number>();
    for (const row of rows) (label[row] === 1 ? yes : no).add(deal[row]!);
    const fewer = Math.min(yes.size, no.size);
    if (fewer >= FEWEST_DEALS_OF_A_KIND) return null;
    if (yes.size > 0 && no.size === 0)
        return `all ${yes.size} deals ended alike: there is nothing to tell apart`;
    if (no.size > 0 && yes.size === 0) return `none of ${no.size} deals did: there is nothing to tell apart`;
    return `${yes.size} deals did and ${no.size} did not; at least ${FEWEST_DEALS_OF_A_KIND} of each are needed`;
}

function walkForward(target: Target, landmarks: Landmarks, sequels: Sequels, asOf: number): RaceFold[] {
    const first = landmarks.at.reduce((low, at) => Math.min(low, at), asOf);
    const followed = Math.min(Math.min(target.horizonDays, FOLLOWED_DAYS) * DAY_MS, (asOf - first) / 3);
    const end = asOf - followed;
    const cuts = FOLD_CUTS.map((share) => Math.floor((first + share * (end - first)) / DAY_MS) * DAY_MS);
    return cuts.flatMap((cut, i): RaceFold[] => {
        const until = cuts[i + 1] ?? end;
        const past = answersBy(target, landmarks, sequels, -Infinity, cut, cut);
        const next = answersBy(target, landmarks, sequels, cut, until, asOf);
        if (tooLittle(past, landmarks) !== null || next.rows.length < FEWEST_TEST_ROWS) return [];
        return [
            {
                label: new Date(cut).toISOString().slice(0, 10),
                lesson: lessonOf(landmarks, past, MOST_ROWS_IN_FOLD),
                testRows: next.rows,
                testLabel: Uint8Array.from(next.rows, (row) => next.label[row]!),
                testWeight: Float64Array.from(next.rows, (row) => next.weight[row]!),
                testDeal: Int32Array.from(next.rows, (row) => landmarks.deal[row]!),
                says: 2 ** i
            }
        ];
    });
}

function lessonOf({ table, deal }: Landmarks, { rows, label, weight }: Answers, mostRows: number): Lesson {
    const stride = Math.ceil(rows.length / mostRows);
    const taken = stride <= 1 ? rows : rows.filter((_, i) => i % stride === 0);
    return {
        table,
        rows: taken,
        label,
        weight,
        rowsPerDeal: taken.length / new Set([...taken].map((row) => deal[row])).size
    };
}

/** Probability of each row; null when the model may not give any. */
export function scoreRows(model: ScoringModel, table: FeatureTable): Float64Array | null {
    if (model.status === 'notEnoughHistory') return null;
    const mean = meanLogits(model.parts, table, allRows(table));
    return mean.map((logit) => calibrated(model.record.calibration, logit));
}

export function meanLogits(parts: Fitted[], table: FeatureTable, rows: Int32Array): Float64Array {
    const sum = new Float64Array(rows.length);
    for (const part of parts) {
        const logits = part.logits(table, rows);
        for (let i = 0; i < sum.length; i++) sum[i]! += logits[i]! / parts.length;
    }
    return sum;
}

export interface Explanation {
    probability: number;
    /** log-odds of a usual deal */
    base: number;
    /** log-odds per feature; base + their sum = log-odds of the probability */
    contributions: Float64Array;
}

export function explainRow(model: ScoringModel, table: FeatureTable, row: number): Explanation | null {
    if (model.status === 'notEnoughHistory') return null;
    const contributions = new Float64Array(table.features.length);
    let rawBase = 0;
    for (const part of model.parts)
        rawBase += part.contributions(table, row, contributions, 1 / model.parts.length);
    const raw = rawBase + contributions.reduce((sum, each) => sum + each, 0);
    const { calibration } = model.record;
    const base = calibratedLogit(calibration, rawBase);
    const logit = calibratedLogit(calibration, raw);
    // The calibration curve bends the whole; each part is told in the same proportion.
    const factor = Math.abs(raw - rawBase) < 1e-12 ? 0 : (logit - base) / (raw - rawBase);
    for (let f = 0; f < contributions.length; f++) contributions[f]! *= factor;
    return { probability: probabilityOf(logit), base: factor === 0 ? logit : base, contributions };
}
