// What a part of `npm test` that is no jest run says of itself: the last line `N passed, N failed`, perhaps `, N skipped (why)`.
import type { Part } from './parts.ts';

export interface Outcome {
    passed: number;
    failed: number;
    skipped: number;
}

export interface Ending {
    code: number;
    /** the last part of what it printed */
    tail: string;
}

/** A part that says nothing is one check where it is meant to be one; elsewhere its count got lost, which is a failure. */
export function readOwnOutcome(
    { isOneCheck = false }: Pick<Part, 'isOneCheck'>,
    { code, tail }: Ending
): Outcome {
    const told = [...tail.matchAll(/^(\d+) passed, (\d+) failed(?:, (\d+) skipped.*)?$/gm)].at(-1);
    if (!told)
        return {
            passed: isOneCheck && code === 0 ? 1 : 0,
            failed: isOneCheck && code === 0 ? 0 : 1,
            skipped: 0
        };
    const [passed, failed, skipped] = told.slice(1).map((text) => Number(text ?? 0));
    return { passed: passed!, failed: code !== 0 && failed === 0 ? 1 : failed!, skipped: skipped! };
}
