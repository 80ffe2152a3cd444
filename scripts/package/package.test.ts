// What of packaging can be shown without Salesforce: the package converts to one zip with the same bytes each time, holds nothing that may
// not be packaged, runs nothing at install, and with its names in a namespace installs into a fresh org in which the service works.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ProjectJsonSchema, ScratchOrgDefSchema } from '@salesforce/core';
import { Connection } from 'jsforce';
import { assignSets, integrationUser, SETS_OF } from '../cli/src/org/people.ts';
import { runToEnd, startService, type RunningService } from '../demo/steps/service.ts';
import { freePort } from '../e2e/world.ts';
import { createOrg } from '../local-org/create-org.ts';
import type { LocalOrg } from '../local-org/local-org.ts';
import { startLocalOrg, type RunningOrg } from '../local-org/server.ts';
import { withNamespace } from './namespaced.ts';
import { packageFiles, zipOf, type PackageFiles } from './package-zip.ts';
import { NAMESPACE, writeReleaseFolder } from './release-folder.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const PACKAGE = join(root, 'force-app');
const INSTALL = join(root, 'scripts/package/install-namespaced.ts');

let folder: string;
let files: PackageFiles;
beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'plumbline-package-'));
    files = await packageFiles(PACKAGE);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const jsonOf = (path: string): any => JSON.parse(readFileSync(path, 'utf8'));
const textOf = (path: string): string => Buffer.from(files.get(path)!).toString('utf8');

