// Apex tests and package installs by the official sf CLI. Deploys: sf-cli-metadata.test.ts.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ComponentSet, MetadataConverter } from '@salesforce/source-deploy-retrieve';
import { createSfCli, type SfAnswer, type SfCli } from './sf-cli.ts';
import { openOrg, type OpenOrg } from './sf-org.ts';

const PACKAGE = 'force-app';
const TEST_CLASS = 'force-app/tests/core/classes/RunSelector_Tests.cls';
const INTACT = 'Assert.isNull(RunSelector.newest());';
/** What sf exits with when a test failed. */
const TEST_FAILED = 100;

let sf: SfCli;
let open: OpenOrg;

beforeAll(async () => {
    sf = createSfCli([PACKAGE]);
    open = await openOrg(sf);
    expect((await deploy(PACKAGE)).status).toBe(0);
});

afterAll(async () => {
    await open?.close();
    sf?.close();
});

const deploy = (path: string, ...flags: string[]): Promise<SfAnswer> =>
    sf.run(['project', 'deploy', 'start', '--source-dir', path, ...flags]);
const runTests = (...flags: string[]): Promise<SfAnswer> => sf.run(['apex', 'run', 'test', ...flags]);
const names = ({ result }: SfAnswer): string[] => result.tests.map((one: any) => one.FullName);

describe('sf apex run test', () => {
    test('--wait runs all tests of the package', async () => {
        const answer = await runTests('--wait', '2');
        expect(answer).toMatchObject({ status: 0, result: { summary: { outcome: 'Passed', failing: 0 } } });
        const deployed = open.org.metadata.list('ApexClass').map(({ fullName }) => fullName);
        const ran = new Set(names(answer).map((name) => name.split('.')[0]));
        expect([...ran].sort()).toEqual(deployed.filter((name) => name.endsWith('_Tests')).sort());
    });

    test('--class-names runs those classes', async () => {
        const answer = await runTests(
            ...['--wait', '2', '--class-names', 'RunSelector_Tests', '--class-names', 'RunController_Tests']
        );
        expect(answer.status).toBe(0);
        const ran = new Set(names(answer).map((name) => name.split('.')[0]));
        expect([...ran].sort()).toEqual(['RunController_Tests', 'RunSelector_Tests']);
    });

    test('--tests runs those methods', async () => {
        const method = 'RunSelector_Tests.hasNothingBeforeTheFirstRun';
        const answer = await runTests('--wait', '2', '--tests', method);
        expect(answer.status).toBe(0);
        expect(names(answer)).toEqual([method]);
    });

    test('--synchronous runs one class at once', async () => {
        const answer = await runTests('--synchronous', '--class-names', 'RunSelector_Tests');
        expect(answer).toMatchObject({ status: 0, result: { summary: { outcome: 'Passed', passing: 3 } } });
    });

    test('without --wait returns the id of a run that get test reports, and that can be queried', async () => {
        const { status, result } = await runTests('--class-names', 'RunSelector_Tests');
        expect(status).toBe(0);
        const soql = `SELECT Status, MethodsCompleted FROM ApexTestRunResult WHERE AsyncApexJobId = '${result.testRunId}'`;
        const queried = await sf.run(['data', 'query', '--use-tooling-api', '--query', soql]);
        expect(queried.result.records).toMatchObject([{ Status: 'Completed', MethodsCompleted: 3 }]);
        const got = await sf.run(['apex', 'get', 'test', '--test-run-id', result.testRunId]);
        expect(got).toMatchObject({ status: 0, result: { summary: { outcome: 'Passed', passing: 3 } } });
    });

    test('--code-coverage and unknown classes are refused', async () => {
        const coverage = await runTests('--wait', '2', '--code-coverage');
        expect(coverage).toMatchObject({ status: 1, result: { name: 'LOCAL_ORG_NOT_SUPPORTED' } });
        const unknown = await runTests('--wait', '2', '--class-names', 'Nobody_Tests');
        expect(unknown).toMatchObject({
            status: 1,
            result: { message: expect.stringContaining("class name's value is invalid: Nobody_Tests") }
        });
    });
});

describe('sf apex run', () => {
    const run = (code: string): Promise<SfAnswer> => {
        writeFileSync(join(sf.project, 'statements.apex'), code);
        return sf.run(['apex', 'run', '--file', 'statements.apex']);
    };

    test('runs statements with the classes of the package', async () => {
        const answer = await run("System.debug('stale: ' + RunSelector.isStale(null));");
        expect(answer).toMatchObject({ status: 0, result: { success: true, compiled: true } });
        expect(answer.result.logs).toContain('|USER_DEBUG|[1]|DEBUG|stale: true');
    });

    test('tells line and reason of what does not compile or throws', async () => {
        expect(await run('Integer x = ;')).toMatchObject({
            status: 1,
            result: { name: 'executeCompileFailure', data: { line: '1' } }
        });
        expect(await run('Integer none = null;\nnone.format();')).toMatchObject({
            status: 1,
            result: {
                name: 'executeRuntimeFailure',
                data: { exceptionMessage: expect.stringContaining('NullPointer') }
            }
        });
    });
});

