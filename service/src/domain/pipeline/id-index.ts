// Record ids as row numbers: 18-character ids are met tens of millions of times, as bytes of a file or as text, and
// become small integers here without making a string. Ids are equal when their first 15 characters are; the last three
// are a checksum of them and are computed when an id is written out.
import { ProblemError } from '../problem.ts';

const WORDS = 4;
const FIRST_CAPACITY = 1024;
const CHECKSUM = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** The bytes of one id given as text, to be read like bytes of a file. */
export class IdText {
    readonly view = new DataView(new ArrayBuffer(18));

    /** Refuses what cannot be an id. `where` names the field. */
    set(id: string, where: string): DataView {
        if (!/^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/.test(id)) {
            throw new ProblemError({
                code: 'ID_INVALID',
                where,
                value: id,
                fix: 'A record id has 15 or 18 letters and digits.'
            });
        }
        for (let i = 0; i < 15; i++) this.view.setUint8(i, id.charCodeAt(i));
        return this.view;
    }
}

/** Completes 15 characters with their checksum. */
export function withChecksum(id15: string): string {
    let suffix = '';
    for (let start = 0; start < 15; start += 5) {
        let bits = 0;
        for (let i = 0; i < 5; i++) {
            const letter = id15.charCodeAt(start + i);
            if (letter >= 65 && letter <= 90) bits |= 1 << i;
        }
        suffix += CHECKSUM[bits];
    }
    return id15 + suffix;
}

/** The four letters packed into one word. */
export function lettersOf(word: number): string {
    return String.fromCharCode(word >>> 24, (word >>> 16) & 255, (word >>> 8) & 255, word & 255);
}

export class IdIndex {
    size = 0;
    /** characters 0-3, 4-7, 8-11 and 11-14 of each id */
    #keys = new Int32Array(FIRST_CAPACITY * WORDS);
    /** row + 1 by hash; 0 is free. At most half full. */
    #slots = new Int32Array(FIRST_CAPACITY * 2);
    #mask = FIRST_CAPACITY * 2 - 1;

    /** Row of the id at `offset`; a new one when it was never met. */
    rowOf(view: DataView, offset: number): number {
        const a = view.getInt32(offset);
        const b = view.getInt32(offset + 4);
        const c = view.getInt32(offset + 8);
        const d = view.getInt32(offset + 11);
        const keys = this.#keys;
        let slot = hash(a, b, d) & this.#mask;
        for (let found = this.#slots[slot]!; found !== 0; found = this.#slots[slot]!) {
            const at = (found - 1) * WORDS;
            if (keys[at + 3] === d && keys[at + 2] === c && keys[at + 1] === b && keys[at] === a)
                return found - 1;
            slot = (slot + 1) & this.#mask;
        }
        return this.#add(slot, a, b, c, d);
    }

    idAt(row: number): string {
        const at = row * WORDS;
        const first12 =
            lettersOf(this.#keys[at]!) + lettersOf(this.#keys[at + 1]!) + lettersOf(this.#keys[at + 2]!);
        return withChecksum(first12 + lettersOf(this.#keys[at + 3]!).slice(1));
    }

    #add(slot: number, a: number, b: number, c: number, d: number): number {
        const row = this.size++;
        if (row * WORDS === this.#keys.length) this.#keys = grown(this.#keys);
        this.#keys[row * WORDS] = a;
        this.#keys[row * WORDS + 1] = b;
        this.#keys[row * WORDS + 2] = c;
        this.#keys[row * WORDS + 3] = d;
        this.#slots[slot] = row + 1;
        if (this.size * 2 > this.#slots.length) this.#rehash();
        return row;
    }

    #rehash(): void {
        this.#slots = new Int32Array(this.#slots.length * 2);
        this.#mask = this.#slots.length - 1;
        for (let row = 0; row < this.size; row++) {
            const at = row * WORDS;
            let slot = hash(this.#keys[at]!, this.#keys[at + 1]!, this.#keys[at + 3]!) & this.#mask;
            while (this.#slots[slot] !== 0) slot = (slot + 1) & this.#mask;
            this.#slots[slot] = row + 1;
        }
    }
}

/** Ids of one org differ mostly in their last characters, so those are spread over all bits. */
function hash(a: number, b: number, d: number): number {
    let mixed = Math.imul(d, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ a;
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
    return mixed ^ (mixed >>> 13);
}

export function grown(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
    const larger = new Int32Array(array.length * 2);
    larger.set(array);
    return larger;
}
