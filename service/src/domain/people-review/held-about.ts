// What is held about each person: of which signal, from which source, how much, and until when it is kept.
import { dayOf } from '../calendar.ts';
import type { DayNumber } from '../pipeline/types.ts';
import { monthNumberOf } from '../scorecards/months.ts';
import type { Fact, Signal } from '../scorecards/types.ts';
import type { HeldSignal } from './people-review.ts';

/** By person, then in the order of the allow-list, then by source. */
export function heldAbout(facts: readonly Fact[], signals: readonly Signal[]): HeldSignal[] {
    const order = new Map(signals.map((signal, index) => [signal.id, { signal, index }]));
    const held = new Map<string, HeldSignal & { index: number }>();
    for (const { signal: id, person, source, day } of facts) {
        const known = order.get(id);
        if (!known) continue;
        const key = `${person} ${id} ${source}`;
        const one = held.get(key);
        if (one) {
            one.count += 1;
            one.newestOn = Math.max(one.newestOn, day);
        } else held.set(key, { person, ...known, source, count: 1, newestOn: day, retainUntil: 0 });
    }
    return [...held.values()]
        .sort((a, b) => compare(a.person, b.person) || a.index - b.index || compare(a.source, b.source))
        .map(({ index: _index, ...one }) => ({
            ...one,
            retainUntil: monthsOn(one.newestOn, one.signal.retentionMonths)
        }));
}

/** The first of the month after so many whole months. */
function monthsOn(day: DayNumber, months: number): DayNumber {
    const month = monthNumberOf(day) + months + 1;
    return dayOf(Math.floor(month / 12), (month % 12) + 1, 1);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
