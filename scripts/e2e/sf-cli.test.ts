// The official sf CLI and jsforce against the local org: what they send to it is what real orgs get.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Connection } from 'jsforce';
import { createOrg } from '../local-org/create-org.ts';
import type { LocalOrg } from '../local-org/local-org.ts';
import { startLocalOrg, type RunningOrg } from '../local-org/server.ts';
import { createSfCli, type SfCli } from './sf-cli.ts';

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

interface OpenOrg {
    org: LocalOrg;
    server: RunningOrg;
    connection: Connection;
    close(): Promise<void>;
}

/** An empty org that sf is logged in to. */
async function openOrg(): Promise<OpenOrg> {
    const org = createOrg({ file: ':memory:' });
    const server = await startLocalOrg({ org });
    const accessToken = org.auth.issueToken(org.adminUserId);
    const login = ['org', 'login', 'access-token', '--instance-url', server.url, '--no-prompt'];
    const answer = await sf.run([...login, '--set-default'], { SF_ACCESS_TOKEN: accessToken });
    expect(answer.status).toBe(0);
    return {
        org,
        server,
        connection: new Connection({ instanceUrl: server.url, accessToken, version: '65.0' }),
        async close() {
            await server.close();
            org.close();
        }
    };
}

const deploy = (folders: string[], env: Record<string, string>): ReturnType<SfCli['run']> =>
    sf.run(['project', 'deploy', 'start', ...folders.flatMap((path) => ['--source-dir', path])], env);

describe('sf logged in to a local org', () => {
    let open: OpenOrg;
    beforeAll(async () => (open = await openOrg()), 60_000);
    afterAll(() => open.close());

    test('shows it as connected', async () => {
        const { result } = await sf.run(['org', 'display']);
        expect(result).toMatchObject({
            connectedStatus: 'Connected',
            id: open.org.orgId,
            username: 'admin@local.org'
        });
    });

    test('queries what it created, names in the case of the schema', async () => {
        const name = 'Ærø & Søn "Pension" 🏦';
        const created = await sf.run([
            'data',
            'create',
            'record',
            '--sobject',
            'Account',
            '--values',
            `Name='${name}'`
        ]);
        expect(created.status).toBe(0);
        const { result } = await sf.run(['data', 'query', '--query', 'select id, name from account']);
        expect(result.records).toEqual([expect.objectContaining({ Id: created.result.id, Name: name })]);
        const seen = await open.connection.sobject('Account').retrieve(created.result.id);
        expect(seen).toMatchObject({ Name: name });
    });

    test('is told which column does not exist', async () => {
        const answer = await sf.run(['data', 'query', '--query', 'SELECT Nope__c FROM Account']);
        expect(answer.status).toBe(1);
        expect(answer.result.name).toBe('INVALID_FIELD');
        expect(answer.result.message).toContain("No such column 'Nope__c' on entity 'Account'");
    });
});

describe.each(WAYS)('sf deploying by %s', (_way, env) => {
    let open: OpenOrg;
    beforeAll(async () => (open = await openOrg()), 60_000);
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
