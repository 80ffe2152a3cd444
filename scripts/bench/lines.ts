// A line the bench prints: what was measured, its target, whether it holds.
export interface Line {
    what: string;
    measured: string;
    /** '' for a value that is only told */
    target: string;
    isMet: boolean;
}

/** Two engines told different results: the bench fails, whatever the times. */
export class DifferentResults extends Error {}

export function atLeast(what: string, value: number, target: number, unit: string): Line {
    return {
        what,
        measured: `${value.toFixed(1)}${unit}`,
        target: `at least ${target}${unit}`,
        isMet: value >= target
    };
}

export function atMost(what: string, value: number, target: number, unit: string): Line {
    return {
        what,
        measured: `${value.toFixed(value < 100 ? 1 : 0)}${unit}`,
        target: `at most ${target}${unit}`,
        isMet: value <= target
    };
}

export function told(what: string, measured: string): Line {
    return { what, measured, target: '', isMet: true };
}
