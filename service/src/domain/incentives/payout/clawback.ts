// Clawback: a decision that part of a tranche that has vested is asked back. It comes off the pay of its period, whatever the tranche
// was paid in; only within the time the tranche can be taken back in, all decisions together never more than vested, and only with
// a reason and an approver whom the plan does not pay. Any other decision is told and takes nothing.
import { Ratio, sumOf } from '../../ratio.ts';
import type { TrancheDecision } from '../input.ts';
import type { PayoutStep } from '../plan.ts';
import type { ScheduledAmount, Step } from '../result.ts';
import { step as shown } from '../working.ts';
import { decisionsOf, inputsOf, tellRefused, tranchesOf, whyNotReadable, type Refusal } from './decision.ts';
import { leftOf } from './malus.ts';
import type { Outcome, Situation } from './pay-out.ts';

/** After what vests in the period. */
export function takeBack({ key }: PayoutStep, situation: Situation, vested: Outcome): Outcome {
    const { books, place } = situation;
    let { after } = vested;
    const working: Step[] = [];
    for (const one of decisionsOf('clawback', key, situation)) {
        const tranches = tranchesOf(one, books.scheduled);
        const paid = sumOf(tranches.map((tranche) => leftOf(books, tranche)));
        const left = paid.minus(takenBefore(one, situation));
        const refusal = whyNotReadable(one, tranches, situation) ?? whyNot(one, tranches, left, situation);
        if (refusal) {
            tellRefused(one, refusal, situation);
            continue;
        }
        books.clawedBack.push(one);
        after = after.minus(one.amount);
        working.push(shown('clawback', place, inputsOf(one, { vested: left, clawback: one.amount }), after));
    }
    return { after, working: [...vested.working, ...working] };
}

function takenBefore(one: TrancheDecision, situation: Situation): Ratio {
    const same = carriedOut(situation).filter(
        ({ step, award, dueOn, form }) =>
            step === one.step && award === one.award && dueOn === one.dueOn && form === one.form
    );
    return sumOf(same.map(({ amount }) => (amount.sign > 0 ? amount : Ratio.ZERO)));
}

/** Decisions carried out in this calculation, and those of days and periods before it. */
export function carriedOut({ context, books }: Situation): TrancheDecision[] {
    const { start } = context.periods[0]!;
    const keys = new Set(context.periods.map(({ key }) => key));
    const before = context.input.malus.filter(
        ({ kind, payeeId, on, period }) =>
            kind === 'clawback' && payeeId === books.payee.id && on !== '' && on < start && !keys.has(period)
    );
    return [...before, ...books.clawedBack];
}

function whyNot(
    { dueOn, on, amount }: TrancheDecision,
    tranches: readonly ScheduledAmount[],
    left: Ratio,
    { context, period }: Situation
): Refusal | null {
    const { end } = context.periods[period]!;
    const decidedOn = on === '' ? end : on;
    if (dueOn > (decidedOn < end ? decidedOn : end))
        return { value: dueOn, fix: 'It has not vested yet: use malus.' };
    const until = tranches[0]!.clawbackUntil;
    if (until === null || until < decidedOn)
        return {
            value: decidedOn,
            fix: `The time in which it could be taken back is over${until ? ` since ${until}` : ''}.`
        };
    return amount.compare(left) > 0
        ? { value: String(amount), fix: `Only ${left} of it vested and was not taken back before.` }
        : null;
}
