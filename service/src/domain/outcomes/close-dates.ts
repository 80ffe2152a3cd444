// When open deals will close, won or lost: a discrete-time hazard, the chance of closing in each coming step of days for
// a deal still open at its beginning. Owns the steps, the lesson of (moment, step) rows and the reading of quantiles.
//
// The hazard of a step is learnt like any yes-or-no answer, from the deal's features at the moment and how long ahead the
// step lies; a step counts only if it was followed to its end, which is how open deals (censored) take part.
// S(t) is the product of (1 - hazard) of the steps up to t; P50 of the closing time is where S falls to one half.
import { boostingLearner } from './learners/boosting.ts';
import { allRows, type FeatureTable } from './feature-table.ts';
import { DAY_MS } from './deal-features.ts';
import type { Landmarks } from './landmarks.ts';
import { probabilityOf, type Fitted, type Lesson } from './learners/learner.ts';
import { hashText } from './seeded.ts';
import type { Sequels } from './targets.ts';

/** Beginnings of the steps in days from the moment; the last one ends at LAST_DAY. */
const STEPS = [
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16, 18, 21, 24, 28, 32, 37, 43, 50, 60, 75, 95, 120,
    160, 220, 300, 420
];
const LAST_DAY = 600;
const MOST_LANDMARKS = 6000;
const FEWEST_CLOSED_ROWS = 300;
/** Trees alone: deep enough for "this stage at that age", and their ranges are as wide as they claim to be. */
const HAZARD = boostingLearner({
    key: 'closing',
    rounds: 120,
    depth: 4,
    rate: 0.1,
    dealsPerLeaf: 20,
    ridgePerDeal: 5,
    sampleShare: 0.6
});

export interface CloseDateModel {
    hazard: Fitted;
    /** last step that was ever seen: beyond it nothing is known */
    knownSteps: number;
    /** shares closed at which the range is read */
    levels: [number, number, number];
}

export function trainCloseDates(landmarks: Landmarks, sequels: Sequels, asOf: number): CloseDateModel | null {
    const { lesson, knownSteps } = stepLesson(landmarks, sequels, asOf);
    let closed = 0;
    for (const row of lesson.rows) closed += lesson.label[row]!;
    if (closed < FEWEST_CLOSED_ROWS) return null;
    return { hazard: HAZARD.fit(lesson), knownSteps, levels: [0.1, 0.5, 0.9] };
}

function stepLesson(
    landmarks: Landmarks,
    sequels: Sequels,
    asOf: number
): { lesson: Lesson; knownSteps: number } {
    const { at, deal } = landmarks;
    const before = [...at.keys()].filter((row) => at[row]! < asOf);
    const stride = Math.max(1, Math.ceil(before.length / MOST_LANDMARKS));
    const rows: number[] = [];
    const steps: number[] = [];
    const labels: number[] = [];
    const deals = new Set<number>();
    let knownSteps = 0;
    before.forEach((row) => {
        if (stride > 1 && hashText(`${deal[row]!} ${at[row]!}`) % stride !== 0) return;
        deals.add(deal[row]!);
        const followed = (asOf - at[row]!) / DAY_MS;
        const ended = sequels.daysToEnd[row]! < followed ? sequels.daysToEnd[row]! : Infinity;
        for (let step = 0; step < STEPS.length; step++) {
            const closes = ended <= endOf(step);
            if (!closes && endOf(step) > followed) break;
            rows.push(row);
            steps.push(step);
            labels.push(closes ? 1 : 0);
            if (closes) knownSteps = Math.max(knownSteps, step + 1);
            if (closes) break;
        }
    });
    const table = stepTable(landmarks.table, at, rows, steps);
    return {
        lesson: {
            table,
            rows: Int32Array.from(rows, (_, i) => i),
            label: Uint8Array.from(labels),
            weight: new Float64Array(rows.length).fill(1),
            rowsPerDeal: Math.max(1, rows.length / Math.max(1, deals.size))
        },
        knownSteps
    };
}

function endOf(step: number): number {
    return STEPS[step + 1] ?? LAST_DAY;
}

