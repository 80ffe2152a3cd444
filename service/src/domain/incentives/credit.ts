// Crediting: which part of each transaction belongs to whom, by the plan's rules in their order. Deductions come off first,
// then the shares; shares that make up the whole are allocated to the smallest unit without loss.
import { ProblemError } from '../problem.ts';
import { Ratio } from '../ratio.ts';
import { isOnPlan } from './assignment.ts';
import { HISTORY, type Booked, type Credited } from './books.ts';
import { leaveOut } from './booking.ts';
import type { Context } from './context.ts';
import { partsOf, type Part } from './credit-parts.ts';
import type { CreditRule } from './plan.ts';
import { ShareScope, TransactionScope } from './scopes/transaction-scope.ts';
import { figureAt, holds } from './working.ts';

/** Credits of all transactions, in order. */
export function creditAll(context: Context, bookings: readonly Booked[]): Credited[] {
    const noted = new Set<string>();
    return bookings.flatMap((booked) => {
        try {
            const credits = creditTransaction(context, booked);
            if (booked.period !== HISTORY) context.booked[booked.period]!.push(booked);
            return credits.filter((credited) => isPaidByPlan(context, credited, noted));
        } catch (error) {
            if (!(error instanceof ProblemError)) throw error;
            leaveOut(context, booked.transaction, booked.period, error.problem);
            return [];
        }
    });
}

function creditTransaction(context: Context, booked: Booked): Credited[] {
    const scope = new TransactionScope(context, booked);
    const partsByRule = new Map<string, Part[]>();
    for (const rule of context.plan.crediting)
        if (holds(rule.when, scope, `crediting.${rule.key}.when`))
            partsByRule.set(rule.key, partsOf(context, booked, rule, partsByRule));
    assertSomebody(context, booked, partsByRule);
    return [...partsByRule].flatMap(([key, parts]) => {
        const rule = context.plan.crediting.find((one) => one.key === key)!;
        return parts.map((part) => creditedFrom(context, booked, rule, part));
    });
}

function creditedFrom(context: Context, booked: Booked, rule: CreditRule, part: Part): Credited {
    const { payeeId, share, amount, sourceId, level, path } = part;
    const books = context.books.get(payeeId);
    const own = { share, level: Ratio.of(level) };
    const factor = (name: 'payable' | 'quota' | 'count'): Ratio => {
        const expression = rule[name];
        if (!expression || !books) return Ratio.ONE;
        const scope = new ShareScope(context, booked, books, context.books.get(sourceId), own);
        return figureAt(expression, scope, `crediting.${rule.key}.${name}`);
    };
    const { id: transaction, date } = booked.transaction;
    const credit = {
        id: [transaction, rule.key, ...path].join('/'),
        transaction,
        rule: rule.key,
        date,
        share,
        payable: amount.times(factor('payable')),
        quota: amount.times(factor('quota')),
        count: share.times(factor('count'))
    };
    return { credit, payeeId, booked, rule, sourceId, level, event: 0, earned: new Map() };
}

/** A credit to somebody the plan does not pay is told and left out. */
function isPaidByPlan(context: Context, { payeeId, credit }: Credited, noted: Set<string>): boolean {
    const books = context.books.get(payeeId);
    if (books && isOnPlan(books, credit.date)) return true;
    const value = books ? `${payeeId} on ${credit.date}` : payeeId;
    if (noted.has(value)) return false;
    noted.add(value);
    context.problems.push({
        code: 'PAYEE_WITHOUT_PLAN',
        where: `transaction ${credit.transaction}, crediting.${credit.rule}`,
        value,
        fix: books
            ? `Assign ${payeeId} to the plan on that day, or credit somebody else: this credit is not paid.`
            : `Add ${payeeId} to the payees, or credit somebody else: this credit is not paid.`
    });
    return false;
}

/** A rule that applies and finds nobody would lose the sale silently, unless another rule credits somebody. */
function assertSomebody(
    context: Context,
    { transaction }: Booked,
    partsByRule: ReadonlyMap<string, Part[]>
): void {
    const mayFindNobody = ['role', 'manager'];
    const [rule] = context.plan.crediting.filter(
        ({ key, to }) => partsByRule.has(key) && !mayFindNobody.includes(to.kind)
    );
    if (!rule || [...partsByRule.values()].some((parts) => parts.length > 0)) return;
    const field = { owner: 'owner', splits: 'splits', handOver: 'owners', touches: 'touches' }[
        rule.to.kind as 'owner'
    ];
    const wanted =
        rule.to.kind === 'payees'
            ? 'Correct the transaction or the payees'
            : `Give ${field} of the transaction`;
    throw new ProblemError({
        code: 'CREDITS_NOBODY',
        where: `transaction ${transaction.id}, crediting.${rule.key}`,
        value: '',
        fix: `${wanted}: the rule applies to it and finds nobody to credit.`
    });
}
