// Follows the change events of orgs: one subscription for each object deal health reads, opened again whenever it ends, with a fresh
// token, from where it was or from now on, after waits that grow. Tells that something changed, never what.
import type { ChangeFeed } from '../../usecases/ports/changes.ts';
import { PIPELINE_OBJECTS } from '../pipeline-objects.ts';
import { waitMs } from '../retry.ts';
import { headerReader } from './change-header.ts';
import type { ChangeHeader, ReadHeader } from './change-header.ts';
import { followTopic } from './follow-topic.ts';
import { openPubSub, refusalCode } from './protocol.ts';
import type { ConsumerEvent, Headers, PubSub, PubSubAddress } from './protocol.ts';

/** History rows come with changes of their deal and have no events. */
const FOLLOWED = PIPELINE_OBJECTS.map(({ object }) => object).filter((name) => name !== 'OpportunityHistory');
export const TOPICS = FOLLOWED.map((name) => `/data/${name}ChangeEvent`);

/** Asked again now and then: somebody may have given the permission, or switched the feature on. */
const REFUSED =
    /^(topic\.not\.found|topic\.meta\.permission|subscription\.topic\.cannot\.subscribe|service\.tenant\.license|grpc\.(5|7|12))$/;
const ALLOWANCE_GONE = /^(subscription\.limit\.exceeded|concurrent\.client\.limit\.exceeded)$/;
const NO_REPLAY = /^subscription\.fetch\.replay/;
const NO_TOKEN = /^(service\.auth\.|grpc\.16$)/;

const LONGEST_WAIT_MS = 120_000;
const KEPT_SCHEMAS = 500;

export interface FeedTimes {
    firstWaitMs: number;
    refusedMs: number;
    allowanceMs: number;
    /** An org that says nothing for so long is asked anew. */
    silentMs?: number;
}

const TIMES: FeedTimes = { firstWaitMs: 1000, refusedMs: 1_800_000, allowanceMs: 3_600_000 };

/** What becomes of an event. `Foreign`: of an object nobody asked about. `Unread`: its schema is not known or does not fit. */
export type EventFate = 'Told' | 'Foreign' | 'Unread';

export interface FeedDeps extends PubSubAddress {
    /** Who calls; `refused` is a token that is not taken any more. Throws when the org may not be worked for. */
    sessionOf: (orgId: string, refused?: string) => Promise<Headers>;
    onEvent: (orgId: string, topic: string, fate: EventFate, lagMs: number | null) => void;
    /** A subscription stands, or has ended for this reason. */
    onStream: (orgId: string, topic: string, state: 'Open' | { endedBy: string }) => void;
    topics?: readonly string[];
    times?: FeedTimes;
    now?: () => number;
}

export interface PubSubFeed extends ChangeFeed {
    /** Whether the service's user may hear of this object in this org; throws when that cannot be found out. */
    mayHear(orgId: string, topic: string): Promise<boolean>;
    close(): void;
}

export function createChangeFeed(deps: FeedDeps): PubSubFeed {
    let opened: Promise<PubSub> | null = null;
    const pubSub = (): Promise<PubSub> => (opened ??= openPubSub(deps));
    const schemas = new Map<string, Promise<ReadHeader | null>>();
    return {
        follow(orgId, onChange) {
            const stopping = new AbortController();
            const { signal } = stopping;
            const all = (deps.topics ?? TOPICS).map((topicName) =>
                new TopicFollower({ deps, pubSub, schemas, orgId, topicName, onChange, signal }).run()
            );
            return async () => {
                stopping.abort();
                await Promise.all(all);
            };
        },
        mayHear: async (orgId, topicName) => {
            const headers = await deps.sessionOf(orgId);
            return (await (await pubSub()).topic(headers, topicName)).canSubscribe;
        },
        close: () => void opened?.then((open) => open.close())
    };
}