const STEP_FEATURES = [
    { key: 'days_ahead', group: 'days ahead', kind: 'clock' as const },
    { key: 'age_then', group: 'age of the deal then', kind: 'clock' as const },
    { key: 'days_in_stage_then', group: 'days in this stage then', kind: 'clock' as const },
    { key: 'working_days', group: 'working days in the step', kind: 'number' as const }
];

/** The features at the moment, and those that time alone moves on to the step. */
function stepTable(base: FeatureTable, at: ArrayLike<number>, rows: number[], steps: number[]): FeatureTable {
    const age = base.columns[base.features.findIndex(({ key }) => key === 'age_days')]!;
    const inStage = base.columns[base.features.findIndex(({ key }) => key === 'days_in_stage')]!;
    const moved = STEP_FEATURES.map(() => new Float32Array(rows.length));
    for (let i = 0; i < rows.length; i++) {
        const row = rows[i]!;
        const from = STEPS[steps[i]!]!;
        moved[0]![i] = from;
        moved[1]![i] = age[row]! + from;
        moved[2]![i] = Math.max(0, inStage[row]!) + from;
        moved[3]![i] = workingDays(at[row]! / DAY_MS + from, endOf(steps[i]!) - from);
    }
    return {
        features: [...base.features, ...STEP_FEATURES],
        columns: [...base.columns.map((column) => ofRows(column, rows)), ...moved],
        rowCount: rows.length,
        segment: Uint8Array.from(rows, (row) => base.segment[row]!),
        segmentCount: base.segmentCount
    };
}

function ofRows(column: Float32Array, rows: readonly number[]): Float32Array {
    const chosen = new Float32Array(rows.length);
    for (let i = 0; i < rows.length; i++) chosen[i] = column[rows[i]!]!;
    return chosen;
}

function workingDays(fromDay: number, days: number): number {
    let working = 0;
    // 1970-01-05, day 4, was a Monday.
    for (let day = 0; day < days; day++) if ((Math.floor(fromDay + day) + 3) % 7 < 5) working++;
    return working;
}

export interface CloseRange {
    p10: Float64Array;
    p50: Float64Array;
    p90: Float64Array;
}

const CHUNK = 2000;

/** Days from the moment until closing; where the curve never falls that far, the last day seen. */
export function closeRanges(model: CloseDateModel, table: FeatureTable, at: number): CloseRange {
    const ranges: CloseRange = {
        p10: new Float64Array(table.rowCount),
        p50: new Float64Array(table.rowCount),
        p90: new Float64Array(table.rowCount)
    };
    const quantiles = [ranges.p10, ranges.p50, ranges.p90];
    for (let from = 0; from < table.rowCount; from += CHUNK) {
        const curves = openShares(model, table, at, from, Math.min(table.rowCount, from + CHUNK));
        curves.forEach((curve, i) =>
            model.levels.forEach((level, q) => {
                quantiles[q]![from + i] = dayBy(curve, level);
            })
        );
    }
    return ranges;
}

/** Share still open at the end of each known step, row by row. */
function openShares(
    model: CloseDateModel,
    table: FeatureTable,
    at: number,
    from: number,
    to: number
): Float64Array[] {
    const { knownSteps } = model;
    const rows: number[] = [];
    const steps: number[] = [];
    for (let row = from; row < to; row++)
        for (let step = 0; step < knownSteps; step++) {
            rows.push(row);
            steps.push(step);
        }
    const stepped = stepTable(table, new Float64Array(table.rowCount).fill(at), rows, steps);
    const logits = model.hazard.logits(stepped, allRows(stepped));
    return Array.from({ length: to - from }, (_, i) => {
        let open = 1;
        return Float64Array.from(
            { length: knownSteps },
            (__, step) => (open *= 1 - probabilityOf(logits[i * knownSteps + step]!))
        );
    });
}

/** Day by which this share of such deals has closed, in a straight line within a step. */
function dayBy(openAfter: Float64Array, level: number): number {
    let before = 1;
    for (let step = 0; step < openAfter.length; step++) {
        const after = openAfter[step]!;
        if (1 - after >= level)
            return STEPS[step]! + ((endOf(step) - STEPS[step]!) * (before - (1 - level))) / (before - after);
        before = after;
    }
    return endOf(Math.max(0, openAfter.length - 1));
}
