// A forest of deep random trees, for few rows with many attributes. Owns the averaging and its reading as log-odds.
//
// Each tree is an extremely randomised tree (Geurts, Ernst, Wehenkel 2006) on all rows of the lesson; the forest answers
// the mean share of yes in their leaves. Path steps are in shares; they are told in log-odds by one factor per row,
// (logit(p) - logit(p0)) / (p - p0), so that base and contributions still add up to the score.
import type { FeatureTable } from '../feature-table.ts';
import { seeded } from '../seeded.ts';
import { cutIntoBins } from './bins.ts';
import { logitOf, shareOfYes, type Fitted, type Learner, type Lesson } from './learner.ts';
import { growTree, treeContributions, treeValue, type Tree } from './tree.ts';

export interface ForestOptions {
    trees: number;
    minimumRows: number;
}
const DEEPEST = 24;
/** A pure leaf shall not claim certainty: its share is drawn to the base rate by this weight in rows. */
const PRIOR_ROWS = 0.1;

export function forestLearner(options: ForestOptions): Learner {
    return { key: 'forest', fit: (lesson) => fit(lesson, options) };
}

function fit(lesson: Lesson, { trees: treeCount, minimumRows }: ForestOptions): Fitted {
    const { table, rows, label, weight } = lesson;
    const random = seeded(rows.length);
    const binned = cutIntoBins(table, rows);
    const base = shareOfYes(lesson);
    const slope = Float64Array.from(rows, (row) => weight[row]! * (label[row]! - base));
    const curve = Float64Array.from(rows, (row) => weight[row]!);
    const options = {
        depth: DEEPEST,
        minimumRows,
        ridge: PRIOR_ROWS,
        featuresTried: Math.ceil(2 * Math.sqrt(table.features.length)),
        randomEdge: true,
        random
    };
    const trees: Tree[] = [];
    for (let tree = 0; tree < treeCount; tree++)
        trees.push(
            growTree(
                binned,
                slope,
                curve,
                Int32Array.from(rows, (_, i) => i),
                options
            )
        );
    return new FittedForest(trees, base);
}

class FittedForest implements Fitted {
    #trees: Tree[];
    #base: number;

    constructor(trees: Tree[], base: number) {
        this.#trees = trees;
        this.#base = base;
    }

    /** Tables of attributes are scored in the run that learns from them. */
    save(): null {
        return null;
    }

    logits(table: FeatureTable, rows: Int32Array): Float64Array {
        return Float64Array.from(rows, (row) => {
            let sum = 0;
            for (const tree of this.#trees) sum += treeValue(tree, table, row);
            return logitOf(this.#base + sum / this.#trees.length);
        });
    }

    contributions(table: FeatureTable, row: number, into: Float64Array, share: number): number {
        const steps = new Float64Array(into.length);
        let root = this.#base;
        for (const tree of this.#trees)
            root += treeContributions(tree, table, row, steps, 1 / this.#trees.length);
        const p = root + steps.reduce((sum, step) => sum + step, 0);
        const gap = p - root;
        const factor = Math.abs(gap) < 1e-12 ? 0 : (logitOf(p) - logitOf(root)) / gap;
        for (let f = 0; f < into.length; f++) into[f]! += share * factor * steps[f]!;
        return share * logitOf(root);
    }
}
