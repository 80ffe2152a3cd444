// A service that runs as a process of its own and dies by SIGKILL at requests drawn from a seeded sequence, each time started
// again until its run is done.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { KillingProxy } from './killing-proxy.ts';
import type { ConnectedOrg } from './local-org.ts';
import { compiledBefore } from '../../../scripts/test/run-folder.ts';
import { signedIn } from './test-app.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

export class KilledService {
    readonly #crm: ConnectedOrg;
    readonly #proxy: KillingProxy;
    readonly #folder = mkdtempSync(join(tmpdir(), 'plumbline-killed-'));
    #child: ChildProcess | null = null;
    #url = '';

    constructor(crm: ConnectedOrg, proxy: KillingProxy) {
        this.#crm = crm;
        this.#proxy = proxy;
        const tenant = { ...crm.tenant, myDomain: proxy.origin };
        writeFileSync(join(this.#folder, 'tenants.json'), JSON.stringify([tenant]));
    }

    /** One run, during which the service is killed so many times (fewer when the run is done before). */
    async runWithKills(kills: number, draw: () => number, work: object = { kind: 'pipeline' }) {
        await this.#end();
        await this.#start();
        let done = 0;
        // The run is asked for while nothing is armed, so that it is in the journal.
        this.#proxy.arm({ atRequest: 1 + Math.floor(draw() * 6), isCarriedOut: draw() < 0.5 }, () =>
            this.#kill()
        );
        const { runKey } = await this.#ask('POST', '/v1/runs', work);
        for (;;) {
            const run = await this.#untilDoneOrDead(runKey);
            if (run) return { run, kills: done };
            done += 1;
            const point = { atRequest: 1 + Math.floor(draw() * 14), isCarriedOut: draw() < 0.6 };
            this.#proxy.arm(done < kills ? point : null, () => this.#kill());
            await this.#start();
        }
    }

    async stop(): Promise<void> {
        await this.#end();
        rmSync(this.#folder, { recursive: true, force: true });
    }

    async #end(): Promise<void> {
        const child = this.#child;
        if (!child || child.exitCode !== null || child.signalCode !== null) return;
        const ended = new Promise((resolve) => child.once('exit', resolve));
        this.#kill();
        await ended;
    }

    #kill(): void {
        this.#child?.kill('SIGKILL');
    }

    async #untilDoneOrDead(runKey: string): Promise<{ status: string } | null> {
        for (;;) {
            if (this.#child?.signalCode) return null;
            const run = await this.#ask('GET', `/v1/runs/${runKey}`).catch(() => null);
            if (run && run.stage === 'done') return run;
            await new Promise((resolve) => setTimeout(resolve, 20));
        }
    }

    async #ask(method: string, path: string, body?: object) {
        const headers = {
            ...signedIn(this.#crm.tenant.orgId),
            'content-type': 'application/json',
            connection: 'close'
        };
        const answer = await fetch(this.#url + path, {
            method,
            headers,
            ...(body && { body: JSON.stringify(body) })
        });
        return answer.json();
    }

    async #start(): Promise<void> {
        const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN], {
            env: {
                PATH: process.env.PATH,
                ...compiledBefore(),
                PLUMBLINE_PORT: '0',
                PLUMBLINE_STATE_FILE: join(this.#folder, 'state.db'),
                PLUMBLINE_TENANTS_FILE: join(this.#folder, 'tenants.json'),
                PLUMBLINE_ALLOW_LOOPBACK: 'true',
                PLUMBLINE_SCHEDULE_MINUTES: '0',
                PLUMBLINE_DELTA_OVERLAP_SECONDS: '0',
                PLUMBLINE_DELTA_SAFETY_SECONDS: '0'
            },
            stdio: ['ignore', 'pipe', 'inherit']
        });
        this.#child = child;
        this.#url = await new Promise<string>((resolve) => {
            let text = '';
            child.stdout?.on('data', (chunk: Buffer) => {
                text += chunk.toString();
                const at = /Server listening at (http:\/\/127\.0\.0\.1:\d+)/.exec(text);
                if (at) resolve(at[1]);
            });
            // Killed before it listens: the next start goes on.
            child.once('exit', () => resolve(this.#url));
        });
    }
}
