// One-to-ones and reviews managers of the demo firm hold with who reports to them, as the playbook asks: most of them nearly all and on
// the day, one in five about half.
import type { Row } from '../content.ts';
import { toIsoDate, workday } from '../firm/calendar.ts';
import { demoId } from '../firm/ids.ts';
import type { Person } from '../firm/people.ts';
import { createRandom, mixSeed, type Random } from '../firm/random.ts';

/** Counted from the day somebody began to report to the manager. */
const KINDS = [
    { subject: 'One-to-one', everyDays: 14, lateDays: 3 },
    { subject: 'Quarterly review', everyDays: 91, lateDays: 9 }
];
const DAYS_BACK = 126;
const BUSY_ONE_IN = 5;
const KEEPING = { usual: 0.97, busy: 0.55 };
const LATE = 0.08;
const MS_PER_DAY = 86_400_000;
/** Beyond the events of the largest firm's deals. */
const FIRST_EVENT = 1_000_000_000;

export interface Talks {
    events: Row[];
    /** who was invited to each */
    guests: Row[];
}

export function conversations(
    seed: number,
    persons: readonly Person[],
    joined: ReadonlyMap<string, string>,
    asOfDay: number
): Talks {
    const talks: Talks = { events: [], guests: [] };
    const order = new Map(persons.map(({ id }, index) => [id, index]));
    for (const [index, person] of persons.entries()) {
        if (person.managerId === null) continue;
        const isBusy = mixSeed(seed, 63, order.get(person.managerId)!) % BUSY_ONE_IN === 0;
        const began = Date.parse(joined.get(person.id)!) / MS_PER_DAY;
        for (const [position, kind] of KINDS.entries()) {
            const random = createRandom(mixSeed(seed, 61, index, position));
            const keeping = isBusy ? KEEPING.busy : KEEPING.usual;
            for (const on of daysOf(kind, began, asOfDay, keeping, random))
                addTalk(talks, person, on, kind.subject, random.int(9, 16));
        }
    }
    return talks;
}

function daysOf(
    { everyDays, lateDays }: (typeof KINDS)[number],
    began: number,
    asOfDay: number,
    keeping: number,
    random: Random
): number[] {
    const days: number[] = [];
    const first = Math.ceil(Math.max(1, asOfDay - DAYS_BACK - began) / everyDays);
    for (let due = began + first * everyDays; due < asOfDay; due += everyDays) {
        const isHeld = random.chance(keeping);
        const on = workday(due + (random.chance(LATE) ? lateDays + random.int(0, 3) : 0));
        if (isHeld && on < asOfDay) days.push(on);
    }
    return days;
}

function addTalk(
    { events, guests }: Talks,
    person: Person,
    day: number,
    subject: string,
    hour: number
): void {
    const id = demoId('00U', FIRST_EVENT + events.length);
    const at = (hours: number): string => new Date(day * MS_PER_DAY + hours * 3_600_000).toISOString();
    events.push({
        Id: id,
        OwnerId: person.managerId!,
        Subject: subject,
        StartDateTime: at(hour),
        EndDateTime: at(hour + 0.5),
        ActivityDate: toIsoDate(day),
        CreatedDate: at(hour - 72)
    });
    guests.push({ EventId: id, RelationId: person.id });
}
