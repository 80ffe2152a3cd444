// Apex test runs as the Tooling API knows them: asked for, queued, and read back as ApexTestRunResult,
// ApexTestQueueItem and ApexTestResult rows. The tests themselves run in apex/test-runner.ts.
import type { TestMethod, TestResult, TestRun } from '../apex/test-runner.ts';
import { to18 } from '../ids.ts';
import type { LocalOrg } from '../local-org.ts';
import { notSupported, OrgError } from '../org.ts';
import { listIn, objectBody, textOf, textsOf, type Body } from '../routes/json-body.ts';
import type { UserContext } from '../org.ts';
import type { Schema } from '../schema/types.ts';
import { insertSetupRow, updateSetupRow } from '../setup-rows.ts';
import { testsOfClass, testsOfClasses } from './choose-tests.ts';
import { testReport } from './test-report.ts';
import type { TestReport } from './test-report.ts';

/** As clients send it to runTestsSynchronous and runTestsAsynchronous. */
export interface TestRequest {
    tests?: { classId?: string; className?: string; testMethods?: string[] }[];
    classNames?: string;
    classids?: string;
    suiteNames?: string;
    suiteids?: string;
    testLevel?: string;
    category?: string[];
    skipCodeCoverage?: boolean;
}

export interface TestJobs {
    /** Queues a run and returns the id of its AsyncApexJob. */
    start(user: UserContext, request: TestRequest): string;
    /** Runs at once; no rows are written, as in Salesforce. */
    runNow(user: UserContext, request: TestRequest): TestReport;
}

interface QueuedRun {
    jobId: string;
    runId: string;
    /** Queue item of each class. */
    items: Map<string, string>;
    methods: TestMethod[];
}

export function createTestJobs(org: LocalOrg, schema: Schema): TestJobs {
    const rows = new RunRows(org, schema);
    rows.abortUnfinished();
    return {
        start(user, request) {
            const methods = chosenTests(org, request);
            const run = rows.enqueue(user, methods, request);
            setImmediate(() => {
                if (org.db.open) runQueued(rows, org, user, run);
            });
            return run.jobId;
        },
        runNow(user, request) {
            const methods = chosenTests(org, request);
            return testReport(org.apex.runTests({ methods, user }), (name) => classId(org, name));
        }
    };
}

function runQueued(rows: RunRows, { apex }: LocalOrg, user: UserContext, run: QueuedRun): void {
    const startedAt = rows.begin(user, run);
    try {
        rows.finish(user, run, apex.runTests({ methods: run.methods, user }), startedAt);
    } catch (error) {
        process.stderr.write(`local org: test run ${run.jobId} failed: ${(error as Error).stack}\n`);
        rows.abort(user, run);
    }
}

function chosenTests(org: LocalOrg, request: TestRequest): TestMethod[] {
    checkShape(request as Body);
    refuse(request);
    const all = org.apex.tests();
    const named = request.classNames?.split(',').map((name) => name.trim()) ?? [];
    const byId = request.classids?.split(',').map((id) => className(org, id.trim())) ?? [];
    const chosen = [
        ...testsOfClasses(all, [...named, ...byId]),
        ...(request.tests ?? []).flatMap(({ classId: id, className: name, testMethods }) =>
            testsOfClass(all, name ?? className(org, id ?? ''), testMethods)
        )
    ];
    if (chosen.length > 0) return chosen;
    const isForAll = request.testLevel === 'RunLocalTests' || request.testLevel === 'RunAllTestsInOrg';
    if (isForAll && all.length > 0) return all;
    throw new OrgError(
        400,
        'INVALID_INPUT',
        'Always provide a classes, suites, tests, or testLevel property.'
    );
}

function checkShape(body: Body): void {
    for (const name of ['classNames', 'classids', 'suiteNames', 'suiteids', 'testLevel']) textOf(body, name);
    textsOf(body, 'category');
    for (const test of listIn(body, 'tests').map(objectBody)) {
        for (const name of ['classId', 'className']) textOf(test, name);
        textsOf(test, 'testMethods');
    }
}

function refuse({ suiteNames, suiteids, category, skipCodeCoverage }: TestRequest): void {
    if (suiteNames || suiteids) throw notSupported('Apex test suites');
    const other = category?.find((one) => one.toLowerCase() !== 'apex');
    if (other) throw notSupported(`tests of category ${other}`);
    if (skipCodeCoverage === false)
        throw notSupported('code coverage of Apex tests (skipCodeCoverage: false)');
}

