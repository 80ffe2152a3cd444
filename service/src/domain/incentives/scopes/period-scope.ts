// Names for a payee's period, for a step of its payout, and for a period without any payee.
import { ProblemError } from '../../problem.ts';
import { Ratio } from '../../ratio.ts';
import { assignedDays, assignedMonths, assignedSpans, fieldIn, fieldOn } from '../assignment.ts';
import { balanceOf, type Books } from '../books.ts';
import type { Context } from '../context.ts';
import type { Scope } from '../evaluate.ts';
import type { Value } from '../expression.ts';
import { addedInPeriod, movementOfPeriod, type Movement } from '../measure.ts';
import type { IsoDay, Measure } from '../plan.ts';
import { daysIn, daysOf, monthsOf } from '../plan-calendar.ts';
import { quotaOn } from '../quota.ts';
import { earnedBefore, earnedToDate, paidToDate } from '../to-date.ts';
import { divided, ofMovement } from './movement-names.ts';
import { PlanScope } from './plan-scope.ts';
import { CreditScope } from './credit-scope.ts';
import { TransactionScope } from './transaction-scope.ts';

/** A payee's period. */
export class PeriodScope extends PlanScope {
    readonly books: Books;
    readonly period: number;

    constructor(context: Context, books: Books, period: number, day = context.periods[period]!.end) {
        super(context, `payee ${books.payee.id}, ${context.periods[period]!.key}`, day);
        this.books = books;
        this.period = period;
    }

