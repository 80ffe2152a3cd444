// Pay worked out again after a change: only payees whose facts, or those of people their pay may rest on (dependence.ts), differ from
// the run before are calculated, checked and sealed anew; the others stay as they were, and all of it equals a full run. Where pay may
// rest on everything, where anything was wrong, or where more than that changed, nothing is said here and a full run is due
// (work-out-pay.ts).
import { hashOf, type Json } from '../hash-chain.ts';
import { parsePlan } from '../incentives/parse-plan.ts';
import { reachOf, type Reach } from '../incentives/reach.ts';
import { calculatePay } from './calculate-pay.ts';
import { checkPay } from './check-pay.ts';
import { Dependence } from './dependence.ts';
import { isFinal, type PayFacts, type PayPeriod, type PlanVersionFact, type SaleFact } from './pay-facts.ts';
import { listOf } from './ownership.ts';
import { payeeResults, type PayeeResult } from './payee-results.ts';
import { broughtForward, namedIn, stretchInput } from './plan-input.ts';
import { readVersion, timelineOf, type Stretch } from './plan-timeline.ts';
import { sealStatements, type SealedStatement } from './seal-statements.ts';
import type { PayAnswer } from './work-out-pay.ts';

/** What a run leaves for the next one of the period. */
export interface RememberedPay {
    /** of all that concerns everybody */
    common: string;
    /** of what concerns each payee, and those their pay may rest on */
    own: ReadonlyMap<string, string>;
    statements: SealedStatement[];
    results: PayeeResult[];
}

/** Null where the next run must be a full one. */
export function rememberPay(facts: PayFacts, answer: PayAnswer): RememberedPay | null {
    const isClean = answer.problems.length === 0 && answer.unpaidCredits === 0;
    if (!isClean || answer.check.status !== 'Agrees') return null;
    const read = readPlans(facts);
    if (read === null) return null;
    const { statements, results } = answer;
    return { ...printsOf(facts, new Dependence(facts, read.reaches)), statements, results };
}

export function workOutChanges(facts: PayFacts, before: RememberedPay): PayAnswer | null {
    const read = readPlans(facts);
    if (read === null) return null;
    const dependence = new Dependence(facts, read.reaches);
    const { common, own } = printsOf(facts, dependence);
    if (common !== before.common) return null;
    const ids = new Set([...own.keys(), ...before.own.keys()]);
    const changed = new Set([...ids].filter((id) => own.get(id) !== before.own.get(id)));
    const needed = new Set(
        [...changed].flatMap((id) => [id, ...dependence.of(id).flatMap((set) => [...set])])
    );
    if (needed.size * 2 > own.size) return null;
    const anew = changed.size === 0 ? NOTHING : calculateOnly(facts, changed, needed, dependence);
    if (anew === null) return null;
    const isKept = ({ payeeId }: { payeeId: string }): boolean => !changed.has(payeeId);
    const statements = [
        ...before.statements.filter(({ statement }) => isKept(statement)),
        ...sealStatements(anew, facts)
    ].sort((a, b) => inOrder(a.statement, b.statement));
    const results = new Map(
        [...before.results.filter(isKept), ...payeeResults(anew, facts)].map((one) => [one.statementKey, one])
    );
    return {
        kind: 'Incremental',
        statements,
        results: statements.map(({ statement }) => results.get(statement.key)!),
        problems: [],
        unpaidCredits: 0,
        inputHash: hashOf(read.inputs),
        check: { status: 'Agrees', differences: [] }
    };
}

const NOTHING: ReturnType<typeof calculatePay>['statements'] = [];

/** Of the changed, with all facts of those needed for it. Whoever shares a deal with those is on the plan, and so are managers, and
 *  what comes out for these is left. Null with any problem. */
function calculateOnly(
    facts: PayFacts,
    changed: ReadonlySet<string>,
    needed: ReadonlySet<string>,
    dependence: Dependence
): typeof NOTHING | null {
    const groups = dealsOf(facts).filter(({ parties }) => parties.some((id) => needed.has(id)));
    const sales = groups.flatMap(({ deals }) => deals);
    // Whoever decides on their pay must be known to be on the plan.
    const decisions = facts.adjustments.filter(({ payeeId }) => needed.has(payeeId));
    const named = dependence.withManagers([
        ...needed,
        ...groups.flatMap(({ parties }) => parties),
        ...decisions.map(({ approvedBy }) => approvedBy)
    ]);
    const isNamed = ({ payeeId }: { payeeId: string }): boolean => named.has(payeeId);
    const some: PayFacts = {
        ...facts,
        sales: sales.sort((a, b) => (a.id < b.id ? -1 : 1)),
        assignments: facts.assignments.filter(isNamed),
        publishedLines: facts.publishedLines.filter(isNamed),
        balances: facts.balances.filter(isNamed),
        adjustments: decisions
    };
    const { statements, problems, unpaidCredits, calculated } = calculatePay(some);
    if (problems.length > 0 || unpaidCredits > 0) return null;
    const { status } = checkPay(calculated, statements, facts.period.key);
    return status === 'Differs' ? null : statements.filter(({ payeeId }) => changed.has(payeeId));
}

/** As statements come: by plan, then payee. */
function inOrder(a: { planKey: string; payeeId: string }, b: typeof a): number {
    if (a.planKey !== b.planKey) return a.planKey < b.planKey ? -1 : 1;
    return a.payeeId < b.payeeId ? -1 : 1;
}

interface ReadPlans {
    inputs: string[][];
    /** by plan */
    reaches: Map<string, Reach>;
}

