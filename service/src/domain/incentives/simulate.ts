// Replays a plan, and a second one to compare with, over a year or more of what happened: cost, winners and losers, pay curve, cliffs,
// product bias, gates, what rule packs find, and which numbers of the plan the cost hangs on. Every figure comes from calculate.ts; how people would behave otherwise is not guessed.
// A plan that is not in force yet is replayed as if it had been.
import type { Problem } from '../problem.ts';
import { ProblemError } from '../problem.ts';
import { Ratio, sumOf } from '../ratio.ts';
import { calculate } from './calculate.ts';
import { addDays, addMonths, daysBetween } from './dates.ts';
import { figure, type Scope } from './evaluate.ts';
import type { Expression } from './expression.ts';
import type { Payee, PeriodDates } from './input.ts';
import type { Plan } from './plan.ts';
import type { CalculationResult } from './result.ts';
import { checkPlan } from './rule-packs/check-plan.ts';
import type { PlanEvidence } from './rule-packs/evidence.ts';
import type { Finding } from './rule-packs/finding.ts';
import { costsByMonth, peopleOf, sideOf } from './simulation/compare.ts';
import { gateIncidence } from './simulation/gate-incidence.ts';
import { asIfInForce } from './simulation/in-force.ts';
import { payCurve } from './simulation/pay-curve.ts';
import { costOf, paysOf } from './simulation/pay-of.ts';
import { productIncentives } from './simulation/product-incentive.ts';
import { productPay } from './simulation/product-pay.ts';
import { sensitivityOf } from './simulation/sensitivity.ts';
import type {
    Cost,
    PayCurve,
    PersonPay,
    Simulation,
    SimulationRequest,
    SimulationStep
} from './simulation/simulation.ts';
import { spreadOf } from './simulation/spread.ts';

const LEAST_MONTHS = 12;

/** The simulation is null when it cannot be made; then the problems say why. */
export function simulate(
    request: SimulationRequest,
    onStep: (step: SimulationStep) => void = () => {}
): {
    simulation: Simulation | null;
    problems: Problem[];
} {
    const problems = whyNot(request);
    return problems.length > 0
        ? { simulation: null, problems }
        : { simulation: replay(request, onStep), problems: [] };
}

function replay(asked: SimulationRequest, onStep: (step: SimulationStep) => void): Simulation {
    const request = {
        ...asked,
        scenario: asIfInForce(asked.scenario),
        against: asked.against && asIfInForce(asked.against)
    };
    const { scenario, against, profile } = request;
    onStep('replay');
    const result = calculate(scenario.plan, scenario.input);
    const other = against && calculate(against.plan, against.input);
    const [pays, otherPays] = [paysOf(result), other && paysOf(other)];
    const people = peopleOf(pays, otherPays);
    const counted = people.map(({ payeeId }) => payeeId);
    onStep('curve');
    const curve = curveOf(request, people);
    onStep('products');
    const products = productPay(scenario, result, profile);
    const evidence: PlanEvidence = {
        earnings: earningsOf(result),
        productPay: products?.pay ?? [],
        people: besideFixedPay(request, pays),
        cliffs: curve?.cliffs ?? []
    };
    const incentives = productIncentives(scenario, result, other, { profile, people: counted });
    onStep('gates');
    const gates = gateIncidence(scenario, result);
    onStep('rules');
    const { start } = result.periods[0]!;
    const findings = findingsOf(asked, evidence, start);
    onStep('numbers');
    const sensitivity = sensitivityOf(scenario, result, counted);
    return {
        plan: result.plan,
        against: other?.plan ?? null,
        currency: result.currency,
        from: start,
        to: result.periods.at(-1)!.end,
        costs: costsByMonth(result, other, counted),
        total: costOf(only(pays, counted)),
        againstTotal: otherPays && costOf(only(otherPays, counted)),
        people,
        winners: sideOf(people, 1),
        losers: sideOf(people, -1),
        spread: spreadOf(people),
        curve,
        products: incentives,
        productPay: products,
        gates,
        sensitivity,
        findings,
        left: [...leftOf(result), ...(other ? leftOf(other) : [])],
        problems: [...result.problems, ...(other?.problems ?? [])]
    };
}

function whyNot({ scenario: { plan, input }, against, measure, payeeId }: SimulationRequest): Problem[] {
    const problems = [input, ...(against ? [against.input] : [])].flatMap(({ periods }) => tooShort(periods));
    if (against && against.plan.currency !== plan.currency)
        problems.push({
            code: 'CURRENCIES_DIFFER',
            where: `plan ${against.plan.key}`,
            value: against.plan.currency,
            fix: `Compare with a plan that pays in ${plan.currency}.`
        });
    if (measure !== null && !plan.measures.some(({ key }) => key === measure)) {
        const fix = `The plan has: ${plan.measures.map(({ key }) => key).join(', ')}.`;
        problems.push({ code: 'MEASURE_UNKNOWN', where: 'the pay curve', value: measure, fix });
    }
    if (payeeId !== null && !input.payees.some(({ id }) => id === payeeId))
        problems.push({
            code: 'PAYEE_UNKNOWN',
            where: 'the pay curve',
            value: payeeId,
            fix: 'Name a payee of the input.'
        });
    return problems;
}

