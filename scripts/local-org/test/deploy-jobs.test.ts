// Deploys as jobs: with Apex tests, canceled, repeated after a validation. Everything by jsforce, as clients do it.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { apexClass, deployZip, objectXml } from './support/deploy-zip.ts';
import { ADMIN, startTestOrg } from './support/test-org.ts';
import type { TestOrg } from './support/test-org.ts';

let server: TestOrg;

beforeAll(async () => {
    server = await startTestOrg();
    server.admin.metadata.pollInterval = 10;
});

afterAll(() => server.stop());

interface Finished {
    id: string;
    status: string;
    success: boolean;
    errorMessage?: string;
    errorStatusCode?: string;
    numberTestErrors: number;
    numberTestsCompleted: number;
    details: {
        componentFailures: Record<string, unknown>[];
        runTestResult: { failures: Record<string, unknown>[]; successes: Record<string, unknown>[] };
    };
}

async function send(zip: Buffer, options: Record<string, unknown> = {}): Promise<Finished> {
    const job = server.admin.metadata.deploy(zip.toString('base64') as never, options as never);
    return (await job.complete(true)) as unknown as Finished;
}

/** A test class whose one test compares 2 with the sum. */
function sumTest(name: string, sum: string): Record<string, string> {
    return apexClass(
        name,
        `@IsTest\nprivate class ${name} {\n    @IsTest\n    static void adds() {\n        Assert.areEqual(2, ${sum}, 'sum');\n    }\n}\n`
    );
}

const objects = async (): Promise<string[]> =>
    (await server.admin.describeGlobal()).sobjects.map(({ name }) => name);

describe('a deploy with tests', () => {
    test('runs the tests it brings and those the org has, and keeps the package when all pass', async () => {
        const first = await send(deployZip({ ApexClass: ['SumTest'] }, sumTest('SumTest', '1 + 1')), {
            testLevel: 'RunLocalTests'
        });
        expect(first).toMatchObject({ status: 'Succeeded', numberTestErrors: 0, numberTestsCompleted: 1 });
        expect(first.details.runTestResult.successes).toEqual([
            expect.objectContaining({ name: 'SumTest', methodName: 'adds' })
        ]);
        const second = await send(deployZip({ ApexClass: ['MoreTest'] }, sumTest('MoreTest', '1 + 1')), {
            testLevel: 'RunLocalTests'
        });
        expect(second.numberTestsCompleted).toBe(2);
    });

    test('keeps nothing when a test fails, and names class, method, line and message', async () => {
        const zip = deployZip(
            { ApexClass: ['WrongTest'], CustomObject: ['Untested__c'] },
            { ...sumTest('WrongTest', '1 + 2'), 'objects/Untested__c.object': objectXml('Untested') }
        );
        const result = await send(zip, { testLevel: 'RunLocalTests' });
        expect(result).toMatchObject({ status: 'Failed', success: false, numberTestErrors: 1 });
        expect(result.details.componentFailures).toEqual([]);
        expect(result.details.runTestResult.failures).toEqual([
            expect.objectContaining({
                name: 'WrongTest',
                methodName: 'adds',
                message: 'System.AssertException: Assertion Failed: sum: Expected: 2, Actual: 3',
                stackTrace: 'Class.WrongTest.adds: line 5, column 1'
            })
        ]);
        expect(await objects()).not.toContain('Untested__c');
        const later = await send(deployZip({ ApexClass: ['WrongTest'] }, sumTest('WrongTest', '4 - 2')), {
            testLevel: 'RunLocalTests'
        });
        expect(later.status).toBe('Succeeded');
    });

    test('runs only the classes it names, and fails on a name without tests', async () => {
        const zip = deployZip({ ApexClass: ['OtherTest'] }, sumTest('OtherTest', '1 + 1'));
        const some = { testLevel: 'RunSpecifiedTests', runTests: ['OtherTest'] };
        expect(await send(zip, some)).toMatchObject({ status: 'Succeeded', numberTestsCompleted: 1 });
        const unknown = await send(zip, { testLevel: 'RunSpecifiedTests', runTests: ['Nobody'] });
        expect(unknown).toMatchObject({ status: 'Failed', errorStatusCode: 'INVALID_INPUT' });
        expect(unknown.errorMessage).toContain("This class name's value is invalid: Nobody.");
    });

    test('reports code that does not compile at its class and line', async () => {
        const source = 'public class Calls {\n    public void go() {\n        Nobody.answer();\n    }\n}';
        const zip = deployZip({ ApexClass: ['Calls'] }, apexClass('Calls', source));
        const result = await send(zip, { testLevel: 'RunLocalTests' });
        expect(result.status).toBe('Failed');
        expect(result.details.componentFailures).toEqual([
            expect.objectContaining({ fullName: 'Calls', fileName: 'classes/Calls.cls', lineNumber: 3 })
        ]);
    });

    test('test levels and options it cannot honour are refused by name', async () => {
        const zip = deployZip({ ApexClass: ['SumTest'] }, sumTest('SumTest', '1 + 1'));
        await expect(send(zip, { testLevel: 'RunRelevantTests' })).rejects.toThrow('RunRelevantTests');
        await expect(send(zip, { rollbackOnError: false })).rejects.toThrow('rollbackOnError false');
    });
});

