// Columns cut into at most 64 bins at their quantiles, so that trees look for splits by counting. Owns the cutting.
import type { FeatureTable } from '../feature-table.ts';

export const MOST_BINS = 64;

/** The bin of a value is how many edges lie below it: "bin <= b" is "value <= edges[b]". */
export interface BinnedTable {
    /** of the i-th row of the lesson, its features side by side: entry i * features + f */
    bins: Uint8Array;
    /** upper edge of every bin but the last */
    edges: Float32Array[];
}

export function cutIntoBins(table: FeatureTable, rows: Int32Array): BinnedTable {
    const edges = table.columns.map((column) => edgesOf(column, rows));
    const bins = new Uint8Array(rows.length * edges.length);
    table.columns.forEach((column, f) => {
        const own = edges[f]!;
        for (let i = 0; i < rows.length; i++) bins[i * edges.length + f] = binOf(own, column[rows[i]!]!);
    });
    return { bins, edges };
}

const SAMPLE = 20_000;

function edgesOf(column: Float32Array, rows: Int32Array): Float32Array {
    const stride = Math.max(1, Math.floor(rows.length / SAMPLE));
    const sample = new Float32Array(Math.ceil(rows.length / stride));
    for (let i = 0; i < sample.length; i++) sample[i] = column[rows[i * stride]!]!;
    sample.sort();
    const edges: number[] = [];
    for (let cut = 1; cut < MOST_BINS; cut++) {
        const at = Math.floor((cut * sample.length) / MOST_BINS);
        const edge = sample[at]!;
        // The largest value is no edge: nothing would lie above it.
        if (edge < sample[sample.length - 1]! && edge !== edges.at(-1)) edges.push(edge);
    }
    // A flag that is nearly always 1 has its only other value below the first quantile.
    if (edges.length === 0 && sample.length > 0 && sample[0]! < sample[sample.length - 1]!)
        edges.push(sample[0]!);
    return Float32Array.from(edges);
}

export function binOf(edges: Float32Array, value: number): number {
    let low = 0;
    let high = edges.length;
    while (low < high) {
        const middle = (low + high) >>> 1;
        if (edges[middle]! < value) low = middle + 1;
        else high = middle;
    }
    return low;
}
