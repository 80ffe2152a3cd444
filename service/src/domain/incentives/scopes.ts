// What names stand for at each place of a plan: for a transaction being credited, for a credit, for a payee's period.
// The table of names is docs/plan-language.md, Expressions.
import { ProblemError, type Problem } from '../problem.ts';
import { Ratio } from '../ratio.ts';
import { assignedDays, assignedMonths, fieldIn, fieldOn } from './assignment.ts';
import { balanceOf, HISTORY, type Booked, type Books, type Credited } from './books.ts';
import type { Context } from './context.ts';
import { earnedToDate, paidToDate } from './to-date.ts';
import { evaluate, type Scope } from './evaluate.ts';
import type { Value } from './expression.ts';
import { addedInPeriod, movementOfCredit, movementOfPeriod, type Movement } from './measure.ts';
import type { IsoDay, Measure } from './plan.ts';
import { daysOf, monthsOf } from './plan-calendar.ts';
import { quotaOn } from './quota.ts';
import { tableValue } from './rate-table.ts';
import { figureAt } from './working.ts';

abstract class PlanScope implements Scope {
    readonly context: Context;
    readonly where: string;
    /** parameters are read as of this day */
    readonly day: IsoDay;

    constructor(context: Context, where: string, day: IsoDay) {
        this.context = context;
        this.where = where;
        this.day = day;
    }

    abstract name(path: readonly string[]): Value | undefined;
    abstract group(name: string): Scope[] | null;

    table(key: string, x: Ratio, y: Ratio | null): Ratio {
        const table = this.context.table(key);
        if (!table) throw new Error(`the plan was not validated: table ${key}`);
        return tableValue(table, x, y, this);
    }

    /** A goal that is missing is named as one, also where its attainment was asked for. */
    missing([first, measure]: readonly string[]): Problem | undefined {
        if (!measure || !/^(quota|attainment|attainmentBefore)$/.test(first!)) return undefined;
        return {
            code: 'QUOTA_MISSING',
            where: `${this.where}, quotas.${measure}`,
            value: measure,
            fix: `Give a quota for ${measure}, in the plan or under quotas of the input.`
        };
    }

    parameter(key: string): Value | undefined {
        const expression = this.context.parameterOn(key, this.day);
        return expression && evaluate(expression, this);
    }
}

/** A transaction while it is credited. `amount` may be what deductions have left. */
export class TransactionScope extends PlanScope {
    readonly booked: Booked;
    readonly #amount: Ratio | null;

    constructor(context: Context, booked: Booked, amount = booked.amount) {
        super(context, `transaction ${booked.transaction.id}`, booked.transaction.date);
        this.booked = booked;
        this.#amount = amount;
    }

    name(path: readonly string[]): Value | undefined {
        const [first, second] = path;
        if (first === 'param' && second !== undefined) return this.parameter(second);
        if (path.length !== 1) return undefined;
        return first === 'amount' ? (this.#amount ?? undefined) : fieldOf(this.booked, first!);
    }

    group(): null {
        return null;
    }
}

/** A transaction as it is credited to one payee: shares and factors. */
export class ShareScope extends TransactionScope {
    readonly #books: Books;
    readonly #source: Books | undefined;
    readonly #own: Readonly<Record<string, Ratio>>;

    constructor(
        context: Context,
        booked: Booked,
        books: Books,
        source: Books | undefined,
        own: Record<string, Ratio>
    ) {
        super(context, booked);
        this.#books = books;
        this.#source = source;
        this.#own = own;
    }

