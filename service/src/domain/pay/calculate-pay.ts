// The pay of one period, pure: every plan version in force is calculated from its first period on, and what it says of the period
// asked for becomes statements. Late data of closed periods and decisions of people are lines of the same statements.
import { calculate } from '../incentives/calculate.ts';
import { parseInput } from '../incentives/parse-input.ts';
import { parsePlan } from '../incentives/parse-plan.ts';
import { hashOf } from '../hash-chain.ts';
import type { Problem } from '../problem.ts';
import { adjustmentLines, refusedAdjustments } from './adjustments.ts';
import { headOf, statementOf, withoutFigures, type Calculated } from './build-statement.ts';
import type { CalculatedPlan } from './check-pay.ts';
import { lateLines } from './late-data.ts';
import { isFinal, type PayFacts, type PlanVersionFact } from './pay-facts.ts';
import { inputOf } from './plan-input.ts';
import type { Statement } from './statement.ts';
import { datesOf } from './statement-lines.ts';
import { carryOpenings, withLines, withoutPay } from './statement-parts.ts';

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
    const inForce = facts.versions.filter((version) => isInForce(version, facts));
    const byPlan = [...Map.groupBy(inForce, ({ planKey }) => planKey).values()];
    const parts = byPlan
        .toSorted(([a], [b]) => (a!.planKey < b!.planKey ? -1 : 1))
        .map((versions) => payOfPlan(facts, versions));
    const statements = parts.flatMap((part) => part.statements);
    const problems = [
        ...facts.problems.map(aboutNobody),
        ...refusedAdjustments(facts).map(aboutNobody),
        ...parts.flatMap((part) => part.problems.map(aboutNobody)),
        ...statements.flatMap(({ problems: own, payeeId }) => own.map((problem) => ({ ...problem, payeeId })))
    ];
    return {
        statements,
        problems,
        unpaidCredits: parts.reduce((sum, part) => sum + part.unpaidCredits, 0),
        inputHash: hashOf(parts.map(({ version, input }) => [version.key, version.definition, input])),
        calculated: parts.flatMap(({ calculated }) => calculated ?? [])
    };
}

function aboutNobody(problem: Problem): PayProblem {
    return { ...problem, payeeId: '' };
}

function isInForce({ interval, from, to }: PlanVersionFact, { period }: PayFacts): boolean {
    return interval === period.interval && from <= period.end && (to === '' || to >= period.start);
}

interface PlanPart {
    version: PlanVersionFact;
    input: string;
    statements: Statement[];
    problems: Problem[];
    unpaidCredits: number;
    calculated?: CalculatedPlan;
}

function payOfPlan(facts: PayFacts, versions: PlanVersionFact[]): PlanPart {
    const version = versions.toSorted((a, b) => (a.from < b.from ? -1 : 1)).at(-1)!;
    if (versions.length > 1) return refusedPlan(facts, version, [twoVersions(versions, facts)]);
    const { plan, problems } = parsePlan(version.definition);
    if (!plan) return refusedPlan(facts, version, problems);
    const input = inputOf(facts, version, plan);
    const parsed = parseInput(input, plan);
    if (!parsed.input) return { ...refusedPlan(facts, version, parsed.problems), input };
    const result = calculate(plan, parsed.input);
    const calculated = { version, plan, result, dates: datesOf(parsed.input.transactions) };
    const payeeIds = result.payees.map(({ payeeId }) => payeeId);
    const told = result.problems.filter((problem) => !isUnpaidCredit(problem));
    return {
        version,
        input,
        statements: payeeIds.flatMap((payeeId) => finished(facts, calculated, payeeId)),
        problems: told,
        unpaidCredits: result.problems.filter((problem) => isOfStranger(problem, facts)).length,
        calculated: { planKey: version.planKey, plan, definition: version.definition, input, result }
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
        version,
        input: '',
        statements,
        problems: payeeIds.length === 0 ? problems : [],
        unpaidCredits: 0
    };
}

function twoVersions(versions: readonly PlanVersionFact[], { period }: PayFacts): Problem {
    return {
        code: 'PLAN_CHANGES_IN_PERIOD',
        where: `plan ${versions[0]!.planKey}, period ${period.key}`,
        value: versions.map(({ key }) => key).join(', '),
        fix: 'End one version where the other begins, at the end of a period: a statement is paid by one version.'
    };
}

/** With what comes from outside the period's own calculation. */
function finished(facts: PayFacts, calculated: Calculated, payeeId: string): Statement[] {
    const { version } = calculated;
    const late = lateOf(facts, calculated, payeeId);
    const decided = adjustmentLines(facts, version.planKey, payeeId);
    const own = statementOf(calculated, payeeId, facts.period);
    if (!own && late.length + decided.length === 0) return [];
    const statement = own ?? { ...headOf(version, payeeId, facts.period.key), ...withoutPay() };
    if (statement.total === null) return [statement];
    const withLate = withLines(statement, 'late', 'Late data of closed periods', late);
    return [carryOpenings(facts, withLines(withLate, 'adjustments', 'Adjustments', decided))];
}

function lateOf(facts: PayFacts, calculated: Calculated, payeeId: string): Statement['lines'] {
    const { version, result } = calculated;
    const closed = facts.periods.filter(
        (period) => isFinal(period) && result.periods.some(({ key }) => key === period.key)
    );
    if (
        closed.length === 0 ||
        result.payees.some((one) => one.payeeId === payeeId && one.problems.length > 0)
    )
        return [];
    const published = facts.publishedLines.filter(
        (line) => line.planKey === version.planKey && line.payeeId === payeeId
    );
    return closed.flatMap((period) => {
        const now = statementOf(calculated, payeeId, period);
        return lateLines(now ?? { ...headOf(version, payeeId, period.key), ...withoutPay() }, published);
    });
}

/** The engine tells credits it does not pay; here the person may be paid by another plan. */
function isUnpaidCredit({ code, where }: Problem): boolean {
    return code === 'PAYEE_WITHOUT_PLAN' && where.startsWith('transaction ');
}

function isOfStranger(problem: Problem, { assignments }: PayFacts): boolean {
    const [payeeId] = problem.value.split(' ');
    return isUnpaidCredit(problem) && assignments.every((one) => one.payeeId !== payeeId);
}
