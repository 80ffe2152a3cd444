// How many records prove a warning, and which: the newest that show something. What a record shows, and in which words, is
// for those who keep the rows.
import { formatDay } from '../calendar.ts';
import type { DayNumber, Evidence } from './types.ts';

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

/** Days of 1970 to 2106; evidence names the same few hundred again and again, so their texts are kept. */
const DAYS_KEPT = 50_000;
const texts = new Map<DayNumber, string>();

export function dayText(day: DayNumber): string {
    const known = texts.get(day);
    if (known !== undefined) return known;
    const text = formatDay(day);
    if (day >= 0 && day < DAYS_KEPT) texts.set(day, text);
    return text;
}
