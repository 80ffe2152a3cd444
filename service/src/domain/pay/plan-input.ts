// From the facts of the org to the input of one plan version, in the form docs/plan-language.md describes: the same text goes to the
// engine, to the checker and into the hash of the run. Decides which rows concern the plan and the periods.
import { TOUCH_SOURCES, type CreditTarget, type Plan } from '../incentives/plan.ts';
import { malusRows } from './award-decisions.ts';
import { newestBalances } from './balances.ts';
import { readableBy, scheduledRow, type Carried } from './carried.ts';
import { rateRows } from './exchange-rates.ts';
import { amountOf } from './figures.ts';
import { givenRows } from './given-rows.ts';
import type {
    AssignmentFact,
    PayFacts,
    PayPeriod,
    PlanVersionFact,
    QuotaFact,
    SaleFact
} from './pay-facts.ts';
import { heldOn } from './held-on-date.ts';
import { listOf, touchesFrom, type Known, type OwnerSpan, type Touch, type Touches } from './ownership.ts';
import { readVersion, type Stretch } from './plan-timeline.ts';

type Row = Readonly<Record<string, unknown>>;

/** Of a version all by itself, from its first day to the period asked for, with what the org says of the time before. */
export function inputOf(facts: PayFacts, version: PlanVersionFact, plan: Plan): string {
    const { period } = facts;
    const sofar = facts.periods.filter(
        ({ start, end }) => start <= period.start && end >= plan.effectiveFrom
    );
    const periods = sofar.toSorted((a, b) => (a.start < b.start ? -1 : 1));
    const first = periods[0] ?? period;
    const before = broughtForward(facts, version.planKey, first);
    return stretchInput(facts, { ...readVersion(version, plan), to: '', periods, isEnding: false }, before);
}

/** What the org has of the time before the first period that is calculated. */
export function broughtForward(facts: PayFacts, planKey: string, { start }: PayPeriod): Carried {
    const before = new Set(facts.periods.filter(({ end }) => end < start).map(({ key }) => key));
    return {
        opening: newestBalances(facts, start)
            .filter((balance) => balance.planKey === planKey)
            .map(({ payeeId, ledger, scope, closing }) => ({
                payee: payeeId,
                ledger,
                scope,
                amount: amountOf(closing)
            })),
        paid: facts.publishedLines
            .filter((line) => line.planKey === planKey && before.has(line.periodKey))
            .map(({ payeeId, component, transaction, periodKey, amount }) => ({
                payee: payeeId,
                component,
                ...(transaction === '' ? {} : { transaction }),
                period: periodKey,
                amount
            })),
        scheduled: []
    };
}

export function stretchInput(facts: PayFacts, stretch: Stretch, before: Carried): string {
    const { plan, periods } = stretch;
    const assignments = assignmentsIn(facts, stretch);
    const payeeIds = new Set(assignments.map(({ payeeId }) => payeeId));
    const sales = salesOf(facts, stretch, payeeIds);
    const currencies = new Set(sales.map(({ currency }) => currency).filter((code) => code !== ''));
    const hasEvents = readsEvents(stretch);
    const { opening, paid, scheduled } = readableBy(plan, before);
    const ofPayee = ({ payee }: { payee: string }): boolean => payeeIds.has(payee);
    const given = givenRows(facts, stretch, payeeIds);
    return JSON.stringify({
        periods: periods.map(({ key, start, end }) => ({ key, start, end })),
        payees: [...payeeIds].sort().map((id) => payeeRow(facts, id)),
        assignments: assignments.map((one) => assignmentRow(one, plan)),
        transactions: sales.map((sale) => ({
            ...transactionRow(sale, hasEvents),
            ...attributionOf(sale, plan)
        })),
        rates: rateRows(facts.rates, currencies, plan.currency),
        quotas: quotasOf(facts, stretch)
            .filter(({ payeeId }) => payeeIds.has(payeeId))
            .map(({ payeeId, measure, from, to, target, currency }) => ({
                payee: payeeId,
                measure,
                from,
                to,
                amount: inCurrency(target, currency, plan)
            })),
        ...(given.facts.length === 0 ? {} : { facts: given.facts }),
        opening: opening.filter(ofPayee).map(({ payee, ledger, scope, amount }) => ({
            payee,
            ledger,
            ...(scope === '' ? {} : { scope }),
            amount: amount.toString()
        })),
        paid: paid.filter(ofPayee),
        scheduled: scheduled.filter(({ payeeId }) => payeeIds.has(payeeId)).map(scheduledRow),
        malus: malusRows(facts, stretch).filter(ofPayee),
        ...(given.clawback.length === 0 ? {} : { clawback: given.clawback }),
        exceptions: given.exceptions
    });
}

