// `plan -- test`: runs the cases beside a plan and prints each with what differs.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseCases } from '../../service/src/domain/incentives/parse-cases.ts';
import { runCase, type CaseOutcome } from '../../service/src/domain/incentives/run-cases.ts';
import type { Problem } from '../../service/src/domain/problem.ts';
import { fromWhereTyped, readPlanFile, readText, tellProblems, UsageError } from './files.ts';

const ALL = fileURLToPath(new URL('../../config/plans', import.meta.url));

export interface TestedPlan {
    folder: string;
    /** null when the plan cannot be read */
    plan: string | null;
    /** files that cannot be read as what they are; then nothing was run */
    wrong: { file: string; problems: Problem[] }[];
    outcomes: CaseOutcome[];
}

export function testCommand(args: string[]): number {
    const tested = (args.length === 0 ? [ALL] : args).flatMap(planFolders).map(runPlanCases);
    for (const one of tested) tell(one);
    const outcomes = tested.flatMap((one) => one.outcomes);
    const broken = tested.filter(({ wrong }) => wrong.length > 0).length;
    const passed = outcomes.filter(({ differences }) => differences.length === 0).length;
    const failed = outcomes.length - passed + broken;
    const cases = passed === 1 ? 'case' : 'cases';
    console.log(`${passed} ${cases} as expected, ${failed} not.`);
    return failed === 0 ? 0 : 1;
}

/** A folder with a plan, or every such folder in it. */
export function planFolders(path: string): string[] {
    const folder = fromWhereTyped(path);
    if (existsSync(join(folder, 'plan.yaml'))) return [folder];
    const inside = existsSync(folder) ? readdirSync(folder).sort() : [];
    const folders = inside
        .map((name) => join(folder, name))
        .filter((one) => existsSync(join(one, 'plan.yaml')));
    if (folders.length === 0) throw new UsageError(`There is no plan.yaml in ${path}.`);
    return folders;
}

export function runPlanCases(folder: string): TestedPlan {
    const [planFile, casesFile] = [join(folder, 'plan.yaml'), join(folder, 'cases.yaml')];
    const { plan, problems } = readPlanFile(planFile);
    const { cases, problems: ofCases } = parseCases(readText(casesFile));
    const wrong = [
        { file: planFile, problems },
        { file: casesFile, problems: ofCases }
    ].filter((one) => one.problems.length > 0);
    const outcomes = plan && cases ? cases.map((one) => runCase(plan, one)) : [];
    return { folder, plan: plan?.key ?? null, wrong, outcomes };
}

function tell({ plan, wrong, outcomes }: TestedPlan): void {
    for (const { file, problems } of wrong) tellProblems(problems, file);
    for (const outcome of outcomes) tellOutcome(plan!, outcome);
}

function tellOutcome(plan: string, { name, differences }: CaseOutcome): void {
    console.log(`${differences.length === 0 ? 'ok    ' : 'not ok'} ${plan}: ${name}`);
    for (const { path, expected, actual } of differences)
        console.log(`         ${path}: expected ${expected}, is ${actual}`);
}
