// The pay of one period, pure: every plan is calculated from its first period on, version after version, and what it says of the
// period asked for becomes statements. Late data of closed periods and decisions of people are lines of the same statements.
import { parsePlan } from '../incentives/parse-plan.ts';
import type { Plan } from '../incentives/plan.ts';
import { distinct } from '../incentives/write-result.ts';
import { hashOf } from '../hash-chain.ts';
import type { Problem } from '../problem.ts';
import { withoutPlan } from './adjustments.ts';
import { refusedMalus } from './award-decisions.ts';
import { headOf, withoutFigures } from './build-statement.ts';
import { calculatePlan, type Calculated } from './calculate-plan.ts';
import type { CalculatedPlan } from './check-pay.ts';
import { refusedClawbacks } from './paid-clawbacks.ts';
import type { PayFacts, PlanVersionFact } from './pay-facts.ts';
import { periodProblems, salesBetween } from './period-problems.ts';
import { readVersion, timelineOf, type ReadVersion } from './plan-timeline.ts';
import type { Statement } from './statement.ts';
import { Statements } from './statements.ts';

export interface PayProblem extends Problem {
    /** '' where it is about nobody in particular */
    payeeId: string;
}

export interface PayOutcome {
    statements: Statement[];
    problems: PayProblem[];
    /** credits of people no plan pays on that day */
    unpaidCredits: number;
    /** SHA-256 over plans and inputs */
    inputHash: string;
    /** the plans that could be calculated, for the independent check */
    calculated: CalculatedPlan[];
}

export function calculatePay(facts: PayFacts): PayOutcome {
    const versions = facts.versions.filter(
        ({ interval, from }) => interval === facts.period.interval && from <= facts.period.end
    );
    const byPlan = [...Map.groupBy(versions, ({ planKey }) => planKey).values()];
    const parts = byPlan
        .toSorted(([a], [b]) => (a!.planKey < b!.planKey ? -1 : 1))
        .map((own) => payOfPlan(facts, own));
    const statements = parts.flatMap((part) => part.statements);
    const paying = new Set(parts.filter(({ isPaying }) => isPaying).map(({ planKey }) => planKey));
    const problems = [
        ...[...facts.problems, ...periodProblems(facts), ...withoutPlan(facts, paying)].map(aboutNobody),
        ...parts.flatMap((part) => part.problems),
        ...statements.flatMap(({ problems: own, payeeId }) => own.map((problem) => ({ ...problem, payeeId })))
    ];
    return {
        statements,
        problems,
        unpaidCredits: new Set(parts.flatMap((part) => part.unpaidCredits)).size,
        inputHash: hashOf(parts.flatMap(({ inputs }) => inputs)),
        calculated: parts.flatMap((part) => part.calculated)
    };
}

function aboutNobody(problem: Problem): PayProblem {
    return { ...problem, payeeId: '' };
}

interface PlanPart {
    planKey: string;
    /** whether a version pays the period, well or not */
    isPaying: boolean;
    /** of each calculation: key and text of the version, input */
    inputs: string[][];
    statements: Statement[];
    problems: PayProblem[];
    /** each credit by its place */
    unpaidCredits: string[];
    calculated: CalculatedPlan[];
}

function payOfPlan(facts: PayFacts, versions: PlanVersionFact[]): PlanPart {
    const newest = versions.toSorted((a, b) => (a.from < b.from ? -1 : 1)).at(-1)!;
    const read: ReadVersion[] = [];
    for (const version of versions) {
        const { plan, problems } = parsePlan(version.definition);
        if (!plan) return refusedPlan(facts, version, problems);
        if (plan.currency !== version.currency)
            return refusedPlan(facts, version, [currencyDiffers(version, plan.currency)]);
        const unread = unreadTouches(facts, version, plan);
        if (unread.length > 0) return refusedPlan(facts, version, unread);
        read.push(readVersion(version, plan));
    }
    const periods = facts.periods.toSorted((a, b) => (a.start < b.start ? -1 : 1));
    const timeline = timelineOf(read, periods);
    const unpaid = timeline.problems.map(({ problem }) => problem);
    if (timeline.problems.some(({ period }) => period.key === facts.period.key))
        return refusedPlan(facts, newest, unpaid);
    const last = timeline.stretches.at(-1);
    if (!last?.periods.some(({ key }) => key === facts.period.key)) return nothing(newest.planKey);
    const { calculated, problems } = calculatePlan(facts, timeline);
    if (!calculated) return refusedPlan(facts, last.version, problems);
    return told(facts, calculated, unpaid);
}

