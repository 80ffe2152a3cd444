// Malus on parts of a schedule: a decision that part of an instalment, or of what waits for an event, will never be paid. Only of what
// falls due in the period of the decision or later, never more than is left of it, and only with a reason and an approver whom the
// plan does not pay; any other decision is told and changes nothing. It was earned all the same: limits, true-ups and formulas count it.
import type { Ratio } from '../ratio.ts';
import { smaller, sumOf } from '../ratio.ts';
import type { Books, Due } from './books.ts';
import type { Context } from './context.ts';
import type { TrancheDecision } from './input.ts';
import { decisionsOf, tellRefused, whyNotReadable, type Refusal } from './payout/decision.ts';
import type { Component } from './plan.ts';
import type { EarningLine, ScheduledAmount } from './result.ts';
import { step } from './working.ts';

/** What it takes, as lines of the component; what falls due is less by it. */
export function takePartMalus(
    context: Context,
    books: Books,
    component: Component,
    period: number
): EarningLine[] {
    const decided = { context, books, period };
    return decisionsOf('malus', component.key, decided).flatMap((one) => {
        const parts = partsOf(one, books.scheduled);
        const open = openOf(books, period, new Set(parts));
        const left = sumOf(open.map(({ amount }) => amount));
        const refusal = whyNotReadable(one, parts, decided) ?? whyNot(one, open, left, decided);
        if (refusal) {
            tellRefused(one, refusal, decided);
            return [];
        }
        takeOff(books, open, period, one.amount);
        return [lineOf(one, left)];
    });
}

function partsOf(one: TrancheDecision, scheduled: readonly ScheduledAmount[]): ScheduledAmount[] {
    return scheduled.filter(
        ({ kind, source, period, transaction, event, dueOn }) =>
            (kind === 'instalment' || kind === 'release') &&
            source === one.step &&
            period === one.award &&
            transaction === one.transaction &&
            event === one.event &&
            (event !== '' || dueOn === one.dueOn)
    );
}

/** What of the parts falls due in the period or later. */
function openOf({ dues }: Books, period: number, parts: ReadonlySet<ScheduledAmount>): Due[] {
    return dues
        .slice(period)
        .flat()
        .filter(({ scheduled }) => scheduled !== null && parts.has(scheduled));
}

function whyNot(
    { dueOn, event, amount }: TrancheDecision,
    open: readonly Due[],
    left: Ratio,
    { context, period }: Parameters<typeof decisionsOf>[2]
): Refusal | null {
    if (open.length === 0)
        return {
            value: dueOn || event,
            fix: `It fell due before ${context.periods[period]!.key} and was paid.`
        };
    return amount.compare(left) > 0 ? { value: String(amount), fix: `Only ${left} of it is left.` } : null;
}

/** From the first to the last, where several parts say the same of themselves. */
function takeOff(books: Books, open: readonly Due[], period: number, malus: Ratio): void {
    let rest = malus;
    for (const due of open) {
        const amount = smaller(rest, due.amount);
        rest = rest.minus(amount);
        due.amount = due.amount.minus(amount);
        if (!amount.isZero) books.cancelled.push({ scheduled: due.scheduled!, period, amount });
    }
}

function lineOf(one: TrancheDecision, left: Ratio): EarningLine {
    const { award, dueOn, event, amount, reason, requestedBy, approvedBy } = one;
    const when: Record<string, string> = event === '' ? { dueOn } : { event };
    const inputs = { award, ...when, part: left, malus: amount, reason, requestedBy, approvedBy };
    const taken = amount.negated();
    const working = [step('malus', `components.${one.step}.schedule`, inputs, taken)];
    return { transaction: one.transaction, credit: '', kind: 'malus', amount: taken, bands: [], working };
}
