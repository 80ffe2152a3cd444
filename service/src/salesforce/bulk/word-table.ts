// Distinct words of one column, found by their bytes: most rows repeat a word that was met before, and then no string
// is made.
import { spanText } from './columns.ts';

interface Entry {
    bytes: Uint8Array;
    code: number;
}

/** Recent words are found by their first four bytes and compared four at a time; shorter and longer ones are not kept. */
const RECENT_BITS = 6;
const SHORTEST_RECENT = 4;
const LONGEST_RECENT = 40;
const RECENT_WORDS = LONGEST_RECENT / 4;

export class WordTable {
    /** code of the word that `match` found */
    found = 0;
    #recentCode = new Int32Array(1 << RECENT_BITS);
    #recentLength = new Int32Array(1 << RECENT_BITS);
    /** the bytes of each recent word, four at a time, the last four before all others, which they may overlap */
    #recentBytes = new Int32Array(RECENT_WORDS << RECENT_BITS);
    #codeOf: (word: string) => number;
    #slots: (Entry | null)[] = new Array<Entry | null>(64).fill(null);
    #count = 0;

    constructor(codeOf: (word: string) => number) {
        this.#codeOf = codeOf;
    }

    /** When a recent word stands at `start`, followed by a quote and the separator (`ending`, two bytes as a number): where
     *  it ends. Else 0. */
    match(view: DataView, start: number, length: number, ending: number): number {
        if (start + LONGEST_RECENT + 2 > length) return 0;
        const first = view.getInt32(start);
        const slot = recentSlot(first);
        const size = this.#recentLength[slot]!;
        const end = start + size;
        if (size === 0 || view.getUint16(end) !== ending) return 0;
        const known = this.#recentBytes;
        let at = slot * RECENT_WORDS;
        if (known[at] !== view.getInt32(end - 4) || known[++at] !== first) return 0;
        for (let offset = 4; offset + 4 < size; offset += 4)
            if (known[++at] !== view.getInt32(start + offset)) return 0;
        this.found = this.#recentCode[slot]!;
        return end;
    }

    #remember(view: DataView, start: number, end: number, code: number): void {
        const size = end - start;
        if (size < SHORTEST_RECENT || size > LONGEST_RECENT) return;
        const slot = recentSlot(view.getInt32(start));
        if (this.#recentLength[slot] !== 0) return;
        this.#recentLength[slot] = size;
        this.#recentCode[slot] = code;
        let at = slot * RECENT_WORDS;
        this.#recentBytes[at] = view.getInt32(end - 4);
        for (let offset = 0; offset === 0 || offset + 4 < size; offset += 4)
            this.#recentBytes[++at] = view.getInt32(start + offset);
    }

    /** Code of the word in [start, end); `hash` is any function of its bytes, the same each time. */
    code(bytes: Uint8Array, view: DataView, start: number, end: number, hash: number): number {
        const slots = this.#slots;
        const mask = slots.length - 1;
        for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
            const entry = slots[slot];
            if (entry === null || entry === undefined) return this.#add(slot, bytes, view, start, end);
            if (isSame(entry.bytes, bytes, start, end)) return entry.code;
        }
    }

    #add(slot: number, bytes: Uint8Array, view: DataView, start: number, end: number): number {
        const code = this.#codeOf(spanText(view, start, end));
        this.#slots[slot] = { bytes: new Uint8Array(bytes.subarray(start, end)), code };
        this.#count++;
        this.#remember(view, start, end, code);
        if (this.#count * 2 > this.#slots.length) this.#grow();
        return code;
    }

    #grow(): void {
        const entries = this.#slots.filter((entry) => entry !== null);
        const slots = new Array<Entry | null>(this.#slots.length * 2).fill(null);
        const mask = slots.length - 1;
        for (const entry of entries) {
            let slot = hashOf(entry.bytes) & mask;
            while (slots[slot] !== null) slot = (slot + 1) & mask;
            slots[slot] = entry;
        }
        this.#slots = slots;
    }
}

function recentSlot(first: number): number {
    return Math.imul(first, 0x9e3779b1) >>> (32 - RECENT_BITS);
}

/** The hash the compiled scanner builds while it looks for the closing quote. */
export function hashOf(bytes: Uint8Array, start = 0, end = bytes.length): number {
    let hash = 0;
    for (let i = start; i < end; i++) hash = (Math.imul(hash, 31) + bytes[i]!) | 0;
    return hash;
}

function isSame(word: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
    if (word.length !== end - start) return false;
    for (let i = 0; i < word.length; i++) if (word[i] !== bytes[start + i]) return false;
    return true;
}
