// The records a warning or a recommended step rests on, each with words for people. What is anonymous is never named; a fact without a
// record of the org is told by its source.
import { formatDay } from '../calendar.ts';
import type { DayNumber } from '../pipeline/types.ts';
import type { Fact, Signal } from '../scorecards/types.ts';
import type { SeenPeriod } from '../scorecards/warnings/types.ts';
import type { EvidenceItem } from '../scorecards/week/types.ts';

type FindEvidence = (person: string, signals: readonly string[], since: DayNumber) => EvidenceItem[];

/** Newest first. */
export function evidenceFinder(
    facts: readonly Fact[],
    signals: readonly Signal[],
    asOf: DayNumber,
    most: number
): FindEvidence {
    const named = new Map(signals.filter(({ isAnonymous }) => !isAnonymous).map((one) => [one.id, one]));
    const factsOf = Map.groupBy(facts, ({ person }) => person);
    return (person, wanted, since) =>
        (factsOf.get(person) ?? [])
            .filter(({ signal }) => wanted.includes(signal) && named.has(signal))
            .filter(({ day }) => day >= since && day <= asOf)
            .toSorted((a, b) => b.day - a.day || (a.sourceId < b.sourceId ? -1 : 1))
            .slice(0, most)
            .map(({ subject, signal, day, source }) => ({
                id: subject ?? '',
                object: '',
                label: `${named.get(signal)!.name}, ${formatDay(day)}${subject === null ? ` (${source})` : ''}`
            }));
}

/** What a chart saw week by week, for people who look at the warning. */
export function weekItems(seen: readonly SeenPeriod[]): EvidenceItem[] {
    return seen.map(({ from, value, n }) => ({
        id: '',
        object: '',
        label: `Week of ${formatDay(from)}: ${Number(value.toPrecision(3))} (${n})`
    }));
}