function nothing(planKey: string): PlanPart {
    const none = { inputs: [], statements: [], problems: [], unpaidCredits: [], calculated: [] };
    return { planKey, isPaying: false, ...none };
}

function told(facts: PayFacts, calculated: Calculated[], unpaid: readonly Problem[]): PlanPart {
    const last = calculated.at(-1)!;
    const { planKey } = last.version;
    const all = calculated.flatMap(({ result }) => result.problems);
    const of = new Statements(facts, calculated);
    const own = distinct([
        ...unpaid,
        ...salesBetween(facts, calculated),
        ...all.filter((problem) => !isUnpaidCredit(problem)),
        ...refusedMalus(facts, last),
        ...refusedClawbacks(facts, last)
    ]);
    return {
        planKey,
        isPaying: true,
        inputs: calculated.map(({ version, input }) => [version.key, version.definition, input]),
        statements: of.statements,
        problems: [...own.map(aboutNobody), ...of.problems],
        unpaidCredits: unpaidCredits(facts, all),
        calculated: calculated.map((one) => ({
            planKey,
            plan: one.plan,
            definition: one.version.definition,
            input: one.input,
            result: one.result,
            isTold: one === last
        }))
    };
}

/** A plan that cannot be calculated: whoever is on it is told why, and no figure. */
function refusedPlan(facts: PayFacts, version: PlanVersionFact, problems: Problem[]): PlanPart {
    const { period } = facts;
    const onPlan = facts.assignments.filter(
        ({ planKey, from, to }) =>
            planKey === version.planKey && from <= period.end && (to === '' || to >= period.start)
    );
    const payeeIds = [...new Set(onPlan.map(({ payeeId }) => payeeId))].sort();
    const statements = payeeIds.map((payeeId) => ({
        ...headOf(version, payeeId, period.key),
        ...withoutFigures(problems)
    }));
    return {
        ...nothing(version.planKey),
        isPaying: true,
        inputs: [[version.key, version.definition, '']],
        statements,
        problems: payeeIds.length === 0 ? problems.map(aboutNobody) : []
    };
}

/** Whom a sale would be credited to is not known of any: nobody on the plan can be told a figure. */
function unreadTouches({ unreadTouches: why }: PayFacts, { key }: PlanVersionFact, plan: Plan): Problem[] {
    const sources = plan.crediting.flatMap(({ to }) => (to.kind === 'touches' ? to.from : []));
    return [...new Set(sources)].flatMap((source) => {
        const value = why[source];
        if (value === undefined) return [];
        const where = `plan version ${key}, touches from ${source}`;
        return [{ code: 'NOT_KNOWN', where, value, fix: 'Assign SpmCrmRead to the Run As user.' }];
    });
}

/** Statements are in the currency of the plan's row, figures in that of its text. */
function currencyDiffers({ key, currency }: PlanVersionFact, inText: string): Problem {
    return {
        code: 'PLAN_CURRENCY_DIFFERS',
        where: `plan version ${key}, currency`,
        value: `${inText} in its text, ${currency} in its plan`,
        fix: `Make a version whose text says currency: ${currency}, or a plan of its own in ${inText}.`
    };
}

/** The engine tells credits it does not pay; here the person may be paid by another plan. */
function isUnpaidCredit({ code, where }: Problem): boolean {
    return code === 'PAYEE_WITHOUT_PLAN' && where.startsWith('transaction ');
}

function unpaidCredits({ assignments }: PayFacts, problems: readonly Problem[]): string[] {
    const known = new Set(assignments.map(({ payeeId }) => payeeId));
    return problems
        .filter((problem) => isUnpaidCredit(problem) && !known.has(problem.value.split(' ')[0]!))
        .map(({ where, value }) => `${where} ${value}`);
}
