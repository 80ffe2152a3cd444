// One-to-ones of team leads of the demo firm with two in three of their people: every other week as the playbook asks, most on the day,
// a few late, a few not at all.
import type { Row } from '../content.ts';
import { toIsoDate, workday } from '../firm/calendar.ts';
import { demoId } from '../firm/ids.ts';
import type { Person } from '../firm/people.ts';
import { createRandom, mixSeed } from '../firm/random.ts';

/** Every so many days, counted from the day somebody began to report to the lead. */
const EVERY_DAYS = 14;
const DAYS_BACK = 182;
const MS_PER_DAY = 86_400_000;
/** Beyond the events of the largest firm's deals. */
const FIRST_EVENT = 1_000_000_000;

export interface Talks {
    events: Row[];
    /** who was invited to each */
    guests: Row[];
}

export function oneToOnes(
    seed: number,
    persons: readonly Person[],
    joined: ReadonlyMap<string, string>,
    asOfDay: number
): Talks {
    const talks: Talks = { events: [], guests: [] };
    const sellers = persons.filter(({ sells }) => sells);
    for (const [index, person] of sellers.entries()) {
        if (index % 3 === 2) continue;
        const random = createRandom(mixSeed(seed, 61, index));
        const began = Date.parse(joined.get(person.id)!) / MS_PER_DAY;
        const periods = Math.ceil(Math.max(1, asOfDay - DAYS_BACK - began) / EVERY_DAYS);
        for (let due = began + periods * EVERY_DAYS; due < asOfDay; due += EVERY_DAYS) {
            const chance = random.next();
            if (chance > 0.96) continue;
            const on = workday(due + (chance > 0.88 ? random.int(3, 6) : 0));
            if (on < asOfDay) addTalk(talks, person, on, random.int(9, 16));
        }
    }
    return talks;
}

function addTalk({ events, guests }: Talks, person: Person, day: number, hour: number): void {
    const id = demoId('00U', FIRST_EVENT + events.length);
    const at = (hours: number): string => new Date(day * MS_PER_DAY + hours * 3_600_000).toISOString();
    events.push({
        Id: id,
        OwnerId: person.managerId!,
        Subject: 'One-to-one',
        StartDateTime: at(hour),
        EndDateTime: at(hour + 0.5),
        ActivityDate: toIsoDate(day),
        CreatedDate: at(hour - 72)
    });
    guests.push({ EventId: id, RelationId: person.id });
}
