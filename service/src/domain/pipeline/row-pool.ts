// Rows of whole numbers that belong to deals, met in any order: each row links to the one its deal had before, so a
// deal's rows are found without sorting the whole file. Stored in pages, because growing one large array would copy it.
import { lettersOf, withChecksum } from './id-index.ts';

const PAGE_BITS = 15;
const PAGE_MASK = (1 << PAGE_BITS) - 1;

/** End of a chain. */
export const NO_ROW = -1;

export class RowPool {
    count = 0;
    readonly width: number;
    #pages: Int32Array[] = [];

    /** The first number of each row is its link. */
    constructor(width: number) {
        this.width = width;
    }

    /** Number of a new row, all zero. */
    add(): number {
        const row = this.count++;
        if ((row & PAGE_MASK) === 0) this.#pages.push(new Int32Array(this.width << PAGE_BITS));
        return row;
    }

    page(row: number): Int32Array {
        return this.#pages[row >>> PAGE_BITS]!;
    }

    at(row: number): number {
        return (row & PAGE_MASK) * this.width;
    }

    /** Writes the rows of the chain beginning at `first` into `into`; returns how many. */
    collect(first: number, into: number[]): number {
        let count = 0;
        for (let row = first; row !== NO_ROW; row = this.page(row)[this.at(row)]!) into[count++] = row;
        into.length = count;
        return count;
    }
}

/** Keeps the twelve characters after the key prefix of an id. */
export function putId(page: Int32Array, at: number, view: DataView, offset: number): void {
    page[at] = view.getInt32(offset + 3);
    page[at + 1] = view.getInt32(offset + 7);
    page[at + 2] = view.getInt32(offset + 11);
}

export function idText(keyPrefix: string, page: Int32Array, at: number): string {
    return withChecksum(
        keyPrefix + lettersOf(page[at]!) + lettersOf(page[at + 1]!) + lettersOf(page[at + 2]!)
    );
}

/** Sorts few rows in place; `compare` must be a total order. */
export function sortRows(rows: number[], compare: (a: number, b: number) => number): void {
    if (rows.length > 40) {
        rows.sort(compare);
        return;
    }
    for (let i = 1; i < rows.length; i++) {
        const row = rows[i]!;
        let j = i - 1;
        while (j >= 0 && compare(rows[j]!, row) > 0) {
            rows[j + 1] = rows[j]!;
            j--;
        }
        rows[j + 1] = row;
    }
}
