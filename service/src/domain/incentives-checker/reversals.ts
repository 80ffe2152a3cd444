// What reversals take back of a component: a part of what was paid for the original, never more than that; what was not due yet is
// cancelled.
import type { Turn } from './components.ts';
import { roundedAt } from './components.ts';
import { asText, asValue, isTable, type Table } from './data.ts';
import { daysFrom, monthsFrom } from './days.ts';
import {
    add,
    compare,
    exact,
    least,
    most,
    multiply,
    negative,
    ONE,
    sign,
    subtract,
    total,
    ZERO,
    type Exact
} from './exact.ts';
import type { Place } from './formula.ts';
import { asExact, CannotDerive, type Value } from './values.ts';
import { placeInTime, sumOfField } from './input-data.ts';
import { formulaIn } from './plan-data.ts';
import { creditPlace } from './places.ts';
import { withOwn } from './sale-places.ts';
import type { Reversal } from './sales.ts';
import type { Event } from './events.ts';
import { Working } from './working.ts';
import type { Line } from './written.ts';

/** Lines of what is taken back; what comes off the pay is entered among what is due. */
export function takeBack(turn: Turn, whole: Place): Line[] {
    const { review, payee, period } = turn;
    const events = review.events.get(payee)!.filter((event) => event.period === period && event.reversal);
    return events.flatMap((event) => ofReversal(turn, event, event.reversal!, whole));
}

function ofReversal(turn: Turn, event: Event, reversal: Reversal, whole: Place): Line[] {
    const { review, account, period, key, component, upTo } = turn;
    const paying = paidFor(turn, reversal);
    const cancelled = cancelLater(turn, reversal);
    if (sign(paying.paid) === 0 && sign(cancelled) === 0) return [];
    const rules = component['credits'];
    const own = event.credits.find(
        ({ rule }) => !Array.isArray(rules) || rules.length === 0 || rules.includes(rule)
    );
    const place = withOwn(own ? creditPlace(review, own, { upTo }) : whole, namesOf(reversal));
    const working = new Working();
    const amount = amountOf(turn, reversal, paying, place, working);
    account.dues[period]!.push({
        component: key,
        sale: reversal.original,
        amount: negative(amount),
        scheduled: null
    });
    const all = negative(add(amount, cancelled));
    if (sign(cancelled) !== 0)
        working.step(`components.${key}.chargeback`, { takenBack: amount, cancelled }, all);
    const of = {
        on: placeInTime(reversal.row),
        transaction: reversal.id,
        ...(own ? { creditId: own.id } : {})
    };
    return [{ kind: 'chargeback', ...of, amount: all, bands: [], working }];
}

interface Paid {
    paid: Exact;
    /** by earlier reversals */
    takenBefore: Exact;
}

/** By this run, and by earlier ones where they calculated the original. */
function paidFor({ review, account, payee, key }: Turn, { root, row, original }: Reversal): Paid {
    const isOurs = original !== null && original.period >= 0;
    const rows = isOurs ? [] : review.input.paidForSale(payee, root);
    const [sold, takenBack] = [
        rows.filter((one) => !review.input.isReversal(one)),
        rows.filter((one) => review.input.isReversal(one))
    ];
    if (original && !isOurs && sold.length === 0)
        throw new CannotDerive(`it is not said what was paid for ${asText(row['reverses'])}`);
    const own = (some: Table[]): Exact =>
        sumOfField(
            some.filter((one) => asText(one['component']) === key),
            'amount'
        );
    const here = account.takenBack.of(key, root);
    return {
        paid: add(own(sold), account.paidFor.of(key, root)),
        takenBefore: subtract(here, own(takenBack))
    };
}

function cancelLater({ review, account, period, key }: Turn, { root, part }: Reversal): Exact {
    const later = account.dues
        .slice(period + 1)
        .flat()
        .filter(({ component, sale }) => component === key && sale?.root === root);
    const cancelled = later.map((due) => {
        const off = roundedAt('payout', multiply(due.amount, part), review.plan.rounding);
        due.amount = subtract(due.amount, off);
        due.scheduled?.cancelled.push({ period, amount: off });
        return off;
    });
    return total(cancelled);
}

function amountOf(
    turn: Turn,
    reversal: Reversal,
    { paid, takenBefore: takenBackBefore }: Paid,
    place: Place,
    working: Working
): Exact {
    const { review, account, key, component } = turn;
    const rule = `components.${key}.chargeback`;
    const chargeback: Table = isTable(component['chargeback']) ? component['chargeback'] : {};
    const elapsed = elapsedMonths(reversal);
    const months: Record<string, Exact> = elapsed ? { elapsedMonths: elapsed } : {};
    const [windowOf, partOf] = [formulaIn(chargeback, 'windowMonths'), formulaIn(chargeback, 'part')];
    if (windowOf) {
        if (!elapsed) throw new CannotDerive('the original is not given, so that its window cannot be told');
        const windowMonths = asExact(windowOf(place));
        if (compare(elapsed, windowMonths) >= 0) return working.step(rule, { ...months, windowMonths }, ZERO);
    }
    const part = partOf ? asExact(partOf(place)) : ONE;
    const share = multiply(multiply(paid, most(part, ZERO)), reversal.part);
    const wanted = roundedAt('line', share, review.plan.rounding);
    const left = subtract(paid, takenBackBefore);
    const amount = sign(paid) < 0 ? most(wanted, left) : least(wanted, left);
    account.takenBack.add(key, reversal.root, amount);
    const inputs = {
        reverses: asText(reversal.row['reverses']),
        ...months,
        paid,
        part,
        reversed: reversal.part,
        takenBackBefore
    };
    return working.step(rule, inputs, amount);
}

function elapsedMonths({ original, date }: Reversal): Exact | null {
    return original && exact(monthsFrom(original.date, date));
}

/** Fields of the reversal itself come before those of what it reverses. */
function namesOf(reversal: Reversal): Record<string, Value> {
    const own: Record<string, Value> = { date: reversal.date, id: reversal.id };
    const kept = ['amount', 'owner', 'currency', 'reverses', 'amends'];
    for (const [field, data] of Object.entries(reversal.row)) {
        const value = kept.includes(field) ? undefined : asValue(data);
        if (value !== undefined) own[field] = value;
    }
    const elapsed = elapsedMonths(reversal);
    if (!elapsed) return own;
    const elapsedDays = exact(daysFrom(reversal.original!.date, reversal.date));
    return { ...own, elapsedMonths: elapsed, monthsInForce: elapsed, elapsedDays };
}
