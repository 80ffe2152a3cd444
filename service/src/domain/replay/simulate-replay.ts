// One simulation from texts to data: what a thread is handed and what it hands back. The same function the command line ends in
// (domain/incentives/simulate.ts) makes every figure, so both tell the same cents.
import type { Problem } from '../problem.ts';
import { Ratio } from '../ratio.ts';
import { parseInput } from '../incentives/parse-input.ts';
import { parsePlan } from '../incentives/parse-plan.ts';
import { parsePlanProfile, type PlanProfile } from '../incentives/rule-packs/plan-profile.ts';
import type { RulePack } from '../incentives/rule-packs/rule-pack.ts';
import { simulate } from '../incentives/simulate.ts';
import type { Scenario, SimulationStep } from '../incentives/simulation/simulation.ts';
import { simulationAsData } from '../incentives/write-simulation.ts';
import type { SimulationData } from './simulation-data.ts';

export interface ReplayTexts {
    definition: string;
    input: string;
}

export interface SimulationJob {
    tried: ReplayTexts;
    against: ReplayTexts | null;
}

export interface SimulationAnswer {
    /** null: it cannot be made, and the problems say why */
    data: SimulationData | null;
    problems: Problem[];
    /** what rule packs are called, by key */
    packNames: Record<string, string>;
}

/** Jumps of pay above this part of target pay are told. */
const CLIFF_SHARE = Ratio.of(1, 100);

/** What an org knows of every plan: the target of an assignment, and the product fields of its deals. */
export const ORG_PROFILE_YAML = 'targetPay: payee.targetIncentive\nproductFields: [productFamily, product]\n';

export function simulateReplay(
    { tried, against }: SimulationJob,
    packs: readonly RulePack[],
    onStep: (step: SimulationStep) => void = () => {}
): SimulationAnswer {
    const packNames = Object.fromEntries(packs.map(({ key, name }) => [key, name]));
    const own = scenarioOf(tried);
    const other = against && scenarioOf(against);
    if (!own.scenario || (other && !other.scenario))
        return { data: null, problems: [...own.problems, ...(other?.problems ?? [])], packNames };
    const { simulation, problems } = simulate(
        {
            scenario: own.scenario,
            against: other?.scenario ?? null,
            profile: orgProfile(),
            packs,
            measure: null,
            payeeId: null,
            cliffShare: CLIFF_SHARE
        },
        onStep
    );
    if (simulation === null) return { data: null, problems, packNames };
    const data = simulationAsData(simulation, own.scenario.plan);
    return { data: data as unknown as SimulationData, problems: [], packNames };
}

function scenarioOf({ definition, input: json }: ReplayTexts): {
    scenario: Scenario | null;
    problems: Problem[];
} {
    const { plan, problems } = parsePlan(definition);
    if (plan === null) return { scenario: null, problems };
    const { input, problems: ofInput } = parseInput(json, plan);
    return input === null
        ? { scenario: null, problems: ofInput }
        : { scenario: { plan, input }, problems: [] };
}

function orgProfile(): PlanProfile {
    return parsePlanProfile(ORG_PROFILE_YAML).profile!;
}
