// What one calculation of a plan hands on to the next: closing balances, what was earned and paid, and what is still to fall due, as
// rows of the next input. The rules are those of docs/plan-language.md, "One run can follow another".
import { ledgersOf } from '../incentives/ledgers.ts';
import type { IsoDay, Plan } from '../incentives/plan.ts';
import type { CalculationResult, PayeePeriod, ScheduledAmount } from '../incentives/result.ts';
import { sumOf, type Ratio } from '../ratio.ts';

export interface OpenBalance {
    payee: string;
    ledger: string;
    scope: string;
    amount: Ratio;
}

export interface PaidRow {
    payee: string;
    component: string;
    transaction?: string;
    period: string;
    amount: string;
    kind?: 'malus';
}

export interface Carried {
    opening: OpenBalance[];
    paid: PaidRow[];
    scheduled: readonly ScheduledAmount[];
}

/** Of a stretch of periods that one version calculated. */
export function carriedFrom(
    { payees, scheduled }: CalculationResult,
    { plan, periods }: { plan: Plan; periods: readonly { start: IsoDay; end: IsoDay }[] },
    before: Carried
): Carried {
    const [from, to] = [periods[0]!.start, periods.at(-1)!.end];
    const known = new Set(ledgersOf(plan));
    const ofPayee = Map.groupBy(scheduled, ({ payeeId }) => payeeId);
    const balances = new Map(
        before.opening.map((one) => {
            const own = ofPayee.get(one.payee) ?? [];
            const amount = known.has(one.ledger) ? one.amount : leftOf(one, own, from, to);
            return [ledgerKey(one), { ...one, amount }];
        })
    );
    const paid = [...before.paid];
    for (const { payeeId, periods } of payees)
        for (const told of periods) {
            for (const { ledger, scope, closing } of told.balances) {
                const one = { payee: payeeId, ledger, scope, amount: closing };
                balances.set(ledgerKey(one), one);
            }
            paid.push(...earnedIn(payeeId, told), ...afterSteps(payeeId, told, plan));
        }
    return { opening: [...balances.values()].filter(({ amount }) => !amount.isZero), paid, scheduled };
}

/** What a version without the step hands on of a balance. */
function leftOf(
    { payee, ledger, amount }: OpenBalance,
    scheduled: readonly ScheduledAmount[],
    from: IsoDay,
    to: IsoDay
): Ratio {
    const own = scheduled.filter(({ payeeId, source }) => payeeId === payee && source === ledger);
    return amount.minus(fallenDue(own, from, to));
}

/** Tranches that fall due between two days, both counted. */
export function fallenDue(scheduled: readonly ScheduledAmount[], from: IsoDay, to: IsoDay): Ratio {
    const due = scheduled.filter(
        ({ kind, dueOn }) => kind === 'tranche' && dueOn !== null && from <= dueOn && dueOn <= to
    );
    return sumOf(due.map(({ amount }) => amount));
}

function ledgerKey({ payee, ledger, scope }: OpenBalance): string {
    return JSON.stringify([payee, ledger, scope]);
}

/** What components gave, line by line; what is still open of it stands among what is scheduled. */
function earnedIn(payee: string, { period, components }: PayeePeriod): PaidRow[] {
    return components.flatMap(({ component, lines }) =>
        lines.map(({ transaction, amount, kind }) => ({
            payee,
            component,
            ...(transaction === '' ? {} : { transaction }),
            period,
            amount: amount.toString(),
            ...(kind === 'malus' ? { kind } : {})
        }))
    );
}

/** What came out of each step of the payout: of one that changed nothing, what the step before left. */
function afterSteps(payee: string, { period, due, payout }: PayeePeriod, plan: Plan): PaidRow[] {
    let amount: Ratio = due;
    return plan.payout.map(({ key }) => {
        amount = payout.find((step) => step.key === key)?.after ?? amount;
        return { payee, component: key, period, amount: amount.toString() };
    });
}

/** Those a plan can read; others stay as they are until a version has their step again. */
export function readableBy(plan: Plan, { opening, paid, scheduled }: Carried): Carried {
    const ledgers = new Set(ledgersOf(plan));
    const parts = new Set([...plan.components, ...plan.payout].map(({ key }) => key));
    return {
        opening: opening.filter(({ ledger }) => ledgers.has(ledger)),
        paid: paid.filter(({ component }) => parts.has(component)),
        scheduled
    };
}

export function scheduledRow(one: ScheduledAmount): Readonly<Record<string, string>> {
    const { payeeId, period, source, transaction, kind, dueOn, event, form, amount, clawbackUntil } = one;
    return {
        payee: payeeId,
        period,
        component: source,
        transaction,
        kind,
        ...(dueOn === null ? {} : { dueOn }),
        event,
        form,
        amount: amount.toString(),
        ...(clawbackUntil === null ? {} : { clawbackUntil })
    };
}
