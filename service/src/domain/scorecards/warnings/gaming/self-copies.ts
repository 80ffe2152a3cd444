// Mails logged on clients' records that reached nobody but their author or the firm itself: activity without a client.
// Told when there are at least eight in four weeks, a quarter of what the person logged, and far more than among the others.
import { formatDay, MS_PER_DAY } from '../../../calendar.ts';
import { atLeast, MOST_EVIDENCE, RARE, rateOfOthers } from './chance.ts';
import type { GamingFinding, GamingInput, LoggedMail } from './types.ts';

const DAYS = 28;
const LEAST = 8;
const LEAST_SHARE = 0.25;

export function selfCopies({ asOf, mails, ownAddresses, ownDomains }: GamingInput): GamingFinding[] {
    const domains = new Set(ownDomains.map((domain) => domain.toLowerCase()));
    const looked = mails.filter(
        ({ atMs, isReceived, recipients, client }) =>
            !isReceived &&
            client !== '' &&
            recipients.length > 0 &&
            dayOf(atMs) > asOf - DAYS &&
            dayOf(atMs) <= asOf
    );
    const isEmpty = (mail: LoggedMail): boolean => {
        const own = new Set((ownAddresses.get(mail.person) ?? []).map((address) => address.toLowerCase()));
        return mail.recipients.every((recipient) => {
            const address = recipient.toLowerCase();
            return own.has(address) || domains.has(address.slice(address.lastIndexOf('@') + 1));
        });
    };
    const all = { hits: looked.filter(isEmpty).length, count: looked.length };
    return [...Map.groupBy(looked, ({ person }) => person)].flatMap(([person, logged]) => {
        const empty = logged.filter(isEmpty).sort((a, b) => b.atMs - a.atMs || (a.id < b.id ? -1 : 1));
        const own = { hits: empty.length, count: logged.length };
        if (own.hits < LEAST || own.hits / own.count < LEAST_SHARE) return [];
        const luck = atLeast(own.hits, own.count, rateOfOthers(all, own));
        if (luck > RARE) return [];
        const since = dayOf(empty.at(-1)!.atMs);
        return [
            {
                key: `${person}:gaming-SelfCopies:${formatDay(since)}`,
                kind: 'SelfCopies' as const,
                person,
                since,
                count: own.hits,
                luck,
                words:
                    `${own.hits} of ${own.count} mails logged on clients' records in ${DAYS} days went to nobody ` +
                    'outside the firm.',
                evidence: empty.slice(0, MOST_EVIDENCE).map(({ id }) => id),
                with: []
            }
        ];
    });
}

const dayOf = (atMs: number): number => Math.floor(atMs / MS_PER_DAY);
