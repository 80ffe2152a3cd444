// Decisions on pay that is still to come, or has vested: malus goes to the engine, which takes it off tranches that have not vested and
// parts of schedules that are not paid; clawback asks back what has vested, on the day of the decision, within its window, and all
// decisions together never more than was paid. Anything else is told and not carried out.
import type { ScheduledAmount } from '../incentives/scheduled-amount.ts';
import type { Problem } from '../problem.ts';
import { Ratio } from '../ratio.ts';
import { amountOf } from './figures.ts';
import type { AdjustmentFact, PayFacts, PaymentFact } from './pay-facts.ts';
import type { Stretch } from './plan-timeline.ts';

/** For the input of the version that pays the period of the decision. */
export function malusRows(
    { adjustments }: PayFacts,
    stretch: Stretch
): (Record<string, string> & { payee: string })[] {
    const keys = new Set(stretch.periods.map(({ key }) => key));
    return adjustments
        .filter((one) => one.planKey === stretch.version.planKey && keys.has(one.periodKey))
        .filter((one) => one.kind === 'Malus' && whyNoMalus(one, stretch) === null)
        .map(({ payeeId, periodKey, decidedOn, amount, reason, requestedBy, approvedBy, payment }) => ({
            payee: payeeId,
            component: payment!.source,
            award: payment!.periodKey,
            ...partOf(payment!),
            form: payment!.form.toLowerCase(),
            period: periodKey,
            ...(decidedOn === '' ? {} : { on: decidedOn }),
            amount: amountOf(amount ?? '0')
                .negated()
                .toString(),
            reason,
            requestedBy,
            approvedBy
        }));
}

/** Of the period that is calculated; what the engine refuses it tells itself. */
export function refusedMalus({ adjustments, period }: PayFacts, stretch: Stretch): Problem[] {
    return adjustments
        .filter((one) => one.kind === 'Malus' && one.planKey === stretch.version.planKey)
        .filter(({ periodKey }) => periodKey === period.key)
        .flatMap((one) => {
            const fix = whyNoMalus(one, stretch);
            return fix === null ? [] : [refusal('MALUS_NOT_VALID', one, one.payment?.key ?? '', fix)];
        });
}

/** What tells the payment from others of its source and period: its deal and event, or its day. */
function partOf({ transaction, event, dueOn }: PaymentFact): Record<string, string> {
    return {
        ...(transaction === '' ? {} : { transaction }),
        ...(event === '' ? { dueOn } : { event })
    };
}

const NOT_PAID_YET = new Set(['Tranche', 'Instalment', 'Release']);

function whyNoMalus({ payment }: AdjustmentFact, { version, plan }: Stretch): string | null {
    if (!payment || !NOT_PAID_YET.has(payment.kind))
        return 'Nothing is cancelled. Malus takes from a deferred tranche, an instalment or a release: name its scheduled payment.';
    const isTranche = payment.kind === 'Tranche';
    const parts = isTranche
        ? plan.payout.filter(({ kind }) => kind === 'deferral')
        : plan.components.filter(({ schedule }) => schedule);
    if (parts.some(({ key }) => key === payment.source)) return null;
    const what = isTranche ? 'step' : 'component with a schedule';
    return `Nothing is cancelled. ${version.key} pays it, but has no ${what} ${payment.source}: make a version with it.`;
}

/** A clawback of what a published line paid (paid-clawbacks.ts). */
export function isOfPaidLine({ kind, corrects, payment }: AdjustmentFact): boolean {
    return kind === 'Clawback' && corrects !== '' && payment === null;
}

/** Clawbacks of the period that may be carried out, and why the others may not. `paidOf`: what is left of a scheduled payment. */
export function clawbacks(
    { adjustments, period }: PayFacts,
    planKey: string,
    payeeId: string,
    paidOf: (paymentKey: string) => ScheduledAmount | undefined
): { carriedOut: AdjustmentFact[]; refused: Problem[] } {
    const asked = adjustments.filter(
        (one) =>
            one.kind === 'Clawback' &&
            one.planKey === planKey &&
            one.payeeId === payeeId &&
            !isOfPaidLine(one)
    );
    const takenBack = new Map<string, Ratio>();
    const carriedOut: AdjustmentFact[] = [];
    const refused: Problem[] = [];
    for (const one of asked) {
        const key = one.payment?.key ?? '';
        const before = takenBack.get(key) ?? Ratio.ZERO;
        const amount = amountOf(one.amount ?? '0').negated();
        const decidedOn = one.decidedOn || period.end;
        const why = whyNoClawback(paidOf(key), amount, before, decidedOn);
        if (why === null) takenBack.set(key, before.plus(amount));
        if (one.periodKey !== period.key) continue;
        if (why === null) carriedOut.push(one);
        else
            refused.push(
                refusal('CLAWBACK_NOT_VALID', one, amount.toFixed(2), `Nothing is asked back. ${why}`)
            );
    }
    return { carriedOut, refused };
}

function whyNoClawback(
    payment: ScheduledAmount | undefined,
    amount: Ratio,
    before: Ratio,
    decidedOn: string
): string | null {
    if (!payment) return 'Name the scheduled payment it takes back (ScheduledPayment__c).';
    const { dueOn, clawbackUntil } = payment;
    if (dueOn === null || dueOn > decidedOn) return 'The payment has not vested yet: use malus.';
    if (clawbackUntil === null || clawbackUntil < decidedOn)
        return `The time in which it could be taken back is over${clawbackUntil ? ` since ${clawbackUntil}` : ''}.`;
    if (amount.sign <= 0) return 'Say how much is taken back, as a negative amount.';
    const left = payment.amount.minus(before);
    return amount.compare(left) > 0
        ? `Only ${left.toFixed(2)} of it was paid and not taken back before.`
        : null;
}

export function refusal(code: string, { id }: AdjustmentFact, value: string, fix: string): Problem {
    return { code, where: `adjustment ${id}`, value, fix };
}
