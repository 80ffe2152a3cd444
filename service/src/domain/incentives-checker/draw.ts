// Draws: pay below the draw is topped up; where that is recoverable, later pay above the draw gives it back.
import { asText } from './data.ts';
import { exact, least, most, multiply, negative, ONE, sign, subtract, ZERO, type Exact } from './exact.ts';
import { asExact } from './values.ts';
import type { Paying } from './payout.ts';
import { formulaIn } from './plan-data.ts';
import { rounded } from './rounded.ts';

export function drawn(paying: Paying): Exact {
    const { key, part, amount, place, ledgers, working, isActive, isOnPlan } = paying;
    ledgers.page(key, '');
    const isRecoverable = asText(part['recoverable']) !== 'false';
    const isDrawn = isActive && isOnPlan;
    const draw = isDrawn ? most(asExact(formulaIn(part, 'amount')!(place)), ZERO) : ZERO;
    const added = subtract(draw, amount);
    if (isDrawn && sign(added) > 0) {
        if (isRecoverable) ledgers.move(key, '', 'advanced', added);
        const after = working.step(`payout.${key}`, { due: amount, draw, added }, draw);
        forgive(paying);
        return after;
    }
    return isRecoverable ? recovered(paying, draw) : amount;
}

function recovered(paying: Paying, draw: Exact): Exact {
    const { review, key, part, amount, place, ledgers, working } = paying;
    const owed = ledgers.standing(key);
    if (sign(owed) <= 0) return amount;
    const isEarly = number(paying) < Number(asText(part['recoverFromPeriod']) || '1');
    const shareOf = formulaIn(part, 'recoverShare');
    const share = shareOf ? asExact(shareOf(place)) : ONE;
    const above = most(subtract(amount, draw), ZERO);
    const available = isEarly ? ZERO : rounded(multiply(above, share), review.plan.rounding.unit, 'down');
    const back = least(owed, available);
    ledgers.move(key, '', 'recovered', negative(back));
    const after = working.step(
        `payout.${key}`,
        { due: amount, draw, owed, share, recovered: back },
        subtract(amount, back)
    );
    forgive(paying);
    return after;
}

/** What is still owed after so many periods is let go. */
function forgive(paying: Paying): void {
    const { key, part, ledgers, working } = paying;
    const owed = ledgers.standing(key);
    const after = asText(part['forgiveAfterPeriods']);
    if (after === '' || sign(owed) <= 0 || number(paying) < Number(after)) return;
    ledgers.move(key, '', 'forgiven', negative(owed));
    working.step(`payout.${key}`, { owed }, exact(0));
}

/** Number of the period since the payee came on the plan, from 1. */
function number({ review, payee, period }: Paying): number {
    const { periods } = review.input;
    const began = review.input.firstDay(payee);
    if (began === '') return period + 1;
    const { from } = periods[0]!;
    if (began < from) return period + 1 + review.plan.intervals.between(review.plan.period, began, from);
    return period - periods.findIndex(({ to }) => to >= began) + 1;
}
