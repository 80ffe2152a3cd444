// One person's facts changed: only what follows from them is worked out again, and comes to what a full pass with the same length of the
// ramp would. Besides the person and the managers of their days that is everybody in a month of tenure whose cohort changed.
import type { CardContext } from '../cards/card-context.ts';
import type { FactColumns } from './fact-table.ts';

/** Tells the cells (row * periods + period) that were scored again. */
export function changeFacts(
    { book, cohorts, hurdles, scores }: Pick<CardContext, 'book' | 'cohorts' | 'hurdles' | 'scores'>,
    person: number,
    facts: FactColumns
): ReadonlySet<number> {
    const { count } = book.grid;
    const again = new Set(book.replaceFacts(person, facts));
    const changedFrom = new Map<number, number>();
    for (const cell of again) {
        const tenure = cohorts.rampMonth(Math.floor(cell / count), cell % count);
        if (tenure !== null)
            changedFrom.set(tenure, Math.min(cell % count, changedFrom.get(tenure) ?? Infinity));
    }
    for (const [tenure, period] of changedFrom) {
        cohorts.forget(tenure);
        hurdles.forget(tenure);
        for (const cell of cohorts.cellsOf(tenure)) if (cell % count >= period) again.add(cell);
    }
    for (const cell of again) scores.passCell(Math.floor(cell / count), cell % count);
    return again;
}
