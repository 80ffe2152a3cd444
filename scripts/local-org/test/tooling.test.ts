// The Tooling API as jsforce sees it: queries over its objects, Apex test runs, package installs.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { apexClass, deployZip, fieldXml, objectXml } from './support/deploy-zip.ts';
import { ADMIN, startTestOrg, TEAM } from './support/test-org.ts';
import type { TestOrg } from './support/test-org.ts';

const TOOLING = '/services/data/v65.0/tooling';
let server: TestOrg;

beforeAll(async () => {
    server = await startTestOrg();
    server.admin.metadata.pollInterval = 10;
    const classes = {
        ...apexClass('Sums', 'public class Sums { public static Integer two() { return 1 + 1; } }'),
        ...apexClass('SumsTest', testClass('SumsTest', ['adds: Assert.areEqual(2, Sums.two());'])),
        ...apexClass(
            'MixedTest',
            testClass('MixedTest', [
                'good: Assert.isTrue(true);',
                "bad: Assert.areEqual(3, Sums.two(), 'two is not three');"
            ])
        )
    };
    await deploy(deployZip({ ApexClass: ['Sums', 'SumsTest', 'MixedTest'] }, classes));
});

afterAll(() => server.stop());

/** `name: statement` a test; the first one's statement is on line 5, each next four lines later. */
function testClass(name: string, tests: string[]): string {
    const methods = tests.map((one) => {
        const [method, body] = one.split(/: (.*)/s);
        return `    @IsTest\n    static void ${method}() {\n        ${body}\n    }\n`;
    });
    return `@IsTest\nprivate class ${name} {\n${methods.join('')}}\n`;
}

async function deploy(zip: Buffer): Promise<void> {
    const result = await server.admin.metadata.deploy(zip.toString('base64') as never, {}).complete(true);
    expect(result).toMatchObject({ success: true });
}

const get = async (path: string, username = ADMIN): Promise<any> =>
    (await server.fetchAs(username, TOOLING + path)).json();
const post = (path: string, body: object, username = ADMIN): Promise<Response> =>
    server.fetchAs(username, TOOLING + path, { method: 'POST', body: JSON.stringify(body) });
const rows = async (soql: string): Promise<any[]> =>
    (await get(`/query?q=${encodeURIComponent(soql)}`)).records;

describe('tooling objects', () => {
    test('are queried with the columns they have, Apex classes with their source', async () => {
        const found = await server.admin.tooling.query(
            "SELECT Id, Name, Body, Status, CreatedBy.Name FROM apexclass WHERE Name = 'sums'"
        );
        expect(found.records).toEqual([
            expect.objectContaining({
                Name: 'Sums',
                Body: expect.stringContaining('public class Sums'),
                CreatedBy: expect.objectContaining({ Name: 'Ada Admin' })
            })
        ]);
        const [record] = found.records as { Id: string; attributes: { url: string } }[];
        expect(record!.attributes.url).toBe(`${TOOLING}/sobjects/ApexClass/${record!.Id}`);
        expect(await get(`/sobjects/ApexClass/${record!.Id}`)).toMatchObject({ Name: 'Sums' });
    });

    test('are described', async () => {
        const { fields, urls } = await get('/sobjects/ApexTestResult/describe');
        expect(fields.map((field: { name: string }) => field.name)).toEqual(
            expect.arrayContaining(['Outcome', 'MethodName', 'Message', 'StackTrace', 'RunTime'])
        );
        expect(urls.sobject).toBe(`${TOOLING}/sobjects/ApexTestResult`);
        const { sobjects } = await get('/sobjects');
        expect(sobjects.map((object: { name: string }) => object.name)).toContain('PackageInstallRequest');
    });

    test('that do not exist are unknown, in queries and paths', async () => {
        for (const name of ['SourceMember', 'Account', 'Nonsense']) {
            expect(await get(`/query?q=SELECT+Id+FROM+${name}`)).toEqual([
                expect.objectContaining({ errorCode: 'INVALID_TYPE' })
            ]);
            const response = await server.fetchAs(ADMIN, `${TOOLING}/sobjects/${name}/describe`);
            expect(response.status).toBe(404);
        }
        expect(await get('/query?q=SELECT+Nope+FROM+ApexTestResult')).toEqual([
            expect.objectContaining({ errorCode: 'INVALID_FIELD' })
        ]);
    });

    test('that this org cannot fill are refused by name', async () => {
        expect(await get('/query?q=SELECT+Id+FROM+ApexCodeCoverage')).toEqual([
            expect.objectContaining({
                errorCode: 'LOCAL_ORG_NOT_SUPPORTED',
                message: expect.stringContaining('code coverage')
            })
        ]);
        const created = await post('/sobjects/ApexClass', { Name: 'X', Body: 'class X {}' });
        expect(await created.json()).toEqual([
            expect.objectContaining({ errorCode: 'LOCAL_ORG_NOT_SUPPORTED' })
        ]);
    });

    test('are closed to users who may not change the setup', async () => {
        const paths = ['/query?q=SELECT+Id+FROM+ApexClass', '/sobjects', '/sobjects/ApexClass/describe'];
        for (const path of paths) {
            expect(await get(path, TEAM.rep)).toEqual([
                expect.objectContaining({ errorCode: 'INSUFFICIENT_ACCESS' })
            ]);
        }
        expect((await post('/runTestsAsynchronous', {}, TEAM.rep)).status).toBe(403);
    });

    test('are not objects of the data API', async () => {
        await expect(server.admin.query('SELECT Id FROM ApexTestRunResult')).rejects.toMatchObject({
            errorCode: 'INVALID_TYPE'
        });
    });
});

