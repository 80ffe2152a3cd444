// Deploys as clients know them: asked for, queued, followed by id, canceled, repeated after a validation. Owns the job
// table; what a deploy does is deploy.ts, its DeployResult is deploy-result.ts. A job runs after its request was answered.
import type { Database } from 'better-sqlite3';
import { OrgError } from '../org.ts';
import type { UserContext } from '../org.ts';
import type { LocalOrg } from '../local-org.ts';
import { deploy } from './deploy.ts';
import { checkOptions } from './deploy-options.ts';
import type { RequestedOptions } from './deploy-options.ts';
import { crashedResult, finishedResult, pendingResult } from './deploy-result.ts';
import type { DeployResult } from './deploy-result.ts';
import { asksForTests, testsOfDeploy } from './deploy-tests.ts';
import { checkMetadataAccess } from './metadata-access.ts';
import { checkZipSize } from './zip.ts';

export interface DeployJobs {
    /** Queues a deploy and returns its first state. */
    start(user: UserContext, zip: Buffer, options: RequestedOptions): DeployResult;
    /** Deploys what a validation with tests found good, without running the tests again; once for each validation. */
    startValidated(user: UserContext, validationId: string): DeployResult;
    /** Throws OrgError when no deploy has this id. */
    status(id: string): DeployResult;
    /** Throws OrgError when it is over. */
    cancel(user: UserContext, id: string): DeployResult;
}

/** Salesforce keeps validations for ten days; here the newest ones live as long as the process. */
const VALIDATIONS_KEPT = 10;

export function createDeployJobs(org: LocalOrg): DeployJobs {
    const { db, ids, clock } = org;
    createTable(db, clock);
    const validated = new Map<string, Buffer>();
    const save = (result: DeployResult): DeployResult => {
        db.prepare(
            `INSERT INTO local_org_deploy (id, result) VALUES (?, ?)
             ON CONFLICT (id) DO UPDATE SET result = excluded.result`
        ).run(result.id, JSON.stringify(result));
        return result;
    };
    const keepValidation = (id: string, zip: Buffer): void => {
        validated.set(id, zip);
        if (validated.size > VALIDATIONS_KEPT) validated.delete(validated.keys().next().value!);
    };
    const runPending = (id: string, user: UserContext, zip: Buffer, options: RequestedOptions): void => {
        if (!db.open) return;
        const pending = jobs.status(id);
        if (pending.done) return;
        const finished = save(runJob(org, user, zip, options, pending));
        if (finished.success && finished.checkOnly && finished.runTestsEnabled) keepValidation(id, zip);
    };
    const jobs: DeployJobs = {
        start(user, zip, options) {
            checkMetadataAccess(user);
            checkOptions(options);
            checkZipSize(zip);
            const pending = save(pendingResult(ids, user, clock(), options, asksForTests(options)));
            const run = (): void => runPending(pending.id, user, zip, options);
            const slow = org.faults.take('slowDeploy', () => true);
            if (slow) setTimeout(run, slow.ms).unref();
            else setImmediate(run);
            return pending;
        },
        startValidated(user, validationId) {
            const zip = validated.get(validationId);
            if (!zip) {
                const message = `${validationId} is not the id of a validation with tests that succeeded and was not deployed yet`;
                throw new OrgError(400, 'INVALID_ID_FIELD', message);
            }
            const result = jobs.start(user, zip, { testLevel: 'NoTestRun' });
            validated.delete(validationId);
            return result;
        },
        status(id) {
            const row = db.prepare('SELECT result FROM local_org_deploy WHERE id = ?').pluck().get(id) as
                string | undefined;
            if (!row)
                throw new OrgError(404, 'INVALID_CROSS_REFERENCE_KEY', `Invalid async process id: ${id}`);
            return JSON.parse(row);
        },
        cancel(user, id) {
            checkMetadataAccess(user);
            const before = jobs.status(id);
            if (before.done) throw new OrgError(400, 'INVALID_ID_FIELD', 'Deployment already completed');
            return save({
                ...before,
                status: 'Canceled',
                done: true,
                canceledBy: user.userId,
                canceledByName: user.name,
                completedDate: clock().toISOString()
            });
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

function runJob(
    org: LocalOrg,
    user: UserContext,
    zip: Buffer,
    options: RequestedOptions,
    pending: DeployResult
): DeployResult {
    const startDate = org.clock().toISOString();
    const nowText = (): string => org.clock().toISOString();
    try {
        const { checkOnly } = pending;
        const outcome = deploy(
            org,
            zip,
            { checkOnly, runTests: testsOfDeploy(org, user, options) },
            user.userId
        );
        const classId = (name: string): string => org.metadata.row('ApexClass', name)?.id ?? '';
        return finishedResult(pending, outcome, startDate, nowText(), classId);
    } catch (error) {
        if (error instanceof OrgError)
            return crashedResult(pending, startDate, nowText(), error.errorCode, error.message);
        process.stderr.write(`local org: deploy ${pending.id} failed: ${(error as Error).stack}\n`);
        const message = 'An unexpected error occurred; see the log of the local org.';
        return crashedResult(pending, startDate, nowText(), 'UNKNOWN_EXCEPTION', message);
    }
}
