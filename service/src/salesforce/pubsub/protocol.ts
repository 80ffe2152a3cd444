// gRPC and the messages of the Pub/Sub API, loaded when the first org is followed: a service that follows none starts without them.
// The text of the protocol is config/pubsub/eventbus.proto.
import { fileURLToPath } from 'node:url';
import type { ClientDuplexStream, Metadata, ServiceDefinition, ServiceError } from '@grpc/grpc-js';
import { codeOf } from '../errors.ts';

const PROTO = fileURLToPath(new URL('../../../../config/pubsub/eventbus.proto', import.meta.url));

export interface FetchRequest {
    topicName?: string;
    replayPreset?: 'LATEST' | 'CUSTOM';
    replayId?: Buffer;
    numRequested: number;
}

export interface ConsumerEvent {
    event: { schemaId: string; payload: Buffer } | null;
    replayId: Buffer;
}

export interface FetchResponse {
    events: ConsumerEvent[];
    latestReplayId: Buffer;
    pendingNumRequested: number;
}

/** The caller's side of one server, shared by all orgs. */
export interface PubSub {
    subscribe(headers: Headers): ClientDuplexStream<FetchRequest, FetchResponse>;
    schema(headers: Headers, schemaId: string): Promise<string>;
    topic(headers: Headers, topicName: string): Promise<{ canSubscribe: boolean }>;
    close(): void;
}

export type Headers = Record<'accesstoken' | 'instanceurl' | 'tenantid', string>;

/** Where the Pub/Sub API is: always the operator's setting, never an org's. */
export interface PubSubAddress {
    /** `api.pubsub.salesforce.com:7443` */
    address: string;
    /** Without TLS: on this machine only. */
    isPlain: boolean;
}

const ANSWER_WITHIN_MS = 10_000;

type Unary = (
    request: object,
    metadata: Metadata,
    options: { deadline: number },
    done: (error: ServiceError | null, answer?: unknown) => void
) => void;
type Calls = Record<'GetSchema' | 'GetTopic', Unary> & {
    Subscribe(metadata: Metadata): ClientDuplexStream<FetchRequest, FetchResponse>;
};

export async function openPubSub({ address, isPlain }: PubSubAddress): Promise<PubSub> {
    const [grpc, loader] = await Promise.all([import('@grpc/grpc-js'), import('@grpc/proto-loader')]);
    const definition = loader.loadSync(PROTO, { enums: String, defaults: true });
    const PubSubClient = grpc.makeGenericClientConstructor(
        definition['eventbus.v1.PubSub'] as ServiceDefinition,
        'PubSub'
    );
    const credentials = isPlain ? grpc.credentials.createInsecure() : grpc.credentials.createSsl();
    const client = new PubSubClient(address, credentials);
    const calls = client as unknown as Calls;
    const metadataOf = (headers: Headers): Metadata => {
        const metadata = new grpc.Metadata();
        for (const [name, value] of Object.entries(headers)) metadata.set(name, value);
        return metadata;
    };
    const ask = <Answer>(method: 'GetSchema' | 'GetTopic', headers: Headers, request: object) =>
        new Promise<Answer>((resolve, reject) => {
            const deadline = Date.now() + ANSWER_WITHIN_MS;
            calls[method](request, metadataOf(headers), { deadline }, (error, answer) =>
                error ? reject(error) : resolve(answer as Answer)
            );
        });
    return {
        subscribe: (headers) => calls.Subscribe(metadataOf(headers)),
        schema: async (headers, schemaId) => {
            const { schemaJson } = await ask<{ schemaJson: string }>('GetSchema', headers, { schemaId });
            return schemaJson;
        },
        topic: (headers, topicName) => ask('GetTopic', headers, { topicName }),
        close: () => client.close()
    };
}

/** Salesforce's own code of a refusal where it has one, such as `service.auth.error`, or that of gRPC, or of signing in. */
export function refusalCode(error: unknown): string {
    const { metadata, code } = error as Partial<ServiceError>;
    const said = metadata?.get('error-code')[0]?.toString();
    if (said) return said.replace(/^sfdc\.platform\.eventbus\.grpc\./, '');
    return typeof code === 'number' ? `grpc.${code}` : codeOf(error);
}
