// Why a plan or an input is left to the reference engine (calculate.ts): the place and the reason in words. Nothing is ever
// calculated approximately instead.

/** Thrown while a plan is compiled, columns are filled or a run is closed; never leaves this folder. */
export class DoesNotFit extends Error {
    constructor(place: string, why: string) {
        super(`${place}: ${why}`);
        this.name = 'DoesNotFit';
    }
}

/** What the work gives, or the reason it does not fit. */
export type Fitting<T> = { value: T; reason: null } | { value: null; reason: string };

export function fitting<T>(work: () => T): Fitting<T> {
    try {
        return { value: work(), reason: null };
    } catch (error) {
        if (!(error instanceof DoesNotFit)) throw error;
        return { value: null, reason: error.message };
    }
}
