// Logistic regression with a ridge penalty, found by Newton's method (iteratively reweighted least squares).
// Owns the fit and its contributions: term weight x (value - mean of the lesson), summed by feature.
//
// Minimised: sum of weight x log-loss + ridge/2 x sum of squared weights of terms in units of their spread.
// The ridge is RIDGE_PER_DEAL x rows per deal: a deal seen on ten days is not ten deals.
import type { FeatureTable } from '../feature-table.ts';
import { solveSymmetric } from './cholesky.ts';
import { logitOf, probabilityOf, shareOfYes, type Fitted, type Learner, type Lesson } from './learner.ts';
import type { SavedLearner } from './saved.ts';
import { chooseTerms, termValue, type Term } from './terms.ts';

export interface LogisticOptions {
    ridgePerDeal: number;
}
const STEPS = 12;
const GOOD_ENOUGH = 1e-5;

/** Non-zero values of each row, row after row. */
interface SparseRows {
    start: Int32Array;
    term: Uint16Array;
    value: Float32Array;
}

export function logisticLearner({ ridgePerDeal }: LogisticOptions): Learner {
    return { key: 'logistic', fit: (lesson) => fit(lesson, ridgePerDeal * lesson.rowsPerDeal) };
}

function fit(lesson: Lesson, ridge: number): Fitted {
    const terms = chooseTerms(lesson.table, lesson.rows);
    const sparse = sparseRows(lesson.table, lesson.rows, terms);
    const { spread, mean } = spreads(sparse, terms.length, lesson);
    for (let i = 0; i < sparse.value.length; i++) sparse.value[i]! /= spread[sparse.term[i]!]!;
    const weights = newton(sparse, lesson, terms.length, ridge);
    const intercept = weights[terms.length]!;
    const perTerm = Array.from(terms, (_, t) => weights[t]! / spread[t]!);
    return new FittedLogistic({ terms, weights: perTerm, mean: [...mean], intercept });
}

function sparseRows(table: FeatureTable, rows: Int32Array, terms: Term[]): SparseRows {
    const start = new Int32Array(rows.length + 1);
    let size = 1024;
    let term = new Uint16Array(size);
    let value = new Float32Array(size);
    let used = 0;
    for (let i = 0; i < rows.length; i++) {
        const row = rows[i]!;
        if (used + terms.length > size) {
            size = Math.max(size * 2, used + terms.length);
            term = grown(term, new Uint16Array(size));
            value = grown(value, new Float32Array(size));
        }
        const segment = table.segment[row]!;
        for (let t = 0; t < terms.length; t++) {
            const spec = terms[t]!;
            if (spec.segment >= 0 && spec.segment !== segment) continue;
            const x = termValue(spec, table.columns[spec.feature]![row]!);
            if (x === 0) continue;
            term[used] = t;
            value[used++] = x;
        }
        start[i + 1] = used;
    }
    return { start, term: term.subarray(0, used), value: value.subarray(0, used) };
}

function grown<T extends Uint16Array | Float32Array>(from: T, to: T): T {
    to.set(from);
    return to;
}

function spreads({ start, term, value }: SparseRows, termCount: number, { rows, weight }: Lesson) {
    const mean = new Float64Array(termCount);
    const square = new Float64Array(termCount);
    let all = 0;
    for (let i = 0; i < rows.length; i++) {
        const w = weight[rows[i]!]!;
        all += w;
        for (let k = start[i]!; k < start[i + 1]!; k++) {
            mean[term[k]!]! += w * value[k]!;
            square[term[k]!]! += w * value[k]! * value[k]!;
        }
    }
    const spread = new Float64Array(termCount);
    for (let t = 0; t < termCount; t++) {
        mean[t]! /= all;
        const variance = square[t]! / all - mean[t]! * mean[t]!;
        // A term that never moves gets a huge unit, and so a weight of nothing.
        spread[t] = variance > 1e-9 ? Math.sqrt(variance) : 1e9;
    }
    return { spread, mean };
}

