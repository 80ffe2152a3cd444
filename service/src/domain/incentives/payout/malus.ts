// Malus: a decision that part of a tranche will never be paid. It takes effect in its period, before anything vests in it; never on
// what vested before the decision, never on more than is left, and only with a reason and an approver whom the plan does not pay.
// Any other decision is told and changes nothing.
import { smaller, sumOf, type Ratio } from '../../ratio.ts';
import { whyNotApproved } from '../approval.ts';
import type { Books } from '../books.ts';
import type { MalusDecision } from '../input.ts';
import type { PayoutStep, Plan } from '../plan.ts';
import type { ScheduledAmount, Step } from '../result.ts';
import { step as shown } from '../working.ts';
import type { Situation } from './pay-out.ts';

type Refusal = { value: string; fix: string };

export function takeMalus({ key }: PayoutStep, situation: Situation): Step[] {
    const { context, books, period, amount } = situation;
    const now = context.periods[period]!;
    const decided = context.input.malus.filter(
        (one) => one.payeeId === books.payee.id && one.step === key && one.period === now.key
    );
    return decided.flatMap((one) => {
        const tranches = books.scheduled.filter((tranche) => isMeant(one, tranche));
        const left = sumOf(tranches.map((tranche) => leftOf(books, tranche)));
        const refusal = whyNot(one, tranches, left, situation);
        if (refusal) {
            tell(situation, one, refusal);
            return [];
        }
        cancel(situation, tranches, one.amount);
        situation.ledgers.move(key, '', 'malus', one.amount.negated());
        const { award, dueOn, reason, requestedBy, approvedBy } = one;
        const inputs = { award, dueOn, tranche: left, malus: one.amount, reason, requestedBy, approvedBy };
        return [shown('malus', situation.place, inputs, amount)];
    });
}

/** What reversals and malus have left of it. */
export function leftOf({ cancelled }: Books, scheduled: ScheduledAmount): Ratio {
    const off = cancelled.filter((one) => one.scheduled === scheduled);
    return scheduled.amount.minus(sumOf(off.map(({ amount }) => amount)));
}

function isMeant(one: MalusDecision, { kind, source, period, dueOn, form }: ScheduledAmount): boolean {
    const isOfAward = kind === 'tranche' && source === one.step && period === one.award;
    return isOfAward && dueOn === one.dueOn && form === one.form;
}

function whyNot(
    one: MalusDecision,
    tranches: readonly ScheduledAmount[],
    left: Ratio,
    { context, period }: Situation
): Refusal | null {
    const notApproved = whyNotApproved(one, one.payeeId, (person) => context.books.has(person));
    if (notApproved) return notApproved;
    if (tranches.length === 0)
        return { value: one.dueOn, fix: `The award of ${one.award} has no tranche of that day and form.` };
    const { start } = context.periods[period]!;
    if (one.dueOn < (one.on > start ? one.on : start))
        return { value: one.dueOn, fix: 'It vested before the decision: use clawback within its window.' };
    if (one.amount.sign <= 0) return { value: String(one.amount), fix: 'Say how much will not be paid.' };
    if (!isInUnits(one.amount, context.plan))
        return { value: String(one.amount), fix: `Write a whole number of ${context.plan.rounding.unit}.` };
    return one.amount.compare(left) > 0
        ? { value: String(one.amount), fix: `Only ${left} of the tranche is left.` }
        : null;
}

function isInUnits(amount: Ratio, { rounding }: Plan): boolean {
    return amount.over(rounding.unit).denominator === 1n;
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

function tell({ context, books, period }: Situation, { step, award }: MalusDecision, why: Refusal): void {
    context.problems.push({
        code: 'MALUS_NOT_VALID',
        where: `payee ${books.payee.id}, ${context.periods[period]!.key}, malus of ${step} ${award}`,
        value: why.value,
        fix: `Nothing is cancelled. ${why.fix}`
    });
}
