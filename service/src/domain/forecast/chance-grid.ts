// Deals by their chance on a grid, so that what depends on chance and shock is worked out once for a grid point and not
// once for each of a hundred thousand deals. The grid is even in ln(p / (1 - p)); a deal counts at the six points around
// it with Lagrange's weights (they sum to 1), which reproduces smooth functions of the chance to about nine digits.
import { CUMULANTS, cumulantsOf } from './cumulants.ts';
import { chancesGivenShock, type ShockNodes } from './shock.ts';

const REACH = 12;
const GRID_STEP = 0.1;
const BEFORE = 2;
export const TOUCHED = 6;
export const GRID_SIZE = Math.round((2 * REACH) / GRID_STEP) + TOUCHED;

/** Chances outside are worked out one by one. */
const LEAST_ON_GRID = 1 / (1 + Math.exp(REACH - GRID_STEP));

export function isOnGrid(chance: number): boolean {
    return chance >= LEAST_ON_GRID && chance <= 1 - LEAST_ON_GRID;
}

/** Writes the six weights of a chance from `at` on and returns the first grid point they belong to. */
export function placeOnGrid(chance: number, weights: Float64Array, at: number): number {
    const place = (Math.log(chance / (1 - chance)) + REACH) / GRID_STEP + BEFORE;
    const base = Math.floor(place);
    const x = place - base;
    const x1 = x + 1;
    const x2 = x + 2;
    const y1 = x - 1;
    const y2 = x - 2;
    const y3 = x - 3;
    const left = x2 * x1 * x;
    const right = y1 * y2 * y3;
    weights[at] = (x1 * x * right) / -120;
    weights[at + 1] = (x2 * x * right) / 24;
    weights[at + 2] = (x2 * x1 * right) / -12;
    weights[at + 3] = (left * y2 * y3) / 12;
    weights[at + 4] = (left * y1 * y3) / -24;
    weights[at + 5] = (left * y1 * y2) / 120;
    return base - BEFORE;
}

/** What depends on the grid, the shared shock and its values alone: the same for every portfolio of an org. */
export interface ChanceGrid {
    /** of each grid point given each value of the shock; entry point * nodes + node */
    chances: Float64Array;
    /** of a deal of that chance and amount 1; entry (point * nodes + node) * CUMULANTS + j - 1 */
    cumulants: Float64Array;
}

/** Of the last shock and its few numbers of values: a review asks for the same ones hundreds of times. */
const known = new Map<number, ChanceGrid>();
let knownShock = NaN;

export function gridAt(shock: number, nodes: ShockNodes): ChanceGrid {
    if (shock !== knownShock) known.clear();
    knownShock = shock;
    const count = nodes.values.length;
    const grid = known.get(count) ?? chanceGrid(shock, nodes);
    known.set(count, grid);
    return grid;
}

function chanceGrid(shock: number, { values }: ShockNodes): ChanceGrid {
    const chances = new Float64Array(GRID_SIZE * values.length);
    for (let point = 0; point < GRID_SIZE; point++) {
        const chance = 1 / (1 + Math.exp(REACH - (point - BEFORE) * GRID_STEP));
        chances.set(chancesGivenShock(chance, shock, values), point * values.length);
    }
    const cumulants = new Float64Array(chances.length * CUMULANTS);
    for (let at = 0; at < chances.length; at++)
        cumulantsOf(chances[at]!, cumulants.subarray(at * CUMULANTS, (at + 1) * CUMULANTS));
    return { chances, cumulants };
}
