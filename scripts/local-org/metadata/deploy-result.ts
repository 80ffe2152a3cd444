// The DeployResult clients read: its shape, its first state and how a finished deploy is told in it.
// Owns no deploys: those are deploy.ts, and the queue of them deploy-jobs.ts.
import type { Ids } from '../ids.ts';
import type { UserContext } from '../org.ts';
import { emptyTestReport, testReport } from '../tooling/test-report.ts';
import type { TestReport } from '../tooling/test-report.ts';
import type { DeployOutcome } from './deploy.ts';
import type { RequestedOptions } from './deploy-options.ts';
import type { DeployProblem } from './problems.ts';

export interface DeployMessage {
    componentType: string;
    fullName: string;
    fileName: string;
    id?: string;
    created: boolean;
    changed: boolean;
    deleted: boolean;
    success: boolean;
    createdDate: string;
    problem?: string;
    problemType?: string;
    lineNumber?: number;
    columnNumber?: number;
}

export interface DeployResult {
    id: string;
    status: 'Pending' | 'Succeeded' | 'Failed' | 'Canceled';
    done: boolean;
    success: boolean;
    checkOnly: boolean;
    ignoreWarnings: boolean;
    rollbackOnError: true;
    runTestsEnabled: boolean;
    createdBy: string;
    createdByName: string;
    createdDate: string;
    canceledBy?: string;
    canceledByName?: string;
    startDate?: string;
    completedDate?: string;
    lastModifiedDate: string;
    numberComponentErrors: number;
    numberComponentsDeployed: number;
    numberComponentsTotal: number;
    numberTestErrors: number;
    numberTestsCompleted: number;
    numberTestsTotal: number;
    errorMessage?: string;
    errorStatusCode?: string;
    details: {
        componentFailures: DeployMessage[];
        componentSuccesses: DeployMessage[];
        runTestResult: TestReport;
    };
}

export function pendingResult(
    ids: Ids,
    user: UserContext,
    now: Date,
    options: RequestedOptions,
    runTestsEnabled: boolean
): DeployResult {
    const date = now.toISOString();
    return {
        id: ids.newId('0Af'),
        status: 'Pending',
        done: false,
        success: false,
        checkOnly: options.checkOnly === true,
        ignoreWarnings: false,
        rollbackOnError: true,
        runTestsEnabled,
        createdBy: user.userId,
        createdByName: user.name,
        createdDate: date,
        lastModifiedDate: date,
        numberComponentErrors: 0,
        numberComponentsDeployed: 0,
        numberComponentsTotal: 0,
        numberTestErrors: 0,
        numberTestsCompleted: 0,
        numberTestsTotal: 0,
        details: emptyDetails()
    };
}

function emptyDetails(): DeployResult['details'] {
    return {
        componentFailures: [],
        componentSuccesses: [],
        runTestResult: emptyTestReport()
    };
}

/** A deploy that ended without an outcome: it could not even be tried. */
export function crashedResult(
    pending: DeployResult,
    startDate: string,
    now: string,
    errorStatusCode: string,
    message: string
): DeployResult {
    return {
        ...pending,
        status: 'Failed',
        done: true,
        startDate,
        completedDate: now,
        lastModifiedDate: now,
        errorMessage: `${errorStatusCode}: ${message}`,
        errorStatusCode
    };
}

/** `classId` gives the id of a deployed class by name. */
export function finishedResult(
    pending: DeployResult,
    outcome: DeployOutcome,
    startDate: string,
    now: string,
    classId: (name: string) => string
): DeployResult {
    if (outcome.errorMessage !== null)
        return crashedResult(pending, startDate, now, outcome.errorStatusCode, outcome.errorMessage);
    const failed = new Set(outcome.errors.map((error) => `${error.componentType}:${error.fullName}`));
    const good = outcome.components.filter(({ type, fullName }) => !failed.has(`${type}:${fullName}`));
    const successes: DeployMessage[] = good.map((component) => ({
        componentType: component.type,
        fullName: component.fullName,
        fileName: component.fileName,
        id: component.id,
        created: component.state === 'created',
        changed: component.state === 'created' || component.state === 'changed',
        deleted: component.state === 'deleted',
        success: true,
        createdDate: now
    }));
    return {
        ...pending,
        status: outcome.success ? 'Succeeded' : 'Failed',
        done: true,
        success: outcome.success,
        startDate,
        completedDate: now,
        lastModifiedDate: now,
        numberComponentErrors: failed.size,
        numberComponentsDeployed: good.length,
        numberComponentsTotal: good.length + failed.size,
        numberTestErrors: outcome.tests?.failed ?? 0,
        numberTestsCompleted: outcome.tests?.results.length ?? 0,
        numberTestsTotal: outcome.tests?.results.length ?? 0,
        details: {
            componentFailures: outcome.errors.map((problem) => messageOf(problem, now)),
            componentSuccesses: [
                packageXml(now),
                ...successes,
                ...outcome.warnings.map((problem) => messageOf(problem, now))
            ],
            runTestResult: outcome.tests ? testReport(outcome.tests, classId) : emptyTestReport()
        }
    };
}

function packageXml(now: string): DeployMessage {
    return {
        componentType: '',
        fullName: 'package.xml',
        fileName: 'package.xml',
        created: false,
        changed: true,
        deleted: false,
        success: true,
        createdDate: now
    };
}

function messageOf(problem: DeployProblem, now: string): DeployMessage {
    return {
        ...problem,
        created: false,
        changed: false,
        deleted: false,
        success: problem.problemType === 'Warning',
        createdDate: now
    };
}
