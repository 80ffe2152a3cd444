// What becomes of deferred pay when the payee leaves: in the period of the last day, of each tranche that vests later the plan's part
// is kept and vests on its day, the rest lapses. Of tranches of one award the part may differ by the time served towards each.
import { ProblemError } from '../../problem.ts';
import { Ratio, smaller, sumOf } from '../../ratio.ts';
import { roundTo } from '../../rounding.ts';
import type { Context } from '../context.ts';
import { wholeMonths } from '../dates.ts';
import { dayOfKey } from '../period-keys.ts';
import type { PayoutStep } from '../plan.ts';
import type { ScheduledAmount, Step } from '../result.ts';
import { OwnNamesScope } from '../scopes/plan-scope.ts';
import { figureAt, step as shown } from '../working.ts';
import { leftOf } from './malus.ts';
import type { Situation } from './pay-out.ts';

type Deferral = PayoutStep & { kind: 'deferral' };

export function lapse(step: Deferral, situation: Situation): Step[] {
    const { context, books, period, ledgers, amount, place } = situation;
    const { start, end } = context.periods[period]!;
    const left = books.payee.end;
    if (step.afterLeaving === null || left < start || left > end) return [];
    const lapsed: Ratio[] = [];
    for (const tranche of books.scheduled) {
        if (tranche.kind !== 'tranche' || tranche.source !== step.key) continue;
        if (tranche.dueOn === null || tranche.dueOn <= left) continue;
        const lost = leftOf(books, tranche).minus(keptOf(step, situation, tranche, left));
        if (!lost.isZero) books.cancelled.push({ scheduled: tranche, period, amount: lost });
        lapsed.push(lost);
    }
    const sum = sumOf(lapsed);
    if (sum.isZero) return [];
    ledgers.move(step.key, '', 'lapsed', sum.negated());
    return [shown('lapsed on leaving', place, { left, lapsed: sum }, amount)];
}

function keptOf(step: Deferral, situation: Situation, tranche: ScheduledAmount, left: string): Ratio {
    const { context, books, scope } = situation;
    const open = leftOf(books, tranche);
    const place = `${situation.place}.deferral.afterLeaving`;
    const served = servedOf(situation, tranche, left);
    const own = new OwnNamesScope(scope, served ? { served } : {});
    const part = figureAt(step.afterLeaving!, own, place);
    if (part.sign < 0 || part.compare(Ratio.ONE) > 0)
        throw new ProblemError({
            code: 'SHARE_INVALID',
            where: `${scope.where}, ${place}`,
            value: part.toString(),
            fix: 'Give a part from 0 % to 100 %.'
        });
    const { unit, mode } = context.plan.rounding;
    return smaller(roundTo(open.times(part), unit, mode), open);
}

/** Whole months from the end of the award's period to the last day, of those to vesting; null where the period's key does not say. */
function servedOf({ context }: Situation, { period, dueOn }: ScheduledAmount, left: string): Ratio | null {
    const awarded = context.periods.find(({ key }) => key === period)?.end ?? lastDayOf(context, period);
    if (awarded === null) return null;
    const whole = wholeMonths(awarded, dueOn!);
    if (whole <= 0) return Ratio.ONE;
    return Ratio.of(Math.max(0, Math.min(whole, wholeMonths(awarded, left))), whole);
}

/** Of a period of an earlier run. */
function lastDayOf({ calendar, plan }: Context, period: string): string | null {
    const first = dayOfKey(period, plan);
    return first === null ? null : calendar.intervalAt(plan.period, first).end;
}
