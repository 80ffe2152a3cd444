// The HTTP app of the service with one tenant, a desk in memory and its log kept as lines: for tests of routes.
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { pino } from 'pino';
import type { FastifyInstance } from 'fastify';
import { buildApp } from '../../src/app.ts';
import { buildOperatorApp } from '../../src/operator-app.ts';
import type { AppDeps } from '../../src/app.ts';
import { DEFAULT_SHEDDING_LIMITS } from '../../src/http/shedding.ts';
import { loggerOptions } from '../../src/logging.ts';
import type { ConnectionReport } from '../../src/tenants/connection-report.ts';
import { SecretVault } from '../../src/tenants/secret-vault.ts';
import { takeTenantsFile } from '../../src/tenants/take-tenants-file.ts';
import { TenantRegistry } from '../../src/tenants/tenant-registry.ts';
import type { Tenant } from '../../src/tenants.ts';
import type { RunDesk, RunRecord, RunRequest } from '../../src/usecases/ports/runs.ts';
import type { TenantStore } from '../../src/usecases/ports/tenants.ts';
import { MemoryTenantStore } from './memory-tenant-store.ts';

export const ORG_ID = '00D000000000001EAA';
export const OTHER_ORG_ID = '00D000000000002EAA';
export const KEY = 'first-key-of-the-org';
export const NEXT_KEY = 'second-key-of-the-org';
export const OTHER_KEY = 'key-of-the-other-org';
export const OPERATOR_KEY = 'key-of-the-operator';

export function sha256(text: string): string {
    return createHash('sha256').update(text).digest('hex');
}

export function tenant(overrides: Partial<Tenant> = {}): Tenant {
    return {
        orgId: ORG_ID,
        myDomain: 'https://acme.my.salesforce.com',
        namespace: '',
        clientId: 'client-id',
        clientSecret: 'client-secret-value',
        keySha256: [sha256(KEY), sha256(NEXT_KEY)],
        ...overrides
    };
}

export function testTenants(): Tenant[] {
    return [tenant(), tenant({ orgId: OTHER_ORG_ID, keySha256: [sha256(OTHER_KEY)] })];
}

/** A registry in memory with these tenants, its secrets sealed. */
export async function registryOf(
    tenants: readonly Tenant[],
    store: TenantStore = new MemoryTenantStore()
): Promise<TenantRegistry> {
    const vault = new SecretVault([{ id: 'test', bytes: randomBytes(32) }]);
    const registry = new TenantRegistry({ store, vault, rules: { allowLoopback: true } });
    await takeTenantsFile(registry, tenants, '2026-11-21T08:00:00.000Z');
    return registry;
}

function connectionReport(orgId: string): ConnectionReport {
    return {
        outbound: { ok: true, orgId, code: null, fix: null },
        checks: [{ name: 'signIn', outcome: 'ok', code: null, message: 'The service signs in.', fix: null }],
        org: { isSandbox: false, edition: 'Unlimited', instance: 'UM1', runAsUserId: '005000000000001AAA' },
        apiCalls: { used: 10, max: 100 },
        storageMb: { used: 1, max: 10 },
        recordCounts: [{ name: 'Opportunity', count: 3 }]
    };
}

export function runRecord(request: RunRequest, overrides: Partial<RunRecord> = {}): RunRecord {
    return {
        runKey: randomUUID(),
        orgId: request.orgId,
        kind: request.kind,
        period: request.period,
        trigger: request.trigger,
        scope: request.scope,
        status: 'Queued',
        stage: 'Waiting',
        progressPercent: 0,
        requestedBy: request.requestedBy,
        requestedAt: '2026-11-21T08:00:00.000Z',
        startedAt: null,
        finishedAt: null,
        dataAsOf: null,
        counts: { read: 0, computed: 0, written: 0, skipped: 0, failed: 0, apiCalls: 0 },
        warnings: [],
        errors: [],
        ...overrides
    };
}

/** A desk that keeps requests and never carries them out. */
export class DeskInMemory implements RunDesk {
    readonly requests: RunRequest[] = [];
    readonly runs: RunRecord[] = [];
    isStopping = false;

    async request(request: RunRequest) {
        if (this.isStopping) return null;
        this.requests.push(request);
        const underWay = this.runs.find((run) => run.orgId === request.orgId && run.stage !== 'Done');
        if (underWay) return { run: underWay, alreadyRunning: true };
        const run = runRecord(request);
        this.runs.push(run);
        return { run, alreadyRunning: false };
    }

