// Deferral: part of an award is paid in tranches over later months, in cash and instruments; they sum to what is deferred.
import type { Scheduled } from './account.ts';
import { asText, tables } from './data.ts';
import { plusMonths } from './days.ts';
import {
    add,
    compare,
    isSame,
    least,
    most,
    negative,
    ONE,
    sign,
    subtract,
    total,
    ZERO,
    type Exact
} from './exact.ts';
import { asExact, CannotDerive } from './values.ts';
import { clawedBack } from './clawback.ts';
import { lapse } from './leaving.ts';
import { cancelled, leftOf } from './malus.ts';
import type { Paying } from './payout.ts';
import { formulaIn } from './plan-data.ts';
import { rounded, sharedOut } from './rounded.ts';

/** What is left of the award. */
export function deferred(paying: Paying): Exact {
    const { review, account, key, part, amount, place, ledgers, working } = paying;
    if (sign(amount) <= 0) return amount;
    const { unit, mode } = review.plan.rounding;
    const wanted = working.figure(`payout.${key}.deferral.deferred`, formulaIn(part, 'deferred')!, place);
    const off = most(least(rounded(wanted, unit, mode), rounded(amount, unit, 'down')), ZERO);
    if (sign(off) === 0) return amount;
    account.scheduled.push(...tranches(paying, off));
    ledgers.move(key, '', 'deferred', off);
    return working.step(`payout.${key}`, { award: amount, deferred: off }, subtract(amount, off));
}

function tranches({ review, period, key, part, place }: Paying, off: Exact): Scheduled[] {
    const { rounding } = review.plan;
    const parts = tables(part['tranches']);
    const shares = parts.map((one) => asExact(formulaIn(one, 'share')!(place)));
    if (!isSame(total(shares), ONE)) throw new CannotDerive('the tranches do not make the whole');
    const instrumentsOf = formulaIn(part, 'instruments');
    const instruments = instrumentsOf ? asExact(instrumentsOf(place)) : ZERO;
    if (sign(instruments) < 0 || compare(instruments, ONE) > 0)
        throw new CannotDerive('the part in instruments is no part');
    const { key: award, to } = review.input.periods[period]!;
    const clawback = asText(part['clawbackMonths']);
    const amounts = sharedOut(off, shares, rounding);
    return parts.flatMap((one, index) => {
        const [cash, paper] = sharedOut(amounts[index]!, [subtract(ONE, instruments), instruments], rounding);
        const entry = (form: string, amount: Exact): Scheduled => ({
            period: award,
            source: key,
            transaction: '',
            kind: 'tranche',
            dueOn: plusMonths(to, Number(asText(one['afterMonths']))),
            event: '',
            form,
            amount,
            cancelled: [],
            clawbackUntil: clawback === '' ? null : plusMonths(to, Number(clawback))
        });
        return [entry('cash', cash!), entry('instrument', paper!)].filter(({ amount }) => sign(amount) !== 0);
    });
}

/** Tranches of earlier awards that fall due in the period: cash is paid, instruments leave the balance. */
export function vested(paying: Paying, left: Exact): Exact {
    const { review, account, period, key, ledgers, working } = paying;
    const { key: now, from, to } = review.input.periods[period]!;
    const isDue = ({ source, kind, dueOn, period: award }: Scheduled): boolean =>
        source === key &&
        kind === 'tranche' &&
        award !== now &&
        dueOn !== null &&
        from <= dueOn &&
        dueOn <= to;
    cancelled(paying);
    lapse(paying);
    const paid = account.scheduled.filter(isDue).reduce((after, one) => {
        const { form, period: award } = one;
        const amount = leftOf(one);
        ledgers.move(key, '', form === 'cash' ? 'paid' : 'vested in instruments', negative(amount));
        if (form !== 'cash') return after;
        return working.step(`payout.${key}`, { award, tranche: amount }, add(after, amount));
    }, left);
    return clawedBack(paying, paid);
}
