// Are the promised conversations held? Which one-to-ones, reviews and forecasts are due, which were held on time, and what is overdue,
// for each manager. Due days follow from the rule alone (every so many days from the day somebody began to report to the manager, on
// days both are at work), so that the same facts give the same list; holding one early or late does not move the next.
import { formatDay } from '../../calendar.ts';
import type { DayNumber } from '../../pipeline/types.ts';
import type { Person } from '../types.ts';
import { nextDayAtWork } from '../warnings/presence.ts';
import type { WorkCalendar } from '../warnings/types.ts';
import type { CadenceKind, CadenceRule } from './types.ts';

/** A conversation that took place, or a forecast that was handed in. */
export interface Held {
    kind: CadenceKind;
    manager: string;
    person: string;
    on: DayNumber;
    /** record it is read from */
    recordId: string;
}

export type CadenceStatus = 'Due' | 'Held' | 'Late' | 'Missed';

export interface CadenceItem {
    /** `<kind>:<manager>:<person>:<due day as 2026-11-16>` */
    key: string;
    kind: CadenceKind;
    manager: string;
    person: string;
    dueOn: DayNumber;
    heldOn: DayNumber | null;
    recordId: string | null;
    /** Late: held after the days of grace, still nearer to this due day than to the next */
    status: CadenceStatus;
}

export interface ManagerCadence {
    manager: string;
    items: CadenceItem[];
    /** of those whose days of grace are over, in percent; null where none was due */
    onTimePercent: number | null;
    byKind: { kind: CadenceKind; due: number; onTime: number }[];
    /** not held and past the days of grace: newest due day of each kind and person, longest overdue first */
    overdue: { key: string; daysOver: number }[];
}

export interface CadenceInput {
    asOf: DayNumber;
    /** first day looked at */
    from: DayNumber;
    people: readonly Person[];
    /** ids of managers to tell of, also those nobody reports to */
    managers: readonly string[];
    held: readonly Held[];
    rules: readonly CadenceRule[];
    calendar: WorkCalendar;
}

export function cadenceOf(input: CadenceInput): ManagerCadence[] {
    const heldBy = Map.groupBy(input.held, ({ kind, manager, person }) => `${kind} ${manager} ${person}`);
    const people = new Map(input.people.map((person) => [person.id, person]));
    return [...new Set(input.managers)].sort().map((manager) => {
        const items = input.people
            .flatMap((person) =>
                person.managers
                    .filter((entry) => entry.manager === manager && person.id !== manager)
                    .flatMap((entry) =>
                        input.rules.flatMap((rule) =>
                            itemsOf(rule, manager, person, entry, {
                                ...input,
                                managerPerson: people.get(manager),
                                held: heldBy.get(`${rule.kind} ${manager} ${person.id}`) ?? []
                            })
                        )
                    )
            )
            .sort((a, b) => a.dueOn - b.dueOn || (a.key < b.key ? -1 : 1));
        return summed(manager, items, input);
    });
}

interface Pair extends CadenceInput {
    managerPerson: Person | undefined;
}

function itemsOf(
    rule: CadenceRule,
    manager: string,
    person: Person,
    { from, to }: Person['managers'][number],
    input: Pair
): CadenceItem[] {
    const end = Math.min(to ?? Infinity, person.left === null ? Infinity : person.left + 1);
    const dues: DayNumber[] = [];
    const first = Math.max(1, Math.floor((input.from - from) / rule.everyDays) - 1);
    for (let nth = first; from + nth * rule.everyDays <= input.asOf + rule.everyDays; nth++) {
        const due = bothAtWork(from + nth * rule.everyDays, person, input);
        if (due !== null && due < end && due >= input.from && due !== dues.at(-1)) dues.push(due);
    }
    // The one after the last that is past, so that what comes up is seen; later ones are not made yet.
    const upcoming = dues.findIndex((due) => due > input.asOf);
    const listed = upcoming === -1 ? dues : dues.slice(0, upcoming + 1);
    return listed.map((dueOn, at) =>
        itemOf(rule, manager, person.id, dueOn, listed[at - 1], dues[at + 1], input)
    );
}

/** The day, or the first one after it on which both are at work. */
function bothAtWork(day: DayNumber, person: Person, { managerPerson, calendar }: Pair): DayNumber | null {
    let found: DayNumber | null = day;
    for (let round = 0; round < 10 && found !== null; round++) {
        const one: DayNumber | null = nextDayAtWork(person, found, calendar);
        const both: DayNumber | null =
            one === null || !managerPerson ? one : nextDayAtWork(managerPerson, one, calendar);
        if (both === found) return found;
        found = both;
    }
    return found;
}

/** Counts from halfway since the one before to halfway to the next; after the days of grace it is late. */
function itemOf(
    rule: CadenceRule,
    manager: string,
    person: string,
    dueOn: DayNumber,
    before: DayNumber | undefined,
    next: DayNumber | undefined,
    { asOf, held }: Pair
): CadenceItem {
    const opens = Math.floor(((before ?? dueOn - rule.everyDays) + dueOn) / 2) + 1;
    const closes = Math.floor((dueOn + (next ?? dueOn + rule.everyDays)) / 2);
    const match = held
        .filter(({ on }) => on >= opens && on <= closes && on <= asOf)
        .sort((a, b) => a.on - b.on || (a.recordId < b.recordId ? -1 : 1))[0];
    const lastOnTime = dueOn + rule.graceDays;
    const status = match ? (match.on <= lastOnTime ? 'Held' : 'Late') : asOf <= lastOnTime ? 'Due' : 'Missed';
    return {
        key: `${rule.kind}:${manager}:${person}:${formatDay(dueOn)}`,
        kind: rule.kind,
        manager,
        person,
        dueOn,
        heldOn: match?.on ?? null,
        recordId: match?.recordId ?? null,
        status
    };
}

function summed(manager: string, items: CadenceItem[], { asOf, rules }: CadenceInput): ManagerCadence {
    const byKind = rules.map(({ kind }) => {
        const over = items.filter((item) => item.kind === kind && item.status !== 'Due');
        const onTime = over.filter(({ status }) => status === 'Held').length;
        return { kind, due: over.length, onTime };
    });
    const due = byKind.reduce((sum, one) => sum + one.due, 0);
    const onTime = byKind.reduce((sum, one) => sum + one.onTime, 0);
    const newest = new Map(
        items.filter(({ dueOn }) => dueOn <= asOf).map((item) => [`${item.kind} ${item.person}`, item])
    );
    return {
        manager,
        items,
        onTimePercent: due === 0 ? null : Math.round((100 * onTime) / due),
        byKind,
        overdue: [...newest.values()]
            .filter(({ status }) => status === 'Missed')
            .map(({ key, dueOn }) => ({ key, daysOver: asOf - dueOn }))
            .sort((a, b) => b.daysOver - a.daysOver || (a.key < b.key ? -1 : 1))
    };
}