describe('a deploy that waits', () => {
    const waiting = async (): Promise<string> => {
        server.org.faults.add({ kind: 'slowDeploy', ms: 3_600_000 });
        const zip = deployZip({ CustomObject: ['Late__c'] }, { 'objects/Late__c.object': objectXml('Late') });
        const job = server.admin.metadata.deploy(zip.toString('base64') as never, {});
        return ((await job) as unknown as { id: string }).id;
    };

    test('is canceled for good', async () => {
        const id = await waiting();
        expect(await server.admin.metadata.cancelDeploy(id)).toMatchObject({ id });
        const result = await server.admin.metadata.checkDeployStatus(id, true);
        expect(result).toMatchObject({ status: 'Canceled', done: true, canceledByName: 'Ada Admin' });
        expect(await objects()).not.toContain('Late__c');
    });

    test('cannot be canceled once it is over', async () => {
        const { id } = await send(
            deployZip({ ApexClass: ['Done'] }, apexClass('Done', 'public class Done {}'))
        );
        await expect(server.admin.metadata.cancelDeploy(id)).rejects.toMatchObject({
            name: 'sf:INVALID_ID_FIELD',
            message: expect.stringContaining('Deployment already completed')
        });
    });
});

describe('a validation', () => {
    const zip = deployZip(
        { ApexClass: ['QuickTest'], CustomObject: ['Quick__c'] },
        { ...sumTest('QuickTest', '1 + 1'), 'objects/Quick__c.object': objectXml('Quick') }
    );

    test('with tests is deployed by its id, once', async () => {
        const { id, status } = await send(zip, { checkOnly: true, testLevel: 'RunLocalTests' });
        expect(status).toBe('Succeeded');
        expect(await objects()).not.toContain('Quick__c');
        const quick = (await server.admin.metadata.deployRecentValidation({ id })) as unknown as string;
        const result = await server.admin.metadata.checkDeployStatus(quick, true);
        expect(result).toMatchObject({ status: 'Succeeded', runTestsEnabled: false });
        expect(await objects()).toContain('Quick__c');
        await expect(server.admin.metadata.deployRecentValidation({ id })).rejects.toMatchObject({
            name: 'sf:INVALID_ID_FIELD'
        });
    });

    test('without tests cannot be deployed by its id', async () => {
        const { id } = await send(zip, { checkOnly: true });
        const answer = await server.fetchAs(ADMIN, '/services/data/v65.0/metadata/deployRequest', {
            method: 'POST',
            body: JSON.stringify({ validatedDeployRequestId: id })
        });
        expect(answer.status).toBe(400);
        expect(await answer.json()).toEqual([expect.objectContaining({ errorCode: 'INVALID_ID_FIELD' })]);
    });
});
