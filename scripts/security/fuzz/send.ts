// Sends bytes over a socket and reads what comes back, without the manners of an HTTP client: what is malformed arrives as
// it was made. One request at a time for each connection.
import { connect, type Socket } from 'node:net';
import type { RawRequest } from './requests.ts';

export interface RawAnswer {
    status: number;
    headers: Map<string, string>;
    body: string;
    ms: number;
}

const GRACE_MS = 2_000;

/** `closed`: the connection ended without an answer; `silent`: no answer within the time. */
export type Outcome = RawAnswer | 'closed' | 'silent';

export class Connection {
    readonly #port: number;
    readonly #waitMs: number;
    #socket: Socket | null = null;

    constructor(port: number, waitMs: number) {
        this.#port = port;
        this.#waitMs = waitMs;
    }

    async ask(request: RawRequest): Promise<Outcome> {
        const isReused = this.#socket !== null;
        const outcome = await this.#exchange(bytesOf(request), request.method === 'HEAD');
        // A server may close a connection that is kept open at any time; whoever meets that asks again on a new one.
        if (outcome === 'closed' && isReused) return this.ask(request);
        const isOver =
            typeof outcome === 'string' ||
            request.isBroken ||
            outcome.headers.get('connection')?.toLowerCase() === 'close';
        if (isOver) this.close();
        return outcome;
    }

    close(): void {
        this.#socket?.destroy();
        this.#socket = null;
    }

    #exchange(bytes: Buffer, isHead: boolean): Promise<Outcome> {
        const socket = (this.#socket ??= connect(this.#port, '127.0.0.1').setNoDelay());
        const startedAt = performance.now();
        return new Promise((resolve) => {
            let received = Buffer.alloc(0);
            const end = (outcome: Outcome): void => {
                clearTimeout(timer);
                socket.removeAllListeners();
                socket.on('error', () => {});
                resolve(outcome);
            };
            // When this process itself stood still, the answer lies there already and is read first.
            let timer = setTimeout(() => (timer = setTimeout(() => end('silent'), GRACE_MS)), this.#waitMs);
            const read = (isEnded: boolean): void => {
                const answer = answerIn(received, isHead, isEnded);
                if (answer) end({ ...answer, ms: performance.now() - startedAt });
                else if (isEnded) {
                    this.#socket = null;
                    end('closed');
                }
            };
            socket.on('data', (chunk) => {
                received = Buffer.concat([received, chunk]);
                read(false);
            });
            socket.on('error', () => read(true));
            socket.on('close', () => read(true));
            socket.write(bytes);
        });
    }
}

function bytesOf({ method, target, headers, body }: RawRequest): Buffer {
    const given = new Set(headers.map(([name]) => name.toLowerCase()));
    const own: [string, string][] = [];
    if (!given.has('host')) own.push(['host', 'localhost']);
    if (body.length > 0 && !given.has('content-length') && !given.has('transfer-encoding'))
        own.push(['content-length', String(body.length)]);
    const lines = [...own, ...headers].map(([name, value]) => `${name}: ${value}`);
    return Buffer.concat([
        Buffer.from(`${method} ${target.replaceAll(' ', '%20')} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`),
        body
    ]);
}

function answerIn(received: Buffer, isHead: boolean, isEnded: boolean): Omit<RawAnswer, 'ms'> | null {
    const headEnd = received.indexOf('\r\n\r\n');
    if (headEnd < 0) return null;
    const [first, ...lines] = received.subarray(0, headEnd).toString('latin1').split('\r\n');
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(first!)?.[1] ?? 0);
    const rest = received.subarray(headEnd + 4);
    if (status === 100) return answerIn(rest, isHead, isEnded);
    const headers = new Map(
        lines.map((line): [string, string] => {
            const colon = line.indexOf(':');
            return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
        })
    );
    const length =
        isHead || status === 204 || status === 304 ? 0 : Number(headers.get('content-length') ?? NaN);
    const isWhole = Number.isNaN(length) ? isEnded : rest.length >= length;
    if (!isWhole) return null;
    return { status, headers, body: rest.subarray(0, Number.isNaN(length) ? undefined : length).toString() };
}
