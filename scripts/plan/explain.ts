// `plan -- explain`: the plan in words.
import { explainPlan, explanationAsText } from '../../service/src/domain/incentives/explain-plan.ts';
import { argumentsOf, readPlanFile, tellProblems } from './files.ts';

export function explainCommand(args: string[]): number {
    const [planFile] = argumentsOf(args, ['plan.yaml']) as [string];
    const { plan, problems } = readPlanFile(planFile);
    if (plan === null) {
        tellProblems(problems, planFile);
        return 1;
    }
    console.log(explanationAsText(explainPlan(plan)));
    return 0;
}
