// One regression tree on binned columns: the split of largest gain first in each node (split.ts), level by level. Owns growing,
// reading a tree and its path contributions; sums of trees are boosting.ts and forest.ts.
//
// Value of a node: G/(H + ridge), where G sums the slopes and H the curves of its rows.
import type { FeatureTable } from '../feature-table.ts';
import type { BinnedTable } from './bins.ts';
import { SplitSearch, type Split, type SplitOptions } from './split.ts';

export interface TreeOptions extends SplitOptions {
    depth: number;
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

/** `slope` and `curve` are per row of the lesson; `sample` lists the rows to grow on and is reordered. */
export function growTree(
    binned: BinnedTable,
    slope: Float64Array,
    curve: Float64Array,
    sample: Int32Array,
    options: TreeOptions
): Tree {
    const tree: Growing = { feature: [], edge: [], left: [], value: [] };
    const search = new SplitSearch(binned, slope, curve, options);
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
        const split = search.best(sample.subarray(from, to), slopes, curves);
        if (split === null) return;
        const middle = partition(binned, sample, from, to, split);
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

/** Rows up to the bin first, the order within each side kept as chance left it; answers where the right side begins. */
function partition(
    { bins, edges }: BinnedTable,
    sample: Int32Array,
    from: number,
    to: number,
    { feature, bin }: Split
): number {
    let low = from;
    let high = to;
    while (low < high) {
        const row = sample[low]!;
        if (bins[row * edges.length + feature]! <= bin) low++;
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
