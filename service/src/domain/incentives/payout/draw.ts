// Draws: a recoverable one lends what the due amount lacks and takes it back from later pay above the draw; one that is not
// recoverable tops up and is never taken back. Opening + advanced - recovered - forgiven = closing.
import { larger, Ratio, smaller } from '../../ratio.ts';
import { roundTo } from '../../rounding.ts';
import { firstDay } from '../assignment.ts';
import type { PayoutStep } from '../plan.ts';
import { figureAt, step as shown } from '../working.ts';
import type { Outcome, Situation } from './pay-out.ts';

type Draw = PayoutStep & { kind: 'draw' };

export function applyDraw(step: Draw, situation: Situation): Outcome {
    const { amount, scope, ledgers, place, isActive, isOnPlan } = situation;
    // Told even where it stands at zero: that nothing is owed is what a draw that is not recoverable is about.
    ledgers.balance(step.key);
    const isDrawn = isActive && isOnPlan;
    const draw = isDrawn
        ? larger(figureAt(step.amount, scope, `${place}.draw.amount`), Ratio.ZERO)
        : Ratio.ZERO;
    // Also a draw of nothing is advanced: negative pay is then owed and taken back from later pay.
    if (isDrawn && amount.compare(draw) < 0) return advance(step, situation, draw);
    return step.recoverable ? recover(step, situation, draw) : { after: amount, working: [] };
}

function advance(step: Draw, situation: Situation, draw: Ratio): Outcome {
    const { amount, ledgers, place } = situation;
    const added = draw.minus(amount);
    const what = step.recoverable ? 'advanced up to the draw' : 'topped up to the draw';
    if (step.recoverable) ledgers.move(step.key, '', 'advanced', added);
    const working = [shown(what, place, { due: amount, draw, added }, draw)];
    return { after: draw, working: [...working, ...forgive(step, situation)] };
}

/** From pay above the draw, in the share and from the period the plan says. */
function recover(step: Draw, situation: Situation, draw: Ratio): Outcome {
    const { context, amount, ledgers, scope, place } = situation;
    const owed = ledgers.balance(step.key);
    const above = larger(amount.minus(draw), Ratio.ZERO);
    if (owed.sign <= 0) return { after: amount, working: [] };
    const isEarly = periodOfDraw(situation) < step.recoverFromPeriod;
    const share = step.recoverShare
        ? figureAt(step.recoverShare, scope, `${place}.draw.recoverShare`)
        : Ratio.ONE;
    const { unit } = context.plan.rounding;
    const most = isEarly ? Ratio.ZERO : roundTo(above.times(share), unit, 'down');
    const recovered = smaller(owed, most);
    ledgers.move(step.key, '', 'recovered', recovered.negated());
    const after = amount.minus(recovered);
    const inputs = { due: amount, draw, owed, share, recovered };
    const what = isEarly ? `nothing recovered before period ${step.recoverFromPeriod}` : 'recovered';
    return { after, working: [shown(what, place, inputs, after), ...forgive(step, situation)] };
}

/** What is still owed after so many periods is let go. */
function forgive(step: Draw, situation: Situation): Outcome['working'] {
    const { ledgers, place } = situation;
    const owed = ledgers.balance(step.key);
    if (step.forgiveAfterPeriods === null || owed.sign <= 0) return [];
    if (periodOfDraw(situation) < step.forgiveAfterPeriods) return [];
    ledgers.move(step.key, '', 'forgiven', owed.negated());
    return [shown(`forgiven after period ${step.forgiveAfterPeriods}`, place, { owed }, Ratio.ZERO)];
}

/** Number of the period since the payee came on the plan, from 1. */
function periodOfDraw({ context, books, period }: Situation): number {
    const { calendar, plan, periods } = context;
    const first = periods[0]!.start;
    const began = firstDay(books);
    if (began === '') return period + 1;
    if (began < first) return period + 1 + calendar.intervalsBetween(plan.period, began, first);
    const begin = periods.findIndex(({ end }) => end >= began);
    return period - begin + 1;
}
