// The main path: credits, measures, components, what falls due, payout. Pure and exact; the same plan and input give the same
// result whatever the order of the rows. The rules in words: docs/plan-language.md, How a period is calculated.
import { ProblemError } from '../problem.ts';
import { sumOf, type Ratio } from '../ratio.ts';
import { assignedDays } from './assignment.ts';
import { bookTransactions } from './booking.ts';
import { fail, type Books } from './books.ts';
import { earn } from './component.ts';
import { Context } from './context.ts';
import { creditAll } from './credit.ts';
import { figuresOf } from './figures.ts';
import type { CalculationInput } from './input.ts';
import { measureResults } from './measure-results.ts';
import { openBooks } from './open-books.ts';
import { enterOpenParts } from './open-parts.ts';
import { duesPaid } from './payout/advance.ts';
import { payOut, type Payout } from './payout/pay-out.ts';
import type { Plan } from './plan.ts';
import type { CalculationResult } from './result.ts';

export function calculate(plan: Plan, input: CalculationInput): CalculationResult {
    const context = new Context(plan, input);
    noteWrongPayees(context);
    const { booked, reversals } = bookTransactions(context);
    openBooks(context, creditAll(context, booked), reversals);
    enterOpenParts(context, booked);
    for (const period of context.periods.keys()) calculatePeriod(context, period);
    const all = [...context.books.values()];
    return {
        plan: { key: plan.key, version: plan.version },
        currency: plan.currency,
        periods: [...context.periods],
        payees: all.map(({ payee, periods, problems }) => ({
            payeeId: payee.id,
            periods,
            total: sumOf(periods.map(({ paid }) => paid)),
            problems
        })),
        scheduled: all.flatMap((books) => toldSchedules(context, books)),
        problems: context.problems
    };
}

/** Those of whom the input says something wrong, and those without an assignment where assignments are given. */
function noteWrongPayees(context: Context): void {
    for (const { payeeId, problem } of context.input.wrongPayees) {
        const books = context.books.get(payeeId);
        if (books) fail(books, 0, problem);
        else context.problems.push(problem);
    }
    if (context.input.assignments.length === 0) return;
    for (const books of context.books.values())
        if (books.assignments.length === 0)
            fail(books, 0, {
                code: 'PAYEE_WITHOUT_PLAN',
                where: `payee ${books.payee.id}, assignments`,
                value: books.payee.id,
                fix: `Assign ${books.payee.id} to the plan, or leave the payee out.`
            });
}

function calculatePeriod(context: Context, period: number): void {
    for (const component of context.plan.components) earn(context, component, period);
    const paidOut = [...context.books.values()].flatMap((books) => payOrFail(context, books, period));
    // Everybody is paid before any ledger is closed, so that what others read does not depend on who comes first.
    for (const { handOn } of paidOut) handOn();
    for (const paid of paidOut) closePeriod(context, paid, period);
}

interface PaidOut extends Payout {
    books: Books;
    due: Ratio;
}

function payOrFail(context: Context, books: Books, period: number): PaidOut[] {
    if (books.failedFrom <= period) return [];
    try {
        const due = sumOf(duesPaid(context, books, period).map(({ amount }) => amount));
        return [{ books, due, ...payOut(context, books, period, due) }];
    } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        fail(books, period, error.problem);
        return [];
    }
}

function closePeriod(context: Context, { books, due, steps, paid, balances }: PaidOut, period: number): void {
    const { components } = books;
    books.components = [];
    books.paid[period] = paid;
    const isOnPlan = assignedDays(books, context.periods[period]!) > 0;
    const hasLines = components.some(({ lines }) => lines.length > 0);
    const isOwed = balances.some(({ opening, movements }) => !opening.isZero || movements.length > 0);
    if (!isOnPlan && !hasLines && !isOwed && due.isZero && paid.isZero) return;
    const { key } = context.periods[period]!;
    books.periods.push({
        period: key,
        credits: books.credits[period]!.map(({ credit }) => credit),
        measures: measureResults(context, books, period),
        components,
        due,
        payout: steps,
        paid,
        balances,
        figures: figuresOf(context, books, period, { due, paid })
    });
}

/** Those of earlier runs and of the periods told: of others neither schedules nor what was cancelled in them. */
function toldSchedules(
    { periods }: Context,
    { scheduled, cancelled, failedFrom }: Books
): CalculationResult['scheduled'] {
    const told = new Set(periods.slice(0, failedFrom).map(({ key }) => key));
    const own = new Set(periods.map(({ key }) => key));
    const off = Map.groupBy(
        cancelled.filter(({ period }) => period < failedFrom),
        (one) => one.scheduled
    );
    return scheduled
        .filter((one) => told.has(one.period) || !own.has(one.period))
        .map((one) => {
            const own = off.get(one) ?? [];
            const left = one.amount.minus(sumOf(own.map(({ amount }) => amount)));
            const cancelled = own.map(({ period, amount }) => ({ period: periods[period]!.key, amount }));
            return { ...one, amount: left, ...(cancelled.length === 0 ? {} : { cancelled }) };
        });
}
