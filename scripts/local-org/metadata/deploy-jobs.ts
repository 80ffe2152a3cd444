// Deploys as clients know them: asked for, queued, followed by id, reported with details. Owns the job table and the
// shape of a DeployResult; what a deploy does is deploy.ts. Jobs run one after another, after the request was answered.
import type { Database } from 'better-sqlite3';
import type { Ids } from '../ids.ts';
import { notSupported, OrgError } from '../org.ts';
import type { UserContext } from '../org.ts';
import { deploy } from './deploy.ts';
import type { DeployOutcome } from './deploy.ts';
import type { DeployParts } from './deploy-context.ts';
import type { DeployProblem } from './problems.ts';

/** As sent by clients; anything that would change the meaning and is not understood is refused. */
export interface RequestedOptions {
    checkOnly?: boolean;
    testLevel?: string;
    runTests?: string[];
    performRetrieve?: boolean;
}

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
        runTestResult: { numFailures: number; numTestsRun: number; totalTime: number };
    };
}

export interface DeployJobs {
    /** Queues a deploy and returns its first state. */
    start(user: UserContext, zip: Buffer, options: RequestedOptions): DeployResult;
    /** Throws OrgError when no deploy has this id. */
    status(id: string): DeployResult;
    cancel(id: string): DeployResult;
}

export function createDeployJobs(parts: DeployParts): DeployJobs {
    const { db, ids, clock } = parts;
    createTable(db, clock);
    const save = (result: DeployResult): DeployResult => {
        db.prepare(
            `INSERT INTO local_org_deploy (id, result) VALUES (?, ?)
             ON CONFLICT (id) DO UPDATE SET result = excluded.result`
        ).run(result.id, JSON.stringify(result));
        return result;
    };
    const jobs: DeployJobs = {
        start(user, zip, options) {
            checkAllowed(user);
            checkOptions(options);
            const pending = save(pendingResult(ids, user, clock(), options));
            setImmediate(() => {
                if (!db.open || jobs.status(pending.id).status !== 'Pending') return;
                save(runJob(parts, zip, pending, user.userId));
            });
            return pending;
        },
        status(id) {
            const row = db.prepare('SELECT result FROM local_org_deploy WHERE id = ?').pluck().get(id) as
                string | undefined;
            if (!row)
                throw new OrgError(404, 'INVALID_CROSS_REFERENCE_KEY', `Invalid async process id: ${id}`);
            return JSON.parse(row);
        },
        cancel(id) {
            const before = jobs.status(id);
            if (before.done) return before;
            return save({ ...before, status: 'Canceled', done: true, completedDate: clock().toISOString() });
        }
    };
    return jobs;
}

/** What was queued when the process ended will never run. */
function createTable(db: Database, clock: () => Date): void {
    db.exec('CREATE TABLE IF NOT EXISTS local_org_deploy (id TEXT PRIMARY KEY, result TEXT NOT NULL)');
    db.prepare(
        `UPDATE local_org_deploy SET result = json_set(result, '$.status', 'Canceled', '$.done', json('true'),
         '$.completedDate', ?) WHERE result ->> '$.status' = 'Pending'`
    ).run(clock().toISOString());
}

function checkAllowed({ permissions }: UserContext): void {
    if (permissions.modifyAllData || permissions.customizeApplication) return;
    throw new OrgError(
        403,
        'INSUFFICIENT_ACCESS',
        'use of the Metadata API requires a user with the ModifyAllData or ModifyMetadata permissions'
    );
}

function checkOptions(options: RequestedOptions): void {
    if (options.testLevel && options.testLevel !== 'NoTestRun') {
        throw notSupported(
            `running Apex tests in a deploy (testLevel ${options.testLevel}); use testLevel NoTestRun`
        );
    }
    if (options.runTests?.length) throw notSupported('running Apex tests in a deploy (runTests)');
    if (options.performRetrieve) throw notSupported('performRetrieve in a deploy');
}

function pendingResult(ids: Ids, user: UserContext, now: Date, options: RequestedOptions): DeployResult {
    const date = now.toISOString();
    return {
        id: ids.newId('0Af'),
        status: 'Pending',
        done: false,
        success: false,
        checkOnly: options.checkOnly === true,
        ignoreWarnings: false,
        rollbackOnError: true,
        runTestsEnabled: false,
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
        runTestResult: { numFailures: 0, numTestsRun: 0, totalTime: 0 }
    };
}

function runJob(parts: DeployParts, zip: Buffer, pending: DeployResult, userId: string): DeployResult {
    const startDate = parts.clock().toISOString();
    try {
        const outcome = deploy(parts, zip, { checkOnly: pending.checkOnly }, userId);
        return finished(pending, outcome, startDate, parts.clock().toISOString());
    } catch (error) {
        process.stderr.write(`local org: deploy ${pending.id} failed: ${(error as Error).stack}\n`);
        const errorMessage = 'An unexpected error occurred; see the log of the local org.';
        const now = parts.clock().toISOString();
        return {
            ...pending,
            status: 'Failed',
            done: true,
            startDate,
            completedDate: now,
            errorMessage,
            errorStatusCode: 'UNKNOWN_EXCEPTION'
        };
    }
}

function finished(
    pending: DeployResult,
    outcome: DeployOutcome,
    startDate: string,
    now: string
): DeployResult {
    const failed = new Set(outcome.errors.map((error) => `${error.componentType}:${error.fullName}`));
    const good = outcome.components.filter(({ type, fullName }) => !failed.has(`${type}:${fullName}`));
    const successes: DeployMessage[] = good.map((component) => ({
        componentType: component.type,
        fullName: component.fullName,
        fileName: component.fileName,
        id: component.id,
        created: component.state === 'created',
        changed: component.state !== 'unchanged',
        deleted: false,
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
        ...(outcome.errorMessage
            ? { errorMessage: outcome.errorMessage, errorStatusCode: 'UNKNOWN_EXCEPTION' }
            : {}),
        details: {
            ...emptyDetails(),
            componentFailures: outcome.errors.map((problem) => messageOf(problem, now)),
            componentSuccesses: [
                { ...packageXml(now), success: outcome.errorMessage === null },
                ...successes,
                ...outcome.warnings.map((problem) => messageOf(problem, now))
            ]
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
