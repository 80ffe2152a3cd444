// Whose pay is worth looking at: the seller of asset servicing who won most in the quarters that are paid.
import type { Firm } from '../firm/firm.ts';
import type { Person } from '../firm/people.ts';
import { assignmentsOf } from './pay-people.ts';
import type { Quarter } from './quarters.ts';

/** How many deals are looked at; the first ones are the same at every size. */
const LOOKED_AT = 5_000;

export function bestPaidSeller(firm: Firm, quarters: readonly Quarter[]): Person {
    const sellers = assignmentsOf(firm.people, quarters.at(-1)!.start)
        .filter(({ planKey, terms }) => planKey === 'servicing-quota' && terms['role'] === 'Seller')
        .map(({ person }) => person);
    const won = new Map(sellers.map(({ id }) => [id, quarters.map(() => 0)]));
    let seen = 0;
    for (const { opportunity } of firm.deals()) {
        if (++seen > LOOKED_AT) break;
        const sums = won.get(String(opportunity['OwnerId']));
        if (!sums || opportunity['StageName'] !== 'Closed Won') continue;
        const day = String(opportunity['CloseDate']);
        const index = quarters.findIndex(({ start, end }) => day >= start && day <= end);
        if (index >= 0) sums[index]! += Number(opportunity['Amount']);
    }
    // Something to see in the last two: one of them is published, the other is not yet. A small firm may have nobody with both,
    // and then whoever won anything in a published quarter has something to ask about.
    const worth = ({ id }: Person): [number, number] => {
        const sums = won.get(id)!;
        const published = sums.slice(0, -1).reduce((sum, one) => sum + one, 0);
        return [Math.min(...sums.slice(-2)), published];
    };
    const isBetter = ([both, published]: [number, number], [bestBoth, best]: [number, number]): boolean =>
        both > bestBoth || (both === bestBoth && published > best);
    return sellers.reduce((best, person) => (isBetter(worth(person), worth(best)) ? person : best));
}
