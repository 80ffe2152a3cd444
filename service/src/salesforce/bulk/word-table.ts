// Distinct words of one column, found by their bytes: most rows repeat a word that was met before, and then no string
// is made.
import { spanText } from './columns.ts';

interface Entry {
    bytes: Uint8Array;
    code: number;
}

export class WordTable {
    #codeOf: (word: string) => number;
    #slots: (Entry | null)[] = new Array<Entry | null>(64).fill(null);
    #count = 0;

    constructor(codeOf: (word: string) => number) {
        this.#codeOf = codeOf;
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
