// A connected org whose changes the service hears of as they happen: the local org's Pub/Sub API, Change Data Capture switched on, and
// waits short enough for tests. Follows a topic the service may not hear beside the one it may.
import { startPubSub, type RunningPubSub } from '../../../scripts/local-org/pubsub/server.ts';
import { selectObjects } from '../../../scripts/local-org/pubsub/select-objects.ts';
import type { ChangeOptions } from '../../src/changes.ts';
import { connectedOrg, type ConnectedOrg } from './local-org.ts';

export const QUICK: ChangeOptions = {
    times: { firstWaitMs: 50, refusedMs: 60_000, allowanceMs: 60_000 },
    topics: ['/data/ChangeEvents', '/data/TaskChangeEvent'],
    lookMs: 200,
    apartMs: 300
};

export class FollowingOrg {
    readonly crm: ConnectedOrg;
    readonly pubSub: RunningPubSub;
    #metricsUrl = '';

    private constructor(crm: ConnectedOrg, pubSub: RunningPubSub) {
        this.crm = crm;
        this.pubSub = pubSub;
    }

    static async start(): Promise<FollowingOrg> {
        const crm = await connectedOrg({ changes: QUICK });
        selectObjects(crm.org, ['Opportunity', 'Account', 'Task']);
        const pubSub = await startPubSub({ org: crm.org, keepAliveMs: 200 });
        crm.config.changeEvents = { address: pubSub.address, isPlain: true };
        return new FollowingOrg(crm, pubSub);
    }

    /** From here on the service hears of changes. */
    async follow(): Promise<void> {
        await this.crm.restartService();
        this.#metricsUrl = await this.crm.service.metricsApp.listen({ host: '127.0.0.1', port: 0 });
        await this.open(1);
    }

    /** Resolves when so many subscriptions are open. */
    async open(streams: number): Promise<void> {
        await until(() => this.pubSub.streams() === streams);
    }

    /** The sum of a meter's lines that have this label. */
    async counted(name: string, label = ''): Promise<number> {
        const answer = await fetch(`${this.#metricsUrl}/metrics`);
        const lines = (await answer.text()).split('\n');
        return lines
            .filter((line) => line.startsWith(`${name}{`) && line.includes(label))
            .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
    }

    async close(): Promise<void> {
        await this.crm.close();
        await this.pubSub.close();
    }
}

/** Waits for what has to come; the test's own time limit ends it. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
    while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
}
