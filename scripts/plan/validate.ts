// `plan -- validate`: what is wrong with a plan, and with an input for it, as JSON and in words.
import { parseInput } from '../../service/src/domain/incentives/parse-input.ts';
import { argumentsOf, readPlanFile, readText, tellProblems } from './files.ts';

export function validateCommand(args: string[]): number {
    const [planFile, inputFile] = argumentsOf(args, ['plan.yaml', 'input.json'], 1) as [string, string?];
    const { plan, problems } = readPlanFile(planFile);
    const ofInput = plan && inputFile !== undefined ? parseInput(readText(inputFile), plan).problems : [];
    const all = [...problems, ...ofInput];
    console.log(JSON.stringify({ plan: plan?.key ?? null, problems: all }, null, 2));
    tellProblems(problems, planFile);
    tellProblems(ofInput, inputFile ?? '');
    if (all.length === 0) console.error('No problems.');
    return all.length === 0 ? 0 : 1;
}
