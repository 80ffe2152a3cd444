// Rows of whole numbers that belong to deals, met in any order: each row links to the one its deal had before, so a
// deal's rows are found without sorting the whole file. Stored in pages, because growing one large array would copy it.
import { grown, idOfLetters } from './id-index.ts';

const PAGE_BITS = 15;
const PAGE_MASK = (1 << PAGE_BITS) - 1;

/** Chains longer than this are sorted by the engine; most deals have few rows. */
const MOST_INSERTED = 40;

/** End of a chain. */
export const NO_ROW = -1;

/** The rows of one chain in order, with the key of each; filled again and again, because making arrays for every deal took
 *  a tenth of all the time. */
export class SortedRows {
    count = 0;
    rows = new Int32Array(MOST_INSERTED);
    keys = new Int32Array(MOST_INSERTED);

    grow(): void {
        this.rows = grown(this.rows);
        this.keys = grown(this.keys);
    }
}

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

    /** Looks at all rows of several chains, step by step in turn, so that their memory is near when each is read. Looks of
     *  different chains overlap; walking one chain after the other would wait for every single row. Uses up `cursors`.
     *  The result means nothing, but must be used, or the engine drops the looks. */
    approach(cursors: Int32Array, count: number): number {
        let looks = 0;
        let live = count;
        while (live > 0) {
            let left = 0;
            for (let i = 0; i < live; i++) {
                const row = cursors[i]!;
                if (row === NO_ROW) continue;
                const page = this.page(row);
                const at = this.at(row);
                looks ^= page[at + this.width - 1]!;
                cursors[left++] = page[at]!;
            }
            live = left;
        }
        return looks;
    }

    /** Brings the chain beginning at `first` in the order of the number at `key`, then of the three at `id`, into `into`. A
     *  row that was delivered twice, so has the same key and id, appears once. */
    sort(first: number, key: number, id: number, into: SortedRows): void {
        let count = 0;
        for (let row = first; row !== NO_ROW;) {
            if (count === into.rows.length) into.grow();
            const page = this.page(row);
            const at = this.at(row);
            into.rows[count] = row;
            into.keys[count++] = page[at + key]!;
            row = page[at]!;
        }
        if (count > MOST_INSERTED) this.#sortMany(id, into, count);
        else this.#sortFew(id, into, count);
    }

    #sortFew(id: number, into: SortedRows, unsorted: number): void {
        const { rows, keys } = into;
        let count = 0;
        for (let i = 0; i < unsorted; i++) {
            const row = rows[i]!;
            const key = keys[i]!;
            let j = count - 1;
            while (j >= 0 && keys[j]! > key) j--;
            let order = 1;
            while (j >= 0 && keys[j] === key && (order = this.#compareIds(row, rows[j]!, id)) < 0) j--;
            if (j >= 0 && keys[j] === key && order === 0) continue;
            for (let k = count - 1; k > j; k--) {
                rows[k + 1] = rows[k]!;
                keys[k + 1] = keys[k]!;
            }
            rows[j + 1] = row;
            keys[j + 1] = key;
            count++;
        }
        into.count = count;
    }

    #sortMany(id: number, into: SortedRows, unsorted: number): void {
        const { rows, keys } = into;
        const order = Array.from({ length: unsorted }, (_, i) => ({ row: rows[i]!, key: keys[i]! }));
        order.sort((a, b) => a.key - b.key || this.#compareIds(a.row, b.row, id));
        let count = 0;
        for (const { row, key } of order) {
            const isTwice =
                count > 0 && keys[count - 1] === key && this.#compareIds(rows[count - 1]!, row, id) === 0;
            if (isTwice) continue;
            rows[count] = row;
            keys[count++] = key;
        }
        into.count = count;
    }

    #compareIds(one: number, other: number, id: number): number {
        const a = this.page(one);
        const b = this.page(other);
        const i = this.at(one) + id;
        const j = this.at(other) + id;
        return a[i]! - b[j]! || a[i + 1]! - b[j + 1]! || a[i + 2]! - b[j + 2]!;
    }
}

/** Keeps the twelve characters after the key prefix of an id. */
export function putId(page: Int32Array, at: number, view: DataView, offset: number): void {
    page[at] = view.getInt32(offset + 3);
    page[at + 1] = view.getInt32(offset + 7);
    page[at + 2] = view.getInt32(offset + 11);
}

export function idText(keyPrefix: number, page: Int32Array, at: number): string {
    return idOfLetters(keyPrefix, page[at]!, page[at + 1]!, page[at + 2]!);
}
