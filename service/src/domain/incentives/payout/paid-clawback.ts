// Clawback of what was paid without being deferred: a decision that part of what fell due in an earlier period, or of what another
// decision paid then outside the plan (`adjustment`), is owed back. Only within the time the step says, never more than was paid and
// not taken back before, and only with a reason and an approver whom the plan does not pay; any other decision is told and nothing is
// owed. What is owed comes off later pay, in the share the step says.
import { Ratio, smaller, sumOf } from '../../ratio.ts';
import { roundTo } from '../../rounding.ts';
import type { Due } from '../books.ts';
import { addMonths } from '../dates.ts';
import type { PaidAmount, TrancheDecision } from '../input.ts';
import type { PayoutStep } from '../plan.ts';
import type { ScheduledAmount, Step } from '../result.ts';
import { figureAt, step as shown } from '../working.ts';
import { carriedOut } from './clawback.ts';
import { decisionsOf, inputsOf, tellRefused, whyNotDecided, type Refusal } from './decision.ts';
import type { Outcome, Situation } from './pay-out.ts';

type Clawback = PayoutStep & { kind: 'clawback' };

export function clawBack(step: Clawback, situation: Situation): Outcome {
    const working = owe(step, situation);
    const recovered = recover(step, situation);
    return { after: recovered.after, working: [...working, ...recovered.working] };
}

function owe({ key, windowMonths }: Clawback, situation: Situation): Step[] {
    const { context, books, ledgers, place } = situation;
    const components = context.plan.components.filter(({ pays }) => pays).map(({ key: own }) => own);
    return [...components, OUTSIDE]
        .flatMap((component) => decisionsOf('clawback', component, situation))
        .flatMap((one) => {
            const paid = paidAndLeft(one, situation);
            const refusal =
                whyNotDecided(one, situation) ??
                notActive(key, situation) ??
                whyNot(one, paid, windowMonths, situation);
            if (refusal) {
                tellRefused(one, refusal, situation);
                return [];
            }
            books.clawedBack.push(one);
            ledgers.move(key, '', 'clawback', one.amount);
            const inputs = { ...whatPaid(one), ...inputsOf(one, { paid, clawback: one.amount }) };
            return [shown('clawback', place, inputs, ledgers.balance(key))];
        });
}

/** No component has this key. */
const OUTSIDE = '';

function whatPaid({ adjustment, step: component, transaction }: TrancheDecision): Record<string, string> {
    if (adjustment !== '') return { adjustment };
    return { component, ...(transaction === '' ? {} : { transaction }) };
}

function notActive(key: string, { isActive }: Situation): Refusal | null {
    return isActive ? null : { value: key, fix: 'The condition of the step does not hold in this period.' };
}

/** From pay above nothing, as much as the step lets go. */
function recover(
    { key, recoverShare }: Clawback,
    { context, amount, scope, ledgers, place }: Situation
): Outcome {
    const owed = ledgers.balance(key);
    if (owed.sign <= 0 || amount.sign <= 0) return { after: amount, working: [] };
    const share = recoverShare ? figureAt(recoverShare, scope, `${place}.clawback.recoverShare`) : Ratio.ONE;
    const recovered = smaller(owed, roundTo(amount.times(share), context.plan.rounding.unit, 'down'));
    if (recovered.sign <= 0) return { after: amount, working: [] };
    ledgers.move(key, '', 'recovered', recovered.negated());
    const after = amount.minus(recovered);
    return { after, working: [shown('recovered', place, { due: amount, owed, share, recovered }, after)] };
}

/** Of what fell due in the period the decision names, what was paid and neither reversed nor taken back since. */
function paidAndLeft(one: TrancheDecision, situation: Situation): Ratio {
    const { books, context } = situation;
    const taken = carriedOut(situation).filter(
        ({ step, transaction, adjustment }) =>
            step === one.step && transaction === one.transaction && adjustment === one.adjustment
    );
    if (one.adjustment !== '') return one.paid.minus(sumOf(taken.map(({ amount }) => amount)));
    const ofAward = taken.filter(({ award }) => award === one.award);
    const award = context.periods.findIndex(({ key }) => key === one.award);
    const dues = books.dues
        .slice(0, situation.period + 1)
        .map((list) => list.filter((due) => isOf(due, one)));
    const paidThen = award < 0 ? paidBefore(one, situation, [one.award]) : sum(dues[award] ?? []);
    const left = paidThen.minus(sumOf(ofAward.map(({ amount }) => amount)));
    if (one.transaction === '') return left;
    // Reversals come off what was paid later, too: all of it together is the most there is to take back.
    const ever = sum(dues.flat()).plus(paidBefore(one, situation, null));
    return smaller(left, ever.minus(sumOf(taken.map(({ amount }) => amount))));
}

/** By earlier runs, less what of it was still to fall due. `awards`: null for all. */
function paidBefore(
    { payeeId, step, transaction }: TrancheDecision,
    { context, books }: Situation,
    awards: readonly string[] | null
): Ratio {
    const rows =
        transaction === ''
            ? context.input.paid.filter((row) => row.payeeId === payeeId && row.transaction === '')
            : Object.values(context.rows.paidForSale(payeeId, transaction)).flat();
    const isMeant = (component: string, period: string): boolean =>
        component === step && (awards === null || awards.includes(period));
    const earned = rows.filter((row: PaidAmount) => isMeant(row.component, row.period));
    const keys = new Set(context.periods.map(({ key }) => key));
    const open = books.scheduled.filter(
        (part: ScheduledAmount) =>
            !keys.has(part.period) &&
            part.transaction === transaction &&
            isMeant(part.source, part.period) &&
            (part.dueOn === null || part.dueOn >= context.periods[0]!.start)
    );
    return sum(earned).minus(sum(open));
}

function isOf({ component, booked, scheduled }: Due, one: TrancheDecision): boolean {
    return component === one.step && (booked?.rootId ?? scheduled?.transaction ?? '') === one.transaction;
}

function sum(rows: readonly { amount: Ratio }[]): Ratio {
    return sumOf(rows.map(({ amount }) => amount));
}

function whyNot(
    { award, dueOn, on, amount }: TrancheDecision,
    left: Ratio,
    windowMonths: number,
    { context, period }: Situation
): Refusal | null {
    const { end } = context.periods[period]!;
    const paidIn = context.periods.findIndex(({ key }) => key === award);
    if (paidIn >= period) return { value: award, fix: 'It is not paid yet: use malus.' };
    const until = addMonths(context.periods[paidIn]?.end ?? dueOn, windowMonths);
    const decidedOn = on === '' ? end : on;
    if (until < decidedOn)
        return { value: decidedOn, fix: `The time in which it could be taken back is over since ${until}.` };
    return amount.compare(left) > 0
        ? { value: String(amount), fix: `Only ${left} of it was paid and is left.` }
        : null;
}
