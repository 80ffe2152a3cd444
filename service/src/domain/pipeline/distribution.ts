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
    const listed = listedIn(tallies);
    const counted = countsIn(tallies);
    const values = new Float64Array(listed.length + counted.length);
    const counts = new Float64Array(values.length);
    let size = 0;
    const put = (value: number, count: number): void => {
        if (size === 0 || values[size - 1] !== value) values[size++] = value;
        counts[size - 1]! += count;
    };
    let next = 0;
    for (let value = 0; value < counted.length; value++) {
        if (counted[value] === 0) continue;
        while (next < listed.length && listed[next]! < value) put(listed[next++]!, 1);
        put(value, counted[value]!);
    }
    while (next < listed.length) put(listed[next++]!, 1);
    const total = counts.reduce((sum, count) => sum + count, 0);
    return { values: values.slice(0, size), counts: counts.slice(0, size), total };
}

function listedIn(tallies: readonly Tally[]): Float64Array {
    const listed = new Float64Array(tallies.reduce((sum, tally) => sum + tally.listed.length, 0));
    let filled = 0;
    for (const tally of tallies) {
        listed.set(tally.listed, filled);
        filled += tally.listed.length;
    }
    return listed.sort();
}

/** How often each whole number was counted. */
function countsIn(tallies: readonly Tally[]): Float64Array {
    const counts = new Float64Array(Math.max(0, ...tallies.map((tally) => tally.counts.length)));
    for (const tally of tallies)
        for (let value = 0; value < tally.counts.length; value++) counts[value]! += tally.counts[value]!;
    return counts;
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
