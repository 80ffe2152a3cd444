// Deploying with the official sf CLI; what jsforce then finds. Signing in and records: sf-cli-data.test.ts.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createSfCli, type SfCli } from './sf-cli.ts';
import { openOrg, type OpenOrg } from './sf-org.ts';

const PACKAGE = ['force-app', 'config/subscriber'];
const BROKEN = 'scripts/e2e/broken-package';
/** sf deploys by SOAP unless told otherwise. */
const WAYS: [string, Record<string, string>][] = [
    ['SOAP', { SF_ORG_METADATA_REST_DEPLOY: 'false' }],
    ['REST', { SF_ORG_METADATA_REST_DEPLOY: 'true' }]
];

let sf: SfCli;

beforeAll(() => {
    sf = createSfCli([...PACKAGE, BROKEN]);
}, 300_000);

afterAll(() => sf?.close());

const deploy = (folders: string[], env: Record<string, string>): ReturnType<SfCli['run']> =>
    sf.run(['project', 'deploy', 'start', ...folders.flatMap((path) => ['--source-dir', path])], env);

describe.each(WAYS)('sf deploying by %s', (_way, env) => {
    let open: OpenOrg;
    beforeAll(async () => (open = await openOrg(sf)), 60_000);
    afterAll(() => open.close());

    test('is told file, line and reason of a wrong component, and nothing of it is kept', async () => {
        const answer = await deploy([BROKEN], env);
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
        const { sobjects } = await open.connection.describeGlobal();
        expect(sobjects.map((one) => one.name)).not.toContain('Broken__c');
    });

    test('puts the whole package into the org, where jsforce finds its objects', async () => {
        const answer = await deploy(PACKAGE, env);
        expect(answer.result.details?.componentFailures).toEqual([]);
        expect(answer.status).toBe(0);
        expect(answer.result.numberComponentsDeployed).toBe(answer.result.numberComponentsTotal);
        const described = await open.connection.describe('DealHealth__c');
        expect(described.fields.map((field) => field.name)).toContain('Band__c');
        const sets = await open.connection.query("SELECT Name FROM PermissionSet WHERE Name = 'SpmPayee'");
        expect(sets.totalSize).toBe(1);
    });

    test('finds nothing to change the second time', async () => {
        const { result } = await deploy(PACKAGE, env);
        const states = new Set(result.files.map((file: any) => file.state));
        expect([...states]).toEqual(['Unchanged']);
    });
});
