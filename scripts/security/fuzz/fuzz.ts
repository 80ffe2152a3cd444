// Fires generated requests at the service, which works for a local org, and judges every answer. Owns the course: warm-up,
// fire on several connections, what the service holds before and after.
import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createOrg } from '../../local-org/create-org.ts';
import { startLocalOrg } from '../../local-org/server.ts';
import { copyOrgTo } from '../../../service/test/support/local-org.ts';
import { CLIENT_ID, CLIENT_SECRET } from '../../../service/test/support/org-constants.ts';
import { sha256 } from '../../../service/test/support/test-app.ts';
import { faultsOf, type Rules } from './judge.ts';
import { operationsOf, type OpenApi, type Operation } from './operations.ts';
import { requestsOf, type Kind, type RawRequest, type Sender } from './requests.ts';
import { Connection, type Outcome, type RawAnswer } from './send.ts';
import type { Holdings } from './service-process.ts';
import { MARK } from './values.ts';

export interface FuzzOptions {
    requests: number;
    seed: number;
    /** called after each batch */
    onProgress?: (done: number) => void;
}

export interface Fault {
    what: string;
    count: number;
    /** the first request that showed it */
    example: string;
}

export interface FuzzReport {
    sent: number;
    seconds: number;
    operations: string[];
    /** how often each kind of request had each kind of answer */
    table: Map<Kind, Map<string, number>>;
    faults: Fault[];
    /** why requests were shed, by the code of the answer */
    shed: Map<string, number>;
    slowestMs: number;
    before: Holdings;
    after: Holdings;
}

const BATCH = 1000;
const CONNECTIONS = 16;
/** A hang: far beyond what any answer takes, below the time limit of the service itself. */
const WAIT_MS = 20_000;
const KEY = 'Quagga-key-of-the-org-under-fire';
const OPERATOR_KEY = 'Bongo-key-of-the-operator';
const WRONG_KEY = 'Okapi-key-that-opens-nothing';

export async function fuzz(options: FuzzOptions): Promise<FuzzReport> {
    const folder = mkdtempSync(join(tmpdir(), 'plumbline-fuzz-'));
    copyOrgTo(join(folder, 'org.db'));
    const org = createOrg({ file: join(folder, 'org.db') });
    const server = await startLocalOrg({ org });
    const tenant = {
        orgId: org.orgId,
        myDomain: server.url,
        namespace: '',
        clientId: CLIENT_ID,
        clientSecret: CLIENT_SECRET,
        keySha256: [sha256(KEY)]
    };
    const basic = Buffer.from(`${org.orgId}:${KEY}`).toString('base64');
    const secrets = [KEY, OPERATOR_KEY, WRONG_KEY, CLIENT_SECRET, sha256(KEY), basic];
    const service = startService(tenant, join(folder, 'state.db'), [...secrets, MARK]);
    try {
        const { ports } = await service.next<{ ports: Ports }>();
        const sender: Sender = {
            orgId: org.orgId,
            key: KEY,
            operatorKey: OPERATOR_KEY,
            wrongKey: WRONG_KEY,
            known: ['none']
        };
        return await fire(ports, sender, secrets, service, options);
    } finally {
        await service.stop();
        await server.close();
        org.close();
        rmSync(folder, { recursive: true, force: true });
    }
}

/** The service listens for the orgs and, apart from them, for its operator. */
interface Ports {
    orgs: number;
    operator: number;
}

async function fire(
    ports: Ports,
    sender: Sender,
    secrets: string[],
    service: ServiceProcess,
    { requests, seed, onProgress }: FuzzOptions
): Promise<FuzzReport> {
    const operations = [...(await publishedAt(ports.orgs)), ...(await publishedAt(ports.operator))];
    const rules = { secrets, signedInBy: signInOf(operations) };
    const portOf = ({ operation }: RawRequest) =>
        rules.signedInBy.get(operation)?.includes('operatorKey') ? ports.operator : ports.orgs;
    const tally = new Tally(rules);
    // What is made once (compiled schemas, prepared statements, the first run) is made before it is weighed.
    await fireBatch(
        portOf,
        requestsOf(operations, sender, seed - 1, Math.min(requests, 2 * BATCH)),
        sender,
        tally
    );
    tally.reset();
    const before = await service.holdings();
    const startedAt = performance.now();
    for (let done = 0, batch = 0; done < requests; done += BATCH, batch++) {
        const count = Math.min(BATCH, requests - done);
        const batchSeed = seed * 100_003 + batch;
        await fireBatch(portOf, requestsOf(operations, sender, batchSeed, count), sender, tally);
        onProgress?.(done + count);
    }
    const seconds = (performance.now() - startedAt) / 1000;
    return {
        sent: requests,
        seconds,
        operations: operations.map(({ method, path }) => `${method} ${path}`),
        table: tally.table,
        faults: [...tally.faults.values()],
        shed: tally.shed,
        slowestMs: tally.slowestMs,
        before,
        after: await service.holdings()
    };
}