describe('the zip of the package', () => {
    test('is the same bytes for the same source', async () => {
        const sum = (some: PackageFiles): string => createHash('sha256').update(zipOf(some)).digest('hex');
        expect(sum(files)).toBe(sum(new Map([...files].reverse())));
        expect(files.size).toBeGreaterThan(900);
    });

    test('holds no secrets, policies or address lists that a package may not carry', () => {
        const forbidden = /ecaGlblOauth|ecaPlcy|ecaOauthPlcy|remoteSiteSettings|cspTrustedSites|profiles\//i;
        expect([...files.keys()].filter((path) => forbidden.test(path))).toEqual([]);
    });

    test('runs nothing when it is installed, upgraded or removed', () => {
        const classes = [...files.keys()].filter((path) => path.endsWith('.cls'));
        expect(classes.length).toBeGreaterThan(50);
        const handlers = classes.filter((path) =>
            /\bimplements\b[^{]*\b(Uni|I)nstallHandler\b/i.test(textOf(path))
        );
        expect(handlers).toEqual([]);
    });
});

test('all of it is written by the command, with the version it is given', () => {
    const said = execFileSync(process.execPath, ['scripts/package/main.ts', '--version', '1.2.0'], {
        cwd: root,
        encoding: 'utf8'
    });
    expect(said).toContain(`plumbline.zip: ${files.size} files`);
    expect(said).toContain(`plumbline-namespaced.zip: ${files.size} files`);
    const release = jsonOf(join(root, '.plumbline/package/release/sfdx-project.json'));
    expect(release.packageDirectories[0].versionNumber).toBe('1.2.0.NEXT');
});

describe('the project a version is created from', () => {
    test('has the namespace that this project must not have', () => {
        const release = join(folder, 'release');
        writeReleaseFolder(root, release, '1.2.0');
        const [here, there] = [root, release].map((one) => jsonOf(join(one, 'sfdx-project.json')));
        expect([here.namespace, there.namespace]).toEqual(['', NAMESPACE]);
        const [version] = there.packageDirectories;
        expect(version).toMatchObject({
            package: 'Plumbline',
            versionNumber: '1.2.0.NEXT',
            path: 'force-app'
        });
        for (const path of [version.path, version.definitionFile, version.unpackagedMetadata.path])
            expect([path, existsSync(join(release, path))]).toEqual([path, true]);
    });
});

describe('project and scratch org definitions', () => {
    const config = readdirSync(join(root, 'config')).filter((name) => /scratch.*\.json$/.test(name));

    test.each(config)('%s is what the schema of Salesforce accepts', (name) => {
        const { success, error } = ScratchOrgDefSchema.safeParse(jsonOf(join(root, 'config', name)));
        expect([success, error?.issues]).toEqual([true, undefined]);
    });

    test('sfdx-project.json is, too', () => {
        const { success, error } = ProjectJsonSchema.safeParse(jsonOf(join(root, 'sfdx-project.json')));
        expect([success, error?.issues]).toEqual([true, undefined]);
    });
});

describe('names with a namespace', () => {
    test('stand wherever ours stand, once, and nowhere else', () => {
        const some: PackageFiles = new Map([
            [
                'objects/Deal__c.object',
                Buffer.from('<fullName>Rep__c</fullName> Deal__Share Name plumbline__X__c')
            ],
            ['customMetadata/Rule.R1.md', Buffer.from('<field>Text__c</field>')],
            ['package.xml', Buffer.from('<members>Rule.R1</members><members>Rule__mdt</members>')]
        ]);
        const named = withNamespace(some, 'ns');
        expect([...named].map(([path, bytes]) => [path, Buffer.from(bytes).toString()])).toEqual([
            [
                'objects/ns__Deal__c.object',
                '<fullName>ns__Rep__c</fullName> ns__Deal__Share Name plumbline__X__c'
            ],
            ['customMetadata/ns__Rule.R1.md', '<field>ns__Text__c</field>'],
            ['package.xml', '<members>ns__Rule.R1</members><members>ns__Rule__mdt</members>']
        ]);
    });
});

describe('an org with the package under its namespace', () => {
    let org: LocalOrg;
    let server: RunningOrg;
    let service: RunningService | undefined;
    let admin: Connection;
    let refused: object[];

    beforeAll(async () => {
        const file = join(folder, 'org.db');
        const run = ['--disable-warning=ExperimentalWarning', INSTALL, file];
        refused = JSON.parse(execFileSync(process.execPath, run, { encoding: 'utf8' }));
        org = createOrg({ file });
        server = await startLocalOrg({ org });
        const accessToken = org.auth.issueToken(org.adminUserId);
        admin = new Connection({ instanceUrl: server.url, accessToken, version: '65.0' });
    });
    afterAll(async () => {
        await service?.stop();
        await server.close();
        org.close();
    });

    test('gets every component of it, and what is deployed beside it', async () => {
        expect(refused).toEqual([]);
        const { sobjects } = await admin.describeGlobal();
        const ours = sobjects.map(({ name }) => name).filter((name) => /DealHealth__c$/.test(name));
        expect(ours).toEqual([`${NAMESPACE}__DealHealth__c`]);
    });

    test('is served as any other: the run succeeds and its results have the names of the package', async () => {
        const { id: runAsUserId } = await integrationUser(admin, 'robot@acme.example');
        await assignSets(admin, [{ userId: runAsUserId, sets: SETS_OF.integration }]);
        const stage = await admin.query<{ ApiName: string }>(
            'SELECT ApiName FROM OpportunityStage WHERE IsClosed = false AND IsActive = true LIMIT 1'
        );
        const closeDate = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
        const deal = {
            Name: 'Bridge',
            StageName: stage.records[0]!.ApiName,
            CloseDate: closeDate,
            Amount: 1000
        };
        await admin.sobject('Opportunity').create(deal as never);
        service = await serviceFor(runAsUserId);
        const run = await runToEnd(service.url, orgKey(), () => undefined);
        expect([run.status, run['errors']]).toEqual(['succeeded', []]);
        const health = await admin.query(`SELECT Id FROM ${NAMESPACE}__DealHealth__c`);
        expect(health.totalSize).toBe(1);
    });

    const key = randomBytes(32).toString('base64url');
    const orgKey = () => ({ orgId: org.orgId, key });

    async function serviceFor(runAsUserId: string): Promise<RunningService> {
        const client = { clientId: 'app', clientSecret: randomBytes(32).toString('base64url') };
        org.auth.registerClient({ ...client, runAsUserId });
        const tenant = {
            orgId: org.orgId,
            myDomain: server.url,
            namespace: NAMESPACE,
            ...client,
            keySha256: [createHash('sha256').update(key).digest('hex')]
        };
        const tenantsFile = join(folder, 'tenants.json');
        writeFileSync(tenantsFile, JSON.stringify([tenant]), { mode: 0o600 });
        return startService({
            port: await freePort(),
            stateFile: join(folder, 'state.db'),
            tenantsFile,
            logFile: join(folder, 'service.log'),
            env: { PLUMBLINE_DELTA_SAFETY_SECONDS: '0' }
        });
    }
});
