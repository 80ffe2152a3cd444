// When what was earned falls due, and how it is expensed: parts that sum to the earning in whole units.
import type { Due, Scheduled } from './account.ts';
import type { Turn } from './components.ts';
import { asText, isTable, tables, wordOf } from './data.ts';
import { compare, exact, isSame, ONE, total, type Exact } from './exact.ts';
import type { Place } from './formula.ts';
import { asExact, CannotDerive } from './values.ts';
import { formulaIn } from './plan-data.ts';
import { rounded, sharedOut } from './rounded.ts';
import type { Sale } from './sales.ts';

/** Part of an earning; `sale` null: of the whole period. */
export interface Earned {
    sale: Sale | null;
    amount: Exact;
    place: Place;
}

export function scheduleEarning(turn: Turn, earned: Earned): void {
    const { review, account, period, key, component } = turn;
    const { rounding } = review.plan;
    amortise(turn, earned);
    const { sale, amount, place } = earned;
    const schedule = component['schedule'];
    if (!isTable(schedule)) {
        account.dues[period]!.push({ component: key, sale, amount, scheduled: null });
        return;
    }
    const isRelease = schedule['release'] !== undefined;
    const parts = tables(isRelease ? schedule['release'] : schedule['instalments']);
    const shares = parts.map((part) => asExact(formulaIn(part, 'share')!(place)));
    if (!isSame(total(shares), ONE)) throw new CannotDerive('the parts of a schedule do not make the whole');
    const amounts = sharedOut(rounded(amount, rounding.unit, rounding.mode), shares, rounding);
    for (const [index, part] of parts.entries()) {
        const when = isRelease
            ? release(turn, sale, asText(part['on']))
            : instalment(turn, Number(asText(part['after'])));
        const entry: Scheduled = {
            ...entryOf(turn, sale, isRelease ? 'release' : 'instalment', when.dueOn, amounts[index]!),
            event: isRelease ? asText(part['on']) : ''
        };
        account.scheduled.push(entry);
        const due: Due = { component: key, sale, amount: entry.amount, scheduled: entry };
        account.dues[when.period]!.push(due);
    }
}

interface When {
    /** index of the period it falls due in; the number of periods for later */
    period: number;
    dueOn: string | null;
}

function instalment({ review, period }: Turn, after: number): When {
    const { periods } = review.input;
    const due = periods[period + after];
    if (due) return { period: period + after, dueOn: due.to };
    const dueOn = review.plan.intervals.endOfLater(review.plan.period, periods[period]!.to, after);
    return { period: periods.length, dueOn };
}

/** Not before it is earned. */
function release({ review, period }: Turn, sale: Sale | null, event: string): When {
    const { periods } = review.input;
    const dueOn = sale ? wordOf(sale.row['events'], event) : null;
    const index = dueOn === null ? -1 : periods.findIndex(({ to }, at) => at >= period && to >= dueOn);
    return { period: index === -1 ? periods.length : index, dueOn };
}

/** The same every month from that of the sale, or at once where the contract is short. */
function amortise(turn: Turn, { sale, amount, place }: Earned): void {
    const { review, account, period, component } = turn;
    const amortisation = component['amortisation'];
    if (!isTable(amortisation)) return;
    const { rounding, intervals } = review.plan;
    const months = asExact(formulaIn(amortisation, 'months')!(place));
    const expedient = amortisation['expedientMonths'];
    const isShort = expedient !== undefined && compare(months, exact(BigInt(asText(expedient)))) <= 0;
    const count = isShort ? 1 : Number(months.top / months.bottom);
    const whole = rounded(amount, rounding.unit, rounding.mode);
    const parts = sharedOut(
        whole,
        Array.from({ length: count }, () => ONE),
        rounding
    );
    const first = sale?.date ?? review.input.periods[period]!.from;
    for (const [index, part] of parts.entries())
        account.scheduled.push(
            entryOf(turn, sale, 'amortisation', intervals.endOfLater('month', first, index), part)
        );
}

function entryOf(
    { review, period, key }: Turn,
    sale: Sale | null,
    kind: string,
    dueOn: string | null,
    amount: Exact
): Scheduled {
    return {
        period: review.input.periods[period]!.key,
        source: key,
        transaction: sale?.id ?? '',
        kind,
        dueOn,
        event: '',
        form: kind === 'amortisation' ? 'expense' : 'cash',
        amount,
        cancelled: [],
        clawbackUntil: null
    };
}
