// Malus on what a step has deferred, in the period it takes effect in: decisions that are as they must be cancel part of a tranche
// that has not vested; any other decision changes nothing.
import type { Scheduled } from './account.ts';
import { asNumber, asText, type Table } from './data.ts';
import { compare, divide, least, negative, sign, subtract, total, type Exact } from './exact.ts';
import type { Paying } from './payout.ts';

export function cancelled(paying: Paying): void {
    const { review, period, payee, key, ledgers, working, amount } = paying;
    const now = review.input.periods[period]!;
    for (const row of review.input.list('malus')) {
        const [award, dueOn] = [asText(row['award']), asText(row['dueOn'])];
        const isNow = asText(row['period']) === now.key && asText(row['payee']) === payee;
        if (!isNow || asText(row['component']) !== key) continue;
        const tranches = meant(row, paying);
        const tranche = total(tranches.map(leftOf));
        const malus = asNumber(row['amount'], 'malus');
        const decidedOn = [asText(row['on'] ?? null), now.from].sort().at(-1)!;
        if (dueOn < decidedOn || !isWithin(malus, tranche, paying) || !isApproved(row, paying)) continue;
        let open = malus;
        for (const one of tranches) {
            const off = least(open, leftOf(one));
            one.cancelled.push({ period, amount: off });
            open = subtract(open, off);
        }
        ledgers.move(key, '', 'malus', negative(malus));
        const [reason, requestedBy, approvedBy] = peopleOf(row);
        const inputs = { award, dueOn, ...formOf(row), tranche, malus, reason, requestedBy, approvedBy };
        working.step(`payout.${key}`, inputs, amount);
    }
}

/** What reversals and malus have left of it. */
export function leftOf({ amount, cancelled: off }: Scheduled): Exact {
    return subtract(amount, total(off.map((one) => one.amount)));
}

export function meant(row: Table, { account, key }: Paying): Scheduled[] {
    return account.scheduled.filter(
        ({ kind, source, period, dueOn, form }) =>
            kind === 'tranche' &&
            source === key &&
            period === asText(row['award']) &&
            dueOn === asText(row['dueOn']) &&
            form === asText(row['form'])
    );
}

export function isWithin(amount: Exact, left: Exact, { review }: Pick<Paying, 'review'>): boolean {
    const isWhole = divide(amount, review.plan.rounding.unit).bottom === 1n;
    return sign(amount) > 0 && isWhole && compare(amount, left) <= 0;
}

/** Asked for by one, approved by another, whom the plan does not pay. */
export function isApproved(row: Table, { review }: Pick<Paying, 'review'>): boolean {
    const [reason, requestedBy, approvedBy] = peopleOf(row);
    const isComplete = reason.trim() !== '' && requestedBy !== '' && approvedBy !== '';
    return isComplete && approvedBy !== requestedBy && !review.input.payees.has(approvedBy);
}

/** Told where it is not the cash of the day. */
export function formOf(row: Table): Record<string, string> {
    return asText(row['form']) === 'cash' ? {} : { form: asText(row['form']) };
}

export function peopleOf(row: Table): [string, string, string] {
    return [asText(row['reason']), asText(row['requestedBy']), asText(row['approvedBy'])];
}
