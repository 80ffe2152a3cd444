// What closing a block of cells needs meanwhile: amounts on their way, who left the whole numbers, what moved.
import type { People } from './cells.ts';

/** Cells closed together: so few that what is looked up of them stays in the first cache. */
const BLOCK = 512;

export class Scratch {
    /** amounts of the cells from `first` on */
    readonly held: Float64Array;
    first = 0;
    /** payees of a block */
    readonly payees: number;
    /** by payee */
    readonly isUnsafe: Uint8Array;
    /** first and last cell that earns something else than before */
    firstMoved = Infinity;
    lastMoved = -1;
    readonly #periods: number;

    constructor({ periods, payeeIds }: People) {
        this.payees = Math.max(1, Math.floor(BLOCK / periods));
        this.held = new Float64Array(this.payees * periods);
        this.isUnsafe = new Uint8Array(payeeIds.length);
        this.#periods = periods;
    }

    begin(first: number): void {
        this.first = first;
        this.firstMoved = Infinity;
        this.lastMoved = -1;
    }

    markUnsafe(cell: number): void {
        this.isUnsafe[Math.floor(cell / this.#periods)] = 1;
    }

    markMoved(cell: number): void {
        if (cell < this.firstMoved) this.firstMoved = cell;
        if (cell > this.lastMoved) this.lastMoved = cell;
    }
}
