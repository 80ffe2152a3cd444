// A service that runs as a process of its own and dies by SIGKILL at requests drawn from a seeded sequence, each time started
// again until its run is done.
import { rmSync } from 'node:fs';
import type { KillingProxy } from './killing-proxy.ts';
import type { ConnectedOrg } from './local-org.ts';
import { serviceFolder, ServiceProcess } from './service-process.ts';

export class KilledService {
    readonly #proxy: KillingProxy;
    readonly #folder: string;
    readonly #process: ServiceProcess;

    constructor(crm: ConnectedOrg, proxy: KillingProxy) {
        this.#proxy = proxy;
        this.#folder = serviceFolder(crm, proxy.origin);
        this.#process = new ServiceProcess(crm.tenant.orgId, this.#folder);
    }

    /** One run, during which the service is killed so many times (fewer when the run is done before). */
    async runWithKills(kills: number, draw: () => number, work: object = { kind: 'pipeline' }) {
        await this.#process.end();
        await this.#process.start();
        let done = 0;
        // The run is asked for while nothing is armed, so that it is in the journal.
        this.#proxy.arm({ atRequest: 1 + Math.floor(draw() * 6), isCarriedOut: draw() < 0.5 }, () =>
            this.#kill()
        );
        const { runKey } = await this.#process.ask('POST', '/v1/runs', work);
        for (;;) {
            const run = await this.#untilDoneOrDead(runKey);
            if (run) return { run, kills: done };
            done += 1;
            const point = { atRequest: 1 + Math.floor(draw() * 14), isCarriedOut: draw() < 0.6 };
            this.#proxy.arm(done < kills ? point : null, () => this.#kill());
            await this.#process.start();
        }
    }

    async stop(): Promise<void> {
        await this.#process.end();
        rmSync(this.#folder, { recursive: true, force: true });
    }

    #kill(): void {
        this.#process.signal('SIGKILL');
    }

    async #untilDoneOrDead(runKey: string): Promise<{ runKey: string; status: string } | null> {
        for (;;) {
            if (this.#process.isDead) {
                if (this.#process.wasKilled) return null;
                throw new Error(`The service ended by itself: ${this.#process.lastWords()}`);
            }
            const run = await this.#process.ask('GET', `/v1/runs/${runKey}`).catch(() => null);
            if (run && run.stage === 'done') return run;
            await new Promise((resolve) => setTimeout(resolve, 20));
        }
    }
}
