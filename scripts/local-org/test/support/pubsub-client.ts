// A client of the Pub/Sub API as its documentation describes one, on plain grpc-js: headers, calls, one stream at a time.
import * as grpc from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { fileURLToPath } from 'node:url';
import avsc from 'avsc';

const PROTO = fileURLToPath(new URL('../../../../config/pubsub/eventbus.proto', import.meta.url));
const definition = loadSync(PROTO, { enums: String, defaults: true });
const Client = grpc.makeGenericClientConstructor(
    definition['eventbus.v1.PubSub'] as grpc.ServiceDefinition,
    'PubSub'
);

export interface Fetched {
    events: { event: { schemaId: string; payload: Buffer }; replayId: Buffer }[];
    latestReplayId: Buffer;
    pendingNumRequested: number;
}

export interface ChangeHeader {
    entityName: string;
    changeType: string;
    recordIds: string[];
    commitUser: string;
    changedFields: string[];
}

type Headers = Record<'accesstoken' | 'instanceurl' | 'tenantid', string>;
/** Ends with its error when the server refuses. */
export type Refused = grpc.ServiceError & { errorCode: string | undefined };

export class PubSubClient {
    readonly #client: grpc.Client;
    readonly #metadata = new grpc.Metadata();

    constructor(address: string, headers: Partial<Headers>) {
        this.#client = new Client(address, grpc.credentials.createInsecure());
        for (const [name, value] of Object.entries(headers)) this.#metadata.set(name, value);
    }

    call<Answer>(method: string, request: object): Promise<Answer> {
        type Call = (request: object, metadata: grpc.Metadata, done: grpc.requestCallback<Answer>) => void;
        const call = (this.#client as unknown as Record<string, Call>)[method]!.bind(this.#client);
        return new Promise((resolve, reject) => {
            call(request, this.#metadata, (error, answer) =>
                error ? reject(refused(error)) : resolve(answer!)
            );
        });
    }

    subscribe(method = 'Subscribe'): TestStream {
        type Call = (metadata: grpc.Metadata) => grpc.ClientDuplexStream<object, Fetched>;
        return new TestStream(
            (this.#client as unknown as Record<string, Call>)[method]!.bind(this.#client)(this.#metadata)
        );
    }

    async decode(fetched: Fetched): Promise<Record<string, unknown>[]> {
        const decoded = fetched.events.map(async ({ event }) => {
            const schema = await this.call<{ schemaJson: string }>('GetSchema', { schemaId: event.schemaId });
            return avsc.Type.forSchema(JSON.parse(schema.schemaJson)).fromBuffer(event.payload);
        });
        return Promise.all(decoded);
    }

    async headers(fetched: Fetched): Promise<ChangeHeader[]> {
        return (await this.decode(fetched)).map((event) => event['ChangeEventHeader'] as ChangeHeader);
    }

    close(): void {
        this.#client.close();
    }
}

export class TestStream {
    readonly #call: grpc.ClientDuplexStream<object, Fetched>;
    readonly #waiting: ((answer: Fetched) => void)[] = [];
    readonly #answers: Fetched[] = [];
    readonly ended: Promise<Refused | null>;

    constructor(call: grpc.ClientDuplexStream<object, Fetched>) {
        this.#call = call;
        call.on('data', (answer: Fetched) => {
            const first = this.#waiting.shift();
            if (first) first(answer);
            else this.#answers.push(answer);
        });
        this.ended = new Promise((resolve) => {
            call.on('error', (error) => resolve(refused(error as grpc.ServiceError)));
            call.on('end', () => resolve(null));
        });
    }

    ask(request: object): void {
        this.#call.write(request);
    }

    /** The next answer; an end without one fails. */
    next(): Promise<Fetched> {
        const first = this.#answers.shift();
        if (first) return Promise.resolve(first);
        const answer = new Promise<Fetched>((resolve) => this.#waiting.push(resolve));
        return Promise.race([
            answer,
            this.ended.then((error) => {
                throw error ?? new Error('The stream ended.');
            })
        ]);
    }

    /** Answers that came and were not asked for by `next`. */
    get unread(): number {
        return this.#answers.length;
    }

    end(): void {
        this.#call.end();
    }
}

function refused(error: grpc.ServiceError): Refused {
    const errorCode = error.metadata?.get('error-code')[0]?.toString();
    return Object.assign(error, { errorCode: errorCode?.replace('sfdc.platform.eventbus.grpc.', '') });
}
