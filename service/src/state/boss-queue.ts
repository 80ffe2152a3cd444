// Turns among all processes on one PostgreSQL, given by pg-boss: a job is the turn of one org, and its policy allows no
// second one of that org, queued or active. Jobs are taken oldest first and the next run of an org is queued when the one
// before has ended, so orgs follow each other whatever their number of runs. The journal stays the truth: jobs that are
// missing are queued again, and those of a worker that is gone are given to another.
import type PgBoss from 'pg-boss';
import type { QueueOptions, RunQueue, Turn, TurnEnd } from '../usecases/ports/turns.ts';
import { Alarm } from './alarm.ts';
import type { SqlStore } from './sql.ts';
import { isAbandoned } from './writer-lock.ts';
import type { LockRow } from './writer-lock.ts';

export const RUNS = 'plumbline-runs';
/** Jobs of runs that were given up. */
export const RUNS_GIVEN_UP = 'plumbline-runs-given-up';

const LOOK_FOR_JOBS_MS = 1000;
const LOOK_AFTER_JOBS_MS = 5000;
/** Longer than it takes to get the lock after taking a job. */
const ORPHAN_AFTER_SECONDS = 5;
/** Our own look finds the jobs of dead workers; this is only the last resort of pg-boss. */
const LONGEST_RUN_SECONDS = 12 * 3600;
const LONGEST_RETRY_SECONDS = 3600;
const KEEP_GIVEN_UP_SECONDS = 90 * 86_400;

interface Job {
    orgId: string;
    runKey: string;
}

export class BossQueue implements RunQueue {
    readonly #boss: PgBoss;
    readonly #store: SqlStore;
    readonly #options: QueueOptions;
    readonly #underWay = new Set<Promise<void>>();
    /** Jobs taken here whose end could not be told to pg-boss: to it they are still under way. */
    readonly #untold = new Set<string>();
    #loops: Promise<void>[] = [];
    #isStopping = false;
    /** Ends the pauses before looking for jobs and before looking after them. */
    readonly #jobs = new Alarm();
    readonly #rounds = new Alarm();

    constructor(boss: PgBoss, store: SqlStore, options: QueueOptions) {
        this.#boss = boss;
        this.#store = store;
        this.#options = options;
    }

    async start(take: (turn: Turn) => Promise<TurnEnd>): Promise<void> {
        const { retries, retrySeconds } = this.#options;
        await this.#boss.createQueue(RUNS_GIVEN_UP, { retentionSeconds: KEEP_GIVEN_UP_SECONDS });
        const settings = {
            retryLimit: retries,
            retryDelay: retrySeconds,
            retryBackoff: true,
            retryDelayMax: LONGEST_RETRY_SECONDS,
            expireInSeconds: LONGEST_RUN_SECONDS
        };
        await this.#boss.createQueue(RUNS, { policy: 'exclusive', deadLetter: RUNS_GIVEN_UP, ...settings });
        await this.#boss.updateQueue(RUNS, settings);
        this.#loops = [
            this.#repeat(this.#jobs, LOOK_FOR_JOBS_MS, () => this.#takeJobs(take)),
            this.#repeat(this.#rounds, LOOK_AFTER_JOBS_MS, () => this.#lookAfterJobs())
        ];
    }

    async offer(orgId: string): Promise<void> {
        const [run] = await this.#store.all<{ run_key: string }>(
            'SELECT run_key FROM run WHERE org_id = ? AND is_done = 0 ORDER BY requested_at, run_key LIMIT 1',
            [orgId]
        );
        if (!run) return;
        const job: Job = { orgId, runKey: run.run_key };
        await this.#boss.send(RUNS, job, { singletonKey: orgId });
        this.#jobs.ring();
    }

    async stop(): Promise<void> {
        this.#isStopping = true;
        this.#jobs.ring();
        this.#rounds.ring();
        await Promise.all(this.#loops);
        await Promise.all(this.#underWay);
    }

    /** Until stop(). A failure is told, and the next round tries again. */
    async #repeat(alarm: Alarm, pauseMs: number, work: () => Promise<void>): Promise<void> {
        while (!this.#isStopping) {
            await work().catch((error: unknown) => this.#options.onError(error));
            if (!this.#isStopping) await alarm.wait(pauseMs);
        }
    }

    async #takeJobs(take: (turn: Turn) => Promise<TurnEnd>): Promise<void> {
        const free = this.#options.slots - this.#underWay.size;
        if (free === 0) return;
        const jobs = await this.#boss.fetch<Job>(RUNS, { batchSize: free, includeMetadata: true });
        for (const job of jobs) {
            const turn = this.#carryOut(job, take)
                .catch((error: unknown) => this.#options.onError(error))
                .finally(() => {
                    this.#underWay.delete(turn);
                    this.#jobs.ring();
                });
            this.#underWay.add(turn);
        }
    }

    async #carryOut(job: PgBoss.JobWithMetadata<Job>, take: (turn: Turn) => Promise<TurnEnd>): Promise<void> {
        const end = await this.#takeAndTell(job, take).catch((error: unknown) => {
            this.#untold.add(job.id);
            throw error;
        });
        // What was not possible now is offered again by the look after jobs; the next run of the org at once.
        if (end === 'Over' || end === 'GivenUp') await this.offer(job.data.orgId);
    }

    async #takeAndTell(
        { id, data, retryCount, retryLimit }: PgBoss.JobWithMetadata<Job>,
        take: (turn: Turn) => Promise<TurnEnd>
    ): Promise<TurnEnd> {
        const end = await take({ ...data, isLast: retryCount >= retryLimit });
        if (end === 'Broken' || end === 'GivenUp') await this.#boss.fail(RUNS, id, { end });
        else await this.#boss.complete(RUNS, id);
        return end;
    }

    async #lookAfterJobs(): Promise<void> {
        await this.#dropUntold();
        await this.#dropOrphans();
        const waiting = await this.#store.all<{ org_id: string }>(
            'SELECT DISTINCT org_id FROM run WHERE is_done = 0'
        );
        const active = new Set(await this.#options.orgIds());
        for (const { org_id } of waiting) if (active.has(org_id)) await this.offer(org_id);
    }

    async #dropUntold(): Promise<void> {
        for (const id of this.#untold) {
            await this.#boss.deleteJob(RUNS, id);
            this.#untold.delete(id);
        }
    }

    /** Jobs taken by a worker that does not hold the lock on the org any more: it was killed, or lost the database. */
    async #dropOrphans(): Promise<void> {
        const nowMs = await this.#store.now();
        const active = await this.#store.all<{ id: string } & (LockRow | { holder: null })>(
            'SELECT id::text AS id, holder, renewed_at FROM pgboss.job LEFT JOIN writer_lock ON org_id = singleton_key ' +
                "WHERE name = ? AND state = 'active' AND started_on < now() - ? * interval '1 second'",
            [RUNS, ORPHAN_AFTER_SECONDS]
        );
        for (const { id, ...lock } of active)
            if (lock.holder === null || isAbandoned(lock, nowMs)) await this.#boss.deleteJob(RUNS, id);
    }
}
