// `sf plumbline`, as an admin and an operator type it: from an empty org and an empty service to figures, and back. One org and one
// service process for the whole file; each test begins where the one before ended.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPlugin } from '../cli/build.ts';
import { startService, type RunningService } from '../demo/steps/service.ts';
import { createSfCli, type SfAnswer, type SfCli } from './sf-cli.ts';
import { openOrg, type OpenOrg } from './sf-org.ts';
import { freePort } from './world.ts';

const PLANS = fileURLToPath(new URL('../../config/plans', import.meta.url));
const ROBOT = 'robot@acme.example';
const CLIENT = { clientId: 'plumbline-app', clientSecret: randomBytes(32).toString('base64url') };
const OPERATOR_KEY = randomBytes(32).toString('base64url');
/** Where the service listens for its operator is added when it is started. */
const OPERATOR: Record<string, string> = {
    PLUMBLINE_OPERATOR_KEY: OPERATOR_KEY,
    PLUMBLINE_CLIENT_SECRET: CLIENT.clientSecret
};

let folder: string;
let sf: SfCli;
let open: OpenOrg;
let service: RunningService;

beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'plumbline-plugin-'));
    sf = createSfCli([]);
    open = await openOrg(sf);
    const operatorPort = await freePort();
    OPERATOR.PLUMBLINE_OPERATOR_URL = `http://127.0.0.1:${operatorPort}`;
    service = await startService({
        port: await freePort(),
        stateFile: join(folder, 'state.db'),
        tenantsFile: '',
        logFile: join(folder, 'service.log'),
        env: {
            PLUMBLINE_OPERATOR_KEY_SHA256: createHash('sha256').update(OPERATOR_KEY).digest('hex'),
            PLUMBLINE_OPERATOR_PORT: String(operatorPort),
            PLUMBLINE_SECRET_KEYS: `test:${randomBytes(32).toString('base64')}`,
            PLUMBLINE_DELTA_SAFETY_SECONDS: '0'
        }
    });
    const linked = await sf.type(['plugins', 'link', await buildPlugin(), '--no-install']);
    if (linked.status !== 0) throw new Error(`the plugin could not be linked: ${linked.stderr}`);
});

afterAll(async () => {
    await service?.stop();
    await open?.close();
    sf?.close();
    if (folder) rmSync(folder, { recursive: true, force: true });
});

const plumbline = (args: string[], env?: Record<string, string>): Promise<SfAnswer> =>
    sf.run(['plumbline', ...args], env);
const named = (checks: { name: string }[], name: string): any => checks.find((check) => check.name === name);

const admin = (): string => open.org.users.context(open.org.adminUserId).username;

/** What an admin clicks in Setup > External Client Apps: the flow, and who it runs as. */
function allowApp(): void {
    const runAsUserId = open.org.users.byUsername(ROBOT)!.userId;
    open.org.auth.registerClient({ ...CLIENT, runAsUserId });
}

describe('an org without Plumbline', () => {
    test('is told by the doctor what to do first, and the exit code is 1', async () => {
        const { status, result } = await plumbline(['doctor']);
        expect(status).toBe(1);
        expect(named(result.checks, 'api-version').outcome).toBe('passed');
        expect(named(result.checks, 'fiscal-year').outcome).toBe('passed');
        expect(named(result.checks, 'package')).toMatchObject({
            outcome: 'failed',
            next: 'Run sf plumbline install.'
        });
        expect(named(result.checks, 'integration-user').next).toContain('--integration-user');
        for (const check of result.checks)
            if (check.outcome === 'failed') expect([check.name, check.next]).not.toContain(null);
    });

    test('an install for somebody who does not exist stops before anything is deployed', async () => {
        const { status, result } = await plumbline(['install', '--payee', 'nobody@acme.example']);
        expect(status).toBe(1);
        expect(result).toMatchObject({
            name: 'NoSuchUser',
            message: 'No active user is called nobody@acme.example.'
        });
        const sets = await open.connection.query("SELECT Id FROM PermissionSet WHERE Name LIKE 'Spm%'");
        expect(sets.totalSize).toBe(0);
    });
});

