// Looking up the band of a figure without one nearby to start from: halves, added up from comparisons, as a branch nobody can guess
// costs more than all of them.

/** Tables are a power of two long, and at least this. */
export const SHORTEST_TABLE = 8;

/** Place of the band whose first whole number is the last not above x, in the table that begins at a place and is so long; that
 *  place itself for NaN. */
export function bandAt(low: Float64Array, table: number, length: number, x: number): number {
    let at = table;
    for (let step = length >> 1; step > 4; step >>= 1) at += step * Number(x >= low[at + step]!);
    at += 4 * Number(x >= low[at + 4]!);
    at += 2 * Number(x >= low[at + 2]!);
    return at + Number(x >= low[at + 1]!);
}
