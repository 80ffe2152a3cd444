// Figures that are told and not paid. One that cannot be worked out is left out and told as a problem; pay stands.
import { ProblemError } from '../problem.ts';
import type { Ratio } from '../ratio.ts';
import type { Books } from './books.ts';
import type { Context } from './context.ts';
import type { Scope } from './evaluate.ts';
import type { Figure } from './plan.ts';
import type { PayeePeriod } from './result.ts';
import { CreditScope } from './scopes/credit-scope.ts';
import { PeriodScope } from './scopes/period-scope.ts';
import { OwnNamesScope } from './scopes/plan-scope.ts';
import { valueAt } from './working.ts';

/** Figures per payee are told with the last period. */
export function figuresOf(
    context: Context,
    books: Books,
    period: number,
    told: { due: Ratio; paid: Ratio }
): PayeePeriod['figures'] {
    const isLast = period === context.periods.length - 1;
    const whole = new OwnNamesScope(new PeriodScope(context, books, period), told);
    return context.plan.figures.flatMap((figure) => {
        if (figure.per === 'payee' && !isLast) return [];
        if (figure.per !== 'credit') return worked(context, figure, whole, '');
        return books.credits[period]!.flatMap((credited) =>
            worked(context, figure, new CreditScope(context, books, credited), credited.credit.id)
        );
    });
}

function worked(
    context: Context,
    { key, value }: Figure,
    scope: Scope,
    credit: string
): PayeePeriod['figures'] {
    try {
        return [{ key, credit, value: valueAt(value, scope, `figures.${key}`) }];
    } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        context.problems.push(error.problem);
        return [];
    }
}
