// Chance that is always the same: a small generator with a seed, and a hash of text. Owns randomness of the outcome
// models; nothing else in them may vary from run to run.

/** Mulberry32: numbers in [0, 1), the same for the same seed on every machine. */
export function seeded(seed: number): () => number {
    // Signed, though the generator is written for unsigned numbers: the same bits, and Node keeps them without a box on the heap.
    let state = seed | 0;
    return () => {
        state = (state + 0x6d2b79f5) | 0;
        let mixed = Math.imul(state ^ (state >>> 15), state | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
}

/** FNV-1a: a number of 32 bits for a text, used where a choice may depend on a deal's id and on nothing else. */
export function hashText(text: string): number {
    let hash = 0x811c9dc5;
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    return hash >>> 0;
}
