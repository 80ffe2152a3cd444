// What decisions on tranches and parts of schedules (malus, clawback) have in common: which tranches one means, whether it was approved
// as it must be, how one that may not be carried out is told. What each does is malus.ts, clawback.ts and ../part-malus.ts.
import type { Ratio } from '../../ratio.ts';
import { whyNotApproved } from '../approval.ts';
import type { TrancheDecision } from '../input.ts';
import type { ScheduledAmount } from '../result.ts';
import type { Situation } from './pay-out.ts';

export interface Refusal {
    value: string;
    fix: string;
}

/** Whose decisions are asked for, and when. */
export type Decided = Pick<Situation, 'context' | 'books' | 'period'>;

/** Those on what a step deferred, or a component scheduled, that take effect in the period. */
export function decisionsOf(
    kind: TrancheDecision['kind'],
    step: string,
    { context, books, period }: Decided
): TrancheDecision[] {
    const { key } = context.periods[period]!;
    return context.input.malus.filter(
        (one) =>
            one.kind === kind && one.payeeId === books.payee.id && one.step === step && one.period === key
    );
}

export function tranchesOf(one: TrancheDecision, scheduled: readonly ScheduledAmount[]): ScheduledAmount[] {
    return scheduled.filter(
        ({ kind, source, period, dueOn, form }) =>
            kind === 'tranche' &&
            source === one.step &&
            period === one.award &&
            dueOn === one.dueOn &&
            form === one.form
    );
}

/** Null where it was approved, names what there is (`meant`) and a whole amount. */
export function whyNotReadable(
    one: TrancheDecision,
    meant: readonly ScheduledAmount[],
    decided: Decided
): Refusal | null {
    const { context } = decided;
    const refusal = whyNotDecided(one, decided);
    if (refusal || meant.length > 0) return refusal;
    const what = context.component(one.step)
        ? 'part of that deal, day or event'
        : 'tranche of that day and form';
    return { value: one.dueOn || one.event, fix: `${one.step} of ${one.award} has no ${what}.` };
}

/** Null where it was approved, and says a whole amount. */
export function whyNotDecided(one: TrancheDecision, { context }: Decided): Refusal | null {
    const notApproved = whyNotApproved(one, one.payeeId, (person) => context.books.has(person));
    if (notApproved) return notApproved;
    if (one.amount.sign <= 0) return { value: String(one.amount), fix: 'Say how much, above zero.' };
    const { unit } = context.plan.rounding;
    return one.amount.over(unit).denominator === 1n
        ? null
        : { value: String(one.amount), fix: `Write a whole number of ${unit}.` };
}

/** Told where it is not the cash of the day. */
function formOf(form: TrancheDecision['form']): { form?: string } {
    return form === 'cash' ? {} : { form };
}

export function inputsOf(one: TrancheDecision, what: Readonly<Record<string, Ratio>>) {
    const { award, dueOn, form, reason, requestedBy, approvedBy } = one;
    return { award, dueOn, ...formOf(form), ...what, reason, requestedBy, approvedBy };
}

export function tellRefused(
    { kind, step, adjustment, award }: TrancheDecision,
    { value, fix }: Refusal,
    { context, books, period }: Decided
): void {
    const [code, nothing] =
        kind === 'malus'
            ? ['MALUS_NOT_VALID', 'Nothing is cancelled.']
            : ['CLAWBACK_NOT_VALID', 'Nothing is asked back.'];
    context.problems.push({
        code,
        where: `payee ${books.payee.id}, ${context.periods[period]!.key}, ${kind} of ${step || adjustment} ${award}`,
        value,
        fix: `${nothing} ${fix}`
    });
}
