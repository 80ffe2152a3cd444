// Pay worked out again after a change: only payees whose own facts differ from those of the run before are calculated, checked and
// sealed anew, the others stay as they were, and all of it equals a full run. Where one payee's pay may depend on another's, where
// anything was wrong, or where more than that changed, nothing is said here and a full run is due (work-out-pay.ts).
import { hashOf, type Json } from '../hash-chain.ts';
import { parsePlan } from '../incentives/parse-plan.ts';
import { calculatePay } from './calculate-pay.ts';
import { checkPay } from './check-pay.ts';
import { isFinal, type PayFacts, type SaleFact } from './pay-facts.ts';
import { payeeResults, type PayeeResult } from './payee-results.ts';
import { broughtForward, namedIn, stretchInput } from './plan-input.ts';
import { readVersion, timelineOf } from './plan-timeline.ts';
import { sealStatements, type SealedStatement } from './seal-statements.ts';
import type { PayAnswer } from './work-out-pay.ts';

/** What a run leaves for the next one of the period. */
export interface RememberedPay {
    /** of all that concerns everybody */
    common: string;
    /** of what concerns each payee */
    own: ReadonlyMap<string, string>;
    statements: SealedStatement[];
    results: PayeeResult[];
}

/** Null where the next run must be a full one. */
export function rememberPay(facts: PayFacts, answer: PayAnswer): RememberedPay | null {
    const isClean = answer.problems.length === 0 && answer.unpaidCredits === 0;
    if (!isClean || answer.check.status !== 'Agrees' || inputsOf(facts) === null) return null;
    const { statements, results } = answer;
    return { ...printsOf(facts), statements, results };
}

export function workOutChanges(facts: PayFacts, before: RememberedPay): PayAnswer | null {
    const { common, own } = printsOf(facts);
    const inputs = common === before.common ? inputsOf(facts) : null;
    if (inputs === null) return null;
    const ids = new Set([...own.keys(), ...before.own.keys()]);
    const changed = new Set([...ids].filter((id) => own.get(id) !== before.own.get(id)));
    if (changed.size * 2 > own.size) return null;
    const anew = changed.size === 0 ? NOTHING : calculateOnly(facts, changed);
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
        inputHash: hashOf(inputs),
        check: { status: 'Agrees', differences: [] }
    };
}

const NOTHING: ReturnType<typeof calculatePay>['statements'] = [];

/** Of the changed; whoever shares a deal with them is on the plan, and what comes out for those is left. Null with any problem. */
function calculateOnly(facts: PayFacts, changed: ReadonlySet<string>): typeof NOTHING | null {
    const sales = groupsOf(facts.sales)
        .filter((group) => group.some((sale) => namedIn(sale).some((id) => changed.has(id))))
        .flat();
    // Whoever decides on their pay must be known to be on the plan.
    const decisions = facts.adjustments.filter(({ payeeId }) => changed.has(payeeId));
    const named = new Set([
        ...changed,
        ...sales.flatMap(namedIn),
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

/** Of every plan that pays the period; null where one is not a single calculation, or looks from one payee at another. */
function inputsOf(facts: PayFacts): string[][] | null {
    const versions = facts.versions.filter(
        ({ interval, from }) => interval === facts.period.interval && from <= facts.period.end
    );
    const byPlan = [...Map.groupBy(versions, ({ planKey }) => planKey).values()];
    const periods = facts.periods.toSorted((a, b) => (a.start < b.start ? -1 : 1));
    const inputs: string[][] = [];
    for (const own of byPlan.toSorted(([a], [b]) => (a!.planKey < b!.planKey ? -1 : 1))) {
        const read = own.map((version) => ({ version, plan: parsePlan(version.definition).plan }));
        const readable = read.flatMap(({ version, plan }) => (plan ? [readVersion(version, plan)] : []));
        if (readable.length < own.length) return null;
        const { stretches, problems } = timelineOf(readable, periods);
        const [stretch] = stretches;
        if (stretches.length !== 1 || problems.length > 0 || looksAtOthers(stretch!)) return null;
        const before = broughtForward(facts, stretch!.version.planKey, stretch!.periods[0]!);
        const { key, definition } = stretch!.version;
        inputs.push([key, definition, stretchInput(facts, stretch!, before)]);
    }
    return inputs.length === 0 ? null : inputs;
}

const ALONE = new Set(['owner', 'splits', 'role', 'handOver', 'touches']);

/** By groups and pools, or by credits that one payee has because of another, or everybody of a kind. */
function looksAtOthers({ plan, version }: Parameters<typeof stretchInput>[1]): boolean {
    return (
        plan.crediting.some(({ to }) => !ALONE.has(to.kind)) ||
        plan.components.some(({ pool }) => pool !== null) ||
        /\b(?:sum|count|average|rank)\s*\(\s*(?:team|organisation|everyone|transactions)\b/.test(
            version.definition
        )
    );
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

function printsOf(facts: PayFacts): Pick<RememberedPay, 'common' | 'own'> {
    const { period, periods, versions, rates, conduct, problems } = facts;
    const ids = new Set(
        [facts.assignments, facts.publishedLines, facts.balances, facts.adjustments].flatMap((rows) =>
            rows.map(({ payeeId }) => payeeId)
        )
    );
    const own = new Map<string, unknown[]>([...ids].map((id) => [id, [facts.people.get(id) ?? null]]));
    // That a run made an open period a calculated one changes no figure.
    const final = periods.map(({ status: _, ...one }, index) => [one, isFinal(periods[index]!)]);
    const common: unknown[] = [period.key, final, versions, rates, problems];
    if (conduct) common.push(conduct.facts, [...conduct.deliveredTo], conduct.asOf);
    const put = (what: string, row: { payeeId: string }): unknown =>
        (own.get(row.payeeId) ?? common).push([what, row]);
    for (const row of facts.assignments) put('assignment', row);
    for (const row of facts.quotas) put('quota', row);
    for (const row of facts.publishedLines) put('line', row);
    for (const row of facts.balances) put('balance', row);
    // Who approved counts as long as no plan pays them.
    for (const row of facts.adjustments)
        put('adjustment', { ...row, approver: own.has(row.approvedBy) } as typeof row);
    for (const row of facts.statements) put('statement', { ...row, payeeId: row.key.split(':').at(-1)! });
    for (const group of groupsOf(facts.sales))
        for (const id of new Set(group.flatMap(namedIn))) own.get(id)?.push(['sales', group]);
    return {
        common: hashOf(common as Json),
        own: new Map([...own].map(([id, rows]) => [id, hashOf(rows as Json)]))
    };
}