describe('an assertion broken on purpose', () => {
    const file = (): string => join(sf.project, TEST_CLASS);
    let intact: string;
    let line: number;
    beforeAll(async () => {
        intact = readFileSync(file(), 'utf8');
        line = intact.slice(0, intact.indexOf(INTACT)).split('\n').length;
        writeFileSync(
            file(),
            intact.replace(INTACT, "Assert.isNotNull(RunSelector.newest(), 'on purpose');")
        );
    });
    const failure = (): object => ({
        Message: expect.stringContaining('Assertion Failed: on purpose'),
        StackTrace: expect.stringContaining(
            `Class.RunSelector_Tests.hasNothingBeforeTheFirstRun: line ${line}, column 1`
        )
    });

    test('makes a deploy with tests fail, and the class in the org stays as it was', async () => {
        const { status, result } = await deploy(
            TEST_CLASS,
            ...['--test-level', 'RunSpecifiedTests', '--tests', 'RunSelector_Tests']
        );
        expect(status).toBe(1);
        expect(result.details.runTestResult.failures).toEqual([
            expect.objectContaining({
                name: 'RunSelector_Tests',
                methodName: 'hasNothingBeforeTheFirstRun',
                message: expect.stringContaining('Assertion Failed: on purpose'),
                stackTrace: expect.stringContaining(`line ${line}, column 1`)
            })
        ]);
        const body = open.org.metadata.files('ApexClass', 'RunSelector_Tests')!;
        expect([...body.values()].map(String)).toContain(intact);
    });

    test('makes sf apex run test exit with an error that names class, method, line and message', async () => {
        expect((await deploy(TEST_CLASS)).status).toBe(0);
        const ways = [['--wait', '2'], ['--synchronous']];
        for (const way of ways) {
            const answer = await runTests('--class-names', 'RunSelector_Tests', ...way);
            expect(answer).toMatchObject({
                status: TEST_FAILED,
                result: { summary: { outcome: 'Failed', failing: 1, passing: 2 } }
            });
            const failed = answer.result.tests.filter((one: any) => one.Outcome === 'Fail');
            expect(failed).toMatchObject([
                { FullName: 'RunSelector_Tests.hasNothingBeforeTheFirstRun', ...failure() }
            ]);
        }
        writeFileSync(file(), intact);
        expect((await deploy(TEST_CLASS)).status).toBe(0);
        expect((await runTests('--class-names', 'RunSelector_Tests', '--wait', '2')).status).toBe(0);
    });
});

describe('sf package', () => {
    let target: OpenOrg;
    let versionId: string;
    beforeAll(async () => {
        target = await openOrg(sf);
        const components = ComponentSet.fromSource(join(sf.project, PACKAGE));
        const { zipBuffer } = await new MetadataConverter().convert(components, 'metadata', { type: 'zip' });
        const response = await fetch(`${target.server.url}/local-org/packages`, {
            method: 'POST',
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify({
                name: 'Plumbline',
                versionName: 'Winter',
                versionNumber: '1.2.0.3',
                zip: zipBuffer!.toString('base64')
            })
        });
        ({ versionId } = (await response.json()) as { versionId: string });
    });
    afterAll(() => target?.close());

    const install = (id: string): Promise<SfAnswer> =>
        sf.run(['package', 'install', '--package', id, '--wait', '2', '--no-prompt']);
    const installed = async (): Promise<any[]> => (await sf.run(['package', 'installed', 'list'])).result;

    test('install fails for a version that does not exist, and nothing is installed', async () => {
        expect(await install('04t000000000001AAA')).toMatchObject({
            status: 1,
            result: { name: 'PACKAGE_UNAVAILABLE' }
        });
        expect(await installed()).toEqual([]);
    });

    test('install brings the package into the org, and installed list names its version', async () => {
        expect(await install(versionId)).toMatchObject({ status: 0, result: { Status: 'SUCCESS' } });
        expect(await installed()).toMatchObject([
            {
                SubscriberPackageName: 'Plumbline',
                SubscriberPackageVersionId: versionId,
                SubscriberPackageVersionName: 'Winter',
                SubscriberPackageVersionNumber: '1.2.0.3'
            }
        ]);
        const described = await target.connection.describe('DealHealth__c');
        expect(described.fields.map((field) => field.name)).toContain('Band__c');
        expect((await runTests('--class-names', 'RunSelector_Tests', '--wait', '2')).status).toBe(0);
    });
});
