// What happened to each payee, in order of events: credits and what reversals take off them. Measures are sums over it.
import { add, multiply, negative, ONE, ZERO, type Exact } from './exact.ts';
import { placeInTime } from './input-data.ts';
import type { Credit } from './credits.ts';
import type { Reversal } from './sales.ts';

export interface Event {
    date: string;
    /** place in time */
    at: string;
    period: number;
    credits: Credit[];
    /** 1, or minus the part taken back */
    factor: Exact;
    /** null for credits */
    reversal: Reversal | null;
}

/** Events of one payee. `paidFor` says whether an earlier run paid the payee for a transaction. */
export function eventsOf(
    credits: readonly Credit[],
    reversals: readonly Reversal[],
    paidFor: (transaction: string) => boolean
): Event[] {
    const events: Event[] = credits.map((credit) => ({
        date: credit.sale.date,
        at: placeInTime(credit.sale.row),
        period: credit.sale.period,
        credits: [credit],
        factor: ONE,
        reversal: null
    }));
    for (const reversal of reversals) {
        const { date, period, root, part, row } = reversal;
        const own = credits.filter(({ sale }) => sale.root === root && sale.date <= date);
        if (own.length > 0 || paidFor(String(row['reverses'])))
            events.push({
                date,
                at: placeInTime(row),
                period,
                credits: own,
                factor: negative(part),
                reversal
            });
    }
    return events.sort((a, b) => (a.at === b.at ? 0 : a.at < b.at ? -1 : 1));
}

/** What an event adds to a measure, given what each of its credits does. */
export function added(event: Event, ofCredit: (credit: Credit) => Exact): Exact {
    return multiply(event.factor, event.credits.map(ofCredit).reduce(add, ZERO));
}
