// The Apex tests of a deploy: which ones its test level asks for, run against what the deploy is about to keep. Code
// coverage is neither measured nor required (as in a sandbox).
import { ApexCompileError } from '../apex/errors.ts';
import type { TestRun } from '../apex/test-runner.ts';
import type { UserContext } from '../org.ts';
import type { LocalOrg } from '../local-org.ts';
import { testsOfClasses } from '../tooling/choose-tests.ts';
import type { DeployContext } from './deploy-context.ts';
import type { RequestedOptions } from './deploy-options.ts';

export function asksForTests({ testLevel, runTests }: RequestedOptions): boolean {
    return (testLevel !== undefined && testLevel !== 'NoTestRun') || (runTests?.length ?? 0) > 0;
}

/** Undefined when none are asked for. To be called inside the transaction of the deploy. */
export function testsOfDeploy(
    org: LocalOrg,
    user: UserContext,
    options: RequestedOptions
): (() => TestRun) | undefined {
    if (!asksForTests(options)) return undefined;
    return () => {
        const { apex } = org;
        const onlySome = options.testLevel === 'RunSpecifiedTests' || options.testLevel === undefined;
        const methods = onlySome ? testsOfClasses(apex.tests(), options.runTests ?? []) : apex.tests();
        return apex.runTests({ methods, user });
    };
}

/** Runs them; code that does not compile is a problem of its class, and no test ran. */
export function runDeployTests(context: DeployContext, run: () => TestRun): TestRun | null {
    try {
        return run();
    } catch (error) {
        if (!(error instanceof ApexCompileError)) throw error;
        for (const { className, line, message } of error.problems) {
            const [fullName] = className.split('.');
            const type = context.metadata.row('ApexTrigger', fullName) ? 'ApexTrigger' : 'ApexClass';
            const fileName =
                type === 'ApexClass' ? `classes/${fullName}.cls` : `triggers/${fullName}.trigger`;
            context.problems.push({
                componentType: type,
                fullName,
                fileName,
                problem: message,
                problemType: 'Error',
                lineNumber: line,
                columnNumber: 1
            });
        }
        return null;
    }
}
