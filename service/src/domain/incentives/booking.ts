// Transactions before they are credited: put in order, in their period, in the plan's currency, linked to what they amend or
// reverse. One with something wrong is left out with a problem of everybody it names.
import { ProblemError, type Problem } from '../problem.ts';
import { Ratio } from '../ratio.ts';
import { managerOn } from './assignment.ts';
import { compareText } from './attribution.ts';
import { fail, HISTORY, type Booked, type Reversal } from './books.ts';
import type { Context } from './context.ts';
import { truth } from './evaluate.ts';
import type { Expression } from './expression.ts';
import type { Fields, Transaction } from './input.ts';
import { originalUnknown } from './original-unknown.ts';
import { ShareScope } from './scopes/transaction-scope.ts';

export interface Bookings {
    /** in order of events */
    booked: Booked[];
    reversals: Reversal[];
}

interface Known {
    /** the original as it was first booked */
    original: Booked;
    /** as last amended, with the whole amount */
    last: Booked;
    /** part that reversals have left */
    left: Ratio;
}

/** By date; on one day sales before what reverses or amends a sale; then by id. */
export function inOrderOfEvents(a: Transaction, b: Transaction): number {
    const isLink = ({ reverses, amends }: Transaction): number => (reverses !== '' || amends !== '' ? 1 : 0);
    return compareText(a.date, b.date) || isLink(a) - isLink(b) || compareText(a.id, b.id);
}

export function bookTransactions(context: Context): Bookings {
    const booker = new Booker(context);
    const transactions = context.input.transactions.toSorted(inOrderOfEvents);
    const counts = new Map<string, number>();
    for (const { id } of transactions) counts.set(id, (counts.get(id) ?? 0) + 1);
    for (const transaction of transactions) {
        const period = context.periodOn(transaction.date);
        const outside =
            period === null ? outsidePeriods(transaction) : outsidePlan(context, transaction, period);
        if (period === null || outside) {
            context.problems.push(outside!);
            continue;
        }
        try {
            if (transaction.problem) throw new ProblemError(transaction.problem);
            if (counts.get(transaction.id)! > 1) throw duplicate(transaction);
            booker.book(transaction, period);
        } catch (error) {
            if (!(error instanceof ProblemError)) throw error;
            leaveOut(context, transaction, period, error.problem);
        }
    }
    return booker.bookings;
}

/** Nothing is told from this period on of the payees a wrong transaction names, nor of those credited through them. */
export function leaveOut(context: Context, transaction: Transaction, period: number, problem: Problem): void {
    context.wrongTransactions[Math.max(period, 0)]!.push(transaction.id);
    const affected = affectedBy(context, transaction);
    for (const payeeId of affected) fail(context.books.get(payeeId)!, period, problem);
    if (affected.size === 0) context.problems.push(problem);
}

class Booker {
    readonly bookings: Bookings = { booked: [], reversals: [] };
    readonly #context: Context;
    readonly #known = new Map<string, Known>();

    constructor(context: Context) {
        this.#context = context;
    }

    book(transaction: Transaction, period: number): void {
        if (transaction.reverses !== '') return this.#reverse(transaction, period);
        if (transaction.amends !== '') return this.#amend(transaction, period);
        const booked = this.#converted(transaction, period, transaction.id);
        this.#known.set(transaction.id, { original: booked, last: booked, left: Ratio.ONE });
        this.bookings.booked.push(booked);
    }