/** Of every plan that pays the period; null where one is not a single calculation, or rests on deals of nobody on it. */
function readPlans(facts: PayFacts): ReadPlans | null {
    const versions = facts.versions.filter(
        ({ interval, from }) => interval === facts.period.interval && from <= facts.period.end
    );
    const byPlan = [...Map.groupBy(versions, ({ planKey }) => planKey).values()];
    const periods = facts.periods.toSorted((a, b) => (a.start < b.start ? -1 : 1));
    const read: ReadPlans = { inputs: [], reaches: new Map() };
    for (const own of byPlan.toSorted(([a], [b]) => (a!.planKey < b!.planKey ? -1 : 1))) {
        const stretch = onlyStretch(own, periods);
        const reach = stretch && reachOf(stretch.plan);
        if (!reach || reach.kind === 'all') return null;
        const { key, planKey, definition } = stretch.version;
        const before = broughtForward(facts, planKey, stretch.periods[0]!);
        read.inputs.push([key, definition, stretchInput(facts, stretch, before)]);
        read.reaches.set(planKey, reach);
    }
    return read.inputs.length === 0 ? null : read;
}

function onlyStretch(versions: readonly PlanVersionFact[], periods: readonly PayPeriod[]): Stretch | null {
    const read = versions.map((version) => ({ version, plan: parsePlan(version.definition).plan }));
    const readable = read.flatMap(({ version, plan }) => (plan ? [readVersion(version, plan)] : []));
    if (readable.length < versions.length) return null;
    const { stretches, problems } = timelineOf(readable, periods);
    return stretches.length === 1 && problems.length === 0 ? stretches[0]! : null;
}

interface Deals {
    deals: SaleFact[];
    /** whom they name, and whom a published line paid for one of them */
    parties: string[];
}

/** Each sale with everything that takes it back. */
function dealsOf({ sales, publishedLines }: Pick<PayFacts, 'sales' | 'publishedLines'>): Deals[] {
    const paid = Map.groupBy(publishedLines, ({ transaction }) => transaction);
    return groupsOf(sales).map((deals) => {
        const ids = new Set(deals.flatMap(({ id, reverses }) => [id, reverses]));
        ids.delete('');
        const payees = [...ids].flatMap((id) => (paid.get(id) ?? []).map(({ payeeId }) => payeeId));
        return { deals, parties: [...new Set([...deals.flatMap(namedIn), ...payees])] };
    });
}

/** A sale with everything that takes it back, however far. */
function groupsOf(sales: readonly SaleFact[]): SaleFact[][] {
    const originals = new Map(sales.map(({ id, reverses }) => [id, reverses]));
    const rootOf = (id: string, depth = 0): string => {
        const original = originals.get(id);
        return original && depth < sales.length ? rootOf(original, depth + 1) : id;
    };
    return [...Map.groupBy(sales, ({ id }) => rootOf(id)).values()];
}

function printsOf(facts: PayFacts, dependence: Dependence): Pick<RememberedPay, 'common' | 'own'> {
    const { assignments, quotas, publishedLines, balances, statements, adjustments, sales, ...shared } =
        facts;
    const { period, periods, people, conduct, ...others } = shared;
    const ids = new Set(
        [assignments, publishedLines, balances, adjustments].flatMap((rows) =>
            rows.map(({ payeeId }) => payeeId)
        )
    );
    const own = new Map<string, unknown[]>([...ids].map((id) => [id, [people.get(id) ?? null]]));
    // That a run made an open period a calculated one changes no figure.
    const final = periods.map(({ status: _, ...one }, index) => [one, isFinal(periods[index]!)]);
    const common: unknown[] = [period.key, final, others];
    if (conduct) common.push(conduct.facts, [...conduct.deliveredTo], conduct.asOf);
    const put = (what: string, row: { payeeId: string }): unknown =>
        (own.get(row.payeeId) ?? common).push([what, row]);
    for (const row of assignments) put('assignment', row);
    for (const row of quotas) put('quota', row);
    for (const row of publishedLines) put('line', row);
    for (const row of balances) put('balance', row);
    // Who approved counts as long as no plan pays them.
    for (const row of adjustments)
        put('adjustment', { ...row, approver: own.has(row.approvedBy) } as typeof row);
    for (const row of statements) put('statement', { ...row, payeeId: row.key.split(':').at(-1)! });
    for (const { deals, parties } of dealsOf({ sales, publishedLines })) {
        for (const id of parties) own.get(id)?.push(['sales', deals]);
        if (!parties.some((id) => own.has(id)) && deals.some(mayNameAnybody)) common.push(['sales', deals]);
    }
    const alone = new Map([...own].map(([id, rows]) => [id, hashOf(rows as Json)]));
    const printOf = together(alone);
    return {
        common: hashOf(common as Json),
        own: new Map(
            [...alone].map(([id, print]) => [id, hashOf([print, ...dependence.of(id).map(printOf)])])
        )
    };
}

/** Who touched it is not known. */
function mayNameAnybody({ touches = {} }: SaleFact): boolean {
    return Object.values(touches).some((known) => listOf(known) === null);
}

/** Of several people; sets that many share are read once. */
function together(alone: ReadonlyMap<string, string>): (people: ReadonlySet<string>) => string {
    const known = new Map<ReadonlySet<string>, string>();
    return (people) => {
        const print = known.get(people) ?? hashOf([...people].sort().map((id) => [id, alone.get(id) ?? '']));
        known.set(people, print);
        return print;
    };
}
