// One Subscribe call: events are sent as long as the client has asked for some, then the server waits for the next request. A client
// that hears nothing for a while is told the latest replay id, so that it knows the stream lives.
import type { ServerDuplexStream } from '@grpc/grpc-js';
import type { LocalOrg } from '../local-org.ts';
import type { UserContext } from '../org.ts';
import type { ChangeEventRow } from './change-events.ts';
import type { FetchRequest, FetchResponse } from './protocol.ts';
import { Refusal } from './refusals.ts';
import { hears, maySubscribe, topicNamed, type Topic } from './topics.ts';

/** Of a request, as in Salesforce: more is cut. */
const MOST_REQUESTED = 100;
const ROWS_AT_ONCE = 100;
const REPLAY_ID_BYTES = 8;

type Stream = ServerDuplexStream<FetchRequest, FetchResponse>;

export interface SubscriptionParts {
    org: LocalOrg;
    user: UserContext;
    rpcId: string;
    keepAliveMs: number;
    /** Ends the call with an error. */
    fail: (error: unknown) => void;
}

export function serveSubscription(stream: Stream, parts: SubscriptionParts): void {
    const { org, user, rpcId, fail } = parts;
    let topic: Topic | null = null;
    let seen = 0;
    let pending = 0;
    let isOver = false;

    const send = (events: ChangeEventRow[]): void => {
        pending -= events.length;
        stream.write({
            events: events.map(({ id, schemaId, payload }) => ({
                event: { id: String(id), schemaId, payload },
                replayId: replayIdOf(id)
            })),
            latestReplayId: replayIdOf(seen),
            rpcId,
            pendingNumRequested: pending
        });
        keepAlive.refresh();
    };

    const deliver = (): void => {
        while (topic && pending > 0 && !isOver) {
            const rows = org.changeEvents.after(seen, ROWS_AT_ONCE);
            if (rows.length === 0) return;
            const wanted: ChangeEventRow[] = [];
            for (const row of rows) {
                if (wanted.length === pending) break;
                seen = row.id;
                if (isFor(row, topic, org, user)) wanted.push(row);
            }
            if (wanted.length > 0) send(wanted);
        }
    };

    const onRequest = (request: FetchRequest): void => {
        if (topic && request.topicName !== '' && request.topicName !== topic.name)
            throw new Refusal('subscription.fetch.topic.mismatch');
        if (!topic) {
            const named = topicNamed(org, request.topicName);
            if (!maySubscribe(user, named)) throw new Refusal('subscription.topic.cannot.subscribe');
            seen = startOf(org, request);
            topic = named;
        }
        if (request.numRequested < 1) throw new Refusal('subscription.fetch.requested.events.invalid');
        pending += Math.min(request.numRequested, MOST_REQUESTED);
        deliver();
    };

    const keepAlive = setInterval(() => topic && pending > 0 && send([]), parts.keepAliveMs);
    const unlisten = org.changeEvents.listen(deliver);
    const end = (): void => {
        isOver = true;
        unlisten();
        clearInterval(keepAlive);
    };
    stream.on('data', (request: FetchRequest) => {
        try {
            if (!isOver) onRequest(request);
        } catch (error) {
            end();
            fail(error);
        }
    });
    stream.on('end', () => {
        end();
        stream.end();
    });
    stream.on('cancelled', end);
    stream.on('close', end);
    stream.on('error', end);
}

/** Who lost the permission since the stream began hears no more, as does nobody of an object that was switched off. */
function isFor({ entity }: ChangeEventRow, topic: Topic, org: LocalOrg, user: UserContext): boolean {
    return topic.objectName === null ? hears(user, entity) : entity === topic.objectName;
}

function startOf({ changeEvents }: LocalOrg, { replayPreset, replayId }: FetchRequest): number {
    if (replayPreset === 'LATEST') return changeEvents.latest();
    const beforeAll = changeEvents.beforeAll();
    if (replayPreset === 'EARLIEST') return beforeAll;
    if (replayId.length === 0) throw new Refusal('subscription.fetch.replayid.validation.failed');
    const id = replayId.length === REPLAY_ID_BYTES ? Number(replayId.readBigUInt64BE()) : -1;
    if (id < beforeAll || id > changeEvents.latest())
        throw new Refusal('subscription.fetch.replayid.corrupted');
    return id;
}

export function replayIdOf(id: number): Buffer {
    const bytes = Buffer.alloc(REPLAY_ID_BYTES);
    bytes.writeBigUInt64BE(BigInt(id));
    return bytes;
}