    #converted(transaction: Transaction, period: number, rootId: string): Booked {
        const exchangeRate = this.#context.rows.exchangeRateOf(transaction);
        const amount = transaction.amount && transaction.amount.times(exchangeRate);
        return { transaction, amount, exchangeRate, period, rootId };
    }

    /** A transaction of the difference. Words and days, owner and shares are the original's where the amendment is silent;
     *  other figures count as the amendment gives them. */
    #amend(amendment: Transaction, period: number): void {
        const known = this.#known.get(amendment.amends);
        if (!known) throw this.#unknown(amendment, 'amends');
        const { original } = known;
        const converted = this.#converted(inCurrencyOf(original, amendment), period, original.rootId);
        if (!converted.amount) throw noAmount(amendment);
        if (!known.left.equals(Ratio.ONE)) throw reversedBefore(amendment);
        const difference = converted.amount.minus(known.last.amount ?? Ratio.ZERO);
        known.last = converted;
        this.#known.set(amendment.id, known);
        const transaction = withDetailsOf(original.transaction, converted.transaction);
        this.bookings.booked.push({ ...converted, transaction, amount: difference });
    }

    #reverse(transaction: Transaction, period: number): void {
        const known = this.#known.get(transaction.reverses);
        const isPaid = this.#context.rows.paidFor(transaction.reverses).length > 0;
        if (!known && !isPaid) throw this.#unknown(transaction, 'reverses');
        const original = known?.original ?? null;
        const rootId = original?.rootId ?? transaction.reverses;
        const fraction = this.#fractionOf(transaction, known);
        this.bookings.reversals.push({ transaction, period, rootId, original, fraction });
    }

    /** What is not there to be taken back or restated, and why. */
    #unknown(transaction: Transaction, field: 'reverses' | 'amends'): ProblemError {
        return originalUnknown(transaction, field, this.#context.rows.transaction(transaction[field]));
    }

    /** All that is left of it, or its amount's part of the original's. */
    #fractionOf(transaction: Transaction, known: Known | undefined): Ratio {
        if (!known) return Ratio.ONE;
        const { last, left } = known;
        const isPart = transaction.amount && last.amount && !last.amount.isZero;
        const wanted = isPart ? this.#partOf(last, transaction) : left;
        if (left.isZero || wanted.compare(left) > 0) throw aboveOriginal(transaction);
        known.left = left.minus(wanted);
        return wanted;
    }

    /** In one currency as the amounts are written, whatever became of the rate; in two by what each was worth on its day. */
    #partOf(last: Booked, reversal: Transaction): Ratio {
        const own = inCurrencyOf(last, reversal);
        const isSame = own.currency === last.transaction.currency;
        const part = isSame
            ? own.amount!.over(last.transaction.amount!)
            : own.amount!.times(this.#context.rows.exchangeRateOf(own)).over(last.amount!);
        return part.absolute();
    }
}

/** What restates or takes back a sale is in its currency where it does not say another. */
function inCurrencyOf({ transaction: original }: Booked, transaction: Transaction): Transaction {
    return { ...transaction, currency: transaction.currency || original.currency };
}

function aboveOriginal({ id, amount, reverses }: Transaction): ProblemError {
    return new ProblemError({
        code: 'REVERSAL_ABOVE_ORIGINAL',
        where: `transaction ${id}, amount`,
        value: amount?.toString() ?? '',
        fix: `Reverse at most what is left of ${reverses}, or leave the amount out to reverse all of that.`
    });
}

function withDetailsOf(original: Transaction, amendment: Transaction): Transaction {
    const words = Object.entries(original.fields).filter(([, value]) => !(value instanceof Ratio));
    return {
        ...amendment,
        owner: amendment.owner || original.owner,
        splits: orElse(amendment.splits, original.splits),
        owners: orElse(amendment.owners, original.owners),
        touches: orElse(amendment.touches, original.touches),
        team: { ...original.team, ...amendment.team },
        coalitions: { ...original.coalitions, ...amendment.coalitions },
        events: { ...original.events, ...amendment.events },
        fields: { ...(Object.fromEntries(words) as Fields), ...amendment.fields }
    };
}

function orElse<T>(own: T[], other: T[]): T[] {
    return own.length > 0 ? own : other;
}

