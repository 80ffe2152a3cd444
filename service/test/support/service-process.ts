// The real service as a process of its own on a folder with its tenants and its state, for tests that end it, start it again
// or start two of it. Owns the process; what is asked of it and when it dies is said by those who use it.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ConnectedOrg } from './local-org.ts';
import { compiledBefore } from '../../../scripts/test/run-folder.ts';
import { signedIn } from './test-app.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

export interface ProcessOptions {
    /** loaded before the service */
    preload?: string;
    /** on top of what the folder says */
    env?: Record<string, string>;
}

/** A folder for state, with the org as its tenant, reached at `origin`. */
export function serviceFolder({ tenant }: ConnectedOrg, origin: string): string {
    const folder = mkdtempSync(join(tmpdir(), 'plumbline-process-'));
    writeFileSync(join(folder, 'tenants.json'), JSON.stringify([{ ...tenant, myDomain: origin }]));
    return folder;
}

export class ServiceProcess {
    readonly #orgId: string;
    readonly #folder: string;
    #child: ChildProcess | null = null;
    #url = '';
    /** What it has written to its log since it was started last. */
    log = '';
    #stderr = '';

    constructor(orgId: string, folder: string) {
        this.#orgId = orgId;
        this.#folder = folder;
    }

    get isDead(): boolean {
        return this.#child === null || this.#child.exitCode !== null || this.#child.signalCode !== null;
    }

    /** It ended because a signal ended it, not by itself. */
    get wasKilled(): boolean {
        return typeof this.#child?.signalCode === 'string';
    }

    /** What it ended with: the line of the error, or its code. */
    lastWords(): string {
        const error = this.#stderr.split('\n').find((line) => /^\w*Error\b/.test(line));
        return error ?? `exit code ${this.#child?.exitCode}, signal ${this.#child?.signalCode}`;
    }

    signal(signal: NodeJS.Signals): void {
        this.#child?.kill(signal);
    }

    async end(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
        if (this.isDead) return;
        const ended = new Promise((resolve) => this.#child!.once('exit', resolve));
        this.signal(signal);
        await ended;
    }

    async ask(method: string, path: string, body?: object) {
        const headers = {
            ...signedIn(this.#orgId),
            'content-type': 'application/json',
            connection: 'close'
        };
        for (;;) {
            const answer = await fetch(this.#url + path, {
                method,
                headers,
                ...(body && { body: JSON.stringify(body) })
            });
            const comeBackIn = Number(answer.headers.get('retry-after') ?? 0);
            if (answer.status !== 503 || comeBackIn === 0) return answer.json();
            // On a busy machine requests are shed; the next one comes when it was told to.
            await answer.body?.cancel();
            await new Promise((resolve) => setTimeout(resolve, comeBackIn * 1000));
        }
    }

    async start({ preload, env = {} }: ProcessOptions = {}): Promise<void> {
        const imported = preload ? ['--import', preload] : [];
        const state: Record<string, string> =
            'PLUMBLINE_DATABASE_URL' in env ? {} : { PLUMBLINE_STATE_FILE: join(this.#folder, 'state.db') };
        const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...imported, MAIN], {
            env: {
                PATH: process.env.PATH,
                ...compiledBefore(),
                PLUMBLINE_PORT: '0',
                PLUMBLINE_TENANTS_FILE: join(this.#folder, 'tenants.json'),
                PLUMBLINE_ALLOW_LOOPBACK: 'true',
                PLUMBLINE_DELTA_OVERLAP_SECONDS: '0',
                PLUMBLINE_DELTA_SAFETY_SECONDS: '0',
                // Only what is asked for runs: what a slow machine lets the schedule begin would differ each time.
                PLUMBLINE_SCHEDULE_MINUTES: '0',
                ...state,
                ...env
            },
            stdio: ['ignore', 'pipe', 'pipe']
        });
        this.#child = child;
        this.log = '';
        this.#stderr = '';
        child.stderr?.on('data', (chunk: Buffer) => (this.#stderr += chunk.toString()));
        this.#url = await new Promise<string>((resolve, reject) => {
            child.stdout?.on('data', (chunk: Buffer) => {
                this.log += chunk.toString();
                const at = /Server listening at (http:\/\/127\.0\.0\.1:\d+)/.exec(this.log);
                if (at) resolve(at[1]);
            });
            // Killed before it listens: the next start goes on.
            child.once('exit', (code) =>
                code
                    ? reject(new Error(`The service ended with ${code}: ${this.#stderr}`))
                    : resolve(this.#url)
            );
        });
    }
}
