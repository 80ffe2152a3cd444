// Gradient boosting of shallow trees for a yes-or-no answer: each tree corrects the log-odds left by those before it.
// Owns the rounds; a tree of depth 1 is a step in one feature, so their sum is a curve per feature.
import type { FeatureTable } from '../feature-table.ts';
import { seeded } from '../seeded.ts';
import { cutIntoBins } from './bins.ts';
import { logitOf, probabilityOf, shareOfYes, type Fitted, type Learner, type Lesson } from './learner.ts';
import type { SavedLearner } from './saved.ts';
import { growTree, treeContributions, treeValue, type Tree } from './tree.ts';

export interface BoostingOptions {
    key: string;
    rounds: number;
    depth: number;
    rate: number;
    /** smallest leaf, in deals */
    dealsPerLeaf: number;
    ridgePerDeal: number;
    /** share of rows each tree sees */
    sampleShare: number;
}

export function boostingLearner(options: BoostingOptions): Learner {
    return { key: options.key, fit: (lesson) => fit(lesson, options) };
}

function fit(lesson: Lesson, options: BoostingOptions): Fitted {
    const { table, rows, label, weight, rowsPerDeal } = lesson;
    const binned = cutIntoBins(table, rows);
    const random = seeded(rows.length);
    const base = logitOf(shareOfYes(lesson));
    const logits = new Float64Array(rows.length).fill(base);
    // Of the rows the next tree sees; those of others are of an earlier round.
    const slope = new Float64Array(rows.length);
    const curve = new Float64Array(rows.length);
    const treeOptions = {
        depth: options.depth,
        minimumRows: Math.max(5, Math.round(options.dealsPerLeaf * rowsPerDeal)),
        ridge: options.ridgePerDeal * rowsPerDeal,
        featuresTried: table.features.length,
        randomEdge: false,
        random
    };
    const trees: Tree[] = [];
    for (let round = 0; round < options.rounds; round++) {
        const sample = drawn(rows.length, options.sampleShare, random);
        for (let at = 0; at < sample.length; at++) {
            const i = sample[at]!;
            const row = rows[i]!;
            const p = probabilityOf(logits[i]!);
            slope[i] = weight[row]! * (label[row]! - p);
            curve[i] = weight[row]! * p * (1 - p);
        }
        const tree = growTree(binned, slope, curve, sample, treeOptions);
        if (tree.feature[0] === -1) continue;
        for (let node = 0; node < tree.value.length; node++) tree.value[node]! *= options.rate;
        for (let i = 0; i < rows.length; i++) logits[i]! += treeValue(tree, table, rows[i]!);
        trees.push(tree);
    }
    return new FittedTrees({ base, trees });
}

function drawn(count: number, share: number, random: () => number): Int32Array {
    const sample = new Int32Array(count);
    let used = 0;
    for (let i = 0; i < count; i++) if (share >= 1 || random() < share) sample[used++] = i;
    return sample.subarray(0, used);
}

/** base + sum of trees, as a log-odds. */
export class FittedTrees implements Fitted {
    #trees: Tree[];
    #base: number;

    constructor({ base, trees }: Pick<Extract<SavedLearner, { kind: 'trees' }>, 'base' | 'trees'>) {
        this.#base = base;
        this.#trees = trees.map(({ feature, edge, left, value }) => ({
            feature: Int16Array.from(feature),
            edge: Float32Array.from(edge),
            left: Int32Array.from(left),
            value: Float64Array.from(value)
        }));
    }

    save(): SavedLearner {
        const trees = this.#trees.map(({ feature, edge, left, value }) => ({
            feature: [...feature],
            edge: [...edge],
            left: [...left],
            value: [...value]
        }));
        return { kind: 'trees', base: this.#base, trees };
    }

    logits(table: FeatureTable, rows: Int32Array): Float64Array {
        const logits = new Float64Array(rows.length).fill(this.#base);
        for (const tree of this.#trees)
            for (let i = 0; i < rows.length; i++) logits[i]! += treeValue(tree, table, rows[i]!);
        return logits;
    }

    contributions(table: FeatureTable, row: number, into: Float64Array, share: number): number {
        let base = share * this.#base;
        for (const tree of this.#trees) base += treeContributions(tree, table, row, into, share);
        return base;
    }
}
