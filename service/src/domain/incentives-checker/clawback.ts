// Clawback of what has vested of a step, in the period it takes effect in: decisions that are as they must be come off the amount; any
// other takes nothing.
import type { Scheduled } from './account.ts';
import { asNumber, asText, type Table } from './data.ts';
import { subtract, total, type Exact } from './exact.ts';
import { formOf, isApproved, isWithin, leftOf, meant, peopleOf } from './malus.ts';
import type { Paying } from './payout.ts';

export function clawedBack(paying: Paying, vested: Exact): Exact {
    const { review, period, key, working } = paying;
    const rows = clawbacksOf(paying);
    const now = review.input.periods[period]!;
    const taken = carriedOut(paying);
    let after = vested;
    for (const row of rows) {
        if (asText(row['period']) !== now.key || asText(row['component']) !== key) continue;
        const tranches = meant(row, paying);
        const before = taken
            .filter((one) => isSameTranche(one, row))
            .map((one) => asNumber(one['amount'], 'clawback'));
        const left = subtract(total(tranches.map(leftOf)), total(before));
        const clawback = asNumber(row['amount'], 'clawback');
        const decidedOn = dayOf(row) || now.to;
        if (!isVested(row, decidedOn, now.to) || !isInWindow(tranches, decidedOn)) continue;
        if (!isWithin(clawback, left, paying) || !isApproved(row, paying)) continue;
        taken.push(row);
        paying.account.clawedBack.push(row);
        const [reason, requestedBy, approvedBy] = peopleOf(row);
        const [award, dueOn] = [asText(row['award']), asText(row['dueOn'])];
        const inputs = {
            award,
            dueOn,
            ...formOf(row),
            vested: left,
            clawback,
            reason,
            requestedBy,
            approvedBy
        };
        after = working.step(`payout.${key}`, inputs, subtract(after, clawback));
    }
    return after;
}

function clawbacksOf({ review, payee }: Paying): Table[] {
    return review.input.list('clawback').filter((row) => asText(row['payee']) === payee);
}

/** By this calculation, and before its first period: those of such days and periods were carried out then. */
export function carriedOut(paying: Paying): Table[] {
    const { input } = paying.review;
    const first = input.periods[0]!.from;
    const isPast = (row: Table): boolean =>
        dayOf(row) !== '' && dayOf(row) < first && input.indexOf(asText(row['period'])) < 0;
    return [...clawbacksOf(paying).filter(isPast), ...paying.account.clawedBack];
}

export const dayOf = (row: Table): string => asText(row['on'] ?? null);

function isVested(row: Table, decidedOn: string, lastDay: string): boolean {
    const dueOn = asText(row['dueOn']);
    return dueOn <= decidedOn && dueOn <= lastDay;
}

function isInWindow(tranches: readonly Scheduled[], decidedOn: string): boolean {
    const until = tranches[0]?.clawbackUntil ?? null;
    return until !== null && decidedOn <= until;
}

function isSameTranche(one: Table, another: Table): boolean {
    return ['component', 'award', 'dueOn', 'form'].every(
        (field) => asText(one[field]) === asText(another[field])
    );
}