describe('a test run', () => {
    const run = async (request: object): Promise<string> => {
        const response = await post('/runTestsAsynchronous', { skipCodeCoverage: true, ...request });
        expect(response.status).toBe(200);
        return (await response.json()) as string;
    };

    test('asked for by class leaves run, queue item and one result a method', async () => {
        const job = await run({ tests: [{ className: 'MixedTest' }], testLevel: 'RunSpecifiedTests' });
        const [summary] = await rows(
            `SELECT Status, MethodsEnqueued, MethodsFailed, User.Name FROM ApexTestRunResult WHERE AsyncApexJobId = '${job}'`
        );
        expect(summary).toMatchObject({
            Status: 'Failed',
            MethodsEnqueued: 2,
            MethodsFailed: 1,
            User: { Name: 'Ada Admin' }
        });
        const [item, ...others] = await rows(
            `SELECT Id, Status, ExtendedStatus, ApexClass.Name FROM ApexTestQueueItem WHERE ParentJobId = '${job}'`
        );
        expect(others).toEqual([]);
        expect(item).toMatchObject({ ExtendedStatus: '(1/2)', ApexClass: { Name: 'MixedTest' } });
        const results = await rows(
            `SELECT MethodName, Outcome, Message, StackTrace FROM ApexTestResult WHERE QueueItemId IN ('${item.Id}') ORDER BY MethodName`
        );
        expect(results).toMatchObject([
            {
                MethodName: 'bad',
                Outcome: 'Fail',
                Message: 'System.AssertException: Assertion Failed: two is not three: Expected: 3, Actual: 2',
                StackTrace: 'Class.MixedTest.bad: line 9, column 1'
            },
            { MethodName: 'good', Outcome: 'Pass', Message: null }
        ]);
    });

    test('asked for by method runs that method only', async () => {
        const job = await run({ tests: [{ className: 'MixedTest', testMethods: ['good'] }] });
        expect(
            await rows(
                `SELECT Status, MethodsCompleted FROM ApexTestRunResult WHERE AsyncApexJobId = '${job}'`
            )
        ).toMatchObject([{ Status: 'Completed', MethodsCompleted: 1 }]);
    });

    test('asked for by class id, or for all, runs those', async () => {
        const [{ Id }] = await rows("SELECT Id FROM ApexClass WHERE Name = 'SumsTest'");
        for (const [request, count] of [
            [{ tests: [{ classId: Id }] }, 1],
            [{ testLevel: 'RunLocalTests', category: ['Apex'] }, 3]
        ] as const) {
            const job = await run(request);
            expect(
                await rows(`SELECT MethodsCompleted FROM ApexTestRunResult WHERE AsyncApexJobId = '${job}'`)
            ).toMatchObject([{ MethodsCompleted: count }]);
        }
    });

    test('at once answers failures and successes', async () => {
        const response = await post('/runTestsSynchronous', { tests: [{ className: 'MixedTest' }] });
        expect(await response.json()).toMatchObject({
            numTestsRun: 2,
            numFailures: 1,
            successes: [{ name: 'MixedTest', methodName: 'good' }],
            failures: [
                { methodName: 'bad', message: expect.stringContaining('two is not three'), type: 'Class' }
            ]
        });
    });

    test.each([
        [{ tests: [{ className: 'Nobody' }] }, 'INVALID_INPUT', "class name's value is invalid: Nobody."],
        [{ tests: [{ className: 'Sums' }] }, 'INVALID_INPUT', "class name's value is invalid: Sums."],
        [{ tests: [{ className: 'SumsTest', testMethods: ['no'] }] }, 'INVALID_INPUT', 'invalid: no.'],
        [{}, 'INVALID_INPUT', 'Always provide a classes, suites, tests, or testLevel property'],
        [{ suiteNames: 'Nightly' }, 'LOCAL_ORG_NOT_SUPPORTED', 'Apex test suites'],
        [{ testLevel: 'RunLocalTests', category: ['Flow'] }, 'LOCAL_ORG_NOT_SUPPORTED', 'category Flow'],
        [{ testLevel: 'RunLocalTests', skipCodeCoverage: false }, 'LOCAL_ORG_NOT_SUPPORTED', 'code coverage']
    ])('asked for as %j is answered with %s', async (request, errorCode, words) => {
        const response = await post('/runTestsAsynchronous', request);
        expect(response.status).toBe(400);
        const message = expect.stringContaining(words);
        expect(await response.json()).toEqual([expect.objectContaining({ errorCode, message })]);
    });
});

