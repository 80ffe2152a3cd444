// Runs the real service as a process of its own and speaks to it as the org's Named Credential would.
import { fileURLToPath } from 'node:url';
import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';

import { setTimeout as wait } from 'node:timers/promises';
import { DemoProblem, goOnUnless } from '../problem.ts';
import type { OrgKey } from './connect.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const START_TIMEOUT_MS = 30_000;
/** Ctrl-C should end everything within ten seconds; the service can be killed at any point without harm. */
const STOP_TIMEOUT_MS = 7_000;
const END_WITH_PARENT = new URL('../../end-with-parent.mjs', import.meta.url).href;

export class ServiceError extends DemoProblem {}

export interface RunningService {
    url: string;
    logFile: string;
    stop(): Promise<void>;
    kill(): Promise<void>;
    /** resolves with the exit code when the process ends by itself */
    ended: Promise<number | null>;
}

export interface ServiceOptions {
    port: number;
    stateFile: string;
    tenantsFile: string;
    logFile: string;
    env?: Record<string, string>;
}

/** Resolves once the service answers that it is ready. Throws with the end of its log when it does not start. */
export async function startService(options: ServiceOptions): Promise<RunningService> {
    const log = createWriteStream(options.logFile, { flags: 'a' });
    // The demo's own setting; the service refuses settings it does not know.
    const { PLUMBLINE_HOME: _demoOnly, ...inherited } = process.env;
    const child = spawn(
        process.execPath,
        [
            '--disable-warning=ExperimentalWarning',
            '--import',
            END_WITH_PARENT,
            join(root, 'service/src/main.ts')
        ],
        {
            env: {
                ...inherited,
                PLUMBLINE_PORT: String(options.port),
                PLUMBLINE_STATE_FILE: options.stateFile,
                PLUMBLINE_TENANTS_FILE: options.tenantsFile,
                PLUMBLINE_ALLOW_LOOPBACK: 'true',
                // Whoever starts it for a test wants the runs it asks for, and no others.
                PLUMBLINE_SCHEDULE_MINUTES: '0',
                ...options.env
            },
            stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
            // A process group of its own: Ctrl-C in the terminal reaches the demo, which then stops the service in order.
            detached: process.platform !== 'win32'
        }
    );
    let tail = '';
    for (const stream of [child.stdout!, child.stderr!]) {
        stream.pipe(log, { end: false });
        stream.on('data', (chunk: Buffer) => (tail = (tail + chunk.toString()).slice(-2000)));
    }
    const ended = new Promise<number | null>((resolve) => child.on('exit', (code) => resolve(code)));
    const url = `http://127.0.0.1:${options.port}`;
    await untilReady(url, child, () => tail);
    return {
        url,
        logFile: options.logFile,
        ended,
        stop: () => end(child, ended, 'SIGTERM'),
        kill: () => end(child, ended, 'SIGKILL')
    };
}

async function end(
    child: ChildProcess,
    ended: Promise<number | null>,
    signal: NodeJS.Signals
): Promise<void> {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    const lastResort = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await ended;
    clearTimeout(lastResort);
}

async function untilReady(url: string, child: ChildProcess, tail: () => string): Promise<void> {
    const deadline = Date.now() + START_TIMEOUT_MS;
    while (Date.now() < deadline) {
        if (child.exitCode !== null || child.signalCode !== null) break;
        const answer = await fetch(`${url}/health/live`).catch(() => null);
        if (answer?.ok) return;
        await wait(100);
    }
    child.kill('SIGKILL');
    throw new ServiceError(`the service did not start. The end of its log:\n${tail()}`);
}

export interface RunView {
    runKey: string;
    status: string;
    [field: string]: unknown;
}

/** What a run is asked to do. */
export type RunWork =
    { kind: 'pipeline' | 'forecast' | 'scorecards' } | { kind: 'pay' | 'publication'; period: string };

/** Asks for a run and follows it to its end. Throws when the service refuses, StoppedEarly when asked to. */
export async function runToEnd(
    serviceUrl: string,
    orgKey: OrgKey,
    onProgress: (run: RunView) => void,
    signal?: AbortSignal,
    work: RunWork = { kind: 'pipeline' }
): Promise<RunView> {
    const headers = {
        Authorization: `Basic ${Buffer.from(`${orgKey.orgId}:${orgKey.key}`).toString('base64')}`,
        'X-Spm-Org': orgKey.orgId,
        'Content-Type': 'application/json'
    };
    const ask = async (path: string, body?: object): Promise<RunView> => {
        const answer = await fetchPatiently(serviceUrl + path, {
            headers,
            ...(body ? { method: 'POST', body: JSON.stringify(body) } : {})
        });
        const json = (await answer.json()) as RunView & { error?: { code: string; message: string } };
        if (!answer.ok)
            throw new Error(`The service refused ${path}: ${json.error?.code} ${json.error?.message}`);
        return json;
    };
    const { runKey } = await ask('/v1/runs', work);
    for (;;) {
        goOnUnless(signal);
        const run = await ask(`/v1/runs/${runKey}`);
        onProgress(run);
        if (!['queued', 'running'].includes(run.status.toLowerCase())) return run;
        await wait(250);
    }
}

const TRIES = 5;

/**
 * A calculation of pay keeps the service's thread busy for seconds, and connections that were idle meanwhile are closed just
 * when they are used again. Asking for a run twice is the same run.
 */
async function fetchPatiently(url: string, init: RequestInit): Promise<Response> {
    for (let attempt = 1; ; attempt++) {
        try {
            return await fetch(url, init);
        } catch (error) {
            if (attempt === TRIES || !(error instanceof TypeError)) throw error;
            await wait(500);
        }
    }
}