    readonly putAside = {
        list: async () =>
            this.runs
                .filter((run) => run.status === 'Failed')
                .map((run) => ({ run, putAsideAt: '2026-11-21T09:00:00.000Z' })),
        replay: async (runKey: string) => {
            const run = this.runs.find((one) => one.runKey === runKey && one.status === 'Failed');
            return run ? Object.assign(run, { status: 'Queued' as const, errors: [] }) : null;
        }
    };

    async cancel(orgId: string, runKey: string) {
        const run = await this.find(orgId, runKey);
        if (run && run.stage !== 'Done') run.status = 'Cancelled';
        return run && { run, outcome: run.stage === 'Done' ? ('TooLate' as const) : ('Cancelled' as const) };
    }

    async find(orgId: string, runKey: string) {
        return this.runs.find((run) => run.orgId === orgId && run.runKey === runKey) ?? null;
    }
}

export interface Ask {
    method?: string;
    url: string;
    headers?: Record<string, string>;
    payload?: object | string;
}

export interface Answer {
    statusCode: number;
    headers: Record<string, string>;
    body: string;
    // The tests say what they expect; a schema here would only repeat the routes'.
    json(): any;
}

/** The service listens at two: orgs call the one, its operator the other. */
export type Door = 'orgs' | 'operator';

export interface TestApp {
    apps: Record<Door, FastifyInstance>;
    /** of the door of the orgs */
    origin: string;
    /** Over a real socket: jest cannot load what fastify's own `inject` needs. At the operator's door what is the operator's. */
    ask(request: Ask): Promise<Answer>;
    askAt(door: Door, request: Ask): Promise<Answer>;
    close(): Promise<void>;
    desk: DeskInMemory;
    log: string[];
    tenants: TenantRegistry;
}

export async function testApp(overrides: Partial<AppDeps> = {}): Promise<TestApp> {
    const desk = new DeskInMemory();
    const tenants = overrides.tenants ?? (await registryOf(testTenants()));
    const log: string[] = [];
    const logger = pino(loggerOptions('trace'), { write: (line: string) => void log.push(line) });
    const orgs = await buildApp({
        schedule: { minutes: 5, forecastHour: 3 },
        runs: desk,
        verifyOutbound: async (orgId) => connectionReport(orgId),
        importFacts: async () => ({ accepted: 0, duplicates: 0, rejected: [], status: 'Reconciled' }),
        readiness: async () => [],
        logger,
        // That the machine of the tests is busy is no load of the service.
        sheddingLimits: { ...DEFAULT_SHEDDING_LIMITS, eventLoopDelayMs: 60_000 },
        ...overrides,
        tenants
    });
    const operator = await buildOperatorApp({
        logger,
        rateLimits: overrides.rateLimits,
        timeLimits: overrides.timeLimits,
        operatorKeySha256: sha256(OPERATOR_KEY),
        tenants,
        putAside: desk.putAside
    });
    const listen = (app: FastifyInstance) => app.listen({ host: '127.0.0.1', port: 0 });
    const origins = { orgs: await listen(orgs), operator: await listen(operator) };
    return {
        apps: { orgs, operator },
        origin: origins.orgs,
        ask: (request) => ask(origins[doorOf(request.url)], request),
        askAt: (door, request) => ask(origins[door], request),
        close: async () => {
            await orgs.close();
            await operator.close();
        },
        desk,
        log,
        tenants
    };
}

function doorOf(url: string): Door {
    return /^\/v1\/(tenants|runs-put-aside)/.test(url) ? 'operator' : 'orgs';
}

async function ask(origin: string, { method = 'GET', url, headers, payload }: Ask): Promise<Answer> {
    const isJson = typeof payload === 'object';
    const response = await fetch(origin + url, {
        method,
        headers: { ...(isJson && { 'content-type': 'application/json' }), connection: 'close', ...headers },
        ...(payload !== undefined && { body: isJson ? JSON.stringify(payload) : payload })
    });
    const body = await response.text();
    return {
        statusCode: response.status,
        headers: Object.fromEntries(response.headers),
        body,
        json: () => JSON.parse(body)
    };
}

export function basic(username: string, password: string): string {
    return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

/** Headers as the Named Credential of the org sends them. */
export function signedIn(orgId = ORG_ID, key = KEY, user?: string): Record<string, string> {
    return { authorization: basic(orgId, key), 'x-spm-org': orgId, ...(user ? { 'x-spm-user': user } : {}) };
}
