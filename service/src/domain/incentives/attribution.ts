// Shares of revenue several parties had a hand in: hand-overs by days, stages or date, and channels that touched it by
// first, last, linear, position or Shapley. Exact shares that sum to one; sharing out the money is credit.ts.
import { ProblemError } from '../problem.ts';
import { Ratio, sumOf } from '../ratio.ts';
import { addDays, daysBetween } from './dates.ts';
import type { Transaction } from './input.ts';

export interface Share {
    payeeId: string;
    share: Ratio;
}

type Touch = Transaction['touches'][number];

type Owner = Transaction['owners'][number];

/** By days of the deal each owned it, by stages each completed, or all to whoever owned it on its date; who had a share of it
 *  meanwhile counts by that share. */
export function handOverShares(transaction: Transaction, by: 'days' | 'stages' | 'date'): Share[] {
    const { date } = transaction;
    const owners = inOrderOfTime(transaction.owners);
    if (owners.length === 0) return [];
    const counted = by === 'date' ? ownersOn(transaction, owners) : owners;
    const weights = counted.map((owner) => ({
        payeeId: owner.payeeId,
        share: weightOf(transaction, owner, by, date).times(owner.share ?? Ratio.ONE)
    }));
    return normalised(merged(weights), transaction, 'owners');
}

function weightOf(
    transaction: Transaction,
    owner: Owner,
    by: 'days' | 'stages' | 'date',
    date: string
): Ratio {
    if (by === 'date') return Ratio.ONE;
    return by === 'days' ? daysOwned(transaction, owner, date) : stagesOf(transaction, owner);
}

/** The first, where none has a share. */
function ownersOn(transaction: Transaction, owners: readonly Owner[]): Owner[] {
    const { date } = transaction;
    const own = owners.filter(({ from, to }) => from <= date && (to === '' || to >= date));
    if (own.length > 0) return own.some(({ share }) => share !== null) ? own : own.slice(0, 1);
    throw wrong(
        'NO_OWNER_ON_DATE',
        transaction,
        'owners',
        date,
        'Give the owner whose from and to enclose the date.'
    );
}

function daysOwned(transaction: Transaction, owner: Owner, date: string): Ratio {
    if (owner.from === '')
        throw wrong(
            'NOT_GIVEN',
            transaction,
            'owners',
            'from',
            `Give the day from which ${owner.payeeId} owned it.`
        );
    const last = owner.to === '' || owner.to > date ? date : owner.to;
    return Ratio.of(Math.max(0, daysBetween(owner.from, addDays(last, 1))));
}

function stagesOf(transaction: Transaction, owner: Owner): Ratio {
    if (owner.stages) return owner.stages;
    throw wrong('NOT_GIVEN', transaction, 'owners', 'stages', `Give the stages ${owner.payeeId} completed.`);
}

/** All to the first or the last touch, or the same to every touch; two touches of one payee count twice. */
export function touchShares(transaction: Transaction, method: 'first' | 'last' | 'linear'): Share[] {
    const touches = inOrder(transaction.touches);
    if (touches.length === 0) return [];
    if (method === 'linear')
        return merged(touches.map(({ payeeId }) => ({ payeeId, share: Ratio.of(1, touches.length) })));
    const touch = touches[method === 'first' ? 0 : touches.length - 1]!;
    return [{ payeeId: touch.payeeId, share: Ratio.ONE }];
}

/** Parts for the first and the last touch, the rest in equal parts to those between; without any between, the two parts
 *  are scaled up to the whole. */
export function positionShares(transaction: Transaction, first: Ratio, last: Ratio): Share[] {
    const touches = inOrder(transaction.touches);
    if (touches.length === 0) return [];
    if (touches.length === 1) return [{ payeeId: touches[0]!.payeeId, share: Ratio.ONE }];
    const between = touches.length - 2;
    const rest = between === 0 ? Ratio.ZERO : Ratio.ONE.minus(first).minus(last).over(Ratio.of(between));
    const weights = touches.map(({ payeeId }, index) => ({
        payeeId,
        share: index === 0 ? first : index === touches.length - 1 ? last : rest
    }));
    return normalised(merged(weights), transaction, 'touches');
}

/** Average of what a party adds to those before it, over every order of arrival; a set that is not written is worth
 *  nothing. With A 100, B 0 and both 250: A (100 + 250) / 2 = 175, B (0 + 150) / 2 = 75. */
export function shapleyShares(transaction: Transaction): Share[] {
    const worth = new Map(
        Object.entries(transaction.coalitions).map(([ids, value]) => [idsOf(ids).join(','), value])
    );
    const players = [
        ...new Set([
            ...transaction.touches.map(({ payeeId }) => payeeId),
            ...Object.keys(transaction.coalitions).flatMap(idsOf)
        ])
    ].sort();
    if (players.length === 0) return [];
    if (players.length > 12)
        throw wrong(
            'TOO_MANY_PARTIES',
            transaction,
            'touches',
            String(players.length),
            'Name at most 12 parties.'
        );
    const shares = players.map((payeeId) => ({ payeeId, share: averageAddition(payeeId, players, worth) }));
    return normalised(shares, transaction, 'coalitions');
}

function averageAddition(payeeId: string, players: string[], worth: ReadonlyMap<string, Ratio>): Ratio {
    const others = players.filter((player) => player !== payeeId);
    const worthOf = (set: string[]): Ratio => worth.get(set.join(',')) ?? Ratio.ZERO;
    let sum = Ratio.ZERO;
    for (let subset = 0; subset < 2 ** others.length; subset++) {
        const before = others.filter((_, index) => (subset >> index) & 1);
        const added = worthOf([...before, payeeId].sort()).minus(worthOf(before));
        const orders = factorial(before.length) * factorial(others.length - before.length);
        sum = sum.plus(added.times(Ratio.of(orders)));
    }
    return sum.over(Ratio.of(factorial(players.length)));
}

function factorial(count: number): bigint {
    let product = 1n;
    for (let factor = 2n; factor <= BigInt(count); factor++) product *= factor;
    return product;
}

function idsOf(coalition: string): string[] {
    return coalition
        .split(',')
        .map((id) => id.trim())
        .sort();
}

function inOrderOfTime(owners: Transaction['owners']): Transaction['owners'] {
    return owners.toSorted((a, b) => compareText(a.from, b.from) || compareText(a.payeeId, b.payeeId));
}

/** Rows of the input may come in any order. */
function inOrder(touches: readonly Touch[]): Touch[] {
    return touches.toSorted((a, b) => compareText(a.at, b.at) || compareText(a.payeeId, b.payeeId));
}

export function compareText(a: string, b: string): number {
    return a < b ? -1 : a > b ? 1 : 0;
}

/** Shares of the same payee added, in the order in which payees come up. */
export function merged(shares: readonly Share[]): Share[] {
    const sums = new Map<string, Ratio>();
    for (const { payeeId, share } of shares) sums.set(payeeId, sums.get(payeeId)?.plus(share) ?? share);
    return [...sums].map(([payeeId, share]) => ({ payeeId, share }));
}

function normalised(shares: Share[], transaction: Transaction, field: string): Share[] {
    const sum = sumOf(shares.map(({ share }) => share));
    if (sum.isZero)
        throw wrong('SHARES_ZERO', transaction, field, '0', 'Nothing can be shared when all parts are zero.');
    return shares.map(({ payeeId, share }) => ({ payeeId, share: share.over(sum) }));
}

function wrong(code: string, { id }: Transaction, field: string, value: string, fix: string): ProblemError {
    return new ProblemError({ code, where: `transaction ${id}, ${field}`, value, fix });
}
