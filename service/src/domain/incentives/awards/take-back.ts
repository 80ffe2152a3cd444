// Malus and clawback: malus cancels only what has not vested, clawback asks back only what has vested, within its window, and never
// more than was paid. Both need a reason and an approver outside the pay line.
import { Ratio, sumOf } from '../../ratio.ts';
import { allocate, roundTo } from '../../rounding.ts';
import { whyNotApproved } from '../approval.ts';
import type { Award, AwardEvent, LedgerName, Take } from './award.ts';
import { causeOf, tranchesNamed, type AwardBooks } from './award-books.ts';
import type { Refusal } from './live-award.ts';

type TakeBack = AwardEvent & { kind: 'malus' | 'clawback' };

/** Null where it was done; else why it was not, and nothing moved. */
export function takeBack(books: AwardBooks, event: TakeBack): Refusal | null {
    const { award } = books;
    const named = tranchesNamed(award, event.tranche);
    if (named === null)
        return {
            code: 'TRANCHE_UNKNOWN',
            value: event.tranche,
            fix: `Name one of ${award.tranches.map(({ key }) => key).join(', ')}.`
        };
    const isMalus = event.kind === 'malus';
    const [from, to]: [LedgerName, LedgerName] = isMalus
        ? ['unvested', 'cancelled']
        : ['vested', 'clawedBack'];
    const held = named.map(({ key }) => books.held(from, key));
    const available = sumOf(held);
    const amount = amountOf(event.take, available, award);
    const refusal =
        whyNotApproved(event.approval, award.payeeId, (person) => award.payLine.includes(person)) ??
        (isMalus ? null : whyOutsideWindow(award, event)) ??
        whyNothingThere(books, event, available) ??
        whyWrongAmount(event, amount, available, award);
    if (refusal) return refusal;
    const parts = allocate(amount, held, award.rounding);
    for (const [index, { key }] of named.entries()) books.move(from, to, key, parts[index]!, causeOf(event));
    if (!isMalus) books.owe(amount, causeOf(event));
    return null;
}

function amountOf(take: Take, available: Ratio, { rounding }: Award): Ratio {
    return 'amount' in take ? take.amount : roundTo(available.times(take.part), rounding.unit, rounding.mode);
}

function whyOutsideWindow({ clawbackUntil }: Award, { date }: TakeBack): Refusal | null {
    if (clawbackUntil === null)
        return {
            code: 'CLAWBACK_NOT_AGREED',
            value: date,
            fix: 'The award has no clawback: nothing vested can be taken back.'
        };
    if (date <= clawbackUntil) return null;
    return {
        code: 'CLAWBACK_WINDOW_OVER',
        value: date,
        fix: `Vested pay could be taken back until ${clawbackUntil}.`
    };
}

/** Names the other way where there is one: malus for what has not vested, clawback for what has. */
function whyNothingThere(books: AwardBooks, { kind, tranche }: TakeBack, available: Ratio): Refusal | null {
    if (available.sign > 0) return null;
    const [other, code] =
        kind === 'malus'
            ? (['vested', 'MALUS_ON_VESTED'] as const)
            : (['unvested', 'CLAWBACK_ON_UNVESTED'] as const);
    const elsewhere = tranche === '' ? books.total(other) : books.held(other, tranche);
    if (elsewhere.isZero)
        return {
            code: 'NOTHING_LEFT',
            value: tranche,
            fix: 'It has been cancelled, has lapsed or was taken back already.'
        };
    const fix =
        kind === 'malus'
            ? 'It has vested: ask it back (clawback) within the window.'
            : 'It has not vested: cancel it (malus).';
    return { code, value: tranche, fix };
}

function whyWrongAmount(
    { kind, take }: TakeBack,
    amount: Ratio,
    available: Ratio,
    { rounding }: Award
): Refusal | null {
    if ('part' in take && (take.part.sign <= 0 || take.part.compare(Ratio.ONE) > 0))
        return { code: 'PART_INVALID', value: String(take.part), fix: 'Give a part above 0 % up to 100 %.' };
    if (amount.sign <= 0)
        return { code: 'AMOUNT_NOT_POSITIVE', value: String(amount), fix: 'Say how much is taken.' };
    if (amount.over(rounding.unit).denominator !== 1n)
        return {
            code: 'AMOUNT_NOT_IN_UNITS',
            value: String(amount),
            fix: `Write a whole number of ${rounding.unit}.`
        };
    if (amount.compare(available) <= 0) return null;
    return kind === 'malus'
        ? { code: 'MALUS_ABOVE_UNVESTED', value: String(amount), fix: `Only ${available} has not vested.` }
        : {
              code: 'CLAWBACK_ABOVE_PAID',
              value: String(amount),
              fix: `Only ${available} was paid and not taken back yet.`
          };
}

/** What the payee pays back of what was asked back; never more than is owed. Null where it was noted. */
export function repay(books: AwardBooks, event: AwardEvent & { kind: 'repayment' }): Refusal | null {
    const owed = books.held('owed', '');
    if (event.amount.sign <= 0)
        return { code: 'AMOUNT_NOT_POSITIVE', value: String(event.amount), fix: 'Say how much was repaid.' };
    if (event.amount.compare(owed) > 0)
        return { code: 'REPAYMENT_ABOVE_OWED', value: String(event.amount), fix: `Only ${owed} is owed.` };
    books.owe(event.amount.negated(), causeOf(event));
    return null;
}
