// Metadata by the official sf CLI: deployed, validated, canceled, listed, retrieved. Apex tests and package installs:
// sf-cli-apex.test.ts.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSfCli, type SfAnswer, type SfCli } from './sf-cli.ts';
import { logInByToken, openOrg, type OpenOrg } from './sf-org.ts';
import { sourceFiles } from './source-files.ts';

const PACKAGE = ['force-app', 'config/subscriber'];
const OPPORTUNITY = 'objects/Opportunity/Opportunity.object-meta.xml';
const BROKEN = 'scripts/e2e/broken-package';
/** Two permission sets, for what does not depend on how much is deployed. */
const PART = ['config/subscriber'];
const ALL_TESTS = ['--test-level', 'RunLocalTests'];
const ONE_CLASS = ['--test-level', 'RunSpecifiedTests', '--tests', 'RunSelector_Tests'];
/** sf deploys by SOAP unless told otherwise. What tests a deploy is to run travels with it in either way. */
const WAYS: [string, Record<string, string>, string[]][] = [
    ['SOAP', { SF_ORG_METADATA_REST_DEPLOY: 'false' }, ALL_TESTS],
    ['REST', { SF_ORG_METADATA_REST_DEPLOY: 'true' }, ONE_CLASS]
];

let sf: SfCli;

beforeAll(() => {
    sf = createSfCli([...PACKAGE, BROKEN]);
});

afterAll(() => sf?.close());

const from = (folders: string[]): string[] => folders.flatMap((path) => ['--source-dir', path]);
const project = (command: string[], env?: Record<string, string>): Promise<SfAnswer> =>
    sf.run(['project', ...command], env);
const objects = async ({ connection }: OpenOrg): Promise<string[]> =>
    (await connection.describeGlobal()).sobjects.map(({ name }) => name);

describe.each(WAYS)('sf deploying by %s', (_way, env, tests) => {
    let open: OpenOrg;
    beforeAll(async () => (open = await openOrg(sf)));
    afterAll(() => open.close());

    const deploy = (folders: string[], flags: string[] = []): Promise<SfAnswer> =>
        project(['deploy', 'start', ...from(folders), ...flags], env);

    test('is told file, line and reason of a wrong component, and nothing of it is kept', async () => {
        const answer = await deploy([BROKEN]);
        expect(answer.status).toBe(1);
        expect(answer.result.details.componentFailures).toEqual([
            expect.objectContaining({
                fullName: 'Broken__c.Target__c',
                fileName: 'objects/Broken__c.object',
                lineNumber: 11,
                problem: 'In field: referenceTo - no CustomObject named NoSuchObject__c found'
            })
        ]);
        const failed = answer.result.files.find((file: any) => file.state === 'Failed');
        expect(failed.filePath).toMatch(
            /broken-package\/objects\/Broken__c\/fields\/Target__c\.field-meta\.xml$/
        );
        expect(await objects(open)).not.toContain('Broken__c');
    });

    test('--dry-run says that all is well and keeps nothing', async () => {
        const answer = await deploy(PACKAGE, ['--dry-run']);
        expect(answer).toMatchObject({ status: 0, result: { status: 'Succeeded', checkOnly: true } });
        expect(await objects(open)).not.toContain('DealHealth__c');
    });

    test('puts the whole package into the org, its Apex tests run, and jsforce finds its objects', async () => {
        const answer = await deploy(PACKAGE, tests);
        expect([answer.status, answer.result.message, answer.result.details?.componentFailures]).toEqual([
            0,
            undefined,
            []
        ]);
        const { numberComponentsDeployed, numberComponentsTotal, details } = answer.result;
        expect(numberComponentsDeployed).toBe(numberComponentsTotal);
        expect(details.runTestResult.successes.map((one: any) => one.name)).toContain('RunSelector_Tests');
        const described = await open.connection.describe('DealHealth__c');
        expect(described.fields.map((field) => field.name)).toContain('Band__c');
        const sets = await open.connection.query("SELECT Name FROM PermissionSet WHERE Name = 'SpmPayee'");
        expect(sets.totalSize).toBe(1);
    });

    test('finds nothing to change the second time', async () => {
        const { result } = await deploy(PACKAGE);
        const states = new Set(result.files.map((file: any) => file.state));
        expect([...states]).toEqual(['Unchanged']);
    });

    test('--async returns at once, and deploy report tells the end', async () => {
        const queued = await deploy(PART, ['--async']);
        expect(queued).toMatchObject({ status: 0, result: { done: false, status: 'Queued' } });
        const report = await project(['deploy', 'report', '--job-id', queued.result.id]);
        expect(report).toMatchObject({ status: 0, result: { done: true, status: 'Succeeded' } });
    });

    test('a deploy that still waits is canceled, one that is over is not', async () => {
        open.org.faults.add({ kind: 'slowDeploy', ms: 600_000 });
        const { result } = await deploy(PART, ['--async']);
        const cancel = (): Promise<SfAnswer> => project(['deploy', 'cancel', '--job-id', result.id]);
        expect(await cancel()).toMatchObject({ status: 0, result: { status: 'Canceled' } });
        expect(await cancel()).toMatchObject({ status: 1, result: { name: 'CannotCancelDeployError' } });
    });

    test('deploy quick keeps what deploy validate found good', async () => {
        const validated = await project(['deploy', 'validate', ...from(PART), ...ONE_CLASS], env);
        expect(validated).toMatchObject({ status: 0, result: { status: 'Succeeded', checkOnly: true } });
        const quick = (): Promise<SfAnswer> =>
            project(['deploy', 'quick', '--job-id', validated.result.id], env);
        expect(await quick()).toMatchObject({
            status: 0,
            result: { status: 'Succeeded', checkOnly: false, runTestsEnabled: false }
        });
        expect((await quick()).status).toBe(1);
    });
});

