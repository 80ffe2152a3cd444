// Record ids as row numbers: 18-character ids are met tens of millions of times, as bytes of a file or as text, and
// become small integers here without making a string. Ids are equal when their first 15 characters are; the last three
// are a checksum of them and are computed when an id is written out.
import { ProblemError } from '../problem.ts';

const WORDS = 4;
const FIRST_CAPACITY = 1024;
/** An entry is the row + 1 in 28 bits and the code of the key prefix in 4. */
const ROW_BITS = 28;
const ROW_MASK = (1 << ROW_BITS) - 1;
const PREFIX_MASK = ~ROW_MASK;
const MOST_PREFIXES = 15;
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
    const at = (i: number): number => id15.charCodeAt(i);
    const wordAt = (i: number): number => (at(i) << 24) | (at(i + 1) << 16) | (at(i + 2) << 8) | at(i + 3);
    return idOfLetters((at(0) << 16) | (at(1) << 8) | at(2), wordAt(3), wordAt(7), wordAt(11));
}

/** The id of these letters, three in `prefix` and four in each of the others, with its checksum. */
export function idOfLetters(prefix: number, a: number, b: number, c: number): string {
    return String.fromCharCode(
        prefix >>> 16,
        (prefix >>> 8) & 255,
        prefix & 255,
        a >>> 24,
        (a >>> 16) & 255,
        (a >>> 8) & 255,
        a & 255,
        b >>> 24,
        (b >>> 16) & 255,
        (b >>> 8) & 255,
        b & 255,
        c >>> 24,
        (c >>> 16) & 255,
        (c >>> 8) & 255,
        c & 255,
        checksumOf(prefix >>> 16, (prefix >>> 8) & 255, prefix & 255, a >>> 24, (a >>> 16) & 255),
        checksumOf((a >>> 8) & 255, a & 255, b >>> 24, (b >>> 16) & 255, (b >>> 8) & 255),
        checksumOf(b & 255, c >>> 24, (c >>> 16) & 255, (c >>> 8) & 255, c & 255)
    );
}

/** One character for five: which of them are capitals. */
function checksumOf(a: number, b: number, c: number, d: number, e: number): number {
    return CHECKSUM.charCodeAt(
        capital(a) | (capital(b) << 1) | (capital(c) << 2) | (capital(d) << 3) | (capital(e) << 4)
    );
}

function capital(letter: number): number {
    return letter >= 65 && letter <= 90 ? 1 : 0;
}

/** Ids on their way into an index, taken from the bytes they stand in. */
export class GatheredIds {
    count = 0;
    /** four words an id: the twelve characters after the key prefix, then the prefix */
    readonly keys: Int32Array;
    readonly hashes: Int32Array;

    constructor(capacity: number) {
        this.keys = new Int32Array(capacity * WORDS);
        this.hashes = new Int32Array(capacity);
    }

    /** The id whose first 15 characters stand at `offset`. */
    add(view: DataView, offset: number): void {
        const a = view.getInt32(offset);
        const b = view.getInt32(offset + 4);
        const c = view.getInt32(offset + 8);
        const d = (view.getInt32(offset + 11) & 0xff_ffff) | (a << 24);
        const at = this.count * WORDS;
        this.keys[at] = b;
        this.keys[at + 1] = c;
        this.keys[at + 2] = d;
        this.keys[at + 3] = a >>> 8;
        this.hashes[this.count++] = hash(b, c, d);
    }

    clear(): void {
        this.count = 0;
    }
}

export class IdIndex {
    size = 0;
    /** Four words a slot: the twelve characters after the key prefix, then prefix code and row + 1; 0 is free. Key and row
     *  lie together because in a large table every other place that must be looked at costs more than the comparison. */
    #slots = new Int32Array(FIRST_CAPACITY * 2 * WORDS);
    #mask = FIRST_CAPACITY * 2 - 1;
    #slotOfRow = new Int32Array(FIRST_CAPACITY);
    #prefixes: number[] = [];
    #prefix = 0;
    #prefixCode = 0;
    #single = new GatheredIds(1);
    #singleRow = new Int32Array(1);
    /** without meaning, kept so that the looks ahead are really made */
    looks = 0;

