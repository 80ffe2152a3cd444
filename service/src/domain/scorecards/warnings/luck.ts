// How far a chart may go by luck alone: the limit an unchanged course crosses within so many periods only with a given chance. The
// chart is a Markov chain over a grid of states (D. Brook and D.A. Evans, Biometrika 59, 1972), each step a normal deviate.
import { normalCdf } from '../../statistics/normal.ts';

/** A one-sided chart: from state s the next is normal around `mean(s)` with `spread`, kept from falling below `low`. */
export interface Chart {
    name: 'cusum' | 'ewma';
    low: (limit: number) => number;
    mean: (state: number) => number;
    spread: number;
}

/** Allowance of the cumulative sum: half the shift that shall be found soonest, one standard deviation. */
export const ALLOWANCE = 0.5;
/** Weight of the newest period in the moving average. */
export const WEIGHT = 0.2;

export const CUSUM: Chart = {
    name: 'cusum',
    low: () => 0,
    mean: (state) => state - ALLOWANCE,
    spread: 1
};

export const EWMA: Chart = {
    name: 'ewma',
    low: (limit) => -limit,
    mean: (state) => (1 - WEIGHT) * state,
    spread: WEIGHT
};

const STATES = 48;
const ROUNDS = 24;
const known = new Map<string, number>();

/** The limit an unchanged course crosses within `periods` with this chance. CUSUM, 13 periods, 1 %: 5.1. */
export function limitOf(chart: Chart, periods: number, chance: number): number {
    const key = `${chart.name} ${periods} ${chance}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    let low = 0.01;
    let high = 20 * chart.spread;
    for (let round = 0; round < ROUNDS; round++) {
        const middle = (low + high) / 2;
        if (chanceToCross(chart, middle, periods) > chance) low = middle;
        else high = middle;
    }
    known.set(key, high);
    return high;
}

/** Chance that a chart that starts at 0 is above the limit at least once within so many periods. */
export function chanceToCross(chart: Chart, limit: number, periods: number): number {
    const low = chart.low(limit);
    const width = (limit - low) / STATES;
    const middles = Array.from({ length: STATES }, (_, state) => low + (state + 0.5) * width);
    const moves = middles.map((state) => movesFrom(chart, state, low, width));
    let staying = new Float64Array(STATES);
    staying[Math.min(STATES - 1, Math.floor((0 - low) / width))] = 1;
    for (let period = 0; period < periods; period++) {
        const next = new Float64Array(STATES);
        staying.forEach((chance, from) => {
            if (chance > 0) moves[from]!.forEach((move, to) => (next[to]! += chance * move));
        });
        staying = next;
    }
    return 1 - staying.reduce((sum, chance) => sum + chance, 0);
}

/** Chances to be in each state next; what falls below the lowest stays in it, what is missing to 1 has crossed. */
function movesFrom(chart: Chart, state: number, low: number, width: number): Float64Array {
    const below = (edge: number): number => normalCdf((edge - chart.mean(state)) / chart.spread);
    const moves = new Float64Array(STATES);
    let before = 0;
    for (let to = 0; to < STATES; to++) {
        const upTo = below(low + (to + 1) * width);
        moves[to] = upTo - before;
        before = upTo;
    }
    return moves;
}