function signInOf(operations: Operation[]): Rules['signedInBy'] {
    return new Map(operations.map(({ method, path, signedInBy }) => [`${method} ${path}`, signedInBy]));
}

async function publishedAt(port: number): Promise<Operation[]> {
    const response = await fetch(`http://127.0.0.1:${port}/openapi.json`, {
        headers: { connection: 'close' }
    });
    return operationsOf((await response.json()) as OpenApi);
}

async function fireBatch(
    portOf: (request: RawRequest) => number,
    batch: RawRequest[],
    sender: Sender,
    tally: Tally
): Promise<void> {
    const waiting = batch.values();
    await Promise.all(
        Array.from({ length: CONNECTIONS }, async () => {
            const connections = new Map<number, Connection>();
            for (const request of waiting) {
                const port = portOf(request);
                const connection = connections.get(port) ?? new Connection(port, WAIT_MS);
                connections.set(port, connection);
                const outcome = await connection.ask(request);
                tally.count(request, outcome);
                learnKey(outcome, sender);
            }
            for (const connection of connections.values()) connection.close();
        })
    );
}

/** Later requests also follow runs that exist. */
function learnKey(outcome: Outcome, { known }: Sender): void {
    if (known.length > 20 || typeof outcome === 'string' || outcome.status !== 202) return;
    const { runKey } = JSON.parse(outcome.body) as { runKey: string };
    if (!known.includes(runKey)) known.push(runKey);
}

class Tally {
    table = new Map<Kind, Map<string, number>>();
    faults = new Map<string, Fault>();
    shed = new Map<string, number>();
    slowestMs = 0;
    readonly #rules: Rules;

    constructor(rules: Rules) {
        this.#rules = rules;
    }

    /** Faults of the warm-up stay. */
    reset(): void {
        this.table = new Map();
        this.shed = new Map();
        this.slowestMs = 0;
    }

    count(request: RawRequest, outcome: Outcome): void {
        const row = this.table.get(request.kind) ?? new Map<string, number>();
        this.table.set(request.kind, row);
        const column = columnOf(outcome);
        row.set(column, (row.get(column) ?? 0) + 1);
        if (column === 'shed') this.#countShed(outcome as RawAnswer);
        // Half a request is waited for, and then refused.
        if (typeof outcome !== 'string' && !request.isBroken)
            this.slowestMs = Math.max(this.slowestMs, outcome.ms);
        for (const what of faultsOf(request, outcome, this.#rules)) {
            const fault = this.faults.get(what) ?? { what, count: 0, example: exampleOf(request, outcome) };
            fault.count++;
            this.faults.set(what, fault);
        }
    }

    #countShed({ body }: RawAnswer): void {
        const code = /"code":"(\w+)"/.exec(body)?.[1] ?? 'no code';
        this.shed.set(code, (this.shed.get(code) ?? 0) + 1);
    }
}

function columnOf(outcome: Outcome): string {
    if (typeof outcome === 'string') return outcome;
    const { status, headers } = outcome;
    if (status === 503 && headers.has('retry-after')) return 'shed';
    return status === 429 ? '429' : `${Math.floor(status / 100)}xx`;
}

function exampleOf({ kind, method, target, headers, body }: RawRequest, outcome: Outcome): string {
    const asked = { kind, method, target, headers, body: body.toString().slice(0, 400) };
    const answered =
        typeof outcome === 'string' ? outcome : `${outcome.status} ${outcome.body.slice(0, 200)}`;
    return `${JSON.stringify(asked)} -> ${answered}`;
}

interface ServiceProcess {
    next<T>(): Promise<T>;
    holdings(): Promise<Holdings>;
    stop(): Promise<void>;
}

function startService(tenant: object, stateFile: string, forbidden: string[]): ServiceProcess {
    const file = fileURLToPath(new URL('./service-process.ts', import.meta.url));
    const child = fork(
        file,
        [JSON.stringify(tenant), stateFile, sha256(OPERATOR_KEY), JSON.stringify(forbidden)],
        {
            execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning']
        }
    );
    const next = <T>(): Promise<T> => nextMessage<T>(child);
    return {
        next,
        holdings: async () => {
            // Sockets that were closed here are closed there a moment later.
            await new Promise((resolve) => setTimeout(resolve, 500));
            const answer = next<Holdings>();
            child.send('weigh');
            return answer;
        },
        stop: async () => {
            if (child.exitCode !== null) return;
            const ended = new Promise((resolve) => child.once('exit', resolve));
            child.send('stop');
            await ended;
        }
    };
}

function nextMessage<T>(child: ChildProcess): Promise<T> {
    return new Promise((resolve, reject) => {
        const onExit = (code: number | null): void => reject(new Error(`The service ended with ${code}.`));
        child.once('exit', onExit);
        child.once('message', (message) => {
            child.off('exit', onExit);
            resolve(message as T);
        });
    });
}
