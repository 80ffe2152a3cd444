// The Pub/Sub API of an org over gRPC without TLS: on this machine only. Owns the port and the list of calls; what a subscription
// does is subscription.ts. Faults cut what is open, which no Salesforce client can ask for.
import { randomUUID } from 'node:crypto';
import type { Server, ServerDuplexStream, handleUnaryCall, sendUnaryData } from '@grpc/grpc-js';
import type { LocalOrg } from '../local-org.ts';
import { loadProtocol, type FetchRequest, type FetchResponse, type Protocol } from './protocol.ts';
import { asServiceError, notImplemented, Refusal } from './refusals.ts';
import { serveSubscription } from './subscription.ts';
import { callerOf, maySubscribe, topicNamed } from './topics.ts';

/** Salesforce answers within 270 seconds when there is nothing to tell. */
const KEEP_ALIVE_MS = 270_000;

export interface PubSubOptions {
    org: LocalOrg;
    /** 0 (default): any free port. */
    port?: number;
    host?: string;
    keepAliveMs?: number;
}

export interface RunningPubSub {
    /** `127.0.0.1:7443` */
    address: string;
    /** Open subscriptions. */
    streams(): number;
    /** Breaks every open subscription off, as a restart of Salesforce does. */
    cut(): void;
    close(): Promise<void>;
}

export async function startPubSub(options: PubSubOptions): Promise<RunningPubSub> {
    const { org, port = 0, host = '127.0.0.1', keepAliveMs = KEEP_ALIVE_MS } = options;
    const protocol = await loadProtocol();
    const { grpc, service } = protocol;
    const server = new grpc.Server();
    const open = new Set<(error: unknown) => void>();
    server.addService(service, {
        Subscribe: (stream: ServerDuplexStream<FetchRequest, FetchResponse>) => {
            const rpcId = randomUUID();
            const fail = (error: unknown): void => {
                open.delete(fail);
                stream.emit('error', asServiceError(protocol, error, rpcId));
            };
            try {
                const user = callerOf(org, stream.metadata);
                open.add(fail);
                for (const event of ['end', 'cancelled', 'close']) stream.on(event, () => open.delete(fail));
                serveSubscription(stream, { org, user, rpcId, keepAliveMs, fail });
            } catch (error) {
                fail(error);
            }
        },
        GetTopic: answering(protocol, org, ({ topicName }: { topicName: string }, user) => {
            const topic = topicNamed(org, topicName);
            return {
                topicName,
                tenantGuid: org.orgId,
                canPublish: false,
                canSubscribe: maySubscribe(user, topic),
                schemaId: topic.objectName === null ? '' : org.changeEvents.schemaOf(topic.objectName)?.id
            };
        }),
        GetSchema: answering(protocol, org, ({ schemaId }: { schemaId: string }) => {
            const schemaJson = org.changeEvents.schemaJson(schemaId);
            if (schemaJson === undefined) throw new Refusal('schema.validation.failed');
            return { schemaJson, schemaId };
        }),
        Publish: (_call: unknown, answer: sendUnaryData<object>) =>
            answer(notImplemented(protocol, 'Publish', randomUUID())),
        PublishStream: refusing(protocol, 'PublishStream'),
        ManagedSubscribe: refusing(protocol, 'ManagedSubscribe')
    });
    const bound = await listen(server, `${host}:${port}`, protocol);
    return {
        address: `${host}:${bound}`,
        streams: () => open.size,
        cut: () => {
            for (const fail of [...open]) fail(new Refusal('service.unavailable'));
        },
        close: async () => server.forceShutdown()
    };
}

function answering<Request>(
    protocol: Protocol,
    org: LocalOrg,
    answerTo: (request: Request, user: ReturnType<typeof callerOf>) => object
): handleUnaryCall<Request, object> {
    return ({ request, metadata }, answer) => {
        const rpcId = randomUUID();
        try {
            answer(null, { ...answerTo(request, callerOf(org, metadata)), rpcId });
        } catch (error) {
            answer(asServiceError(protocol, error, rpcId));
        }
    };
}

function refusing(protocol: Protocol, method: string) {
    return (stream: ServerDuplexStream<object, object>): void => {
        stream.emit('error', notImplemented(protocol, method, randomUUID()));
    };
}

function listen(server: Server, address: string, { grpc }: Protocol): Promise<number> {
    return new Promise((resolve, reject) => {
        server.bindAsync(address, grpc.ServerCredentials.createInsecure(), (error, port) =>
            error ? reject(error) : resolve(port)
        );
    });
}