describe('installing and connecting', () => {
    test('install deploys the package, points it at the service and makes the integration user', async () => {
        const { status, result, stderr } = await plumbline([
            'install',
            ...['--service-url', service.url, '--integration-user', ROBOT],
            ...['--manager', admin(), '--payee', admin()]
        ]);
        expect([status, status === 0 ? '' : JSON.stringify(result), stderr]).toEqual([
            0,
            '',
            expect.anything()
        ]);
        expect(result).toMatchObject({ integrationUser: { username: ROBOT, isNew: true } });
        expect(result.components).toBeGreaterThan(500);
        const assigned = await open.connection.query<{ PermissionSet: { Name: string } }>(
            `SELECT PermissionSet.Name FROM PermissionSetAssignment WHERE Assignee.Username = '${ROBOT}'`
        );
        const names = assigned.records.map((row) => row.PermissionSet.Name);
        expect(names).toEqual(expect.arrayContaining(['SpmIntegration', 'SpmCrmRead']));
        const roles = await open.connection.query(
            `SELECT Id FROM PermissionSetAssignment WHERE Assignee.Username = '${admin()}'
             AND PermissionSet.Name IN ('SpmSalesManager', 'SpmPayee')`
        );
        expect(roles.totalSize).toBe(2);
    });

    test('connect without the consumer key says which key is missing, and stores nothing', async () => {
        const { status, result } = await plumbline(['connect'], OPERATOR);
        expect(status).toBe(1);
        expect(result).toMatchObject({ name: 'NoClient' });
        expect(result.actions[0]).toContain('--client-id');
    });

    test('connect registers the org and stores the key; while the app is not allowed it names that step', async () => {
        const { status, result, stderr } = await plumbline(
            ['connect', '--client-id', CLIENT.clientId],
            OPERATOR
        );
        expect(result).toMatchObject({
            registration: 'registered',
            key: 'created',
            inbound: { isOpen: true },
            outbound: { isOpen: false, code: 'APP_REFUSED' }
        });
        expect(status).toBe(1);
        expect(result.nextSteps.join()).toContain('external client app');
        const all = JSON.stringify(result) + stderr + readFileSync(service.logFile, 'utf8');
        expect(all).not.toContain(CLIENT.clientSecret);
    });

    test('when the app is allowed both directions are open, and connecting again changes nothing', async () => {
        allowApp();
        const { status, result } = await plumbline(['connect'], OPERATOR);
        expect(result).toMatchObject({
            key: 'kept',
            inbound: { isOpen: true },
            outbound: { isOpen: true },
            nextSteps: []
        });
        expect(status).toBe(0);
    });

    test('--rotate gives the org a new key and ends the one before', async () => {
        const keysOf = async (): Promise<string[]> => {
            const headers = { authorization: `Bearer ${OPERATOR_KEY}` };
            const answer = await fetch(`${OPERATOR.PLUMBLINE_OPERATOR_URL}/v1/tenants/${open.org.orgId}`, {
                headers
            });
            return ((await answer.json()) as any).keys.map((key: any) => key.fingerprint);
        };
        const before = await keysOf();
        const { status, result } = await plumbline(['connect', '--rotate'], OPERATOR);
        expect([status, result.endedKeys, result.key]).toEqual([0, 1, 'replaced']);
        const after = await keysOf();
        expect(after).toHaveLength(1);
        expect(after).not.toEqual(before);
    });
});

