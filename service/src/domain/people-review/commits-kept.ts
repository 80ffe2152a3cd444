// What a person had committed to when a month began: the newest commitment of theirs on record on its first day, or the first one they
// made in it. What is said later in the month does not make that month look better.
import { firstDayOf, monthNumberOf } from '../scorecards/months.ts';
import type { CommitSaid } from './people-facts.ts';
import { monthShares, type MonthShare } from './month-shares.ts';

interface MonthCommit extends MonthShare {
    personId: string;
    /** record that says so */
    id: string;
}

export function commitsOfMonths(commits: readonly CommitSaid[]): MonthCommit[] {
    const periods = Map.groupBy(commits, ({ personId, from, to }) => `${personId} ${from} ${to}`);
    return [...periods.values()].flatMap((said) => {
        const inOrder = said.toSorted((a, b) => a.atMs - b.atMs || (a.id < b.id ? -1 : 1));
        const { from, to, personId } = inOrder[0]!;
        return monthShares({ from, to, amountMinor: 0 }).flatMap(({ day }) => {
            const end = firstDayOf(monthNumberOf(day) + 1);
            const counts =
                inOrder.findLast(({ on }) => on <= day) ?? inOrder.find(({ on }) => on > day && on < end);
            const share = counts && monthShares(counts).find((one) => one.day === day);
            return share ? [{ ...share, personId, id: counts.id }] : [];
        });
    });
}
