// From what is due to what is paid: the steps under `payout`, each from the amount the one before left.
import { ProblemError } from '../../problem.ts';
import { Ratio } from '../../ratio.ts';
import { assignedDays } from '../assignment.ts';
import type { Books } from '../books.ts';
import type { Context } from '../context.ts';
import type { PayoutStep } from '../plan.ts';
import type { Balance, PayeePeriod, Step } from '../result.ts';
import { PayoutScope } from '../scopes/period-scope.ts';
import { holds, roundAt, step as shown, workedFigure } from '../working.ts';
import { repayAdvance } from './advance.ts';
import { carryNegative } from './carry-negative.ts';
import { takeBack } from './clawback.ts';
import { clawBack } from './paid-clawback.ts';
import { defer, vest } from './deferral.ts';
import { applyDraw } from './draw.ts';
import { Ledgers } from './ledgers.ts';
import { applyLimit } from './limit.ts';

/** A step as it meets one payee in one period. */
export interface Situation {
    context: Context;
    books: Books;
    period: number;
    /** what the step before left */
    amount: Ratio;
    scope: PayoutScope;
    ledgers: Ledgers;
    /** place of the step in the plan */
    place: string;
    /** whether the step's condition holds */
    isActive: boolean;
    /** whether the payee is on the plan in the period; others get what falls due, and nothing is guaranteed or added */
    isOnPlan: boolean;
}

export interface Outcome {
    after: Ratio;
    working: Step[];
}

export interface Payout {
    steps: PayeePeriod['payout'];
    paid: Ratio;
    balances: Balance[];
    /** closes the ledgers: their balances are those of the next period */
    handOn(): void;
}

export function payOut(context: Context, books: Books, period: number, due: Ratio): Payout {
    const ledgers = new Ledgers(books);
    const isOnPlan = assignedDays(books, context.periods[period]!) > 0;
    const steps: Payout['steps'] = [];
    let amount = due;
    for (const step of context.plan.payout) {
        const place = `payout.${step.key}`;
        const scope = new PayoutScope(context, books, period, amount);
        const isActive = holds(step.when, scope, `${place}.when`);
        const { after, working } = apply(step, {
            isOnPlan,
            context,
            books,
            period,
            amount,
            scope,
            ledgers,
            place,
            isActive
        });
        const isMoved = !after.equals(amount) || working.length > 0;
        const rounded = isMoved ? roundAt('component', after, context.plan.rounding) : amount;
        if (isMoved) steps.push({ key: step.key, before: amount, after: rounded, working });
        noteAfter(books, step.key, period, rounded);
        amount = rounded;
    }
    const paid = roundAt('payout', amount, context.plan.rounding);
    return { steps, paid, balances: ledgers.told(), handOn: () => ledgers.handOn() };
}

/** Draws, advances, carried amounts and deferrals go on when their condition ends: what is owed stays owed. */
function apply(step: PayoutStep, situation: Situation): Outcome {
    switch (step.kind) {
        case 'draw':
            return applyDraw(step, situation);
        case 'advance':
            return repayAdvance(step, situation);
        case 'carryNegative':
            return carryNegative(step, situation);
        case 'clawback':
            return clawBack(step, situation);
        case 'deferral': {
            const deferred = situation.isActive
                ? defer(step, situation)
                : { after: situation.amount, working: [] };
            return takeBack(step, situation, vest(step, situation, deferred));
        }
        default:
            return situation.isActive ? change(step, situation) : { after: situation.amount, working: [] };
    }
}

function change(
    step: PayoutStep & { kind: 'add' | 'limit' | 'multiply' | 'grossUp' },
    situation: Situation
): Outcome {
    const { amount, scope, place, isOnPlan } = situation;
    switch (step.kind) {
        case 'limit':
            return applyLimit(step, situation);
        case 'add': {
            if (!isOnPlan) return { after: amount, working: [] };
            const added = workedFigure('add', step.amount, scope, `${place}.add`);
            return { after: amount.plus(added.value), working: [added.step] };
        }
        case 'multiply': {
            const by = workedFigure('multiply', step.by, scope, `${place}.multiply`);
            return { after: amount.times(by.value), working: [by.step] };
        }
        case 'grossUp':
            return grossUp(step, situation);
    }
}

/** So that after tax at the rate the amount is left: 6,000 at 40 % is paid as 10,000. */
function grossUp({ rate }: PayoutStep & { kind: 'grossUp' }, { amount, scope, place }: Situation): Outcome {
    const tax = workedFigure('tax rate', rate, scope, `${place}.grossUp.rate`);
    if (tax.value.sign < 0 || tax.value.compare(Ratio.ONE) >= 0)
        throw rateOutside(scope.where, place, tax.value);
    const after = amount.over(Ratio.ONE.minus(tax.value));
    return {
        after,
        working: [tax.step, shown('amount / (1 - rate)', place, { amount, rate: tax.value }, after)]
    };
}

function rateOutside(where: string, place: string, rate: Ratio): ProblemError {
    return new ProblemError({
        code: 'TAX_RATE_INVALID',
        where: `${where}, ${place}.grossUp.rate`,
        value: rate.toString(),
        fix: 'Give a rate from 0 % to below 100 %.'
    });
}

function noteAfter(books: Books, key: string, period: number, after: Ratio): void {
    const amounts = books.afterStep.get(key) ?? [];
    amounts[period] = after;
    books.afterStep.set(key, amounts);
}
