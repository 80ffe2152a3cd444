// A table of features: one typed column per feature, one row per deal at one moment. Owns the shape that learners read;
// what the columns mean is decided by who fills them (deal-features.ts, attribute-features.ts).

export interface Feature {
    key: string;
    /** features told as one reason, e.g. all "last activity is ..." columns */
    group: string;
    /** `number` is bent by a logarithm and may act differently per stage in the linear model, `flag` is 0 or 1,
     *  `clock` is a number of days that gets knots as well */
    kind: 'number' | 'flag' | 'clock' | 'plain';
}

export interface FeatureTable {
    features: Feature[];
    /** columns[f][row]; -1 stands for "never" in numbers of days */
    columns: Float32Array[];
    rowCount: number;
    /** stage of each row, 0 where rows have no stage; effects of numbers may differ by it */
    segment: Uint8Array;
    segmentCount: number;
}

export function newTable(features: Feature[], rowCount: number, segmentCount: number): FeatureTable {
    return {
        features,
        columns: features.map(() => new Float32Array(rowCount)),
        rowCount,
        segment: new Uint8Array(rowCount),
        segmentCount
    };
}

export function allRows(table: FeatureTable): Int32Array {
    return Int32Array.from({ length: table.rowCount }, (_, row) => row);
}
