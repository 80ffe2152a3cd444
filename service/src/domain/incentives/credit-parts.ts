// What one crediting rule gives to whom: deductions first, then shares of what they left. Shares that make up the whole are
// allocated to the smallest unit without loss.
import { ProblemError } from '../problem.ts';
import { Ratio, sumOf } from '../ratio.ts';
import {
    handOverShares,
    merged,
    positionShares,
    shapleyShares,
    touchShares,
    type Share
} from './attribution.ts';
import { isOnPlan, managerOn } from './assignment.ts';
import type { Booked } from './books.ts';
import type { Context } from './context.ts';
import type { CreditRule, CreditTarget } from './plan.ts';
import { ShareScope, TransactionScope } from './scopes/transaction-scope.ts';
import { shareOut } from './share-out.ts';
import { figureAt, holds, truthAt } from './working.ts';

/** What a rule gives one payee, before it is known what counts for pay and quota. */
export interface Part extends Share {
    amount: Ratio;
    sourceId: string;
    level: number;
    /** from the payee down to whoever was credited first: two reps of one manager are two overrides for the next */
    path: readonly string[];
}

export function partsOf(
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
    return shares.map((one, index) => ({
        ...one,
        amount: amounts[index]!,
        sourceId: '',
        level: 0,
        path: [one.payeeId]
    }));
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
        case 'payees':
            return everybodyMeant(context, booked, rule, rule.to);
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

/** In order of their ids. */
function everybodyMeant(
    context: Context,
    booked: Booked,
    rule: CreditRule,
    { when }: CreditTarget & { kind: 'payees' }
): Share[] {
    return [...context.books.values()].flatMap((books) => {
        const { id } = books.payee;
        if (!isOnPlan(books, booked.transaction.date)) return [];
        const scope = new ShareScope(context, booked, books, undefined, {});
        const isMeant = truthAt(when, scope, `crediting.${rule.key}.to.payees, payee ${id}`);
        return isMeant ? [{ payeeId: id, share: ownShare(context, booked, rule, id) }] : [];
    });
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
        let path = part.path;
        for (let level = 1; level <= levels && source; level++) {
            const payeeId = managerOn(source, booked.transaction.date);
            if (payeeId === '') break;
            const manager = context.books.get(payeeId);
            const own = { level: Ratio.of(level) };
            const scope = manager && new ShareScope(context, booked, manager, source, own);
            const share =
                rule.share && scope ? figureAt(rule.share, scope, `crediting.${rule.key}.share`) : Ratio.ONE;
            const amount = left.times(share);
            path = [payeeId, ...path];
            const sourceId = source.payee.id;
            parts.push({ payeeId, share: part.share.times(share), amount, sourceId, level, path });
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

function notWhole({ transaction }: Booked, rule: CreditRule, sum: Ratio): ProblemError {
    return new ProblemError({
        code: 'SHARES_NOT_WHOLE',
        where: `transaction ${transaction.id}, crediting.${rule.key}`,
        value: sum.times(Ratio.of(100)).toString() + ' %',
        fix: 'Shares must sum to 100 %: correct them, or write total: any in the rule.'
    });
}