/** Nobody is on a version after its last day. Where it ends after the periods, its last day is of no matter to them. */
function assignmentsIn(
    { assignments }: PayFacts,
    { version, to, periods, isEnding }: Stretch
): AssignmentFact[] {
    const last = isEnding ? to : (periods.at(-1)?.end ?? '');
    const begun = assignments.filter((one) => one.planKey === version.planKey && one.from <= last);
    if (!isEnding) return begun;
    return begun.map((one) => (one.to === '' || one.to > to ? { ...one, to } : one));
}

function payeeRow({ people }: PayFacts, id: string): Row {
    const person = people.get(id);
    return { id, manager: person?.managerId ?? '', title: person?.title ?? '' };
}

function assignmentRow(one: AssignmentFact, plan: Plan): Row {
    return {
        ...one.terms,
        payee: one.payeeId,
        from: one.from,
        ...(one.to === '' ? {} : { to: one.to }),
        ...(one.targetIncentive === null
            ? {}
            : { targetIncentive: inCurrency(one.targetIncentive, one.currency, plan) }),
        isMaterialRiskTaker: one.isMaterialRiskTaker
    };
}

/** Up to the last day the version pays for: all of them where the plan looks at all transactions; else those that name somebody
 *  on the plan or may, as the org does not know who touched them, and what takes them back. */
