// Close dates moved on in bulk when they fall due, without a word with the client: the deal looks alive and no flag is raised.
// A reset is a move of two weeks or more, made from three days before the date to a week after it, with no contact with the client in
// the two weeks around it. Told when one day saw five or more resets of one person, twice within half a year.
import { formatDay } from '../../../calendar.ts';
import { MOST_EVIDENCE } from './chance.ts';
import type { CloseDateMove, GamingFinding, GamingInput } from './types.ts';

const DAYS = 183;
const LEAST_SHIFT = 14;
const BEFORE = 3;
const AFTER = 7;
const CONTACT_WITHIN = 14;
const LEAST_DEALS = 5;
const LEAST_DAYS = 2;

export function dateResets({ asOf, moves, contacts }: GamingInput): GamingFinding[] {
    const contactDays = Map.groupBy(contacts, ({ dealId }) => dealId);
    const isReset = ({ dealId, on, before, after }: CloseDateMove): boolean =>
        on > asOf - DAYS &&
        on <= asOf &&
        after - before >= LEAST_SHIFT &&
        on >= before - BEFORE &&
        on <= before + AFTER &&
        !(contactDays.get(dealId) ?? []).some((contact) => Math.abs(contact.on - on) <= CONTACT_WITHIN);
    return [...Map.groupBy(moves.filter(isReset), ({ person }) => person)].flatMap(([person, resets]) => {
        const days = [...Map.groupBy(resets, ({ on }) => on).values()].filter(
            (ofDay) => new Set(ofDay.map(({ dealId }) => dealId)).size >= LEAST_DEALS
        );
        if (days.length < LEAST_DAYS) return [];
        const inBulk = days.flat().sort((a, b) => b.on - a.on || (a.id < b.id ? -1 : 1));
        const deals = new Set(inBulk.map(({ dealId }) => dealId)).size;
        const since = inBulk.at(-1)!.on;
        return [
            {
                key: `${person}:gaming-DateResets:${formatDay(since)}`,
                kind: 'DateResets' as const,
                person,
                since,
                count: inBulk.length,
                luck: null,
                words:
                    `Close dates of ${deals} deals moved on in bulk on ${days.length} days as they fell due, ` +
                    'without contact with any of the clients.',
                evidence: inBulk.slice(0, MOST_EVIDENCE).map(({ id }) => id),
                with: []
            }
        ];
    });
}
