// Clawback of what was paid without being deferred: decisions that are as they must be are owed, any other changes nothing; what is
// owed comes off later pay, in the share the step says.
import type { Due } from './account.ts';
import { carriedOut, dayOf } from './clawback.ts';
import { asNumber, asText, type Table } from './data.ts';
import { plusMonths } from './days.ts';
import { least, multiply, negative, ONE, sign, subtract, total, type Exact } from './exact.ts';
import { sumOfField } from './input-data.ts';
import { formOf, isApproved, isWithin, peopleOf } from './malus.ts';
import type { Paying } from './payout.ts';
import { formulaIn } from './plan-data.ts';
import { rounded } from './rounded.ts';
import { asExact } from './values.ts';

export function takenBackLater(paying: Paying): Exact {
    const { plan } = paying.review;
    const components = [...plan.components].filter(([, one]) => asText(one['pays']) !== 'false');
    for (const [component] of components) owe(paying, component);
    owe(paying, '');
    return recovered(paying);
}

function owe(paying: Paying, component: string): void {
    const { review, period, payee, key, ledgers, working, isActive } = paying;
    const now = review.input.periods[period]!;
    for (const row of review.input.list('clawback')) {
        const isNow = asText(row['payee']) === payee && asText(row['period']) === now.key;
        if (!isNow || !isActive || asText(row['component']) !== component) continue;
        const paid = left(paying, row);
        const clawback = asNumber(row['amount'], 'clawback');
        if (!isInTime(paying, row) || !isWithin(clawback, paid, paying) || !isApproved(row, paying)) continue;
        paying.account.clawedBack.push(row);
        ledgers.move(key, '', 'clawback', clawback);
        const [reason, requestedBy, approvedBy] = peopleOf(row);
        const transaction = dealOf(row);
        const inputs = {
            ...(component === '' ? { adjustment: adjustmentOf(row) } : { component }),
            ...(transaction === '' ? {} : { transaction }),
            award: asText(row['award']),
            dueOn: asText(row['dueOn']),
            ...formOf(row),
            paid,
            clawback,
            reason,
            requestedBy,
            approvedBy
        };
        working.step(`payout.${key}`, inputs, ledgers.standing(key));
    }
}

function recovered({ review, key, part, amount, place, ledgers, working }: Paying): Exact {
    const owed = ledgers.standing(key);
    if (sign(owed) <= 0 || sign(amount) <= 0) return amount;
    const shareOf = formulaIn(part, 'recoverShare');
    const share = shareOf ? asExact(shareOf(place)) : ONE;
    const back = least(owed, rounded(multiply(amount, share), review.plan.rounding.unit, 'down'));
    if (sign(back) <= 0) return amount;
    ledgers.move(key, '', 'recovered', negative(back));
    return working.step(
        `payout.${key}`,
        { due: amount, owed, share, recovered: back },
        subtract(amount, back)
    );
}

/** In an earlier period, and not longer ago than the step says. */
function isInTime({ review, period, part }: Paying, row: Table): boolean {
    const { periods } = review.input;
    const then = review.input.indexOf(asText(row['award']));
    const paidOn = then < 0 ? asText(row['dueOn']) : periods[then]!.to;
    const decidedOn = dayOf(row) || periods[period]!.to;
    return then < period && decidedOn <= plusMonths(paidOn, Number(asText(part['windowMonths'])));
}

/** Of what fell due in its period, what was neither reversed nor taken back since. */
function left(paying: Paying, row: Table): Exact {
    const { account, period, review } = paying;
    const taken = carriedOut(paying).filter((one) =>
        isSame(one, row, ['component', 'transaction', 'adjustment'])
    );
    if (adjustmentOf(row) !== '')
        return subtract(asNumber(row['paid'], 'what an adjustment paid'), sumOfField(taken, 'amount'));
    const then = review.input.indexOf(asText(row['award']));
    const meant = account.dues.slice(0, period + 1).map((dues) => dues.filter((due) => isOf(due, row)));
    const paidThen = then < 0 ? paidBefore(paying, row, true) : sum(meant[then] ?? []);
    const ofAward = subtract(
        paidThen,
        sumOfField(
            taken.filter((one) => isSame(one, row, ['award'])),
            'amount'
        )
    );
    if (dealOf(row) === '') return ofAward;
    const ever = total([sum(meant.flat()), paidBefore(paying, row, false)]);
    return least(ofAward, subtract(ever, sumOfField(taken, 'amount')));
}

/** By earlier runs, less what was still open of it. */
function paidBefore({ review, account, payee }: Paying, row: Table, isOfAward: boolean): Exact {
    const { input } = review;
    const deal = dealOf(row);
    const rows =
        deal === ''
            ? input.list('paid').filter((one) => asText(one['payee']) === payee && dealOf(one) === '')
            : input.paidForSale(payee, deal);
    const isThen = (period: string): boolean => !isOfAward || period === asText(row['award']);
    const earned = rows.filter(
        (one) => isSame(one, row, ['component']) && isThen(asText(one['period'] ?? null))
    );
    const open = account.scheduled.filter(
        ({ source, transaction, period, dueOn }) =>
            source === asText(row['component']) &&
            transaction === deal &&
            isThen(period) &&
            input.indexOf(period) < 0 &&
            (dueOn === null || dueOn >= input.periods[0]!.from)
    );
    return subtract(sumOfField(earned, 'amount'), sum(open));
}

function isOf({ component, sale, scheduled }: Due, row: Table): boolean {
    const deal = sale?.root ?? scheduled?.transaction ?? '';
    return component === asText(row['component']) && deal === dealOf(row);
}

const adjustmentOf = (row: Table): string => asText(row['adjustment']);

const dealOf = (row: Table): string => asText(row['transaction'] ?? null);

function isSame(one: Table, another: Table, fields: readonly string[]): boolean {
    return fields.every((field) => asText(one[field] ?? null) === asText(another[field] ?? null));
}

function sum(rows: readonly { amount: Exact }[]): Exact {
    return total(rows.map(({ amount }) => amount));
}
