// A test run as runTestsSynchronous and a DeployResult tell it: failures and successes, times in milliseconds.
import type { TestResult, TestRun } from '../apex/test-runner.ts';

interface TestSuccess {
    id: string;
    methodName: string;
    name: string;
    namespace: null;
    seeAllData: false;
    time: number;
}

interface TestFailure extends TestSuccess {
    message: string;
    packageName: string;
    stackTrace: string;
    type: 'Class';
}

export interface TestReport {
    numFailures: number;
    numTestsRun: number;
    totalTime: number;
    failures: TestFailure[];
    successes: TestSuccess[];
    codeCoverage: never[];
    codeCoverageWarnings: never[];
}

export function emptyTestReport(): TestReport {
    return {
        numFailures: 0,
        numTestsRun: 0,
        totalTime: 0,
        failures: [],
        successes: [],
        codeCoverage: [],
        codeCoverageWarnings: []
    };
}

/** `classId` gives the id of a deployed class by name. */
export function testReport(run: TestRun, classId: (name: string) => string): TestReport {
    const good = run.results.filter(({ outcome }) => outcome === 'Pass');
    const bad = run.results.filter(({ outcome }) => outcome === 'Fail');
    return {
        ...emptyTestReport(),
        numFailures: bad.length,
        numTestsRun: run.results.length,
        totalTime: run.results.reduce((sum, { durationMs }) => sum + Math.round(durationMs), 0),
        successes: good.map((result) => successOf(result, classId)),
        failures: bad.map((result) => ({
            ...successOf(result, classId),
            message: result.message ?? '',
            packageName: result.className,
            stackTrace: result.stackTrace ?? '',
            type: 'Class' as const
        }))
    };
}

function successOf(result: TestResult, classId: (name: string) => string): TestSuccess {
    return {
        id: classId(result.className),
        methodName: result.methodName,
        name: result.className,
        namespace: null,
        seeAllData: false,
        time: Math.round(result.durationMs)
    };
}
