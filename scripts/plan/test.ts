// `plan -- test`: runs the cases beside a plan and prints each with what differs.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseCases } from '../../service/src/domain/incentives/parse-cases.ts';
import { runCase, type CaseOutcome } from '../../service/src/domain/incentives/run-cases.ts';
import { fromWhereTyped, readPlanFile, readText, tellProblems, UsageError } from './files.ts';

const ALL = fileURLToPath(new URL('../../config/plans', import.meta.url));

interface Count {
    passed: number;
    failed: number;
}

export function testCommand(args: string[]): number {
    const folders = (args.length === 0 ? [ALL] : args).flatMap(planFolders);
    const count: Count = { passed: 0, failed: 0 };
    for (const folder of folders) testFolder(folder, count);
    const cases = count.passed === 1 ? 'case' : 'cases';
    console.log(`${count.passed} ${cases} as expected, ${count.failed} not.`);
    return count.failed === 0 ? 0 : 1;
}

/** A folder with a plan, or every such folder in it. */
function planFolders(path: string): string[] {
    const folder = fromWhereTyped(path);
    if (existsSync(join(folder, 'plan.yaml'))) return [folder];
    const inside = existsSync(folder) ? readdirSync(folder).sort() : [];
    const folders = inside
        .map((name) => join(folder, name))
        .filter((one) => existsSync(join(one, 'plan.yaml')));
    if (folders.length === 0) throw new UsageError(`There is no plan.yaml in ${path}.`);
    return folders;
}

function testFolder(folder: string, count: Count): void {
    const [planFile, casesFile] = [join(folder, 'plan.yaml'), join(folder, 'cases.yaml')];
    const { plan, problems } = readPlanFile(planFile);
    const parsed = parseCases(readText(casesFile));
    tellProblems(problems, planFile);
    tellProblems(parsed.problems, casesFile);
    if (plan === null || parsed.cases === null) {
        count.failed++;
        return;
    }
    for (const one of parsed.cases) {
        const outcome = runCase(plan, one);
        if (outcome.differences.length === 0) count.passed++;
        else count.failed++;
        tellOutcome(plan.key, outcome);
    }
}

function tellOutcome(plan: string, { name, differences }: CaseOutcome): void {
    console.log(`${differences.length === 0 ? 'ok    ' : 'not ok'} ${plan}: ${name}`);
    for (const { path, expected, actual } of differences)
        console.log(`         ${path}: expected ${expected}, is ${actual}`);
}
