// How often each number occurs, in ascending order: what percentiles and win curves are read from.

export interface Distribution {
    values: Float64Array;
    counts: Float64Array;
    total: number;
}

export const NOTHING: Distribution = { values: new Float64Array(0), counts: new Float64Array(0), total: 0 };

export function distributionOf(counted: ReadonlyMap<number, number>): Distribution {
    const values = Float64Array.from(counted.keys()).sort();
    const counts = values.map((value) => counted.get(value)!);
    return { values, counts, total: counts.reduce((sum, count) => sum + count, 0) };
}

/** Linear between the two nearest ranks: the median of 1, 2, 3, 10 is 2.5. */
export function percentileOf(distribution: Distribution, fraction: number): number {
    const rank = fraction * (distribution.total - 1);
    const low = Math.floor(rank);
    const below = valueAt(distribution, low);
    return rank === low ? below : below + (valueAt(distribution, low + 1) - below) * (rank - low);
}

function valueAt({ values, counts }: Distribution, rank: number): number {
    let passed = 0;
    let i = 0;
    while (passed + counts[i]! <= rank) passed += counts[i++]!;
    return values[i]!;
}