interface FollowerParts {
    deps: FeedDeps;
    pubSub: () => Promise<PubSub>;
    schemas: Map<string, Promise<ReadHeader | null>>;
    orgId: string;
    topicName: string;
    onChange: () => void;
    signal: AbortSignal;
}

class TopicFollower {
    readonly #parts: FollowerParts;
    #replayId: Buffer | null = null;
    #refusedToken: string | undefined;
    #failures = 0;

    constructor(parts: FollowerParts) {
        this.#parts = parts;
    }

    async run(): Promise<void> {
        const { deps, orgId, topicName, signal } = this.#parts;
        while (!signal.aborted) {
            const endedBy = await this.#once().catch((error: unknown) => refusalCode(error));
            if (signal.aborted) break;
            deps.onStream(orgId, topicName, { endedBy });
            if (NO_REPLAY.test(endedBy)) this.#replayId = null;
            this.#failures += 1;
            await pause(this.#waitAfter(endedBy), signal);
        }
    }

    async #once(): Promise<string> {
        const { deps, pubSub, orgId, topicName, signal } = this.#parts;
        const headers = await deps.sessionOf(orgId, this.#refusedToken);
        this.#refusedToken = undefined;
        const open = await pubSub();
        let isOpen = false;
        const endedBy = await followTopic({
            pubSub: open,
            headers,
            topicName,
            replayId: this.#replayId,
            signal,
            silentMs: deps.times?.silentMs,
            onAnswer: (latest) => {
                this.#failures = 0;
                this.#replayId = latest;
                if (!isOpen) deps.onStream(orgId, topicName, 'Open');
                isOpen = true;
            },
            onEvent: (event) => void this.#hear(event, open, headers)
        });
        if (NO_TOKEN.test(endedBy)) this.#refusedToken = headers.accesstoken;
        return endedBy;
    }

    /** An event that cannot be read has come all the same: on a topic of one object it tells enough. */
    async #hear({ event }: ConsumerEvent, pubSub: PubSub, headers: Headers): Promise<void> {
        const { deps, orgId, topicName, onChange, signal } = this.#parts;
        const header = event && (await this.#headerOf(event, pubSub, headers));
        if (signal.aborted) return;
        const fate = !header ? 'Unread' : FOLLOWED.includes(header.entityName) ? 'Told' : 'Foreign';
        const lagMs = header ? (deps.now ?? Date.now)() - header.commitTimestamp : null;
        deps.onEvent(orgId, topicName, fate, lagMs);
        if (fate !== 'Foreign') onChange();
    }

    async #headerOf(
        { schemaId, payload }: NonNullable<ConsumerEvent['event']>,
        pubSub: PubSub,
        headers: Headers
    ): Promise<ChangeHeader | null> {
        const { schemas } = this.#parts;
        let reader = schemas.get(schemaId);
        if (!reader) {
            if (schemas.size >= KEPT_SCHEMAS) schemas.clear();
            // Asked for again by the next event when it fails now.
            reader = pubSub.schema(headers, schemaId).then(headerReader);
            reader = reader.catch(() => (schemas.delete(schemaId), null));
            schemas.set(schemaId, reader);
        }
        const read = await reader;
        try {
            return read && read(payload);
        } catch {
            return null;
        }
    }

    #waitAfter(endedBy: string): number {
        const { firstWaitMs, refusedMs, allowanceMs } = this.#parts.deps.times ?? TIMES;
        if (REFUSED.test(endedBy)) return refusedMs;
        if (ALLOWANCE_GONE.test(endedBy)) return allowanceMs;
        return Math.min(LONGEST_WAIT_MS, waitMs(firstWaitMs, Math.min(this.#failures, 10)));
    }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
        const done = (): void => {
            clearTimeout(timer);
            signal.removeEventListener('abort', done);
            resolve();
        };
        const timer = setTimeout(done, ms);
        timer.unref();
        signal.addEventListener('abort', done);
        if (signal.aborted) done();
    });
}