    override name(path: readonly string[]): Value | undefined {
        const [first, second] = path;
        if (path.length === 1 && Object.hasOwn(this.#own, first!)) return this.#own[first!];
        if (first === 'payee' && second !== undefined) return fieldOn(this.#books, second, this.day);
        if (first === 'source' && second !== undefined && this.#source)
            return fieldOn(this.#source, second, this.day);
        return super.name(path);
    }
}

/** A payee's period. */
export class PeriodScope extends PlanScope {
    readonly books: Books;
    readonly period: number;

    constructor(context: Context, books: Books, period: number) {
        const { key, end } = context.periods[period]!;
        super(context, `payee ${books.payee.id}, ${key}`, end);
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
                return this.context.fact(second, this.books.payee.id, this.#span.key);
            case 'earning':
                return this.books.earned.get(second)?.[this.period]?.earning;
            case 'earningToDate':
                return (
                    this.context.component(second) &&
                    earnedToDate(this.context, this.books, second, this.period)
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
                return this.#members(context.reportsOf(books.payee.id));
            case 'organisation':
                return this.#members(context.organisationOf(books.payee.id));
            case 'everyone':
                return this.#members(
                    [...context.books.values()].filter((one) => assignedDays(one, this.#span) > 0)
                );
            case 'credits':
                return books.credits[period]!.map((credited) => new CreditScope(context, books, credited));
            case 'transactions':
                return transactionsOf(context, period, this.where);
            default:
                return null;
        }
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

/** A credit; names it does not know itself are those of the payee's period. */
export class CreditScope extends PlanScope {
    readonly books: Books;
    readonly credited: Credited;

    constructor(context: Context, books: Books, credited: Credited) {
        const { booked, credit, payeeId } = credited;
        const period = booked.period === HISTORY ? '' : `, ${context.periods[booked.period]!.key}`;
        super(context, `payee ${payeeId}${period}, transaction ${booked.transaction.id}`, credit.date);
        this.books = books;
        this.credited = credited;
    }

    name(path: readonly string[]): Value | undefined {
        const [first, second] = path;
        if (path.length === 1) return this.#ofCredit(first!);
        if (path.length !== 2 || second === undefined) return undefined;
        switch (first) {
            case 'param':
                return this.parameter(second);
            case 'payee':
                return fieldOn(this.books, second, this.day);
            case 'source': {
                const source = this.context.books.get(this.credited.sourceId);
                return source && fieldOn(source, second, this.day);
            }
            case 'earning':
                return this.credited.earned.get(second) ?? this.#period?.name(path);
            case 'inPeriod':
                return this.#period?.name(path);
            default:
                return this.#ofMeasure(first!, second) ?? this.#period?.name(path);
        }
    }

    group(name: string): Scope[] | null {
        return this.#period?.group(name) ?? null;
    }

    /** Sums of a measure before and with this credit. */
    movement(measure: Measure): Movement {
        return divided(movementOfCredit(this.context, this.books, measure, this.credited), measure, this);
    }

    quota(measure: Measure): Ratio | undefined {
        return this.#period?.quotaOn(measure, this.day);
    }

    #ofCredit(name: string): Value | undefined {
        const { credit, booked, level } = this.credited;
        switch (name) {
            case 'payable':
                return credit.payable;
            case 'quotaCredit':
                return credit.quota;
            case 'countCredit':
                return credit.count;
            case 'share':
                return credit.share;
            case 'level':
                return Ratio.of(level);
            case 'amount':
                return booked.amount ?? undefined;
            case 'paidToDate':
                return this.#period?.name(['paidToDate']);
            default:
                return fieldOf(booked, name);
        }
    }

    #ofMeasure(what: string, key: string): Ratio | undefined {
        const measure = this.context.measure(key);
        if (!measure || !this.books.measures.has(key)) return undefined;
        return ofMovement(
            what,
            key,
            this.where,
            () => this.movement(measure),
            () => this.quota(measure)
        );
    }

    get #period(): PeriodScope | undefined {
        const { period } = this.credited.booked;
        return period === HISTORY ? undefined : new PeriodScope(this.context, this.books, period);
    }
}

/** Another scope with some names of its own, e.g. a reversal's over those of the credit it takes back. */
export class OwnNamesScope implements Scope {
    readonly where: string;
    readonly #inner: Scope;
    readonly #own: Readonly<Record<string, Value>>;

    constructor(inner: Scope, own: Readonly<Record<string, Value>>) {
        this.where = inner.where;
        this.#inner = inner;
        this.#own = own;
    }

    name(path: readonly string[]): Value | undefined {
        const own = path.length === 1 && Object.hasOwn(this.#own, path[0]!) ? this.#own[path[0]!] : undefined;
        return own ?? this.#inner.name(path);
    }

    missing(path: readonly string[]): Problem | undefined {
        return this.#inner.missing?.(path);
    }

    table(key: string, x: Ratio, y: Ratio | null): Ratio {
        return this.#inner.table(key, x, y);
    }

    group(name: string): Scope[] | null {
        return this.#inner.group(name);
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
        if (first === 'fact') return this.context.fact(second, '', key);
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

/** Fields every transaction has, then those of the input. */
function fieldOf({ transaction, exchangeRate }: Booked, name: string): Value | undefined {
    switch (name) {
        case 'id':
        case 'date':
            return transaction[name];
        case 'owner':
        case 'currency':
        case 'reverses':
        case 'amends':
            return transaction[name] || undefined;
        case 'exchangeRate':
            return exchangeRate;
        default:
            return transaction.fields[name];
    }
}

function ofMovement(
    what: string,
    key: string,
    where: string,
    movement: () => Movement,
    quota: () => Ratio | undefined
): Ratio | undefined {
    switch (what) {
        case 'measure':
            return movement().after;
        case 'before':
            return movement().before;
        case 'quota':
            return quota();
        case 'attainment':
            return attainment(movement().after, quota(), key, where);
        case 'attainmentBefore':
            return attainment(movement().before, quota(), key, where);
        default:
            return undefined;
    }
}

function attainment(sum: Ratio, quota: Ratio | undefined, key: string, where: string): Ratio | undefined {
    if (!quota) return undefined;
    if (!quota.isZero) return sum.over(quota);
    throw new ProblemError({
        code: 'QUOTA_ZERO',
        where: `${where}, quotas.${key}`,
        value: '0',
        fix: `Give a quota above zero for ${key}: the plan asks for its attainment.`
    });
}

function divided(movement: Movement, { divideBy, key }: Measure, scope: Scope): Movement {
    if (!divideBy) return movement;
    const divisor = figureAt(divideBy, scope, `measures.${key}.divideBy`);
    if (!divisor.isZero)
        return { before: movement.before.over(divisor), after: movement.after.over(divisor) };
    throw new ProblemError({
        code: 'DIVISION_BY_ZERO',
        where: `${scope.where}, measures.${key}.divideBy`,
        value: '0',
        fix: 'Nothing can be divided by zero: correct divideBy.'
    });
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