describe('sf and an org that holds the package', () => {
    let open: OpenOrg;
    let empty: SfCli;
    beforeAll(async () => {
        open = await openOrg(sf);
        expect((await project(['deploy', 'start', ...from(PACKAGE)])).status).toBe(0);
        empty = createSfCli([]);
        mkdirSync(join(empty.project, 'force-app'));
        const settings = {
            packageDirectories: [{ path: 'force-app', default: true }],
            sourceApiVersion: '65.0'
        };
        writeFileSync(join(empty.project, 'sfdx-project.json'), JSON.stringify(settings));
        await logInByToken(empty, open.server.url, open.org.auth.issueToken(open.org.adminUserId));
    });
    afterAll(async () => {
        await open?.close();
        empty?.close();
    });

    test('org list metadata-types names what can be deployed', async () => {
        const { status, result } = await sf.run(['org', 'list', 'metadata-types']);
        expect(status).toBe(0);
        expect(result.metadataObjects).toContainEqual(
            expect.objectContaining({ xmlName: 'LightningComponentBundle', directoryName: 'lwc' })
        );
    });

    test('org list metadata names what was deployed, and refuses a type that it does not know', async () => {
        const list = (type: string): Promise<SfAnswer> =>
            sf.run(['org', 'list', 'metadata', '--metadata-type', type]);
        const { result } = await list('CustomObject');
        expect(result).toContainEqual(
            expect.objectContaining({ fullName: 'DealHealth__c', fileName: 'objects/DealHealth__c.object' })
        );
        expect((await list('Nonsense')).result.message).toContain('does not support metadata type Nonsense');
    });

    test('project retrieve start into an empty project gives back the package that was deployed', async () => {
        await project(['generate', 'manifest', ...from(PACKAGE)]);
        const manifest = readFileSync(join(sf.project, 'package.xml'));
        writeFileSync(join(empty.project, 'package.xml'), manifest);
        const answer = await empty.run(['project', 'retrieve', 'start', '--manifest', 'package.xml']);
        expect(answer).toMatchObject({ status: 0, result: { success: true, messages: [] } });
        const deployed = sourceFiles(...PACKAGE.map((path) => join(sf.project, path)));
        const retrieved = sourceFiles(join(empty.project, 'force-app'));
        // In a project without the object's own file sf writes an empty one beside a field of a standard object
        // (forcedotcom/cli issue 2972); the org sends the field alone.
        const beside = new Map([[OPPORTUNITY, { '?xml': '', CustomObject: '' }]]);
        const expected = new Map<string, unknown>([...deployed, ...beside]);
        expect([...retrieved.keys()].sort()).toEqual([...expected.keys()].sort());
        for (const [path, content] of expected) expect([path, retrieved.get(path)]).toEqual([path, content]);
        expect(deployed.size).toBeGreaterThan(200);
    });

    test('project retrieve start of one field brings that field, of something unknown the reason', async () => {
        const retrieve = (member: string): Promise<SfAnswer> =>
            empty.run(['project', 'retrieve', 'start', '--metadata', member]);
        const { result } = await retrieve('CustomField:DealHealth__c.Band__c');
        expect(result.files).toEqual([
            expect.objectContaining({ fullName: 'DealHealth__c.Band__c', type: 'CustomField' })
        ]);
        const unknown = await retrieve('ApexClass:Nobody');
        expect(JSON.stringify(unknown.result)).toContain(
            "Entity of type 'ApexClass' named 'Nobody' cannot be found"
        );
    });
});
