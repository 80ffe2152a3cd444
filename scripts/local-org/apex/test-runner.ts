// Runs @IsTest classes. Tests see no rows of the org but setup objects and custom metadata: the data rows are deleted
// in a savepoint that is rolled back at the end. A class's @TestSetup runs once, each test in its own savepoint. Tests
// with SeeAllData see the org as it is, and leave it so.
// Everything happens in one go (tests cannot call out), so no request sees the org in between.
import type { UserContext } from '../org.ts';
import { ApexThrown } from './errors.ts';
import { Journal } from './journal.ts';
import type { ClassInfo, MethodInfo } from './model.ts';
import { initialiseClass } from './objects.ts';
import type { Program } from './program.ts';
import { callMethod, Transaction } from './transaction.ts';

export interface TestOptions {
    /** Only these classes; all when left out. */
    classNames?: string[];
    /** Only these methods; all of the classes when left out. */
    methods?: TestMethod[];
    /** Who runs them; an active System Administrator when left out. */
    user?: UserContext;
}

export interface TestMethod {
    className: string;
    methodName: string;
}

export interface TestResult {
    className: string;
    methodName: string;
    outcome: 'Pass' | 'Fail';
    message: string | null;
    stackTrace: string | null;
    durationMs: number;
    debugLog: string[];
}

export interface TestRun {
    results: TestResult[];
    passed: number;
    failed: number;
}

export function runTests(program: Program, options: TestOptions): TestRun {
    const user = options.user ?? program.administrator();
    const wanted = options.classNames?.map((name) => name.toLowerCase());
    const keys = options.methods && new Set(options.methods.map(keyOf));
    const isWanted = (method: TestMethod): boolean => !keys || keys.has(keyOf(method));
    const classes = testClasses(program).filter(
        (cls) => !wanted || wanted.includes(cls.fullName.toLowerCase())
    );
    const runThose = (seeAllData: boolean): TestResult[] =>
        classes.flatMap((cls) => {
            const tests = testsOf(cls).filter(
                (test) => isWanted(named(cls, test)) && seesAllData(cls, test) === seeAllData
            );
            return inSavepoint(program, 'apex_test_class', () => runClass(program, user, cls, tests));
        });
    const seeing = runThose(true);
    const blind = inSavepoint(program, 'apex_tests', () => {
        hideData(program);
        return runThose(false);
    });
    const results = [...seeing, ...blind];
    const passed = results.filter((one) => one.outcome === 'Pass').length;
    return { results, passed, failed: results.length - passed };
}

/** Every test there is, in the order they run. */
export function listTests(program: Program): TestMethod[] {
    return testClasses(program).flatMap((cls) => testsOf(cls).map((test) => named(cls, test)));
}

function testClasses(program: Program): ClassInfo[] {
    return [...program.classes()].filter((cls) => cls.isTest);
}

function testsOf(cls: ClassInfo): MethodInfo[] {
    return [...cls.methods.values()]
        .flat()
        .filter((method) => method.isStatic && method.annotations.has('istest'));
}

/** Said by the test or by its class. */
function seesAllData(cls: ClassInfo, test: MethodInfo): boolean {
    const said =
        test.annotations.get('istest')?.get('seealldata') ?? cls.annotations.get('istest')?.get('seealldata');
    return said?.toLowerCase() === 'true';
}

function named(cls: ClassInfo, test: MethodInfo): TestMethod {
    return { className: cls.fullName, methodName: test.name };
}

function keyOf({ className, methodName }: TestMethod): string {
    return `${className}.${methodName}`.toLowerCase();
}

/** Runs `work` and takes back whatever it did to the rows. */
function inSavepoint<Result>(program: Program, name: string, work: () => Result): Result {
    const { db } = program.org;
    db.exec(`SAVEPOINT ${name}`);
    try {
        return work();
    } finally {
        db.exec(`ROLLBACK TO ${name}; RELEASE ${name}`);
    }
}

function hideData(program: Program): void {
    const { db, schema } = program.org;
    const tables = new Set(db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all());
    for (const object of schema.objects()) {
        if (object.setupObject || object.customMetadata || !tables.has(object.name)) continue;
        db.exec(`DELETE FROM "${object.name}"`);
    }
}

function runClass(program: Program, user: UserContext, cls: ClassInfo, tests: MethodInfo[]): TestResult[] {
    if (tests.length === 0) return [];
    const setups = [...cls.methods.values()].flat().filter((method) => method.annotations.has('testsetup'));
    const failure = setups
        .map((setup) => run(program, user, setup))
        .find(({ outcome }) => outcome === 'Fail');
    if (failure) {
        return tests.map((test) => ({
            ...failure,
            methodName: test.name,
            message: `@TestSetup failed: ${failure.message}`
        }));
    }
    return tests.map((test) => inSavepoint(program, 'apex_test', () => run(program, user, test)));
}

function run(program: Program, user: UserContext, method: MethodInfo): TestResult {
    const tx = new Transaction({ program, user, journal: new Journal(), isTest: true, entrySharing: false });
    const startedAt = performance.now();
    let failure: { message: string; stackTrace: string } | null = null;
    try {
        initialiseClass(tx, method.cls);
        callMethod(tx, method, null, []);
    } catch (error) {
        failure = describeFailure(error);
    }
    return {
        className: method.cls.fullName,
        methodName: method.name,
        outcome: failure ? 'Fail' : 'Pass',
        message: failure?.message ?? null,
        stackTrace: failure?.stackTrace ?? null,
        durationMs: performance.now() - startedAt,
        debugLog: tx.debugLog
    };
}

function describeFailure(error: unknown): { message: string; stackTrace: string } {
    if (error instanceof ApexThrown) {
        const { cls, error: state } = error.exception;
        return { message: `${cls.fullName}: ${state?.message ?? ''}`, stackTrace: state?.stack ?? '' };
    }
    const { message, stack } = error as Error;
    return { message, stackTrace: stack ?? '' };
}
