// From the facts of the org to what each plan is replayed over: the input of a pay run, for all periods at once. A plan that nobody is
// on yet is tried on the people of the plan it is compared with, with their quotas and what they were owed.
import type { Plan } from '../incentives/plan.ts';
import { ledgersOf } from '../incentives/ledgers.ts';
import { parsePlan } from '../incentives/parse-plan.ts';
import type { PayFacts, PayPeriod } from '../pay/pay-facts.ts';
import { inputOf } from '../pay/plan-input.ts';
import type { Problem } from '../problem.ts';
import type { ReplayFacts, ReplayVersion, SimulationAsk } from './replay-facts.ts';
import { replayPeriods } from './replay-periods.ts';

export interface Replay {
    plan: Plan;
    definition: string;
    /** as docs/plan-language.md describes it: `plan -- simulate` takes the same */
    input: string;
    /** deals in the time of the replay that name somebody on the plan */
    dealCount: number;
    payeeCount: number;
}

export interface Replays {
    tried: Replay;
    against: Replay | null;
    /** key of the plan whose people and quotas were taken, '' where the plan has its own */
    peopleOf: string;
}

/** Null with problems where a plan is wrong, the time is not whole periods, or there is nobody or nothing to replay. */
export function replaysOf(
    facts: ReplayFacts,
    ask: SimulationAsk
): { replays: Replays | null; problems: Problem[] } {
    const { tried, against } = facts;
    const borrowed = against !== null && !hasPeople(facts, tried, ask) ? against.planKey : '';
    const own = replayOf(facts, tried, borrowed || tried.planKey, ask);
    const other = against && replayOf(facts, against, against.planKey, ask);
    const problems = [...own.problems, ...(other?.problems ?? [])];
    if (!own.replay || (other && !other.replay)) return { replays: null, problems };
    const empty = whyEmpty(own.replay, tried, ask);
    if (empty) return { replays: null, problems: [empty] };
    return {
        replays: { tried: own.replay, against: other?.replay ?? null, peopleOf: borrowed },
        problems: []
    };
}

function hasPeople(
    { assignments }: ReplayFacts,
    { planKey }: ReplayVersion,
    { from, to }: SimulationAsk
): boolean {
    return assignments.some(
        (one) => one.planKey === planKey && one.from <= to && (one.to === '' || one.to >= from)
    );
}

function replayOf(
    facts: ReplayFacts,
    version: ReplayVersion,
    peopleOf: string,
    ask: SimulationAsk
): { replay: Replay | null; problems: Problem[] } {
    const { plan, problems } = parsePlan(version.definition);
    if (!plan) return { replay: null, problems: problems.map((problem) => inPlan(problem, version)) };
    const { periods, problem } = replayPeriods(facts.periods, plan, ask);
    if (problem) return { replay: null, problems: [inPlan(problem, version)] };
    const span = periods.map((one) => ({
        ...one,
        name: one.key,
        interval: plan.period,
        status: 'Open' as const
    }));
    const rows = rowsOf(facts, version, peopleOf, { plan, span, before: ask.from });
    const from = { ...plan, effectiveFrom: ask.from };
    const input = {
        ...(JSON.parse(inputOf(rows, version, from)) as InputRows),
        exceptions: waiversOf(facts, peopleOf, plan)
    };
    const deals = input.transactions.filter(({ date }) => date >= ask.from && date <= ask.to);
    return {
        replay: {
            plan,
            definition: version.definition,
            input: JSON.stringify(input),
            dealCount: deals.length,
            payeeCount: input.payees.length
        },
        problems: []
    };
}

interface InputRows {
    transactions: { date: string }[];
    payees: object[];
}

/** The rows of `peopleOf`, as if they were the version's own. */
function rowsOf(
    facts: ReplayFacts,
    { planKey }: ReplayVersion,
    peopleOf: string,
    { plan, span, before }: { plan: Plan; span: PayPeriod[]; before: string }
): PayFacts {
    const owned = <T extends { planKey: string }>(rows: readonly T[]): T[] =>
        rows.filter((row) => row.planKey === peopleOf).map((row) => ({ ...row, planKey }));
    const hasQuotas = facts.quotas.some((quota) => quota.planKey === planKey);
    const ledgers = ledgersOf(plan);
    const earlier = facts.periods.filter(({ end, interval }) => end < before && interval === plan.period);
    return {
        period: span.at(-1)!,
        periods: [...earlier, ...span],
        versions: [],
        assignments: owned(facts.assignments).filter(({ to }) => to === '' || to >= before),
        quotas: hasQuotas ? facts.quotas : owned(facts.quotas),
        people: facts.people,
        sales: facts.sales,
        unreadTouches: {},
        publishedLines: owned(facts.publishedLines),
        // A ledger only the other plan has is not this plan's to take back.
        balances: owned(facts.balances).filter(({ ledger }) => ledgers.includes(ledger)),
        statements: [],
        rates: [],
        adjustments: [],
        conduct: facts.conduct,
        problems: []
    };
}

/** Of gates this plan has. */
function waiversOf({ waivers }: ReplayFacts, peopleOf: string, { components }: Plan): object[] {
    const gates = new Set(components.flatMap((component) => component.gates.map(({ key }) => key)));
    return waivers
        .filter(({ planKey, gate }) => planKey === peopleOf && gates.has(gate))
        .map(({ payeeId, gate, period, reason, requestedBy, approvedBy }) => ({
            payee: payeeId,
            gate,
            period,
            reason,
            requestedBy,
            approvedBy
        }));
}

function inPlan(problem: Problem, { key }: ReplayVersion): Problem {
    return { ...problem, where: `plan version ${key}, ${problem.where}` };
}

function whyEmpty(
    { payeeCount, dealCount }: Replay,
    { key, planName }: ReplayVersion,
    { from, to }: SimulationAsk
): Problem | null {
    const value = `${from} to ${to}`;
    if (payeeCount === 0)
        return {
            code: 'NOBODY_ON_PLAN',
            where: `plan version ${key}`,
            value,
            fix: `Assign people to ${planName} for this time, or compare it with the plan whose people would be paid by it.`
        };
    return dealCount > 0
        ? null
        : {
              code: 'NO_HISTORY',
              where: `plan version ${key}`,
              value,
              fix: 'Nobody on the plan won a deal in this time: choose a time in which deals were won.'
          };
}
