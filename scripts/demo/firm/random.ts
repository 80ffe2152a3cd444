// Seeded random numbers for the demo firm: same seed, same firm, on every machine. Not for secrets.

export interface Random {
    /** Uniform in [0, 1). */
    next(): number;
    /** Uniform whole number from `low` to `high`, both included. */
    int(low: number, high: number): number;
    pick<T>(items: readonly T[]): T;
    chance(probability: number): boolean;
    /** Log-normal around `median`; `spread` is the standard deviation of the logarithm. */
    around(median: number, spread: number): number;
}

/** Mixes numbers into one 32-bit seed, so that deal 17 is the same deal whatever was generated before it. */
export function mixSeed(...parts: number[]): number {
    let hash = 0x9e3779b9;
    for (const part of parts) {
        hash = Math.imul(hash ^ (part | 0), 0x85ebca6b);
        hash ^= hash >>> 13;
        hash = Math.imul(hash, 0xc2b2ae35);
        hash ^= hash >>> 16;
    }
    return hash >>> 0;
}

/** Generator "mulberry32" (public domain, Tommy Ettinger): one 32-bit state word, period 2^32. */
export function createRandom(seed: number): Random {
    let state = seed >>> 0;
    const next = (): number => {
        state = (state + 0x6d2b79f5) >>> 0;
        let t = state;
        t = Math.imul(t ^ (t >>> 15), t | 1);
        t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
        return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    };
    return {
        next,
        int: (low, high) => low + Math.floor(next() * (high - low + 1)),
        pick: (items) => items[Math.floor(next() * items.length)]!,
        chance: (probability) => next() < probability,
        around: (median, spread) => {
            const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
            return median * Math.exp(spread * normal);
        }
    };
}
