// A specialist helps with every fourth deal of asset servicing: rows of the deal's team.
import type { Row } from '../content.ts';
import type { DealRows } from '../firm/deals.ts';
import { demoId } from '../firm/ids.ts';
import type { People } from '../firm/people.ts';
import { isSpecialist } from './pay-people.ts';

const HELPED = 4;

export function specialistRows({ persons }: People): (deal: DealRows, index: number) => Row[] {
    const sellers = persons.filter(({ sells }) => sells);
    const servicing = new Set(sellers.filter(({ division }) => division === 'Servicing').map(({ id }) => id));
    const specialists = sellers.filter((person) => isSpecialist(sellers, person));
    return ({ opportunity }, index) => {
        const ownerId = String(opportunity['OwnerId']);
        const specialist = specialists[Math.floor(index / HELPED) % specialists.length]!;
        if (index % HELPED !== 0 || !servicing.has(ownerId) || specialist.id === ownerId) return [];
        return [
            {
                Id: demoId('00q', index + 1),
                OpportunityId: opportunity['Id'] as string,
                UserId: specialist.id,
                TeamMemberRole: 'Specialist',
                CreatedDate: opportunity['CreatedDate'] as string
            }
        ];
    };
}