/** A shorter time would show no seasons and no yearly bounds. */
function tooShort(periods: readonly PeriodDates[]): Problem[] {
    const [first, last] = [periods[0], periods.at(-1)];
    if (first && last && addMonths(first.start, LEAST_MONTHS) <= addDays(last.end, 1)) return [];
    const value = first && last ? `${first.start} to ${last.end}` : '';
    const fix = `Give at least ${LEAST_MONTHS} months of input.`;
    return [{ code: 'SIMULATION_TOO_SHORT', where: 'the input', value, fix }];
}

function only(pays: ReadonlyMap<string, Cost>, people: readonly string[]): Map<string, Cost> {
    return new Map([...pays].filter(([payeeId]) => people.includes(payeeId)));
}

function leftOf({ payees, plan }: CalculationResult): Simulation['left'] {
    return payees.flatMap(({ payeeId, problems }) =>
        problems.slice(0, 1).map((problem) => ({ payeeId, plan: plan.key, problem }))
    );
}

function earningsOf({ payees }: CalculationResult): PlanEvidence['earnings'] {
    const earnings = new Map<string, Ratio>();
    for (const { periods, problems } of payees)
        for (const { components } of problems.length > 0 ? [] : periods)
            for (const { component, earning } of components)
                earnings.set(component, (earnings.get(component) ?? Ratio.ZERO).plus(earning));
    return [...earnings].map(([component, amount]) => ({ component, amount }));
}

function curveOf(request: SimulationRequest, people: readonly PersonPay[]): PayCurve | null {
    const { scenario, against, cliffShare } = request;
    const measure = request.measure ?? measureOf(scenario.plan);
    const payeeId = request.payeeId ?? middleOf(people);
    if (measure === null || payeeId === null) return null;
    const payee = scenario.input.payees.find(({ id }) => id === payeeId)!;
    const pay = people.find((one) => one.payeeId === payeeId)?.pay ?? Ratio.ZERO;
    const target = yearlyOf(request.profile.targetPay, payee, scenario.input.periods) ?? pay;
    return payCurve(scenario, against, { payeeId, measure, target, cliffShare });
}

function measureOf({ quotas, measures }: Plan): string | null {
    return quotas[0]?.measure ?? measures[0]?.key ?? null;
}

/** Of those who are paid, who has as many below as above. */
function middleOf(people: readonly PersonPay[]): string | null {
    const paid = people.filter(({ pay }) => pay.sign > 0).toSorted((a, b) => a.pay.compare(b.pay));
    return paid[Math.floor((paid.length - 1) / 2)]?.payeeId ?? null;
}

function besideFixedPay(
    { scenario: { input }, profile }: SimulationRequest,
    pays: ReadonlyMap<string, Cost>
): PlanEvidence['people'] {
    return input.payees
        .filter(({ id }) => pays.has(id))
        .map((payee) => {
            const { paid, later } = pays.get(payee.id)!;
            return {
                payeeId: payee.id,
                paid: sumOf([paid, later]),
                fixed: yearlyOf(profile.fixedPay, payee, input.periods)
            };
        });
}

/** A yearly figure of the profile for the days of the replay; null where it cannot be said of the payee. */
function yearlyOf(yearly: Expression | null, payee: Payee, periods: readonly PeriodDates[]): Ratio | null {
    if (yearly === null) return null;
    const [from, after] = [periods[0]!.start, addDays(periods.at(-1)!.end, 1)];
    const scope: Scope = {
        where: `profile of ${payee.id}`,
        name: ([root, key = '']) => (root === 'payee' ? payee.fields[key] : undefined),
        table: () => {
            throw new Error('a profile has no tables');
        },
        group: () => null
    };
    try {
        return figure(yearly, scope).times(
            Ratio.of(daysBetween(from, after), daysBetween(from, addMonths(from, LEAST_MONTHS)))
        );
    } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        return null;
    }
}

/** The plan as it is written, under the rules of the day it begins to pay: not as replayed, nor under those of last year. */
function findingsOf(
    { scenario: { plan }, packs, profile }: SimulationRequest,
    evidence: PlanEvidence,
    start: string
): Finding[] {
    const day = plan.effectiveFrom > start ? plan.effectiveFrom : start;
    return packs.flatMap((pack) => checkPlan(pack, plan, profile, evidence, day));
}
