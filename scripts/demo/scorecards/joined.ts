// Since when people are with the demo firm: most for years, one seller in twelve for less than one, so that ramps show.
import { toIsoDate, workday } from '../firm/calendar.ts';
import type { Person } from '../firm/people.ts';
import { createRandom, mixSeed } from '../firm/random.ts';
import { isNewJoiner } from '../pay/pay-people.ts';

const DAYS_A_MONTH = 30.4;

/** First day by person. */
export function joinedDays(seed: number, persons: readonly Person[], asOfDay: number): Map<string, string> {
    const sellers = persons.filter(({ sells }) => sells);
    return new Map(
        persons.map((person, index) => {
            const random = createRandom(mixSeed(seed, 59, index));
            const months = isNewJoiner(sellers, person) ? random.int(3, 10) : random.int(44, 52);
            return [person.id, toIsoDate(workday(asOfDay - Math.round(months * DAYS_A_MONTH)))];
        })
    );
}
