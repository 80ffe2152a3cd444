// Truths planted about people, so that tests can check that early warnings and the search for manufactured numbers find them again,
// and how soon. Who is chosen follows from the seed alone, the days from the as-of day too. Told in truths.ts.
import { workday } from './calendar.ts';
import type { Person } from './people.ts';
import { createRandom, mixSeed, type Random } from './random.ts';

/** Signals of which some people's figures get worse. */
export const FAILING_SIGNALS = [
    'client-satisfaction',
    'issue-resolved-hours',
    'transaction-processed',
    'review-case'
] as const;
export type FailingSignal = (typeof FAILING_SIGNALS)[number];

export type PersonTruthKind =
    | 'declining'
    | 'quieter'
    | 'self-copies'
    | 'unanswered-bursts'
    | 'date-resets'
    | 'split-game'
    | 'decoy-newsletter'
    | 'decoy-assistant';

export interface PersonTruth {
    kind: PersonTruthKind;
    personId: string;
    /** of declining people: what gets worse */
    signal: FailingSignal | null;
    /** first day it goes differently */
    sinceDay: number;
    /** day from which on it is fully so: declines come in over some weeks */
    fullDay: number;
    /** day on which results begin to follow, a quarter after behaviour; null where nothing declines */
    resultsFallDay: number | null;
    /** how far it goes: 0 not at all, 1 as far as it does anywhere */
    depth: number;
}

const DECLINING_PER_SIGNAL = 5;
const QUIETER = 8;
const OF_EACH_GAME = 2;
const IN_RING = 4;
const DAYS_UNTIL_RESULTS = 91;

/** Sellers in an order of the seed: the first ones decline, the next ones grow quiet, of servicing sellers some play games. */
export function personTruths(seed: number, sellers: readonly Person[], asOfDay: number): PersonTruth[] {
    const random = createRandom(mixSeed(seed, 41));
    const order = shuffled(sellers, random);
    const players = order.filter((person) => person.division === 'Servicing').reverse();
    const truths: PersonTruth[] = [];
    const take = (from: Person[], kind: PersonTruthKind, count: number): void => {
        for (let taken = 0; taken < count && from.length > 0; taken++) {
            const person = from.shift()!;
            order.splice(order.indexOf(person), order.includes(person) ? 1 : 0);
            truths.push({
                kind,
                personId: person.id,
                signal: null,
                sinceDay: asOfDay - 150,
                fullDay: asOfDay - 150,
                resultsFallDay: null,
                depth: 1
            });
        }
    };
    take(players, 'self-copies', OF_EACH_GAME);
    take(players, 'unanswered-bursts', OF_EACH_GAME);
    take(players, 'date-resets', OF_EACH_GAME);
    take(players, 'split-game', IN_RING);
    take(players, 'decoy-newsletter', 1);
    take(players, 'decoy-assistant', 1);
    for (const signal of FAILING_SIGNALS)
        for (const person of order.splice(0, DECLINING_PER_SIGNAL))
            truths.push(decline('declining', person, signal, random, asOfDay));
    for (const person of order.splice(0, QUIETER))
        truths.push(decline('quieter', person, null, random, asOfDay));
    return truths;
}

/** Begins between 26 and 9 weeks ago, comes in over one to eight weeks, goes half as far as the worst or further. */
function decline(
    kind: PersonTruthKind,
    person: Person,
    signal: FailingSignal | null,
    random: Random,
    asOfDay: number
): PersonTruth {
    const sinceDay = workday(asOfDay - random.int(63, 182));
    return {
        kind,
        personId: person.id,
        signal,
        sinceDay,
        fullDay: sinceDay + 7 * random.int(1, 8),
        resultsFallDay: sinceDay + DAYS_UNTIL_RESULTS,
        depth: kind === 'quieter' ? 0.75 + 0.25 * random.next() : 0.5 + 0.5 * random.next()
    };
}

/** 0 before it begins, rising to its depth. */
export function depthOn(truth: PersonTruth, day: number): number {
    if (day < truth.sinceDay) return 0;
    if (day >= truth.fullDay) return truth.depth;
    return (truth.depth * (day - truth.sinceDay + 1)) / (truth.fullDay - truth.sinceDay + 1);
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
    const order = [...items];
    for (let at = order.length - 1; at > 0; at--) {
        const other = random.int(0, at);
        [order[at], order[other]] = [order[other]!, order[at]!];
    }
    return order;
}
