// Whoever talks to us about a deal should be on it: a primary contact where there is none, and a role for a contact who has been in
// the work again and again. Contacts are ids here; pages show their names to those who may see them.
import { formatDay } from '../calendar.ts';
import { newestEvidence } from '../pipeline/evidence.ts';
import { OTHER, PLANNED } from '../pipeline/activity-kind.ts';
import { NONE, type DayNumber } from '../pipeline/types.ts';
import type { DealWork, Suggestion, WorkItem } from './types.ts';

/** Work older than this says little about who decides today. */
export const CONTACT_DAYS = 90;
const TOUCHES_FOR_PRIMARY = 2;
const TOUCHES_FOR_ROLE = 5;

export function suggestContactRole(deal: DealWork, today: DayNumber): Suggestion | null {
    const { roles } = deal;
    if (roles === null) return null;
    const active = byContact(deal.work, today);
    const primary = roles.find(({ isPrimary }) => isPrimary);
    const current = primary?.contactId ?? '';
    if (!primary) return suggest(active, current, 'NoPrimaryContact', TOUCHES_FOR_PRIMARY);
    const onDeal = new Set(roles.map(({ contactId }) => contactId));
    const others = active.filter(({ contactId }) => !onDeal.has(contactId));
    return suggest(others, current, 'ContactWithoutRole', TOUCHES_FOR_ROLE);
}

interface ActiveContact {
    contactId: string;
    /** oldest first */
    touches: WorkItem[];
}

function suggest(
    active: readonly ActiveContact[],
    currentValue: string,
    rule: 'NoPrimaryContact' | 'ContactWithoutRole',
    fewest: number
): Suggestion | null {
    const [most] = active;
    if (!most || most.touches.length < fewest) return null;
    const { contactId, touches } = most;
    const count = `${touches.length} meetings, calls or messages in the last ${CONTACT_DAYS} days`;
    return {
        kind: 'ContactRole',
        rule,
        currentValue,
        suggestedValue: contactId,
        sourceId: contactId,
        why:
            rule === 'NoPrimaryContact'
                ? `The deal has no primary contact, and this contact was in ${count}.`
                : `This contact was in ${count} and has no role on the deal.`,
        evidence: newestEvidence(touches.length, (index) => {
            const { id, object, on } = touches[index]!;
            return {
                id,
                object,
                label: `${object === 'Event' ? 'Meeting' : 'Activity'} on ${formatDay(on)}`
            };
        })
    };
}

/** Who was in the work, most first. */
function byContact(work: readonly WorkItem[], today: DayNumber): ActiveContact[] {
    const recent = work.filter(
        ({ contactId, kind, on }) =>
            contactId !== '' &&
            kind !== PLANNED &&
            kind !== OTHER &&
            on !== NONE &&
            on <= today &&
            on > today - CONTACT_DAYS
    );
    const grouped = Map.groupBy(
        recent.toSorted((a, b) => a.on - b.on || (a.id < b.id ? -1 : 1)),
        ({ contactId }) => contactId
    );
    return [...grouped]
        .map(([contactId, touches]) => ({ contactId, touches }))
        .sort((a, b) => b.touches.length - a.touches.length || (a.contactId < b.contactId ? -1 : 1));
}
