// Turns without a server: orgs wait in line in this process, and the journal in the state file says who else waits. What
// keeps several processes on one file apart is the lock on the org. Broken runs are kept with the moment they may go on.
import type { QueueOptions, RunQueue, Turn, TurnEnd } from '../usecases/ports/turns.ts';
import type { SqlStore } from './sql.ts';

/** After so long a run that another process was asked for, or an org whose lock was held, is looked at again. */
const LOOK_MS = 500;
const LONGEST_RETRY_SECONDS = 3600;

interface NextRun {
    run_key: string;
    breaks: number;
    not_before: number;
}

const NEXT_RUN =
    'SELECT run_key, breaks, not_before FROM run WHERE org_id = ? AND is_done = 0 ' +
    'ORDER BY requested_at, run_key LIMIT 1';

export class LocalQueue implements RunQueue {
    readonly #store: SqlStore;
    readonly #options: QueueOptions;
    /** Orgs in the order in which they get their turn. */
    readonly #line = new Set<string>();
    readonly #underWay = new Map<string, Promise<void>>();
    #take: ((turn: Turn) => Promise<TurnEnd>) | null = null;
    #timer: NodeJS.Timeout | null = null;
    #looked: Promise<void> = Promise.resolve();

    constructor(store: SqlStore, options: QueueOptions) {
        this.#store = store;
        this.#options = options;
    }

    async start(take: (turn: Turn) => Promise<TurnEnd>): Promise<void> {
        this.#take = take;
        this.#looked = this.#look();
        await this.#looked;
    }

    async offer(orgId: string): Promise<void> {
        this.#line.add(orgId);
        this.#giveTurns();
    }

    async stop(): Promise<void> {
        this.#take = null;
        if (this.#timer) clearTimeout(this.#timer);
        await this.#looked;
        await Promise.all(this.#underWay.values());
    }

    /** Puts orgs with runs in line, also those other processes were asked for. */
    async #look(): Promise<void> {
        try {
            const waiting = await this.#store.all<{ org_id: string }>(
                'SELECT DISTINCT org_id FROM run WHERE is_done = 0'
            );
            const active = new Set(await this.#options.orgIds());
            for (const { org_id } of waiting) if (active.has(org_id)) this.#line.add(org_id);
            this.#giveTurns();
        } catch (error) {
            this.#options.onError(error);
        }
        if (!this.#take) return;
        this.#timer = setTimeout(() => (this.#looked = this.#look()), LOOK_MS);
        this.#timer.unref();
    }

    #giveTurns(): void {
        for (const orgId of this.#line) {
            if (!this.#take || this.#underWay.size >= this.#options.slots) return;
            if (this.#underWay.has(orgId)) continue;
            this.#line.delete(orgId);
            const turn = this.#giveTurn(orgId, this.#take)
                .catch((error: unknown) => this.#options.onError(error))
                .finally(() => {
                    this.#underWay.delete(orgId);
                    this.#giveTurns();
                });
            this.#underWay.set(orgId, turn);
        }
    }

    async #giveTurn(orgId: string, take: (turn: Turn) => Promise<TurnEnd>): Promise<void> {
        const [run] = await this.#store.all<NextRun>(NEXT_RUN, [orgId]);
        if (!run || run.not_before > Date.now()) return;
        const isLast = run.breaks >= this.#options.retries;
        const end = await take({ orgId, runKey: run.run_key, isLast });
        if (end === 'Broken') await this.#waitAfterBreak(run);
        // The next run of the org stands behind the other orgs. What has to wait is found by looking.
        else if (end !== 'Later') this.#line.add(orgId);
    }

    async #waitAfterBreak({ run_key, breaks }: NextRun): Promise<void> {
        const seconds = Math.min(this.#options.retrySeconds * 2 ** breaks, LONGEST_RETRY_SECONDS);
        await this.#store.run('UPDATE run SET breaks = breaks + 1, not_before = ? WHERE run_key = ?', [
            Date.now() + seconds * 1000,
            run_key
        ]);
    }
}
