// `plan -- run`: the result of a plan and an input as JSON.
import { calculateAsJson } from '../../service/src/domain/incentives/run-cases.ts';
import { argumentsOf, readPlanFile, readText, tellProblems } from './files.ts';

export function runCommand(args: string[]): number {
    const [planFile, inputFile] = argumentsOf(args, ['plan.yaml', 'input.json']) as [string, string];
    const { plan, problems } = readPlanFile(planFile);
    const input = readText(inputFile);
    if (plan === null) {
        console.log(JSON.stringify({ plan: null, payees: {}, schedules: [], problems }, null, 2));
        tellProblems(problems, planFile);
        return 1;
    }
    const result = calculateAsJson(plan, input);
    console.log(result.json);
    tellProblems(result.problems, inputFile);
    return result.problems.length === 0 ? 0 : 1;
}
