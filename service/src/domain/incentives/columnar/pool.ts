// Arrays kept from run to run by name: fresh memory costs more than the calculation. A run that takes them again overwrites what
// the run before left in them.
type Numbers = Float64Array | Int32Array | Uint32Array | Uint16Array | Uint8Array;

export interface Kind<T extends Numbers> {
    new (buffer: ArrayBufferLike): T;
    readonly BYTES_PER_ELEMENT: number;
}

/** Room for so many bytes of the array of that name. */
export type Memory = (bytes: number, name: string) => ArrayBufferLike;

export class Pool {
    readonly #memory: Memory;
    readonly #arrays: Map<string, Numbers>;

    /** `memory` where threads share some of it; `arrays` that are there already, by name. */
    constructor(
        memory: Memory = (bytes) => new ArrayBuffer(bytes),
        arrays: Iterable<[string, Numbers]> = []
    ) {
        this.#memory = memory;
        this.#arrays = new Map(arrays);
    }

    take<T extends Numbers>(name: string, kind: Kind<T>, length: number): T {
        const kept = this.#arrays.get(name);
        if (kept instanceof kind && kept.length >= length) return kept.subarray(0, length) as T;
        const made = new kind(this.#memory(length * kind.BYTES_PER_ELEMENT, name));
        this.#arrays.set(name, made);
        return made;
    }

    /** What is kept, for a thread that shares it. */
    get arrays(): [string, Numbers][] {
        return [...this.#arrays];
    }
}
