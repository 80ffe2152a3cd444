// What the demo firm knows of its people beyond the CRM, for scorecards: since when they are there, one-to-ones, and what surveys,
// tickets, operations and file reviews say of the wealth advisers.
import { dayOf } from '../firm/calendar.ts';
import type { Firm } from '../firm/firm.ts';
import type { BehaviourFact } from '../firm/behaviour.ts';
import { joinedDays } from './joined.ts';
import { outsideFacts, type OutsideFact } from './outside.ts';
import { conversations, type Talks } from './talks.ts';

/** Enough for a year of usual weeks before the planted declines, and few enough to load in a second. */
const DAYS_OF_FACTS = 360;
const MS_PER_DAY = 86_400_000;
/** Tickets and transactions are told of those of whom they tell something. */
const SIGNALS_OF_ADVISERS: ReadonlySet<string> = new Set(['client-satisfaction', 'review-case']);

export interface ScorecardContent {
    /** first day with the firm, by person */
    joined: ReadonlyMap<string, string>;
    talks: Talks;
    facts: readonly OutsideFact[];
    /** when the sources of the facts were read */
    extractedAt: Date;
}

export function scorecardContent(firm: Firm, seed: number, asOf: Date): ScorecardContent {
    const { persons } = firm.people;
    const asOfDay = dayOf(asOf);
    const joined = joinedDays(seed, persons, asOfDay);
    const advisers = new Set(
        persons.filter(({ sells, division }) => sells && division === 'Wealth').map(({ id }) => id)
    );
    const declining = new Set(
        firm.personTruths.filter(({ kind }) => kind === 'declining').map(({ personId }) => personId)
    );
    const counts = ({ person, day, signal }: BehaviourFact): boolean =>
        (declining.has(person) || (advisers.has(person) && SIGNALS_OF_ADVISERS.has(signal))) &&
        day >= joined.get(person)! &&
        asOfDay - Date.parse(day) / MS_PER_DAY <= DAYS_OF_FACTS;
    return {
        joined,
        talks: conversations(seed, persons, joined, asOfDay),
        facts: [
            ...[...firm.behaviourFacts()].filter(counts).map((fact) => ({ ...fact, subject: null })),
            ...outsideFacts(seed, persons, { joined, weekly: new Set([...advisers, ...declining]), asOfDay })
        ],
        extractedAt: asOf
    };
}
