// Least and most of what is paid in an interval to date: 200 % of the target in a year stops the payout that would pass it.
import { larger, smaller } from '../../ratio.ts';
import type { PayoutStep } from '../plan.ts';
import { sumBefore } from '../to-date.ts';
import { figureAt, step as shown } from '../working.ts';
import type { Outcome, Situation } from './pay-out.ts';

export function applyLimit(step: PayoutStep & { kind: 'limit' }, situation: Situation): Outcome {
    const { context, books, period, amount, scope, place, isOnPlan } = situation;
    const amounts = books.afterStep.get(step.key) ?? [];
    const earlier = sumBefore(
        context,
        books,
        { step: step.key },
        step.interval,
        period,
        (index) => amounts[index]
    );
    const most = step.most && figureAt(step.most, scope, `${place}.limit.most`);
    const least = isOnPlan && step.least ? figureAt(step.least, scope, `${place}.limit.least`) : null;
    const toDate = amount.plus(earlier);
    const capped = most ? smaller(toDate, larger(most, earlier)) : toDate;
    const held = least ? larger(capped, least) : capped;
    const after = held.minus(earlier);
    const inputs = { amount, earlier, ...(most ? { most } : {}), ...(least ? { least } : {}) };
    return { after, working: [shown(`limit to date (${step.interval})`, place, inputs, after)] };
}