    name(path: readonly string[]): Value | undefined {
        const [first, second] = path;
        if (path.length === 1)
            return first === 'paidToDate' ? paidToDate(this.context, this.books, this.period) : undefined;
        if (path.length !== 2 || second === undefined) return undefined;
        switch (first) {
            case 'param':
                return this.parameter(second);
            case 'payee':
                return fieldIn(this.books, second, this.#span, this.where);
            case 'fact':
                return this.context.rows.fact(second, this.books.payee.id, this.#span.key);
            case 'earning':
                return this.books.earned.get(second)?.[this.period]?.earning;
            case 'earningToDate':
                return (
                    this.context.component(second) &&
                    earnedToDate(this.context, this.books, second, this.period)
                );
            case 'earningBefore':
                return (
                    this.context.component(second) &&
                    earnedBefore(this.context, this.books, second, 'year', this.period, 'earning')
                );
            case 'balance':
                return this.#balance(second);
            case 'period':
                return this.#ofPeriod(second);
            case 'assigned':
                return this.#ofAssignment(second);
            default:
                return this.#ofMeasure(first!, second);
        }
    }

    group(name: string): Scope[] | null {
        const { context, books, period } = this;
        switch (name) {
            case 'team':
                return this.#members(context.reportsOf(books.payee.id, this.day));
            case 'organisation':
                return this.#members(context.organisationOf(books.payee.id, this.day));
            case 'everyone':
                return this.#members(
                    [...context.books.values()].filter((one) => assignedDays(one, this.#span) > 0)
                );
            case 'credits':
                return books.credits[period]!.map((credited) => new CreditScope(context, books, credited));
            case 'transactions':
                return transactionsOf(context, period, this.where);
            case 'days':
                return assignedSpans(books, this.#span)
                    .flatMap(daysIn)
                    .map((day) => new DayScope(context, books, period, day));
            default:
                return null;
        }
    }

    protected override given(first: string): string[] {
        return givenOf(first, this.context, this.books);
    }

    /** Null for measures without a goal. */
    quota(measure: Measure): Ratio | undefined {
        return this.quotaOn(measure, this.#span.end);
    }

    quotaOn(measure: Measure, day: IsoDay): Ratio | undefined {
        return quotaOn(this.context, this.books, measure, day, this.period, this);
    }

    /** Sums of a measure before the period and to its end. */
    movement(measure: Measure): Movement {
        const isInterval = !measure.window && measure.interval !== 'credit';
        if (
            isInterval &&
            this.context.calendar.intervalAt(measure.interval as 'year', this.#span.end).start >
                this.#span.start
        )
            throw new ProblemError({
                code: 'INTERVAL_SHORTER_THAN_PERIOD',
                where: `${this.where}, measures.${measure.key}`,
                value: measure.interval,
                fix: `The sum begins anew inside the period: use inPeriod.${measure.key}, or calculate per credit.`
            });
        return divided(movementOfPeriod(this.context, this.books, measure, this.period), measure, this);
    }

    inPeriod(measure: Measure): Ratio {
        const after = addedInPeriod(this.context, this.books, measure, this.period);
        return divided({ before: Ratio.ZERO, after }, measure, this).after;
    }

    get #span(): Context['periods'][number] {
        return this.context.periods[this.period]!;
    }

    #members(books: readonly Books[]): Scope[] {
        return books.map((one) => {
            if (one.failedFrom <= this.period) throw dependsOn(one.payee.id, this.where);
            return new PeriodScope(this.context, one, this.period);
        });
    }

    #balance(ledger: string): Ratio | undefined {
        const isKnown = this.books.balances.has(ledger) || this.context.ledgers.has(ledger);
        return isKnown ? balanceOf(this.books, ledger) : undefined;
    }

    #ofPeriod(name: string): Value | undefined {
        const { start, end } = this.#span;
        const { calendar, plan } = this.context;
        switch (name) {
            case 'start':
                return start;
            case 'end':
                return end;
            case 'number':
                return Ratio.of(calendar.numberInYear(plan.period, start));
            case 'days':
                return Ratio.of(daysOf(this.#span));
            case 'months':
                return Ratio.of(monthsOf(this.#span));
            default:
                return undefined;
        }
    }

    #ofAssignment(name: string): Value | undefined {
        switch (name) {
            case 'days':
                return Ratio.of(assignedDays(this.books, this.#span));
            case 'months':
                return Ratio.of(assignedMonths(this.books, this.#span));
            case 'part':
                return Ratio.of(assignedDays(this.books, this.#span), daysOf(this.#span));
            default:
                return undefined;
        }
    }

    #ofMeasure(what: string, key: string): Ratio | undefined {
        const measure = this.context.measure(key);
        if (!measure) return undefined;
        if (what === 'inPeriod') return this.inPeriod(measure);
        return ofMovement(
            what,
            key,
            this.where,
            () => this.movement(measure),
            () => this.quota(measure)
        );
    }
}

/** One day of a payee's period on the plan: fields and parameters are those of the day. */
class DayScope extends PeriodScope {
    override name(path: readonly string[]): Value | undefined {
        const [first, second] = path;
        return path.length === 2 && first === 'payee'
            ? fieldOn(this.books, second!, this.day)
            : super.name(path);
    }
}

/** Names of facts, or of fields of the payee, that the input gives. */
export function givenOf(first: string, { rows }: Context, { payee, assignments }: Books): string[] {
    if (first === 'fact') return rows.factNames().map((name) => `fact.${name}`);
    if (first !== 'payee') return [];
    return [payee, ...assignments].flatMap(({ fields }) =>
        Object.keys(fields).map((name) => `payee.${name}`)
    );
}

/** A payee's period in which the step of the payout may read what is due. */
export class PayoutScope extends PeriodScope {
    readonly #due: Ratio;

    constructor(context: Context, books: Books, period: number, due: Ratio) {
        super(context, books, period);
        this.#due = due;
    }

    override name(path: readonly string[]): Value | undefined {
        return path.length === 1 && path[0] === 'due' ? this.#due : super.name(path);
    }
}

/** The period without any payee, for what is shared among all, e.g. the amount of a pool. */
export class SharedScope extends PlanScope {
    readonly #period: number;

    constructor(context: Context, period: number) {
        const { key, end } = context.periods[period]!;
        super(context, key, end);
        this.#period = period;
    }

    name(path: readonly string[]): Value | undefined {
        const [first, second] = path;
        const { key, start, end } = this.context.periods[this.#period]!;
        if (path.length !== 2 || second === undefined) return undefined;
        if (first === 'param') return this.parameter(second);
        if (first === 'fact') return this.context.rows.fact(second, '', key);
        return first === 'period' ? { start, end }[second] : undefined;
    }

    group(name: string): Scope[] | null {
        if (name === 'transactions') return transactionsOf(this.context, this.#period, this.where);
        if (name !== 'everyone') return null;
        const span = this.context.periods[this.#period]!;
        return [...this.context.books.values()]
            .filter((books) => assignedDays(books, span) > 0)
            .map((books) => {
                if (books.failedFrom <= this.#period) throw dependsOn(books.payee.id, this.where);
                return new PeriodScope(this.context, books, this.#period);
            });
    }
}

function transactionsOf(context: Context, period: number, where: string): Scope[] {
    const wrong = context.wrongTransactions[period]![0];
    if (wrong !== undefined)
        throw new ProblemError({
            code: 'DEPENDS_ON_WRONG_TRANSACTION',
            where,
            value: wrong,
            fix: `This is calculated from all transactions: correct transaction ${wrong} first.`
        });
    return context.booked[period]!.map((booked) => new TransactionScope(context, booked));
}

export function dependsOn(payeeId: string, where: string): ProblemError {
    return new ProblemError({
        code: 'DEPENDS_ON_WRONG_PAYEE',
        where,
        value: payeeId,
        fix: `This is calculated from payee ${payeeId}, who has a problem: correct that first.`
    });
}
