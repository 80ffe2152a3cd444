// The naive baselines every model has to beat: the base rate, the rate per stage, the rate per stage and age.
// Owns counting; a cell with few deals is drawn to the rate of the cells above it.
import type { FeatureTable } from '../feature-table.ts';
import { logitOf, shareOfYes, type Fitted, type Learner, type Lesson } from './learner.ts';

const AGE_EDGES = [3, 7, 14, 21, 28, 35, 60, 90, 180, 365];
/** a cell counts for itself from about this many deals on */
const PRIOR_DEALS = 5;

export type RateTableKey = 'baseRate' | 'stageRate' | 'stageAndAge';

export function rateTableLearner(key: RateTableKey): Learner {
    return { key, fit: (lesson) => new FittedRates(lesson, key) };
}

class FittedRates implements Fitted {
    #base: number;
    /** log-odds by segment, then by segment and age */
    #bySegment: Float64Array;
    #byAge: Float64Array[];
    #key: RateTableKey;
    #ageFeature: number;

    constructor(lesson: Lesson, key: RateTableKey) {
        const { table, rows, label, weight, rowsPerDeal } = lesson;
        this.#key = key;
        this.#ageFeature = table.features.findIndex((feature) => feature.key === 'age_days');
        const rate = shareOfYes(lesson);
        const prior = PRIOR_DEALS * rowsPerDeal;
        const counts = () =>
            Array.from({ length: table.segmentCount }, () => new Float64Array(2 * (AGE_EDGES.length + 1)));
        const cells = counts();
        for (const row of rows) {
            const cell = cells[table.segment[row]!]!;
            const at = 2 * this.#ageBin(table, row);
            cell[at]! += weight[row]!;
            if (label[row] === 1) cell[at + 1]! += weight[row]!;
        }
        this.#base = logitOf(rate);
        const shares = cells.map((cell) => {
            let all = prior;
            let yes = prior * rate;
            for (let i = 0; i < cell.length; i += 2) {
                all += cell[i]!;
                yes += cell[i + 1]!;
            }
            return yes / all;
        });
        this.#bySegment = Float64Array.from(shares, logitOf);
        this.#byAge = cells.map((cell, segment) =>
            Float64Array.from({ length: AGE_EDGES.length + 1 }, (_, bin) =>
                logitOf((cell[2 * bin + 1]! + prior * shares[segment]!) / (cell[2 * bin]! + prior))
            )
        );
    }

    #ageBin(table: FeatureTable, row: number): number {
        if (this.#ageFeature < 0) return 0;
        const age = table.columns[this.#ageFeature]![row]!;
        const bin = AGE_EDGES.findIndex((edge) => age <= edge);
        return bin < 0 ? AGE_EDGES.length : bin;
    }

    logits(table: FeatureTable, rows: Int32Array): Float64Array {
        return Float64Array.from(rows, (row) => {
            if (this.#key === 'baseRate') return this.#base;
            const segment = table.segment[row]!;
            return this.#key === 'stageRate'
                ? this.#bySegment[segment]!
                : this.#byAge[segment]![this.#ageBin(table, row)]!;
        });
    }

    contributions(table: FeatureTable, row: number, into: Float64Array, share: number): number {
        const segment = table.segment[row]!;
        if (this.#key === 'baseRate') return share * this.#base;
        const stage = table.features.findIndex((feature) => feature.key === `stage_${segment}`);
        if (stage >= 0) into[stage]! += share * (this.#bySegment[segment]! - this.#base);
        if (this.#key === 'stageAndAge' && this.#ageFeature >= 0)
            into[this.#ageFeature]! +=
                share * (this.#byAge[segment]![this.#ageBin(table, row)]! - this.#bySegment[segment]!);
        return share * this.#base;
    }
}
