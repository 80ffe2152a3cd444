// `plan -- simulate`: replays a plan, and another to compare with, over the input; prints the simulation as JSON.
import type { Problem } from '../../service/src/domain/problem.ts';
import { Ratio } from '../../service/src/domain/ratio.ts';
import { parseInput } from '../../service/src/domain/incentives/parse-input.ts';
import {
    NO_PROFILE,
    parsePlanProfile,
    type PlanProfile
} from '../../service/src/domain/incentives/rule-packs/plan-profile.ts';
import type { RulePack } from '../../service/src/domain/incentives/rule-packs/rule-pack.ts';
import { simulate } from '../../service/src/domain/incentives/simulate.ts';
import type { Scenario } from '../../service/src/domain/incentives/simulation/simulation.ts';
import { simulationAsData } from '../../service/src/domain/incentives/write-simulation.ts';
import { argumentsOf, optionsOf, readPlanFile, readText, tellProblems, UsageError } from './files.ts';
import { packKeys, readPack } from './rule-pack-files.ts';

/** Jumps of pay above this part of target pay are told. */
const CLIFF_SHARE = Ratio.of(1, 100);
const OPTIONS = ['against', 'profile', 'packs', 'measure', 'payee'] as const;

export function simulateCommand(args: string[]): number {
    const { options, rest } = optionsOf(args, OPTIONS);
    const [planFile, inputFile] = argumentsOf(rest, ['plan.yaml', 'input.json']) as [string, string];
    const json = readText(inputFile);
    const scenario = scenarioOf(planFile, inputFile, json);
    const against = options.against === undefined ? null : scenarioOf(options.against, inputFile, json);
    const profile = profileOf(options.profile);
    if (scenario === null || (options.against !== undefined && against === null) || profile === null)
        return 1;
    const { simulation, problems } = simulate({
        scenario,
        against,
        profile,
        packs: packsOf(options.packs),
        measure: options.measure ?? null,
        payeeId: options.payee ?? null,
        cliffShare: CLIFF_SHARE
    });
    tellProblems(problems, inputFile);
    if (simulation === null) return 1;
    console.log(JSON.stringify(simulationAsData(simulation, scenario.plan), null, 2));
    const left = [...simulation.problems, ...simulation.left.map(({ problem }) => problem)];
    tellProblems(left, inputFile);
    return left.length === 0 ? 0 : 1;
}

/** Null where plan or input cannot be read; payees of whom something is wrong are told by the simulation. */
function scenarioOf(planFile: string, inputFile: string, json: string): Scenario | null {
    const { plan, problems } = readPlanFile(planFile);
    if (plan === null) return told(problems, planFile);
    const { input, problems: ofInput } = parseInput(json, plan);
    return input === null ? told(ofInput, inputFile) : { plan, input };
}

function profileOf(file: string | undefined): PlanProfile | null {
    if (file === undefined) return NO_PROFILE;
    const { profile, problems } = parsePlanProfile(readText(file));
    return profile ?? told(problems, file);
}

/** By key, separated by commas; without any those that check plans alone. */
function packsOf(keys: string | undefined): RulePack[] {
    const known = packKeys();
    const wanted = keys?.split(',').map((key) => key.trim());
    const unknown = wanted?.find((key) => !known.includes(key));
    if (unknown !== undefined)
        throw new UsageError(`There is no rule pack ${unknown}. There are: ${known.join(', ')}.`);
    const packs = (wanted ?? known).map((key) => readPack(key).pack);
    return wanted ? packs : packs.filter(({ requirements }) => requirements.length === 0);
}

function told(problems: Problem[], file: string): null {
    tellProblems(problems, file);
    return null;
}