describe('daily life', () => {
    test('run asks the service through the org and follows the run to its end', async () => {
        const { status, result } = await plumbline(['run', '--scope', 'full']);
        expect(result.run).toMatchObject({ kind: 'Pipeline', status: 'Succeeded', scope: 'Full' });
        expect(status).toBe(0);
    });

    test('run --kind pay without a period is refused before the service is asked', async () => {
        const { status, result } = await plumbline(['run', '--kind', 'pay']);
        expect([status, result.name]).toEqual([1, 'NoPeriod']);
    });

    test('status shows the run, how old the figures are, and the versions', async () => {
        const { status, result } = await plumbline(['status']);
        expect(status).toBe(0);
        expect(result).toMatchObject({ serviceUrl: service.url, service: { isReady: true }, namespace: '' });
        expect(result.runs[0]).toMatchObject({ status: 'Succeeded' });
        expect(result.dataAsOf).toBe(result.runs[0].dataAsOf);
        expect(result.engineVersion).toBe(result.service.version);
    });

    test('seed gives the org its definitions and a plan as a draft; again it makes nothing', async () => {
        const first = await plumbline(['seed', '--plan', 'flat-commission']);
        expect([first.status, JSON.stringify(first.result.created)]).toEqual([0, expect.anything()]);
        expect(Object.values(first.result.kept)).toEqual([0, 0, 0]);
        expect(first.result.rules).toBe(11);
        expect(first.result.plans).toEqual([
            expect.objectContaining({ outcome: 'created', failingCases: [] })
        ]);
        const held = await open.connection.query('SELECT Id FROM MetricDefinition__c');
        expect(held.totalSize).toBe(first.result.created.MetricDefinition__c);
        const again = await plumbline(['seed']);
        expect(Object.values(again.result.created)).toEqual([0, 0, 0]);
    });

    test('a plan comes back from the org with the hash it went in with', async () => {
        const into = join(folder, 'flat');
        const exported = await plumbline(['plan', 'export', 'flat-commission', '--output-dir', into]);
        expect(exported.status).toBe(0);
        expect(existsSync(join(into, 'cases.yaml'))).toBe(true);
        const imported = await plumbline(['plan', 'import', into]);
        expect([imported.status, imported.result[0].hash]).toEqual([0, exported.result.hash]);
    });

    test('plan test and plan validate end with 1 when something is wrong, and name it', async () => {
        const tested = await plumbline(['plan', 'test', join(PLANS, 'flat-commission')]);
        expect([tested.status, tested.result[0].plan]).toEqual([0, 'flat-commission']);
        const wrong = await plumbline(['plan', 'validate', join(PLANS, 'flat-commission', 'cases.yaml')]);
        expect(wrong.status).toBe(1);
        expect(wrong.result[0].problems.length).toBeGreaterThan(0);
    });

    test('the doctor finds nothing that fails; what it warns of has a next step', async () => {
        const { status, result } = await plumbline(['doctor'], OPERATOR);
        expect(result.checks.filter((check: any) => check.outcome === 'failed')).toEqual([]);
        expect(status).toBe(0);
        for (const name of [
            'org-to-service',
            'service-to-org',
            'key',
            'tenant',
            'reads-Opportunity',
            'api-only'
        ])
            expect(named(result.checks, name)).toMatchObject({ outcome: 'passed' });
        for (const check of result.checks)
            if (check.outcome === 'warning') expect([check.name, check.next]).not.toContain(null);
    });

    test('run --kind pay of a period the org does not have ends with 1 and says so', async () => {
        const { status, result } = await plumbline(['run', '--kind', 'pay', '--period', '2026-Q3']);
        expect([status, result.run.status]).toEqual([1, 'Failed']);
        expect(JSON.stringify(result.run.errors)).toContain('PERIOD_NOT_FOUND');
    });
});

describe('uninstalling', () => {
    test('says what would go, with the rows that go with it, and changes nothing', async () => {
        const { status, result } = await plumbline(['uninstall']);
        expect([status, result.isRemoved]).toEqual([0, false]);
        expect(result.byType.CustomObject).toBeGreaterThan(30);
        expect(result.rows.MetricDefinition__c).toBeGreaterThan(0);
        const held = await open.connection.query('SELECT Id FROM Run__c');
        expect(held.totalSize).toBeGreaterThan(0);
    });

    test('--confirm removes all of it, and the service knows the org no more', async () => {
        const { status, result } = await plumbline(['uninstall', '--confirm'], OPERATOR);
        expect([status, status === 0 ? '' : JSON.stringify(result)]).toEqual([0, '']);
        expect(result).toMatchObject({ isRemoved: true });
        const { sobjects } = await open.connection.describeGlobal();
        expect(sobjects.map(({ name }) => name).filter((name) => name.endsWith('__c'))).toEqual([]);
        const sets = await open.connection.query("SELECT Id FROM PermissionSet WHERE Name LIKE 'Spm%'");
        expect(sets.totalSize).toBe(0);
        const headers = { authorization: `Bearer ${OPERATOR_KEY}` };
        const known = await fetch(`${OPERATOR.PLUMBLINE_OPERATOR_URL}/v1/tenants/${open.org.orgId}`, {
            headers
        });
        expect(known.status).toBe(404);
        expect(result.byHand.join(' ')).toContain('External Client App');
    });
});
