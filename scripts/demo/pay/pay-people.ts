// Who at the demo firm is paid by which plan, on which terms and with which target.
import type { People, Person } from '../firm/people.ts';

export interface PayAssignment {
    person: Person;
    planKey: string;
    targetIncentive: number;
    isMaterialRiskTaker: boolean;
    terms: Record<string, string>;
    /** a year's target for bookings; null where the plan has none or its own */
    quota: number | null;
}

/** One in so many is a new joiner, or a specialist of asset servicing. */
const JOINERS = 12;
const SPECIALISTS = 25;

export function isNewJoiner(sellers: readonly Person[], person: Person): boolean {
    return person.sells && sellers.indexOf(person) % JOINERS === 5;
}

export function isSpecialist(sellers: readonly Person[], person: Person): boolean {
    return person.division === 'Servicing' && sellers.indexOf(person) % SPECIALISTS === 1;
}

/** @param joinedOn first day of new joiners */
export function assignmentsOf({ persons, roles }: People, joinedOn: string): PayAssignment[] {
    const sellers = persons.filter(({ sells }) => sells);
    const leadIds = new Set(sellers.map(({ managerId }) => managerId));
    const roleNames = new Map(roles.map(({ id, name }) => [id, name]));
    const isPrivateOffice = ({ roleId }: Person): boolean =>
        roleNames.get(roleId)!.includes('Private Office');
    return persons.flatMap((person): PayAssignment[] => {
        const isLead = leadIds.has(person.id);
        if (!person.sells && !isLead) return [];
        const plain = { person, isMaterialRiskTaker: false, quota: null };
        const role = isLead ? 'Lead' : person.division === 'Wealth' ? 'Adviser' : 'Seller';
        if (isPrivateOffice(person))
            return [
                {
                    ...plain,
                    planKey: 'private-office',
                    targetIncentive: 120_000,
                    isMaterialRiskTaker: true,
                    terms: { role }
                }
            ];
        if (isNewJoiner(sellers, person))
            return [
                {
                    ...plain,
                    planKey: 'new-joiner',
                    targetIncentive: 40_000,
                    terms: { role: 'Joiner', joinedOn }
                }
            ];
        if (person.division === 'Wealth')
            return [{ ...plain, planKey: 'adviser-grid', targetIncentive: 60_000, terms: { role } }];
        return [
            {
                ...plain,
                planKey: 'servicing-quota',
                targetIncentive: 80_000,
                terms: { role: isSpecialist(sellers, person) ? 'Specialist' : role },
                quota: isLead ? 6_000_000 : 900_000
            }
        ];
    });
}
