// Whose pay is worth looking at: the seller of asset servicing who won most in the quarters that are paid.
import type { Firm } from '../firm/firm.ts';
import type { Person } from '../firm/people.ts';
import { assignmentsOf } from './pay-people.ts';
import type { Quarter } from './quarters.ts';

/** How many deals are looked at; the first ones are the same at every size. */
const LOOKED_AT = 5_000;

export function bestPaidSeller(firm: Firm, quarters: readonly Quarter[]): Person {
    const last = quarters.at(-1)!;
    const before = quarters.at(-2)!;
    const sellers = assignmentsOf(firm.people, last.start)
        .filter(({ planKey, terms }) => planKey === 'servicing-quota' && terms['role'] === 'Seller')
        .map(({ person }) => person);
    // Something to see in both: one quarter is published, the other is not yet.
    const won = new Map<string, [number, number]>(sellers.map(({ id }) => [id, [0, 0]]));
    let seen = 0;
    for (const { opportunity } of firm.deals()) {
        if (++seen > LOOKED_AT) break;
        const sums = won.get(String(opportunity['OwnerId']));
        if (!sums || opportunity['StageName'] !== 'Closed Won') continue;
        const day = String(opportunity['CloseDate']);
        for (const [index, { start, end }] of [before, last].entries())
            if (day >= start && day <= end) sums[index as 0 | 1] += Number(opportunity['Amount']);
    }
    const worth = ({ id }: Person): number => Math.min(...won.get(id)!);
    return sellers.reduce((best, person) => (worth(person) > worth(best) ? person : best));
}