    /** Makes room for `count` ids. Without it the table grows by and by, and every id is placed several times. */
    reserve(count: number): void {
        const length = 2 ** Math.ceil(Math.log2(count * 2)) * WORDS;
        if (length > this.#slots.length) this.#rehash(length);
        if (count > this.#slotOfRow.length) this.#slotOfRow = grown(this.#slotOfRow, count);
    }

    /** Row of the id at `offset`; a new one when it was never met. */
    rowOf(view: DataView, offset: number): number {
        this.#single.clear();
        this.#single.add(view, offset);
        this.rowsOf(this.#single, this.#singleRow);
        return this.#singleRow[0]!;
    }

    /** Fills `rows` with the row of each gathered id; new ones for those never met. Every place in the table is looked at
     *  once before any is read: the processor fetches them at the same time, one after the other they would each wait. */
    rowsOf(ids: GatheredIds, rows: Int32Array): void {
        const { count, keys, hashes } = ids;
        let looks = 0;
        let slots = this.#slots;
        let mask = this.#mask;
        for (let i = 0; i < count; i++) looks ^= slots[(hashes[i]! & mask) * WORDS + 3]!;
        this.looks ^= looks;
        for (let i = 0; i < count; i++) {
            const key = i * WORDS;
            const prefixCode = this.#codeOfPrefix(keys[key + 3]!);
            const b = keys[key]!;
            const c = keys[key + 1]!;
            const d = keys[key + 2]!;
            for (let slot = hashes[i]! & mask; ; slot = (slot + 1) & mask) {
                const at = slot * WORDS;
                const entry = slots[at + 3]!;
                if (entry === 0) {
                    rows[i] = this.#add(slot, b, c, d, prefixCode);
                    slots = this.#slots;
                    mask = this.#mask;
                    break;
                }
                const isSame =
                    slots[at] === b &&
                    slots[at + 1] === c &&
                    slots[at + 2] === d &&
                    (entry & PREFIX_MASK) === prefixCode;
                if (isSame) {
                    rows[i] = (entry & ROW_MASK) - 1;
                    break;
                }
            }
        }
    }

    idAt(row: number): string {
        const at = this.#slotOfRow[row]! * WORDS;
        const [b, c, d, entry] = [
            this.#slots[at]!,
            this.#slots[at + 1]!,
            this.#slots[at + 2]!,
            this.#slots[at + 3]!
        ];
        const prefix = this.#prefixes[entry >>> ROW_BITS]!;
        // The fourth letter stands before the last three; see GatheredIds.
        return idOfLetters(
            prefix,
            (d & 0xff00_0000) | (b >>> 8),
            (b << 24) | (c >>> 8),
            (c << 24) | (d & 0xff_ffff)
        );
    }

    #add(slot: number, b: number, c: number, d: number, prefixCode: number): number {
        const row = this.size++;
        const at = slot * WORDS;
        this.#slots[at] = b;
        this.#slots[at + 1] = c;
        this.#slots[at + 2] = d;
        this.#slots[at + 3] = prefixCode | (row + 1);
        if (row === this.#slotOfRow.length) this.#slotOfRow = grown(this.#slotOfRow);
        this.#slotOfRow[row] = slot;
        if (this.size * 2 * WORDS > this.#slots.length) this.#rehash(this.#slots.length * 2);
        return row;
    }

    /** Ids in one place come from few objects (users and queues, contacts and leads). */
    #codeOfPrefix(prefix: number): number {
        if (prefix === this.#prefix) return this.#prefixCode;
        let code = this.#prefixes.indexOf(prefix);
        if (code < 0) code = this.#prefixes.push(prefix) - 1;
        if (code > MOST_PREFIXES) throw new Error('more than 16 kinds of records in one id index');
        this.#prefix = prefix;
        this.#prefixCode = code << ROW_BITS;
        return this.#prefixCode;
    }

    #rehash(length: number): void {
        const before = this.#slots;
        this.#slots = new Int32Array(length);
        this.#mask = this.#slots.length / WORDS - 1;
        for (let from = 0; from < before.length; from += WORDS) {
            const entry = before[from + 3]!;
            if (entry === 0) continue;
            let slot = hash(before[from]!, before[from + 1]!, before[from + 2]!) & this.#mask;
            while (this.#slots[slot * WORDS + 3] !== 0) slot = (slot + 1) & this.#mask;
            for (let i = 0; i < WORDS; i++) this.#slots[slot * WORDS + i] = before[from + i]!;
            this.#slotOfRow[(entry & ROW_MASK) - 1] = slot;
        }
    }
}

/** Ids of one table differ in few bits of their last characters; they are spread over all 32. */
function hash(b: number, c: number, d: number): number {
    let mixed = Math.imul(d, 0x9e3779b1) ^ Math.imul(c, 0x85ebca6b) ^ Math.imul(b, 0xc2b2ae35);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
    mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39);
    return mixed ^ (mixed >>> 15);
}

export function grown(array: Int32Array<ArrayBuffer>, capacity = array.length * 2): Int32Array<ArrayBuffer> {
    const larger = new Int32Array(capacity);
    larger.set(array);
    return larger;
}
