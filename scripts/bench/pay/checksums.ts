// What every engine of the pay bench must agree on to the cent and to the millionth of a cent: earnings, dues, tranches and
// payouts of every payee and month, and the explanation of every credit. Weighted, so that two figures cannot be exchanged
// unseen, and added up modulo a prime, so that no engine needs more digits than it has.
import type { Checksums } from '../checksums.ts';

export type { Checksums };

export const PRIME = 1_000_000_007;
export const WEIGHTS = 97;

/** Sums of some figures; the n-th figure given goes to the n-th name. */
export class WeightedSums {
    readonly #names: readonly string[];
    readonly #sums: Float64Array;

    constructor(names: readonly string[]) {
        this.#names = names;
        this.#sums = new Float64Array(names.length);
    }

    add(name: number, value: number, weight: number): void {
        const rest = ((value % PRIME) + PRIME) % PRIME;
        this.#sums[name] = (this.#sums[name]! + rest * weight) % PRIME;
    }

    get sums(): Checksums {
        return Object.fromEntries(this.#names.map((name, index) => [name, this.#sums[index]!]));
    }
}

/** In the order in which engines add them. */
export const CELL_NAMES = ['earning', 'due', 'tranche 1', 'tranche 2', 'tranche 3', 'paid'];
export const CREDIT_NAMES = ['credit', 'before', 'commission', 'band from', 'band to'];

export function lineWeight(cell: number, product: number): number {
    return ((cell * 3 + product) % WEIGHTS) + 1;
}

export function cellWeight(cell: number): number {
    return (cell % WEIGHTS) + 1;
}

export function creditWeight(row: number, payee: number): number {
    return ((row * 31 + payee) % WEIGHTS) + 1;
}
