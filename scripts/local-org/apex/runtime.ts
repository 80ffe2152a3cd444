// The Apex of an org, ready to run: compiles the deployed classes once per version, runs @AuraEnabled methods and anonymous
// statements as one database transaction each (run-to-end.ts), and runs the tests.
import type { Org, UserContext } from '../org.ts';
import { ANONYMOUS, executeAnonymous } from './anonymous.ts';
import type { AnonymousOutcome } from './anonymous.ts';
import { AuraError, auraArguments, auraResult, findAuraMethod } from './aura.ts';
import { Loader } from './compile/load.ts';
import type { Sources } from './compile/load.ts';
import type { ApexProblem } from './errors.ts';
import { ApexCompileError, ApexThrown } from './errors.ts';
import { initialiseClass } from './objects.ts';
import type { Program } from './program.ts';
import { runToEnd } from './run-to-end.ts';
import type { Triggers } from '../records/triggers.ts';
import { createTriggers } from './triggers.ts';
import type { TestMethod, TestOptions, TestRun } from './test-runner.ts';
import { listTests, runTests } from './test-runner.ts';
import { callMethod, Frame, Transaction } from './transaction.ts';
import { assign } from './types.ts';

export interface ApexRuntime {
    /** Runs a static @AuraEnabled method as `user`; throws AuraError for Apex exceptions, OrgError for refusals. */
    invokeAura(
        user: UserContext,
        className: string,
        method: string,
        params: Record<string, unknown>
    ): Promise<unknown>;
    /** Runs statements as `user`; what they save is kept when they end well. Throws OrgError for refusals. */
    executeAnonymous(user: UserContext, statements: string): Promise<AnonymousOutcome>;
    /** What does not compile, or is outside of the subset, in the deployed classes. */
    check(): ApexProblem[];
    /** The deployed triggers, for whoever saves rows. */
    triggers: Triggers;
    /** The test methods of the deployed classes, in the order they run. */
    tests(): TestMethod[];
    /** Runs the deployed @IsTest classes; the org's rows are as before when it returns. */
    runTests(options?: TestOptions): TestRun;
}

export function createApexRuntime(org: Org): ApexRuntime {
    let loaded: { key: string; loader: Loader } | undefined;
    const program = (need: (loader: Loader) => void): Program => {
        const key = `${org.metadata.version}/${org.schema.version}`;
        if (loaded?.key !== key) loaded = { key, loader: new Loader(org, sourcesOf(org)) };
        need(loaded.loader);
        return loaded.loader.program;
    };
    const compiled = (need: (loader: Loader) => void): Program => {
        const current = program(need);
        if (current.problems.length > 0) throw new ApexCompileError(current.problems);
        return current;
    };
    const all = (loader: Loader): void => loader.loadAll();
    return {
        executeAnonymous: async (user, statements) =>
            executeAnonymous(user, statements, (source) => {
                const sources = sourcesOf(org);
                const classes = new Map([...sources.classes, [ANONYMOUS, source]]);
                const loader = new Loader(org, { ...sources, classes });
                loader.loadClasses([ANONYMOUS.toLowerCase()]);
                return loader.program;
            }),
        invokeAura: async (user, className, method, params) =>
            invokeAura(
                compiled((loader) => loader.loadClasses([className.toLowerCase()])),
                user,
                className,
                method,
                params
            ),
        check: () => program(all).problems,
        triggers: createTriggers(countTriggers(org), (objectName) =>
            program((loader) => loader.loadTriggers(objectName))
        ),
        tests: () => listTests(compiled(all)),
        runTests: (options = {}) => runTests(compiled(all), options)
    };
}

function sourcesOf(org: Org): Sources {
    return {
        classes: deployedSources(org, 'ApexClass', '.cls'),
        triggers: deployedSources(org, 'ApexTrigger', '.trigger')
    };
}

function deployedSources(org: Org, type: string, suffix: string): Map<string, string> {
    const sources = new Map<string, string>();
    for (const { fullName } of org.metadata.list(type)) {
        for (const [path, body] of org.metadata.files(type, fullName) ?? []) {
            if (path.endsWith(suffix)) sources.set(fullName, body.toString('utf8'));
        }
    }
    return sources;
}

/** Asked by every save, so counted once per version of the metadata. */
function countTriggers({ metadata }: Org): () => number {
    let counted = { version: -1, count: 0 };
    return () => {
        const { version } = metadata;
        if (counted.version !== version) counted = { version, count: metadata.list('ApexTrigger').length };
        return counted.count;
    };
}

async function invokeAura(
    program: Program,
    user: UserContext,
    className: string,
    name: string,
    params: Record<string, unknown>
): Promise<unknown> {
    const { method, cacheable } = findAuraMethod(program, user, className, name);
    try {
        return await runToEnd(
            (journal) => new Transaction({ program, user, journal, readOnly: cacheable, entrySharing: true }),
            (tx) => {
                const frame = new Frame(tx, method.cls, name, null, true, 0);
                const args = auraArguments(frame, method, params);
                initialiseClass(tx, method.cls);
                const value = assign(callMethod(tx, method, null, args), method.returnType);
                return auraResult(frame, value);
            }
        );
    } catch (error) {
        throw error instanceof ApexThrown ? new AuraError(error) : error;
    }
}
