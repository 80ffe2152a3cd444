// The known word somebody probably meant: for problems that name a word nobody knows.

/** The nearest of the known words when it is near enough to be a slip, else null: `componets` gives `components`. */
export function nearestOf(word: string, known: Iterable<string>): string | null {
    let best: string | null = null;
    let least = Math.max(1, Math.floor(word.length / 3)) + 1;
    for (const candidate of known) {
        const distance = slips(word.toLowerCase(), candidate.toLowerCase());
        if (distance < least) [best, least] = [candidate, distance];
    }
    return best;
}

/** `Did you mean measure.bookings? ` (with the blank), or nothing. */
export function didYouMean(word: string, known: Iterable<string>): string {
    const nearest = nearestOf(word, known);
    return nearest === null ? '' : `Did you mean ${nearest}? `;
}

/** Letters to insert, drop, replace or swap with their neighbour to get from one word to the other. */
function slips(a: string, b: string): number {
    if (Math.abs(a.length - b.length) > a.length / 2 + 1) return Infinity;
    let before: number[] = [];
    let last = Array.from({ length: b.length + 1 }, (_, j) => j);
    for (let i = 1; i <= a.length; i++) {
        const row = [i];
        for (let j = 1; j <= b.length; j++) {
            const same = a[i - 1] === b[j - 1];
            let least = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
            const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
            if (swapped) least = Math.min(least, before[j - 2]! + 1);
            row.push(least);
        }
        [before, last] = [last, row];
    }
    return last[b.length]!;
}
