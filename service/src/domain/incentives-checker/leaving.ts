// Deferred pay of somebody who leaves: in the period of the last day, of each tranche that vests later only the plan's part stays.
import type { Scheduled } from './account.ts';
import { asText } from './data.ts';
import { monthsFrom } from './days.ts';
import {
    compare,
    exact,
    least,
    multiply,
    negative,
    ONE,
    sign,
    subtract,
    total,
    type Exact
} from './exact.ts';
import { leftOf } from './malus.ts';
import type { Paying } from './payout.ts';
import { dayOfKey } from './periods.ts';
import { formulaIn } from './plan-data.ts';
import { rounded } from './rounded.ts';
import { withOwn } from './sale-places.ts';
import { asExact, CannotDerive, type Value } from './values.ts';

export function lapse(paying: Paying): void {
    const { review, account, payee, period, key, part, amount, ledgers, working } = paying;
    const { from, to } = review.input.periods[period]!;
    const left = asText(review.input.payees.get(payee)?.['end']);
    if (formulaIn(part, 'afterLeaving') === undefined || left < from || left > to) return;
    const open = account.scheduled.filter(
        ({ kind, source, dueOn }) => kind === 'tranche' && source === key && dueOn !== null && dueOn > left
    );
    const lost = open.map((tranche) => {
        const off = subtract(leftOf(tranche), kept(paying, tranche, left));
        if (sign(off) !== 0) tranche.cancelled.push({ period, amount: off });
        return off;
    });
    const lapsed = total(lost);
    if (sign(lapsed) === 0) return;
    ledgers.move(key, '', 'lapsed', negative(lapsed));
    working.step(`payout.${key}`, { left, lapsed }, amount);
}

function kept(paying: Paying, tranche: Scheduled, left: string): Exact {
    const { review, part, place } = paying;
    const served = servedOf(paying, tranche, left);
    const own: Record<string, Value> = served === null ? {} : { served };
    const share = asExact(formulaIn(part, 'afterLeaving')!(withOwn(place, own)));
    if (sign(share) < 0 || compare(share, ONE) > 0) throw new CannotDerive('what a leaver keeps is no part');
    const { unit, mode } = review.plan.rounding;
    return least(rounded(multiply(leftOf(tranche), share), unit, mode), leftOf(tranche));
}

/** Months of the time to vesting that were served. */
function servedOf({ review }: Paying, { period: award, dueOn }: Scheduled, left: string): Exact | null {
    const { plan, input } = review;
    const first = dayOfKey(award, plan.intervals);
    const own = input.periods.find(({ key }) => key === award)?.to;
    const awarded = own ?? (first === null ? null : plan.intervals.around(plan.period, first).to);
    if (awarded === null) return null;
    const months = monthsFrom(awarded, dueOn!);
    const served = Math.min(months, left < awarded ? 0 : monthsFrom(awarded, left));
    return months <= 0 ? ONE : exact(served, months);
}
