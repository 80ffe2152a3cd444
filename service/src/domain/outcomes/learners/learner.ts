// What every learner of a yes-or-no answer offers: fit rows, give a log-odds for a row, and say which feature added how
// much to it. Owns the contract: base + sum of contributions = log-odds, exactly up to rounding.
import type { FeatureTable } from '../feature-table.ts';
import type { SavedLearner } from './saved.ts';

/** Rows to learn from; `label` and `weight` are indexed by row of the table. */
export interface Lesson {
    table: FeatureTable;
    rows: Int32Array;
    label: Uint8Array;
    weight: Float64Array;
    /** rows that tell the same story twice (one deal seen on many days); penalties grow with it */
    rowsPerDeal: number;
}

export interface Fitted {
    /** log-odds of each of the rows */
    logits(table: FeatureTable, rows: Int32Array): Float64Array;
    /** adds the contribution of each feature, times `share`, into `into`; returns the base, times `share` */
    contributions(table: FeatureTable, row: number, into: Float64Array, share: number): number;
    /** as plain data (saved.ts); null: not of a kind that is kept */
    save(): SavedLearner | null;
}

export interface Learner {
    key: string;
    fit(lesson: Lesson): Fitted;
}

export function logitOf(probability: number): number {
    const p = Math.min(1 - 1e-6, Math.max(1e-6, probability));
    return Math.log(p / (1 - p));
}

export function probabilityOf(logit: number): number {
    return 1 / (1 + Math.exp(-logit));
}

/** Weighted share of yes, never exactly 0 or 1. */
export function shareOfYes({ rows, label, weight }: Lesson): number {
    let yes = 0.5;
    let all = 1;
    for (const row of rows) {
        all += weight[row]!;
        if (label[row] === 1) yes += weight[row]!;
    }
    return yes / all;
}
