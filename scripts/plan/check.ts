// `plan -- check`: a result against its plan and input, by the checker that shares no code with the engine.
import { checkResult } from '../../service/src/domain/incentives-checker/check.ts';
import { CannotDerive } from '../../service/src/domain/incentives-checker/values.ts';
import { argumentsOf, readText, UsageError } from './files.ts';

export function checkCommand(args: string[]): number {
    const names = ['plan.yaml', 'input.json', 'result.json'];
    const [plan, input, result] = argumentsOf(args, names).map(readText) as [string, string, string];
    const findings = findingsIn(plan, input, result);
    for (const { where, told, derived, why } of findings)
        console.log(`${where}: ${told ?? 'nothing'}, not ${derived ?? 'anything'}: ${why}`);
    if (findings.length === 0) console.log('Every figure follows from the plan and the input.');
    else console.error(`${findings.length} finding${findings.length === 1 ? '' : 's'}.`);
    return findings.length === 0 ? 0 : 1;
}

/** A file that is no plan, input or result cannot be checked. */
function findingsIn(plan: string, input: string, result: string): ReturnType<typeof checkResult> {
    try {
        return checkResult(plan, input, result);
    } catch (error) {
        if (!(error instanceof CannotDerive) && !(error instanceof SyntaxError)) throw error;
        throw new UsageError(`The files cannot be checked: ${error.message}`);
    }
}
