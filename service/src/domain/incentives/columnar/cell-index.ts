// Rows by cell, in order: which transactions a payee's period is made of. Four bytes a credit; built when it is first needed.
import { creditsOfRow } from './credits-of-row.ts';
import type { Frame } from './frame.ts';
import type { Program } from './program.ts';

export class CellIndex {
    readonly #starts: Uint32Array;
    readonly #rows: Uint32Array;
    /** cells whose rows changed since */
    readonly #changed = new Map<number, Uint32Array>();

    constructor(program: Program, frame: Frame, count: number) {
        const { cells } = program.people;
        const starts = new Uint32Array(cells + 1);
        visitCells(program, frame, count, (_, cell) => starts[cell + 1]!++);
        for (let cell = 0; cell < cells; cell++) starts[cell + 1]! += starts[cell]!;
        const rows = new Uint32Array(starts[cells]!);
        const next = starts.slice();
        visitCells(program, frame, count, (row, cell) => (rows[next[cell]!++] = row));
        this.#starts = starts;
        this.#rows = rows;
    }

    rowsOf(cell: number): Uint32Array {
        return this.#changed.get(cell) ?? this.#rows.subarray(this.#starts[cell], this.#starts[cell + 1]);
    }

    remove(cell: number, row: number): void {
        const rows = this.rowsOf(cell);
        const place = rows.indexOf(row);
        if (place === -1) return;
        const left = new Uint32Array(rows.length - 1);
        left.set(rows.subarray(0, place));
        left.set(rows.subarray(place + 1), place);
        this.#changed.set(cell, left);
    }

    /** Before the first row that comes after it. */
    insert(cell: number, row: number, isAfter: (other: number) => boolean): void {
        const rows = this.rowsOf(cell);
        let [low, high] = [0, rows.length];
        while (low < high) {
            const middle = (low + high) >> 1;
            if (isAfter(rows[middle]!)) high = middle;
            else low = middle + 1;
        }
        const more = new Uint32Array(rows.length + 1);
        more.set(rows.subarray(0, low));
        more[low] = row;
        more.set(rows.subarray(low), low + 1);
        this.#changed.set(cell, more);
    }
}

/** Each row once for each cell it credits. */
function visitCells(
    program: Program,
    frame: Frame,
    count: number,
    visit: (row: number, cell: number) => void
): void {
    const last = new Int32Array(program.people.cells).fill(-1);
    const { periods } = program.people;
    for (let row = 0; row < count; row++) {
        const period = frame.period[row]!;
        creditsOfRow(program, frame, row, (payee) => {
            const cell = payee * periods + period;
            if (last[cell] === row) return;
            last[cell] = row;
            visit(row, cell);
        });
    }
}