/** Payees the transaction names or is credited to by name, its original's, and their managers where overrides are paid. */
function affectedBy(context: Context, transaction: Transaction): Set<string> {
    const { crediting } = context.plan;
    const original = context.rows.transaction(transaction.reverses || transaction.amends);
    const named = [transaction, ...(original ? [original] : [])].flatMap(namedIn);
    const fixed = crediting.flatMap(({ to }) => (to.kind === 'payee' ? [to.payee] : []));
    const meant = crediting.flatMap(({ to }) =>
        to.kind === 'payees' ? mayBeMeant(context, transaction, to.when) : []
    );
    const affected = new Set([...named, ...fixed, ...meant].filter((id) => context.books.has(id)));
    const levels = crediting.reduce((sum, { to }) => sum + (to.kind === 'manager' ? to.levels : 0), 0);
    for (const payeeId of [...affected]) {
        let managerId = managerOn(context.books.get(payeeId)!, transaction.date);
        for (let level = 0; level < levels && context.books.has(managerId); level++) {
            affected.add(managerId);
            managerId = managerOn(context.books.get(managerId)!, transaction.date);
        }
    }
    return affected;
}

/** Also those of whom it cannot be told. */
function mayBeMeant(context: Context, transaction: Transaction, when: Expression): string[] {
    const { id: rootId, amount } = transaction;
    const booked: Booked = { transaction, amount, exchangeRate: Ratio.ONE, period: HISTORY, rootId };
    return [...context.books].flatMap(([id, books]) => {
        try {
            const scope = new ShareScope(context, booked, books, undefined, {});
            return truth(when, scope) ? [id] : [];
        } catch (error) {
            if (!(error instanceof ProblemError)) throw error;
            return [id];
        }
    });
}

function namedIn(transaction: Transaction): string[] {
    return [
        transaction.owner,
        ...transaction.splits.map(({ payeeId }) => payeeId),
        ...Object.values(transaction.team),
        ...transaction.owners.map(({ payeeId }) => payeeId),
        ...transaction.touches.map(({ payeeId }) => payeeId),
        ...Object.keys(transaction.coalitions).flatMap((ids) => ids.split(',').map((id) => id.trim()))
    ];
}

function outsidePeriods({ id, date }: Transaction): Problem {
    return {
        code: 'TRANSACTION_OUTSIDE_PERIODS',
        where: `transaction ${id}, date`,
        value: date,
        fix: 'It is not paid: calculate the period it belongs to, or correct the date.'
    };
}

/** History may be older than the plan. */
function outsidePlan({ plan }: Context, { id, date }: Transaction, period: number): Problem | null {
    const { effectiveFrom, effectiveTo } = plan;
    const isInForce = effectiveFrom <= date && (effectiveTo === null || date <= effectiveTo);
    if (period === HISTORY || isInForce) return null;
    return {
        code: 'TRANSACTION_OUTSIDE_PLAN',
        where: `transaction ${id}, date`,
        value: date,
        fix: `It is not paid: the plan is in force from ${effectiveFrom}${effectiveTo ? ` to ${effectiveTo}` : ''}.`
    };
}

function duplicate({ id }: Transaction): ProblemError {
    return new ProblemError({
        code: 'TRANSACTION_DUPLICATE',
        where: `transaction ${id}, id`,
        value: id,
        fix: 'Keep one of the transactions with this id, or give the other an id of its own.'
    });
}

/** Whether the new amount is of all of it or of what is left cannot be told. */
function reversedBefore({ id, amends }: Transaction): ProblemError {
    return new ProblemError({
        code: 'ORIGINAL_REVERSED',
        where: `transaction ${id}, amends`,
        value: amends,
        fix: `Some of ${amends} was taken back before: reverse what is left of it and give the new amount as a sale of its own.`
    });
}

function noAmount({ id }: Transaction): ProblemError {
    return new ProblemError({
        code: 'NOT_GIVEN',
        where: `transaction ${id}, amount`,
        value: 'amount',
        fix: 'Give the new amount: the difference to the original counts.'
    });
}
