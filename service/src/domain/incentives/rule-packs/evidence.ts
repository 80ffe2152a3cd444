// What a replay of a plan shows that the plan alone does not: amounts by component, pay by product, pay by person, cliffs. Made by
// simulate.ts, read by the checks; without it they say what cannot be known.
import type { Ratio } from '../../ratio.ts';

export interface PlanEvidence {
    earnings: { component: string; amount: Ratio }[];
    /** what all payees together would be paid if every deal were of this product */
    productPay: { product: string; paid: Ratio }[];
    /** paid over the replay, with fixed pay of the same time where it is known */
    people: { payeeId: string; paid: Ratio; fixed: Ratio | null }[];
    cliffs: Cliff[];
}

/** A single point of a measure at which pay jumps. */
export interface Cliff {
    payeeId: string;
    measure: string;
    at: Ratio;
    jump: Ratio;
    /** part of target pay */
    share: Ratio;
}
