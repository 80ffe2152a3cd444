// The terms of the linear model: how a feature enters it. Owns the bending (logarithm, knots) and the effects that
// differ by stage; their weights are found in logistic.ts.
//
// A number enters as log(1 + x), once per stage, because five calls mean one thing before an offer and another after.
// A clock (age, days in stage) also gets knots max(0, x - k) at its own quantiles, so that a time limit shows.
import type { FeatureTable } from '../feature-table.ts';

export interface Term {
    feature: number;
    /** only rows of this segment; -1: all rows */
    segment: number;
    /** `logOf` log(1 + max(0, x)), `above` max(0, x - knot), `asIs` x */
    shape: 'logOf' | 'above' | 'asIs';
    knot: number;
}

const KNOT_SHARES = [0.1, 0.25, 0.4, 0.55, 0.7, 0.8, 0.9, 0.96];
const SMALL_SEGMENT = 100;

export function chooseTerms(table: FeatureTable, rows: Int32Array): Term[] {
    const sizes = new Float64Array(table.segmentCount);
    for (const row of rows) sizes[table.segment[row]!]!++;
    const segments = [...sizes.keys()].filter((segment) => sizes[segment]! >= SMALL_SEGMENT);
    const perSegment = segments.length > 1 ? segments : [-1];
    return table.features.flatMap((feature, index): Term[] => {
        if (feature.kind === 'flag') return [{ feature: index, segment: -1, shape: 'asIs', knot: 0 }];
        if (feature.kind === 'plain') return [{ feature: index, segment: -1, shape: 'logOf', knot: 0 }];
        const knots = feature.kind === 'clock' ? knotsOf(table.columns[index]!, rows) : [];
        return perSegment.flatMap((segment): Term[] => [
            { feature: index, segment, shape: 'logOf', knot: 0 },
            ...knots.map((knot): Term => ({ feature: index, segment, shape: 'above', knot }))
        ]);
    });
}

function knotsOf(column: Float32Array, rows: Int32Array): number[] {
    const sorted = Float32Array.from(rows, (row) => column[row]!).sort();
    const knots = KNOT_SHARES.map((share) => sorted[Math.floor(share * (sorted.length - 1))]!);
    return [...new Set(knots)].filter((knot) => knot > 0);
}

export function termValue(term: Term, x: number): number {
    if (term.shape === 'asIs') return x;
    if (term.shape === 'above') return x > term.knot ? x - term.knot : 0;
    return x > 0 ? Math.log1p(x) : 0;
}
