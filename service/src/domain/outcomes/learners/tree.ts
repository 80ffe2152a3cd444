// One regression tree on binned columns: the split of largest gain first in each node, level by level. Owns growing,
// reading a tree and its path contributions; sums of trees are boosting.ts and forest.ts.
//
// Gain of a split (Newton): G_left^2/(H_left + ridge) + G_right^2/(H_right + ridge) - G^2/(H + ridge), where G sums the
// slopes and H the curves of the rows. Value of a node: G/(H + ridge).
import type { FeatureTable } from '../feature-table.ts';
import { MOST_BINS, type BinnedTable } from './bins.ts';

export interface TreeOptions {
    depth: number;
    minimumRows: number;
    ridge: number;
    /** features tried per node; all when not below their number */
    featuresTried: number;
    /** one random edge per feature instead of the best (extremely randomised trees) */
    randomEdge: boolean;
    random: () => number;
}

/** Nodes in order of creation; a leaf has feature -1. Children of node i are left[i] and left[i] + 1. */
export interface Tree {
    feature: Int16Array;
    edge: Float32Array;
    left: Int32Array;
    value: Float64Array;
}

interface Growing {
    feature: number[];
    edge: number[];
    left: number[];
    value: number[];
}

interface Split {
    feature: number;
    bin: number;
    gain: number;
}

const SLOPES = new Float64Array(MOST_BINS);
const CURVES = new Float64Array(MOST_BINS);
const COUNTS = new Float64Array(MOST_BINS);

/** `slope` and `curve` are per row of the lesson; `sample` lists the rows to grow on and is reordered. */
export function growTree(
    binned: BinnedTable,
    slope: Float64Array,
    curve: Float64Array,
    sample: Int32Array,
    options: TreeOptions
): Tree {
    const tree: Growing = { feature: [], edge: [], left: [], value: [] };
    const node = (): number => {
        tree.value.push(0);
        tree.left.push(-1);
        tree.edge.push(0);
        return tree.feature.push(-1) - 1;
    };
    const grow = (at: number, from: number, to: number, depth: number): void => {
        let slopes = 0;
        let curves = 0;
        for (let i = from; i < to; i++) {
            slopes += slope[sample[i]!]!;
            curves += curve[sample[i]!]!;
        }
        tree.value[at] = slopes / (curves + options.ridge);
        if (depth === options.depth || to - from < 2 * options.minimumRows) return;
        const split = bestSplit(binned, slope, curve, sample, from, to, slopes, curves, options);
        if (split === null) return;
        const middle = partition(binned.bins[split.feature]!, sample, from, to, split.bin);
        tree.feature[at] = split.feature;
        tree.edge[at] = binned.edges[split.feature]![split.bin]!;
        const left = node();
        node();
        tree.left[at] = left;
        grow(left, from, middle, depth + 1);
        grow(left + 1, middle, to, depth + 1);
    };
    grow(node(), 0, sample.length, 0);
    return {
        feature: Int16Array.from(tree.feature),
        edge: Float32Array.from(tree.edge),
        left: Int32Array.from(tree.left),
        value: Float64Array.from(tree.value)
    };
}

function bestSplit(
    binned: BinnedTable,
    slope: Float64Array,
    curve: Float64Array,
    sample: Int32Array,
    from: number,
    to: number,
    slopes: number,
    curves: number,
    options: TreeOptions
): Split | null {
    const best: Split = { feature: -1, bin: 0, gain: 1e-9 };
    const whole = (slopes * slopes) / (curves + options.ridge);
    const featureCount = binned.bins.length;
    const tried = Math.min(options.featuresTried, featureCount);
    for (let attempt = 0; attempt < tried; attempt++) {
        const feature = tried < featureCount ? Math.floor(options.random() * featureCount) : attempt;
        const edgeCount = binned.edges[feature]!.length;
        if (edgeCount === 0) continue;
        const bins = binned.bins[feature]!;
        SLOPES.fill(0, 0, edgeCount + 1);
        CURVES.fill(0, 0, edgeCount + 1);
        COUNTS.fill(0, 0, edgeCount + 1);
        for (let i = from; i < to; i++) {
            const row = sample[i]!;
            const bin = bins[row]!;
            SLOPES[bin]! += slope[row]!;
            CURVES[bin]! += curve[row]!;
            COUNTS[bin]!++;
        }
        const only = options.randomEdge ? Math.floor(options.random() * edgeCount) : -1;
        let leftSlope = 0;
        let leftCurve = 0;
        let leftCount = 0;
        for (let bin = 0; bin < edgeCount; bin++) {
            leftSlope += SLOPES[bin]!;
            leftCurve += CURVES[bin]!;
            leftCount += COUNTS[bin]!;
            if (only >= 0 && bin !== only) continue;
            if (leftCount < options.minimumRows || to - from - leftCount < options.minimumRows) continue;
            const rightSlope = slopes - leftSlope;
            const gain =
                (leftSlope * leftSlope) / (leftCurve + options.ridge) +
                (rightSlope * rightSlope) / (curves - leftCurve + options.ridge) -
                whole;
            if (gain > best.gain) Object.assign(best, { feature, bin, gain });
        }
    }
    return best.feature < 0 ? null : best;
}

/** Rows up to the bin first, the order within each side kept as chance left it; answers where the right side begins. */
function partition(bins: Uint8Array, sample: Int32Array, from: number, to: number, bin: number): number {
    let low = from;
    let high = to;
    while (low < high) {
        const row = sample[low]!;
        if (bins[row]! <= bin) low++;
        else {
            sample[low] = sample[--high]!;
            sample[high] = row;
        }
    }
    return low;
}

export function treeValue(tree: Tree, table: FeatureTable, row: number): number {
    let at = 0;
    while (tree.feature[at]! >= 0) at = childOf(tree, table, row, at);
    return tree.value[at]!;
}

/** The steps of the value along the path go to the features that split there; answers the value of the root. */
export function treeContributions(
    tree: Tree,
    table: FeatureTable,
    row: number,
    into: Float64Array,
    factor: number
): number {
    let at = 0;
    while (tree.feature[at]! >= 0) {
        const child = childOf(tree, table, row, at);
        into[tree.feature[at]!]! += factor * (tree.value[child]! - tree.value[at]!);
        at = child;
    }
    return factor * tree.value[0]!;
}

function childOf(tree: Tree, table: FeatureTable, row: number, at: number): number {
    const goesLeft = table.columns[tree.feature[at]!]![row]! <= tree.edge[at]!;
    return goesLeft ? tree.left[at]! : tree.left[at]! + 1;
}
