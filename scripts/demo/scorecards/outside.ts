// What sources outside the CRM tell of the demo firm's people month by month: surveys, registers, custody, client master, coaching, HR.
// Somebody who does well does so everywhere, more or less, so that scores differ between people. The weekly facts with the planted
// declines are in ../firm/behaviour.ts.
import { toIsoDate } from '../firm/calendar.ts';
import type { Person } from '../firm/people.ts';
import { createRandom, mixSeed, type Random } from '../firm/random.ts';
import { custody } from './custody.ts';
import { households } from './households.ts';
import { learning } from './learning.ts';
import { surveys } from './surveys.ts';
import { registers } from './registers.ts';
import { staff } from './staff.ts';

/** One row of `POST /v1/facts`. */
export interface OutsideFact {
    signal: string;
    person: string;
    day: string;
    /** decimal text */
    value: string;
    n: number;
    sourceId: string;
    subject: string | null;
    attributes: Record<string, string>;
}

/** One month of one person, as the sources see it. */
export interface PersonMonth {
    person: Person;
    index: number;
    isAdviser: boolean;
    /** clients are asked every week, which is told elsewhere */
    isAskedWeekly: boolean;
    isManager: boolean;
    /** 0 to 1: how well this person usually does */
    strength: number;
    /** months since 1970 */
    month: number;
    /** months before the one of the as-of day: 0 is that one */
    ago: number;
    /** the first month sources tell of this person */
    firstMonth: number;
    /** days of the month that count: with the firm, and before the as-of day */
    from: number;
    to: number;
    /** of this month */
    random: Random;
    /** of this person, the same in every month */
    own: Random;
}

/** What a source adds; the rest follows from the month. Without a day: one of the month's. */
export interface Told {
    signal: string;
    value?: string;
    n?: number;
    day?: number;
    subject?: string;
    attributes?: Record<string, string>;
}

type Source = (month: PersonMonth) => Told[];
const SOURCES: Source[] = [surveys, registers, households, custody, learning, staff];
const MS_PER_DAY = 86_400_000;
const MONTHS = 8;

export function outsideFacts(
    seed: number,
    persons: readonly Person[],
    {
        joined,
        weekly,
        asOfDay
    }: { joined: ReadonlyMap<string, string>; weekly: ReadonlySet<string>; asOfDay: number }
): OutsideFact[] {
    const managers = new Set(persons.map(({ managerId }) => managerId));
    return persons.flatMap((person, index) => {
        const isManager = managers.has(person.id);
        const strength = createRandom(mixSeed(seed, 67, index)).next();
        const firstDay = Date.parse(joined.get(person.id)!) / MS_PER_DAY;
        const months = monthsUntil(asOfDay).filter(({ to }) => to >= firstDay);
        const firstMonth = months[0]!.month;
        return months.flatMap(({ month, ago, from, to }) => {
            const facts = {
                person,
                index,
                isManager,
                isAskedWeekly: weekly.has(person.id),
                isAdviser: person.sells && person.division === 'Wealth',
                strength,
                month,
                ago,
                firstMonth,
                from: Math.max(from, firstDay),
                to
            };
            return SOURCES.flatMap((source, position): OutsideFact[] => {
                const random = createRandom(mixSeed(seed, 71, index, month, position));
                const own = createRandom(mixSeed(seed, 73, index, position));
                return source({ ...facts, random, own }).map((told, row) => ({
                    signal: told.signal,
                    person: person.id,
                    day: toIsoDate(told.day ?? random.int(facts.from, to)),
                    value: told.value ?? '1',
                    n: told.n ?? 1,
                    sourceId: `${told.signal}-${person.id}-${month}-${row}`,
                    subject: told.subject ?? null,
                    attributes: told.attributes ?? {}
                }));
            });
        });
    });
}

/** Oldest first, up to the day before. */
function monthsUntil(asOfDay: number): { month: number; ago: number; from: number; to: number }[] {
    const day = new Date((asOfDay - 1) * MS_PER_DAY);
    const newest = day.getUTCFullYear() * 12 + day.getUTCMonth();
    return Array.from({ length: MONTHS }, (_, index) => {
        const ago = MONTHS - 1 - index;
        const month = newest - ago;
        const firstOf = (number: number): number =>
            Date.UTC(Math.floor(number / 12), number % 12, 1) / MS_PER_DAY;
        return { month, ago, from: firstOf(month), to: Math.min(asOfDay, firstOf(month + 1)) - 1 };
    });
}

/** How often each outcome came up, without those that did not. */
export function counted(
    signal: string,
    outcomes: readonly { n: number; value?: string; attributes?: Record<string, string> }[]
): Told[] {
    return outcomes.filter(({ n }) => n > 0).map((outcome) => ({ signal, ...outcome }));
}

/** How many of `count` turn out well. */
export function hitsOf(random: Random, count: number, chance: number): number {
    let hits = 0;
    for (let one = 0; one < count; one++) if (random.chance(chance)) hits++;
    return hits;
}
