// How many records prove a warning, and which: the newest that show something. What a record shows, and in which words, is
// for those who keep the rows.
import type { Evidence } from './types.ts';

export const MOST_EVIDENCE = 5;

/** Goes from the newest of `count` rows to the oldest; `shownBy` gives null for a row that shows nothing. */
export function newestEvidence(count: number, shownBy: (row: number) => Evidence | null): Evidence[] {
    const found: Evidence[] = [];
    for (let row = count - 1; row >= 0 && found.length < MOST_EVIDENCE; row--) {
        const evidence = shownBy(row);
        if (evidence) found.push(evidence);
    }
    return found;
}
