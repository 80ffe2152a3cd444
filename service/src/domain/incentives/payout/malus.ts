// Malus: a decision that part of a tranche will never be paid. It takes effect in its period, before anything vests in it; never on
// what vested before the decision, never on more than is left, and only with a reason and an approver whom the plan does not pay.
// Any other decision is told and changes nothing.
import { smaller, sumOf, type Ratio } from '../../ratio.ts';
import type { Books } from '../books.ts';
import type { TrancheDecision } from '../input.ts';
import type { PayoutStep } from '../plan.ts';
import type { ScheduledAmount, Step } from '../result.ts';
import { step as shown } from '../working.ts';
import { decisionsOf, inputsOf, tellRefused, tranchesOf, whyNotReadable, type Refusal } from './decision.ts';
import type { Situation } from './pay-out.ts';

export function takeMalus({ key }: PayoutStep, situation: Situation): Step[] {
    const { books, amount } = situation;
    return decisionsOf('malus', key, situation).flatMap((one) => {
        const tranches = tranchesOf(one, books.scheduled);
        const left = sumOf(tranches.map((tranche) => leftOf(books, tranche)));
        const refusal = whyNotReadable(one, tranches, situation) ?? whyNot(one, left, situation);
        if (refusal) {
            tellRefused(one, refusal, situation);
            return [];
        }
        cancel(situation, tranches, one.amount);
        situation.ledgers.move(key, '', 'malus', one.amount.negated());
        return [shown('malus', situation.place, inputsOf(one, { tranche: left, malus: one.amount }), amount)];
    });
}

/** What reversals and malus have left of it. */
export function leftOf({ cancelled }: Books, scheduled: ScheduledAmount): Ratio {
    const off = cancelled.filter((one) => one.scheduled === scheduled);
    return scheduled.amount.minus(sumOf(off.map(({ amount }) => amount)));
}

function whyNot(
    { dueOn, on, amount }: TrancheDecision,
    left: Ratio,
    { context, period }: Situation
): Refusal | null {
    const { start } = context.periods[period]!;
    if (dueOn < (on > start ? on : start))
        return { value: dueOn, fix: 'It vested before the decision: use clawback within its window.' };
    return amount.compare(left) > 0
        ? { value: String(amount), fix: `Only ${left} of the tranche is left.` }
        : null;
}

/** From the first to the last, where several tranches are of one day. */
function cancel({ books, period }: Situation, tranches: readonly ScheduledAmount[], malus: Ratio): void {
    let open = malus;
    for (const scheduled of tranches) {
        const amount = smaller(open, leftOf(books, scheduled));
        if (!amount.isZero) books.cancelled.push({ scheduled, period, amount });
        open = open.minus(amount);
    }
}