function newton(sparse: SparseRows, lesson: Lesson, termCount: number, ridge: number): Float64Array {
    const { start, term, value } = sparse;
    const { rows, label, weight } = lesson;
    const n = termCount + 1;
    const weights = new Float64Array(n);
    weights[termCount] = logitOf(shareOfYes(lesson));
    const hessian = new Float64Array(n * n);
    const gradient = new Float64Array(n);
    for (let step = 0; step < STEPS; step++) {
        hessian.fill(0);
        gradient.fill(0);
        for (let t = 0; t < termCount; t++) {
            hessian[t * n + t] = ridge;
            gradient[t] = -ridge * weights[t]!;
        }
        for (let i = 0; i < rows.length; i++) {
            const from = start[i]!;
            const to = start[i + 1]!;
            let logit = weights[termCount]!;
            for (let k = from; k < to; k++) logit += weights[term[k]!]! * value[k]!;
            const p = probabilityOf(logit);
            const w = weight[rows[i]!]!;
            const slope = w * (label[rows[i]!]! - p);
            const curve = w * Math.max(p * (1 - p), 1e-6);
            for (let k = from; k < to; k++) {
                const a = term[k]!;
                gradient[a]! += slope * value[k]!;
                const curved = curve * value[k]!;
                const line = a * n;
                // Terms of a row ascend, so this fills the lower half.
                for (let m = from; m <= k; m++) hessian[line + term[m]!]! += curved * value[m]!;
                hessian[termCount * n + a]! += curved;
            }
            gradient[termCount]! += slope;
            hessian[termCount * n + termCount]! += curve;
        }
        const move = solveSymmetric(hessian, gradient);
        let largest = 0;
        for (let t = 0; t < n; t++) largest = Math.max(largest, Math.abs(move[t]!));
        // A step is at most 4 in any weight: far from the answer the curve promises too much.
        const damp = largest > 4 ? 4 / largest : 1;
        for (let t = 0; t < n; t++) weights[t]! += damp * move[t]!;
        if (largest < GOOD_ENOUGH) break;
    }
    return weights;
}

type Logistic = Extract<SavedLearner, { kind: 'logistic' }>;

export class FittedLogistic implements Fitted {
    #terms: Term[];
    #weights: Float64Array;
    #mean: Float64Array;
    #intercept: number;

    constructor({ terms, weights, mean, intercept }: Omit<Logistic, 'kind'>) {
        this.#terms = terms;
        this.#weights = Float64Array.from(weights);
        this.#mean = Float64Array.from(mean);
        this.#intercept = intercept;
    }

    save(): SavedLearner {
        return {
            kind: 'logistic',
            intercept: this.#intercept,
            terms: this.#terms,
            weights: [...this.#weights],
            mean: [...this.#mean]
        };
    }

    logits(table: FeatureTable, rows: Int32Array): Float64Array {
        const logits = new Float64Array(rows.length).fill(this.#intercept);
        for (let t = 0; t < this.#terms.length; t++) {
            const term = this.#terms[t]!;
            const column = table.columns[term.feature]!;
            const weight = this.#weights[t]!;
            for (let i = 0; i < rows.length; i++) {
                const row = rows[i]!;
                if (term.segment >= 0 && term.segment !== table.segment[row]) continue;
                logits[i]! += weight * termValue(term, column[row]!);
            }
        }
        return logits;
    }

    contributions(table: FeatureTable, row: number, into: Float64Array, share: number): number {
        let base = this.#intercept;
        for (let t = 0; t < this.#terms.length; t++) {
            const term = this.#terms[t]!;
            const weight = this.#weights[t]!;
            const applies = term.segment < 0 || term.segment === table.segment[row];
            const x = applies ? termValue(term, table.columns[term.feature]![row]!) : 0;
            into[term.feature]! += share * weight * (x - this.#mean[t]!);
            base += weight * this.#mean[t]!;
        }
        return share * base;
    }
}