function classId(org: LocalOrg, name: string): string {
    return org.metadata.row('ApexClass', name.split('.')[0]!)?.id ?? '';
}

function className(org: LocalOrg, id: string): string {
    const full = id.length === 15 ? to18(id) : id;
    return (
        (org.db.prepare('SELECT "Name" FROM "ApexClass" WHERE "Id" = ?').pluck().get(full) as
            string | undefined) ?? id
    );
}

/** The rows of test runs. */
class RunRows {
    private readonly org: LocalOrg;
    private readonly parts: Pick<LocalOrg, 'ids' | 'clock'> & { schema: Schema };

    constructor(org: LocalOrg, schema: Schema) {
        this.org = org;
        this.parts = { schema, ids: org.ids, clock: org.clock };
    }

    /** What ran or waited when the process ended will never finish. */
    abortUnfinished(): void {
        for (const table of ['ApexTestRunResult', 'ApexTestQueueItem']) {
            this.org.db
                .prepare(
                    `UPDATE "${table}" SET "Status" = 'Aborted' WHERE "Status" IN ('Queued', 'Processing')`
                )
                .run();
        }
    }

    enqueue(user: UserContext, methods: TestMethod[], request: TestRequest): QueuedRun {
        const classes = [...new Set(methods.map(({ className: name }) => name))];
        const jobId = this.org.ids.newId('707');
        const runId = this.insert('ApexTestRunResult', user, {
            AsyncApexJobId: jobId,
            UserId: user.userId,
            IsAllTests: request.testLevel === 'RunAllTestsInOrg',
            Status: 'Queued',
            ClassesEnqueued: classes.length,
            ClassesCompleted: 0,
            MethodsEnqueued: methods.length,
            MethodsCompleted: 0,
            MethodsFailed: 0
        });
        const items = classes.map((name): [string, string] => [
            name,
            this.insert('ApexTestQueueItem', user, {
                ApexClassId: classId(this.org, name),
                Status: 'Queued',
                ParentJobId: jobId,
                TestRunResultId: runId,
                ShouldSkipCodeCoverage: true
            })
        ]);
        return { jobId, runId, items: new Map(items), methods };
    }

    begin(user: UserContext, run: QueuedRun): Date {
        const now = this.org.clock();
        this.update('ApexTestRunResult', user, run.runId, {
            Status: 'Processing',
            StartTime: now.toISOString()
        });
        return now;
    }

    finish(user: UserContext, run: QueuedRun, { results, failed }: TestRun, startedAt: Date): void {
        this.org.db.transaction(() => {
            for (const result of results) this.insertResult(user, run, result, startedAt);
            for (const [name, id] of run.items) {
                const own = results.filter((result) => result.className === name);
                const passed = own.filter(({ outcome }) => outcome === 'Pass').length;
                this.update('ApexTestQueueItem', user, id, {
                    Status: 'Completed',
                    ExtendedStatus: `(${passed}/${own.length})`
                });
            }
            this.update('ApexTestRunResult', user, run.runId, {
                Status: failed > 0 ? 'Failed' : 'Completed',
                EndTime: this.org.clock().toISOString(),
                TestTime: results.reduce((sum, { durationMs }) => sum + Math.round(durationMs), 0),
                ClassesCompleted: run.items.size,
                MethodsCompleted: results.length,
                MethodsFailed: failed
            });
        })();
    }

    abort(user: UserContext, run: QueuedRun): void {
        for (const id of run.items.values())
            this.update('ApexTestQueueItem', user, id, { Status: 'Aborted' });
        this.update('ApexTestRunResult', user, run.runId, { Status: 'Aborted' });
    }

    private insertResult(user: UserContext, run: QueuedRun, result: TestResult, startedAt: Date): void {
        this.insert('ApexTestResult', user, {
            TestTimestamp: startedAt.toISOString(),
            Outcome: result.outcome,
            ApexClassId: classId(this.org, result.className),
            MethodName: result.methodName,
            Message: result.message,
            StackTrace: result.stackTrace,
            AsyncApexJobId: run.jobId,
            QueueItemId: run.items.get(result.className),
            ApexTestRunResultId: run.runId,
            RunTime: Math.round(result.durationMs),
            IsTestSetup: false
        });
    }

    private insert(object: string, user: UserContext, values: Record<string, unknown>): string {
        return insertSetupRow(this.org.db, this.parts, object, values, user.userId);
    }

    private update(object: string, user: UserContext, id: string, values: Record<string, unknown>): void {
        updateSetupRow(this.org.db, this.parts, object, id, values, user.userId);
    }
}