function salesOf(
    { sales }: PayFacts,
    { version, plan, periods, to, isEnding }: Stretch,
    payeeIds: ReadonlySet<string>
): SaleFact[] {
    const last = isEnding ? to : (periods.at(-1)?.end ?? '');
    const looksAtAll =
        /\(\s*transactions\b/.test(version.definition) ||
        plan.crediting.some((rule) => rule.to.kind === 'payee');
    const isOwn = (sale: SaleFact): boolean =>
        namedIn(sale).some((id) => payeeIds.has(id)) || mayNameOthers(sale, plan);
    const own = sales.filter((sale) => sale.date <= last && (looksAtAll || isOwn(sale)));
    // Whoever owns a refund: what it takes back is of those whom the sale paid.
    const ids = new Set(own.map(({ id }) => id));
    const refunds = sales.filter(
        ({ id, date, reverses }) => date <= last && ids.has(reverses) && !ids.has(id)
    );
    return [...own, ...refunds];
}

function mayNameOthers({ touches = {} }: SaleFact, { crediting }: Plan): boolean {
    return crediting.some(
        ({ to }) => to.kind === 'touches' && listOf(touchesFrom(touches, to.from)) === null
    );
}

export function namedIn({ ownerId, splits, team, owners, dated, touches }: SaleFact): string[] {
    const parties: Known<{ payeeId: string }>[] = [
        owners ?? [],
        ...Object.values(dated ?? {}),
        ...Object.values(touches ?? {})
    ];
    return [
        ownerId,
        ...[splits, ...parties].flatMap((known) => listOf(known) ?? []).map(({ payeeId }) => payeeId),
        ...Object.values(team)
    ];
}

/** Quotas belong to the plan: one for a measure that only another of its versions has is not this version's. */
function quotasOf({ quotas, versions }: PayFacts, { version, plan }: Stretch): QuotaFact[] {
    const own = new Set(plan.measures.map(({ key }) => key));
    const others = versions
        .filter(({ key, planKey }) => planKey === version.planKey && key !== version.key)
        .map(({ definition }) => definition);
    const isOfOther = (measure: string): boolean =>
        !own.has(measure) && others.some((text) => new RegExp(`\\b${measure}\\b`).test(text));
    return quotas.filter(({ planKey, measure }) => planKey === version.planKey && !isOfOther(measure));
}

/** A target in another currency is not converted, as nobody said by which rate: it becomes text that is no amount, and is told. */
function inCurrency(amount: string, currency: string, plan: Plan): string {
    return currency === '' || currency === plan.currency ? amount : `${amount} ${currency}`;
}

function readsEvents({ plan, version }: Stretch): boolean {
    const isReleased = plan.components.some(({ schedule }) => schedule?.kind === 'release');
    return isReleased || /\bevents\./.test(version.definition);
}

/** As the plan credits it; where the org does not know, the reason stops the deal from being paid without it. */
function attributionOf(sale: SaleFact, { crediting }: Plan): Row {
    const targets = crediting.map(({ to }) => to);
    const handing = targets.flatMap((to) => (to.kind === 'handOver' ? [to] : []));
    const touching = targets.flatMap((to) => (to.kind === 'touches' ? [to] : []));
    return {
        ...(handing.length > 0 ? { owners: rowsOf(ownersBy(handing, sale)) } : {}),
        ...(touching.length > 0 ? { touches: rowsOf(touchesBy(touching, sale.touches ?? {})) } : {})
    };
}

/** A transaction has one list of owners, for all rules of its plan. */
function ownersBy([rule, ...others]: HandOverRule[], sale: SaleFact): Known<OwnerSpan> | undefined {
    const { from } = rule!;
    const isSame = (one: HandOverRule): boolean => JSON.stringify(one.from) === JSON.stringify(from);
    if (!others.every(isSame)) return { unknown: 'rules of the plan hand over by different lists' };
    if (from === 'owner') return sale.owners;
    if ([rule!, ...others].some(({ by }) => by !== 'date'))
        return {
            unknown: 'Salesforce keeps no history of splits and teams: only handOver: date can be told'
        };
    return heldOn(sale.dated ?? {}, from, sale.date);
}

type HandOverRule = Extract<CreditTarget, { kind: 'handOver' }>;

/** A transaction has one list of touches, for all rules of its plan. */
function touchesBy([rule, ...others]: TouchRule[], touches: Touches): Known<Touch> {
    const { from } = rule!;
    const isSame = (one: TouchRule): boolean => one.from.toSorted().join() === from.toSorted().join();
    if ([rule!, ...others].some(({ method }) => method.method === 'shapley'))
        return { unknown: 'an org has no worth of coalitions' };
    if (from.length === 0) return { unknown: `the plan does not say from: ${TOUCH_SOURCES.join(', ')}` };
    if (!others.every(isSame)) return { unknown: 'rules of the plan read touches from different sources' };
    return touchesFrom(touches, from);
}

type TouchRule = Extract<CreditTarget, { kind: 'touches' }>;

function rowsOf(known: Known<OwnerSpan | Touch> = { unknown: 'it was not read' }): unknown {
    const list = listOf(known);
    if (list === null) return known;
    return list.map(({ payeeId, ...one }) => ({
        payee: payeeId,
        ...Object.fromEntries(Object.entries(one).filter(([, value]) => value !== ''))
    }));
}

/** That a deal was won has its day; other events are told by whoever sees them happen. */
function transactionRow(sale: SaleFact, hasEvents: boolean): Row {
    const shares = sale.splits.length === 0 ? [{ payeeId: sale.ownerId, percent: '100' }] : sale.splits;
    return {
        ...sale.fields,
        id: sale.id,
        date: sale.date,
        ...(sale.amount === null ? {} : { amount: sale.amount }),
        ...(sale.currency === '' ? {} : { currency: sale.currency }),
        ...(sale.reverses === '' ? {} : { reverses: sale.reverses }),
        ...(hasEvents ? { events: { won: sale.date, ...sale.events } } : {}),
        owner: sale.ownerId,
        splits: Object.fromEntries(shares.map(({ payeeId, percent }) => [payeeId, `${percent}%`])),
        team: sale.team,
        type: sale.type,
        product: sale.product,
        productFamily: sale.productFamily,
        units: sale.units
    };
}
