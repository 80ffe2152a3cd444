// From the facts of the org to the input of one plan version, in the form docs/plan-language.md describes: the same text goes to the
// engine, to the checker and into the hash of the run. Decides which periods are calculated and which sales concern the plan.
import type { Plan } from '../incentives/plan.ts';
import { newestBalances } from './balances.ts';
import type { AssignmentFact, PayFacts, PayPeriod, PlanVersionFact, SaleFact } from './pay-facts.ts';

type Row = Readonly<Record<string, unknown>>;

/** Periods from the version's first day to the period asked for. */
export function periodsOf({ period, periods }: PayFacts, plan: Plan): PayPeriod[] {
    const sofar = periods.filter(({ start, end }) => start <= period.start && end >= plan.effectiveFrom);
    return sofar.toSorted((a, b) => (a.start < b.start ? -1 : 1));
}

export function inputOf(facts: PayFacts, version: PlanVersionFact, plan: Plan): string {
    const { planKey } = version;
    const periods = periodsOf(facts, plan);
    const first = periods[0]?.start ?? facts.period.start;
    const assignments = facts.assignments.filter(
        (one) => one.planKey === planKey && one.from <= facts.period.end
    );
    const payeeIds = new Set(assignments.map(({ payeeId }) => payeeId));
    return JSON.stringify({
        periods: periods.map(({ key, start, end }) => ({ key, start, end })),
        payees: [...payeeIds].sort().map((id) => payeeRow(facts, id)),
        assignments: assignments.map(assignmentRow),
        transactions: salesOf(facts, plan, version, payeeIds).map(transactionRow),
        quotas: facts.quotas
            .filter((quota) => quota.planKey === planKey && payeeIds.has(quota.payeeId))
            .map(({ payeeId, measure, from, to, target }) => ({
                payee: payeeId,
                measure,
                from,
                to,
                amount: target
            })),
        opening: openings(facts, planKey, first),
        paid: paidBefore(facts, plan, planKey, first),
        exceptions: facts.adjustments
            .filter((one) => one.kind === 'Waiver' && one.planKey === planKey)
            .map(({ payeeId, gate, reason, requestedBy, approvedBy }) => ({
                payee: payeeId,
                gate,
                period: facts.period.key,
                reason,
                requestedBy,
                approvedBy
            }))
    });
}

function payeeRow({ people }: PayFacts, id: string): Row {
    const person = people.get(id);
    return { id, manager: person?.managerId ?? '', title: person?.title ?? '' };
}

function assignmentRow(one: AssignmentFact): Row {
    return {
        ...one.terms,
        payee: one.payeeId,
        from: one.from,
        ...(one.to === '' ? {} : { to: one.to }),
        ...(one.targetIncentive === null ? {} : { targetIncentive: one.targetIncentive }),
        isMaterialRiskTaker: one.isMaterialRiskTaker
    };
}

/** All of them where the plan looks at all transactions; else those that name somebody on the plan. */
function salesOf(
    { sales }: PayFacts,
    { crediting }: Plan,
    { definition }: PlanVersionFact,
    payeeIds: ReadonlySet<string>
): SaleFact[] {
    const looksAtAll =
        /\(\s*transactions\b/.test(definition) || crediting.some(({ to }) => to.kind === 'payee');
    return looksAtAll ? sales : sales.filter((sale) => namedIn(sale).some((id) => payeeIds.has(id)));
}

export function namedIn({ ownerId, splits, team }: SaleFact): string[] {
    return [ownerId, ...splits.map(({ payeeId }) => payeeId), ...Object.values(team)];
}

function transactionRow(sale: SaleFact): Row {
    const shares = sale.splits.length === 0 ? [{ payeeId: sale.ownerId, percent: '100' }] : sale.splits;
    return {
        id: sale.id,
        date: sale.date,
        ...(sale.amount === null ? {} : { amount: sale.amount }),
        ...(sale.currency === '' ? {} : { currency: sale.currency }),
        owner: sale.ownerId,
        splits: Object.fromEntries(shares.map(({ payeeId, percent }) => [payeeId, `${percent}%`])),
        team: sale.team,
        type: sale.type,
        product: sale.product,
        productFamily: sale.productFamily,
        units: sale.units
    };
}

/** Closings before the first period that is calculated. */
function openings(facts: PayFacts, planKey: string, first: string): Row[] {
    return newestBalances(facts, first)
        .filter((balance) => balance.planKey === planKey)
        .map(({ payeeId, ledger, scope, closing }) => ({
            payee: payeeId,
            ledger,
            ...(scope === '' ? {} : { scope }),
            amount: closing
        }));
}

function paidBefore(
    { publishedLines, periods }: PayFacts,
    plan: Plan,
    planKey: string,
    first: string
): Row[] {
    const before = new Set(periods.filter(({ end }) => end < first).map(({ key }) => key));
    const components = new Set(plan.components.map(({ key }) => key));
    return publishedLines
        .filter((line) => line.planKey === planKey && before.has(line.periodKey))
        .filter(({ component }) => components.has(component))
        .map(({ payeeId, component, transaction, periodKey, amount }) => ({
            payee: payeeId,
            component,
            ...(transaction === '' ? {} : { transaction }),
            period: periodKey,
            amount
        }));
}