test('streaming ends at its first channel, refused by name', async () => {
    const ask = async (channel: string, subscription?: string): Promise<any> =>
        (
            await server.fetchAs(ADMIN, '/cometd/65.0', {
                method: 'POST',
                body: JSON.stringify([{ channel, subscription, id: '1' }])
            })
        ).json();
    expect(await ask('/meta/handshake')).toMatchObject([{ successful: true, id: '1' }]);
    expect(await ask('/meta/subscribe', '/data/ChangeEvents')).toMatchObject([
        {
            successful: false,
            error: expect.stringContaining('does not support streaming (/data/ChangeEvents)'),
            advice: { reconnect: 'none' }
        }
    ]);
});

describe('a package', () => {
    const thing = (field: string): Buffer =>
        deployZip(
            { CustomObject: ['Thing__c'] },
            {
                'objects/Thing__c.object': objectXml('Thing', fieldXml(field, 'Text', '<length>20</length>'))
            }
        );
    const register = async (version: object): Promise<any> =>
        (
            await fetch(`${server.url}/local-org/packages`, {
                method: 'POST',
                headers: { 'Content-Type': 'application/json' },
                body: JSON.stringify(version)
            })
        ).json();
    const install = async (versionId: string): Promise<any> => {
        const response = await post('/sobjects/PackageInstallRequest', {
            SubscriberPackageVersionKey: versionId,
            NameConflictResolution: 'Block',
            SecurityType: 'none',
            UpgradeType: 'mixed-mode'
        });
        const { id } = (await response.json()) as { id: string };
        return get(`/sobjects/PackageInstallRequest/${id}`);
    };
    const installed = (): Promise<any[]> =>
        rows(
            'SELECT SubscriberPackage.Name, SubscriberPackageVersion.MajorVersion FROM InstalledSubscriberPackage'
        );

    test('is installed by deploying the zip of its version, and upgraded by a later one', async () => {
        const one = await register({
            name: 'Things',
            versionNumber: '1.0.0.1',
            zip: thing('A__c').toString('base64')
        });
        const two = await register({
            name: 'Things',
            versionNumber: '2.0.0.1',
            zip: thing('B__c').toString('base64')
        });
        expect(two.packageId).toBe(one.packageId);
        expect(await installed()).toEqual([]);

        expect(await install(one.versionId)).toMatchObject({ Status: 'SUCCESS', Errors: null });
        const { fields } = await server.admin.describe('Thing__c');
        expect(fields.map(({ name }) => name)).toContain('A__c');
        expect(await installed()).toMatchObject([
            { SubscriberPackage: { Name: 'Things' }, SubscriberPackageVersion: { MajorVersion: 1 } }
        ]);

        expect(await install(two.versionId)).toMatchObject({ Status: 'SUCCESS' });
        expect(await installed()).toMatchObject([{ SubscriberPackageVersion: { MajorVersion: 2 } }]);
        expect(await install(one.versionId)).toMatchObject({
            Status: 'ERROR',
            Errors: { errors: [{ message: expect.stringContaining('newer version') }] }
        });
    });

    test('that does not deploy is not installed, and the request says why', async () => {
        const zip = deployZip(
            { CustomObject: ['Bad__c'] },
            { 'objects/Bad__c.object': objectXml('Bad', fieldXml('X__c', 'Lookup')) }
        );
        const { versionId } = await register({
            name: 'Bad',
            versionNumber: '1.0.0.1',
            zip: zip.toString('base64')
        });
        const { Status, Errors } = await install(versionId);
        expect(Status).toBe('ERROR');
        expect(Errors.errors[0].message).toContain('Bad__c.X__c');
        expect((await installed()).map((row) => row.SubscriberPackage.Name)).not.toContain('Bad');
    });

    test('version is read by its id alone; an unknown one is not available', async () => {
        const query = (where: string): Promise<any> =>
            get(
                `/query?q=${encodeURIComponent(`SELECT Id, RemoteSiteSettings FROM SubscriberPackageVersion${where}`)}`
            );
        const { versionId } = await register({
            name: 'Read',
            versionNumber: '1.0.0.1',
            zip: thing('C__c').toString('base64')
        });
        const { records } = await query(` WHERE Id ='${versionId}'`);
        expect(records).toMatchObject([{ Id: versionId, RemoteSiteSettings: { settings: [] } }]);
        expect(await query('')).toEqual([expect.objectContaining({ errorCode: 'MALFORMED_QUERY' })]);
        expect(await query(" WHERE Id = '04t000000000001AAA'")).toEqual([
            expect.objectContaining({ errorCode: 'PACKAGE_UNAVAILABLE' })
        ]);
        expect(await query(` WHERE Id = '${versionId}' AND InstallationKey = 'k'`)).toEqual([
            expect.objectContaining({ errorCode: 'LOCAL_ORG_NOT_SUPPORTED' })
        ]);
        const response = await post('/sobjects/PackageInstallRequest', {
            SubscriberPackageVersionKey: '04t000000000001AAA'
        });
        expect(await response.json()).toEqual([
            expect.objectContaining({ errorCode: 'PACKAGE_UNAVAILABLE' })
        ]);
    });

    test('version that cannot be read is not made', async () => {
        const bad = (version: object): Promise<any> =>
            register({ name: 'N', versionNumber: '1.0.0.1', zip: '', ...version });
        expect(await bad({})).toEqual([expect.objectContaining({ errorCode: 'INVALID_OPERATION' })]);
        expect(await bad({ zip: 'aGVsbG8=' })).toEqual([
            expect.objectContaining({ message: expect.stringContaining('not a readable zip') })
        ]);
        expect(await bad({ versionNumber: '1.0', zip: thing('D__c').toString('base64') })).toEqual([
            expect.objectContaining({ message: expect.stringContaining('major.minor.patch.build') })
        ]);
    });
});
