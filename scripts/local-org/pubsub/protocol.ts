// gRPC and the messages of the Pub/Sub API, loaded when the first org serves them: they take a sixth of a second.
// The text of the protocol is config/pubsub/eventbus.proto.
import { fileURLToPath } from 'node:url';
import type * as Grpc from '@grpc/grpc-js';

const PROTO = fileURLToPath(new URL('../../../config/pubsub/eventbus.proto', import.meta.url));

export interface FetchRequest {
    topicName: string;
    replayPreset: 'LATEST' | 'EARLIEST' | 'CUSTOM';
    replayId: Buffer;
    numRequested: number;
}

export interface FetchResponse {
    events: { event: { id: string; schemaId: string; payload: Buffer }; replayId: Buffer }[];
    latestReplayId: Buffer;
    rpcId: string;
    pendingNumRequested: number;
}

export interface Protocol {
    grpc: typeof Grpc;
    service: Grpc.ServiceDefinition;
}

export async function loadProtocol(): Promise<Protocol> {
    const [grpc, loader] = await Promise.all([import('@grpc/grpc-js'), import('@grpc/proto-loader')]);
    const definition = loader.loadSync(PROTO, { enums: String, defaults: true });
    return { grpc, service: definition['eventbus.v1.PubSub'] as Grpc.ServiceDefinition };
}
