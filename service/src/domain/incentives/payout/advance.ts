// Advances: what is earned repays what was advanced in the same scope (e.g. the same policy) before anything is paid. A ledger
// named as a component is one to which that component's pay is advanced; otherwise balances come from the input's openings.
import { Ratio, smaller, sumOf } from '../../ratio.ts';
import type { Books, Due } from '../books.ts';
import type { Context } from '../context.ts';
import type { PayoutStep } from '../plan.ts';
import type { Step } from '../result.ts';
import { step as shown } from '../working.ts';
import type { Outcome, Situation } from './pay-out.ts';

type Advance = PayoutStep & { kind: 'advance' };

/** What falls due in the period of components that pay. */
export function duesPaid(context: Context, books: Books, period: number): Due[] {
    return books.dues[period]!.filter(({ component }) => context.component(component)?.pays ?? true);
}

export function repayAdvance(step: Advance, situation: Situation): Outcome {
    const { context, books, period, amount, ledgers, place } = situation;
    const dues = duesPaid(context, books, period);
    for (const due of dues.filter(({ component }) => component === step.ledger))
        ledgers.move(step.ledger, scopeOf(step, due), 'advanced', due.amount);
    const earned = Map.groupBy(
        dues.filter(({ component }) => component !== step.ledger),
        (due) => scopeOf(step, due)
    );
    let after = amount;
    const working: Step[] = [];
    for (const scope of ledgers.scopesOf(step.ledger)) {
        const owed = ledgers.balance(step.ledger, scope);
        const own = step.scope ? sumOf((earned.get(scope) ?? []).map((due) => due.amount)) : after;
        const repaid = smaller(owed, smaller(own, after));
        if (repaid.sign <= 0) continue;
        ledgers.move(step.ledger, scope, 'repaid', repaid.negated());
        after = after.minus(repaid);
        working.push(
            shown('repaid', place, { ...(scope ? { scope } : {}), owed, earned: own, repaid }, after)
        );
    }
    return { after, working };
}

/** The transaction's own value of the field, e.g. the policy; '' where it has none. */
function scopeOf({ scope }: Advance, { booked }: Due): string {
    if (!scope || !booked) return '';
    const value = booked.transaction.fields[scope];
    return value instanceof Ratio ? value.toString() : String(value ?? '');
}
