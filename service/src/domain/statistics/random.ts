// Random numbers that are the same for the same seed, for simulations. Marsaglia's xorshift with 128 bits of state
// (Journal of Statistical Software 8, 2003), seeded by a spread of the seed over its four words.
import { normalQuantile } from './normal.ts';

export class SeededRandom {
    #a: number;
    #b: number;
    #c: number;
    #d: number;

    constructor(seed: number) {
        let word = seed >>> 0;
        const next = (): number => {
            word = (Math.imul(word, 1_664_525) + 1_013_904_223) >>> 0;
            return word;
        };
        this.#a = next();
        this.#b = next();
        this.#c = next();
        this.#d = next() | 1;
        // Neighbouring seeds start alike; a few rounds part them.
        for (let round = 0; round < 32; round++) this.word();
    }

    /** 32 random bits, as a whole number from 0 on. */
    word(): number {
        const mixed = this.#a ^ (this.#a << 11);
        this.#a = this.#b;
        this.#b = this.#c;
        this.#c = this.#d;
        this.#d = this.#d ^ (this.#d >>> 19) ^ mixed ^ (mixed >>> 8);
        return this.#d >>> 0;
    }

    /** Between 0 and 1, neither of them. */
    fraction(): number {
        return (this.word() + 0.5) / 2 ** 32;
    }

    normal(): number {
        return normalQuantile(this.fraction());
    }
}
