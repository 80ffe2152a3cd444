// The HTTP app of the service with one tenant, a desk in memory and its log kept as lines: for tests of routes.
import { createHash, randomUUID } from 'node:crypto';
import { pino } from 'pino';
import type { FastifyInstance } from 'fastify';
import { buildApp } from '../../src/app.ts';
import type { AppDeps } from '../../src/app.ts';
import { loggerOptions } from '../../src/logging.ts';
import type { Tenant } from '../../src/tenants.ts';
import type { RunDesk, RunRecord, RunRequest } from '../../src/usecases/ports.ts';

export const ORG_ID = '00D000000000001EAA';
export const OTHER_ORG_ID = '00D000000000002EAA';
export const KEY = 'first-key-of-the-org';
export const NEXT_KEY = 'second-key-of-the-org';
export const OTHER_KEY = 'key-of-the-other-org';

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

    request(request: RunRequest) {
        if (this.isStopping) return null;
        this.requests.push(request);
        const underWay = this.runs.find((run) => run.orgId === request.orgId && run.stage !== 'Done');
        if (underWay) return { run: underWay, alreadyRunning: true };
        const run = runRecord(request);
        this.runs.push(run);
        return { run, alreadyRunning: false };
    }

    find(orgId: string, runKey: string) {
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

export interface TestApp {
    app: FastifyInstance;
    /** Over a real socket: jest cannot load what fastify's own `inject` needs. */
    ask(request: Ask): Promise<Answer>;
    close(): Promise<void>;
    desk: DeskInMemory;
    log: string[];
}

export async function testApp(overrides: Partial<AppDeps> = {}): Promise<TestApp> {
    const desk = new DeskInMemory();
    const log: string[] = [];
    const logger = pino(loggerOptions('trace'), { write: (line: string) => void log.push(line) });
    const app = await buildApp({
        tenants: [tenant(), tenant({ orgId: OTHER_ORG_ID, keySha256: [sha256(OTHER_KEY)] })],
        runs: desk,
        verifyOutbound: async (orgId) => ({ ok: true, orgId, code: null, fix: null }),
        importFacts: async () => ({ accepted: 0, duplicates: 0, rejected: [], status: 'Reconciled' }),
        readiness: () => [],
        logger,
        ...overrides
    });
    const origin = await app.listen({ host: '127.0.0.1', port: 0 });
    return { app, ask: (request) => ask(origin, request), close: () => app.close(), desk, log };
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
