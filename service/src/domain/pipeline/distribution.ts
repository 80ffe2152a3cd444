// How often each number occurs, in ascending order: what percentiles and win curves are read from. Days are few
// different whole numbers and are counted as they come; amounts are many different ones and are listed and sorted.

export interface Distribution {
    values: Float64Array;
    counts: Float64Array;
    total: number;
}

export const NOTHING: Distribution = { values: new Float64Array(0), counts: new Float64Array(0), total: 0 };

/** Whole numbers below this are counted. */
const COUNTED_BELOW = 1 << 13;

/** Numbers as they come. */
export class Tally {
    counts = new Int32Array(64);
    listed: number[] = [];

    add(value: number): void {
        if (!(value >= 0 && value < COUNTED_BELOW && Number.isInteger(value))) {
            this.listed.push(value);
            return;
        }
        if (value >= this.counts.length) this.#reserve(value);
        this.counts[value]!++;
    }

    #reserve(value: number): void {
        const larger = new Int32Array(2 ** Math.ceil(Math.log2(value + 1)));
        larger.set(this.counts);
        this.counts = larger;
    }
}

/** All numbers of several tallies together. */
export function distributionOf(tallies: readonly Tally[]): Distribution {
    const listed = Float64Array.from(tallies.flatMap((tally) => tally.listed)).sort();
    const values: number[] = [];
    const counts: number[] = [];
    const put = (value: number, count: number): void => {
        if (count === 0) return;
        if (values.at(-1) === value) counts[counts.length - 1]! += count;
        else {
            values.push(value);
            counts.push(count);
        }
    };
    let next = 0;
    for (let value = 0; value < COUNTED_BELOW; value++) {
        while (next < listed.length && listed[next]! < value) put(listed[next++]!, 1);
        put(
            value,
            tallies.reduce((sum, tally) => sum + (tally.counts[value] ?? 0), 0)
        );
    }
    while (next < listed.length) put(listed[next++]!, 1);
    const total = counts.reduce((sum, count) => sum + count, 0);
    return { values: Float64Array.from(values), counts: Float64Array.from(counts), total };
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
