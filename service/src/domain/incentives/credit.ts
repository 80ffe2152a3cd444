// Crediting: which part of each transaction belongs to whom, by the plan's rules in their order. Deductions come off first,
// then the shares; shares that make up the whole are allocated to the smallest unit without loss.
import { ProblemError } from '../problem.ts';
import { Ratio, sumOf } from '../ratio.ts';
import { isOnPlan } from './assignment.ts';
import {
    handOverShares,
    merged,
    positionShares,
    shapleyShares,
    touchShares,
    type Share
} from './attribution.ts';
import { HISTORY, type Booked, type Credited } from './books.ts';
import { leaveOut } from './booking.ts';
import type { Context } from './context.ts';
import type { CreditRule, CreditTarget } from './plan.ts';
import { ShareScope, TransactionScope } from './scopes/transaction-scope.ts';
import { shareOut } from './share-out.ts';
import { figureAt, holds } from './working.ts';

/** What a rule gives one payee, before it is known what counts for pay and quota. */
interface Part extends Share {
    amount: Ratio;
    sourceId: string;
    level: number;
}

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

function partsOf(
    context: Context,
    booked: Booked,
    rule: CreditRule,
    earlier: ReadonlyMap<string, Part[]>
): Part[] {
    if (rule.to.kind === 'manager') return managerParts(context, booked, rule, rule.to, earlier);
    const shares = sharesOf(context, booked, rule);
    if (shares.length === 0) return [];
    const left = afterDeductions(context, booked, rule, booked.amount ?? Ratio.ZERO);
    const weights = shares.map(({ share }) => share);
    const sum = sumOf(weights);
    if (rule.total === 'whole' && !sum.equals(Ratio.ONE)) throw notWhole(booked, rule, sum);
    const isWhole = sum.equals(Ratio.ONE);
    const amounts = isWhole
        ? shareOut(left, weights, context.plan.rounding)
        : weights.map((weight) => left.times(weight));
    return shares.map((one, index) => ({ ...one, amount: amounts[index]!, sourceId: '', level: 0 }));
}

/** Who gets which share. Nobody, where the transaction does not say who. */
function sharesOf(context: Context, booked: Booked, rule: CreditRule): Share[] {
    const { transaction } = booked;
    const single = (payeeId: string | undefined): Share[] =>
        payeeId ? [{ payeeId, share: ownShare(context, booked, rule, payeeId) }] : [];
    switch (rule.to.kind) {
        case 'owner':
            return single(transaction.owner);
        case 'role':
            return single(transaction.team[rule.to.role]);
        case 'payee':
            return single(rule.to.payee);
        case 'splits':
            return merged(transaction.splits);
        case 'handOver':
            return handOverShares(transaction, rule.to.by);
        case 'touches':
            return touched(context, booked, rule, rule.to);
        case 'manager':
            throw new Error('managers are credited from the credits of others');
    }
}

function touched(
    context: Context,
    booked: Booked,
    rule: CreditRule,
    { method }: CreditTarget & { kind: 'touches' }
): Share[] {
    if (method.method === 'shapley') return shapleyShares(booked.transaction);
    if (method.method !== 'position') return touchShares(booked.transaction, method.method);
    const scope = new TransactionScope(context, booked);
    const place = `crediting.${rule.key}.to`;
    return positionShares(
        booked.transaction,
        figureAt(method.first, scope, place),
        figureAt(method.last, scope, place)
    );
}

/** The share written in the rule; a payee that is not known gets the credit refused later, so the share does not matter. */
function ownShare(context: Context, booked: Booked, rule: CreditRule, payeeId: string): Ratio {
    const books = context.books.get(payeeId);
    if (!rule.share || !books) return Ratio.ONE;
    const scope = new ShareScope(context, booked, books, undefined, {});
    return figureAt(rule.share, scope, `crediting.${rule.key}.share`);
}

/** Managers of those the other rule credited, level by level; each gets the share of what was credited first. */
function managerParts(
    context: Context,
    booked: Booked,
    rule: CreditRule,
    { of, levels }: CreditTarget & { kind: 'manager' },
    earlier: ReadonlyMap<string, Part[]>
): Part[] {
    return (earlier.get(of) ?? []).flatMap((part) => {
        const left = afterDeductions(context, booked, rule, part.amount);
        const parts: Part[] = [];
        let source = context.books.get(part.payeeId);
        for (let level = 1; level <= levels && source; level++) {
            const manager = context.books.get(source.payee.managerId);
            if (source.payee.managerId === '') break;
            const own = { level: Ratio.of(level) };
            const scope = manager && new ShareScope(context, booked, manager, source, own);
            const share =
                rule.share && scope ? figureAt(rule.share, scope, `crediting.${rule.key}.share`) : Ratio.ONE;
            const payeeId = source.payee.managerId;
            const amount = left.times(share);
            parts.push({ payeeId, share: part.share.times(share), amount, sourceId: source.payee.id, level });
            source = manager;
        }
        return parts;
    });
}

/** Levies and fees, each off what those before it left. */
function afterDeductions(context: Context, booked: Booked, rule: CreditRule, amount: Ratio): Ratio {
    return rule.before.reduce((left, deduction) => {
        const scope = new TransactionScope(context, booked, left);
        const place = `crediting.${rule.key}.before.${deduction.key}`;
        if (!holds(deduction.when, scope, `${place}.when`)) return left;
        return left.minus(figureAt(deduction.amount, scope, `${place}.amount`));
    }, amount);
}

function creditedFrom(context: Context, booked: Booked, rule: CreditRule, part: Part): Credited {
    const { payeeId, share, amount, sourceId, level } = part;
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
        id: [transaction, rule.key, payeeId, ...(sourceId ? [sourceId] : [])].join('/'),
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
    throw new ProblemError({
        code: 'CREDITS_NOBODY',
        where: `transaction ${transaction.id}, crediting.${rule.key}`,
        value: '',
        fix: `Give ${field} of the transaction: the rule applies to it and finds nobody to credit.`
    });
}

function notWhole({ transaction }: Booked, rule: CreditRule, sum: Ratio): ProblemError {
    return new ProblemError({
        code: 'SHARES_NOT_WHOLE',
        where: `transaction ${transaction.id}, crediting.${rule.key}`,
        value: sum.times(Ratio.of(100)).toString() + ' %',
        fix: 'Shares must sum to 100 %: correct them, or write total: any in the rule.'
    });
}
