// The naive baselines every model has to beat: the base rate, the rate per stage, the rate per stage and age.
// Owns counting; a cell with few deals is drawn to the rate of the cells above it.
import type { FeatureTable } from '../feature-table.ts';
import { logitOf, shareOfYes, type Fitted, type Learner, type Lesson } from './learner.ts';
import type { SavedLearner } from './saved.ts';

const AGE_EDGES = [3, 7, 14, 21, 28, 35, 60, 90, 180, 365];
/** a cell counts for itself from about this many deals on */
const PRIOR_DEALS = 5;

export type RateTableKey = 'baseRate' | 'stageRate' | 'stageAndAge';

export function rateTableLearner(key: RateTableKey): Learner {
    return { key, fit: (lesson) => new FittedRates(fit(lesson, key, shareOfYes(lesson))) };
}

function fit({ table, rows, label, weight, rowsPerDeal }: Lesson, key: RateTableKey, rate: number): Rates {
    const ageFeature = table.features.findIndex((feature) => feature.key === 'age_days');
    const prior = PRIOR_DEALS * rowsPerDeal;
    const cells = Array.from(
        { length: table.segmentCount },
        () => new Float64Array(2 * (AGE_EDGES.length + 1))
    );
    for (const row of rows) {
        const cell = cells[table.segment[row]!]!;
        const at = 2 * ageBin(ageFeature, table, row);
        cell[at]! += weight[row]!;
        if (label[row] === 1) cell[at + 1]! += weight[row]!;
    }
    const shares = cells.map((cell) => {
        let all = prior;
        let yes = prior * rate;
        for (let i = 0; i < cell.length; i += 2) {
            all += cell[i]!;
            yes += cell[i + 1]!;
        }
        return yes / all;
    });
    return {
        kind: 'rates',
        key,
        base: logitOf(rate),
        ageFeature,
        bySegment: shares.map(logitOf),
        byAge: cells.map((cell, segment) =>
            Array.from({ length: AGE_EDGES.length + 1 }, (_, bin) =>
                logitOf((cell[2 * bin + 1]! + prior * shares[segment]!) / (cell[2 * bin]! + prior))
            )
        )
    };
}

function ageBin(ageFeature: number, table: FeatureTable, row: number): number {
    if (ageFeature < 0) return 0;
    const age = table.columns[ageFeature]![row]!;
    const bin = AGE_EDGES.findIndex((edge) => age <= edge);
    return bin < 0 ? AGE_EDGES.length : bin;
}

type Rates = Extract<SavedLearner, { kind: 'rates' }>;

/** Log-odds by segment, then by segment and age. */
export class FittedRates implements Fitted {
    #rates: Rates;

    constructor(rates: Rates) {
        this.#rates = rates;
    }

    save(): SavedLearner {
        return this.#rates;
    }

    logits(table: FeatureTable, rows: Int32Array): Float64Array {
        const { key, base, bySegment, byAge, ageFeature } = this.#rates;
        return Float64Array.from(rows, (row) => {
            if (key === 'baseRate') return base;
            const segment = table.segment[row]!;
            return key === 'stageRate'
                ? bySegment[segment]!
                : byAge[segment]![ageBin(ageFeature, table, row)]!;
        });
    }

    contributions(table: FeatureTable, row: number, into: Float64Array, share: number): number {
        const { key, base, bySegment, byAge, ageFeature } = this.#rates;
        const segment = table.segment[row]!;
        if (key === 'baseRate') return share * base;
        const stage = table.features.findIndex((feature) => feature.key === `stage_${segment}`);
        if (stage >= 0) into[stage]! += share * (bySegment[segment]! - base);
        if (key === 'stageAndAge' && ageFeature >= 0)
            into[ageFeature]! +=
                share * (byAge[segment]![ageBin(ageFeature, table, row)]! - bySegment[segment]!);
        return share * base;
    }
}
