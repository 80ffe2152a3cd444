// What is refused before any route sees it: bytes that are no request, addresses that cannot be read, clients that are too
// slow. Owns the time limits of a connection and the headers every answer has; answers have the one error shape here too.
import { randomUUID } from 'node:crypto';
import { STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyHttpOptions, FastifyInstance } from 'fastify';
import { ERRORS, HttpProblem } from './error-catalogue.ts';
import { asProblem, errorBody, sendProblem } from './error-handler.ts';

/** How long a client may take, in milliseconds. What is slower is ended with 408, so that slow clients hold nothing. */
export interface TimeLimits {
    headers: number;
    /** headers and body together */
    request: number;
    /** how often connections are looked at: a limit may be exceeded by so much */
    check: number;
}

export const DEFAULT_TIME_LIMITS: TimeLimits = { headers: 5_000, request: 10_000, check: 1_000 };

/** The browser that gets such an answer neither keeps it nor guesses what it is; behind TLS it stays with TLS. */
const SAFE_HEADERS = {
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'strict-transport-security': 'max-age=31536000'
};

export function edgeOptions(limits: TimeLimits) {
    return {
        requestTimeout: limits.request,
        http: { headersTimeout: limits.headers, connectionsCheckingInterval: limits.check },
        frameworkErrors: (error, request, reply) => {
            reply.headers({ ...SAFE_HEADERS, 'x-request-id': request.id });
            sendProblem(asProblem(error), request.id, reply);
        },
        clientErrorHandler: answerBadBytes
    } satisfies FastifyHttpOptions<Server>;
}

export function registerEdge(app: FastifyInstance): void {
    app.addHook('onRequest', (request, reply, done) => {
        reply.headers({ ...SAFE_HEADERS, 'x-request-id': request.id });
        done();
    });
    app.server.on('checkExpectation', refuseExpectation);
}

function answerBadBytes(error: NodeJS.ErrnoException, socket: Socket): void {
    if (error.code !== 'ECONNRESET' && socket.writable) socket.write(rawAnswer(problemOf(error)));
    socket.destroy();
}

function problemOf({ code }: NodeJS.ErrnoException): HttpProblem {
    if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return new HttpProblem('TOO_SLOW', 'request');
    if (code === 'HPE_HEADER_OVERFLOW') return new HttpProblem('HEADERS_TOO_LARGE', 'headers');
    return new HttpProblem('INVALID_REQUEST', 'request');
}

/** There is no request yet that could be answered, only its connection. */
function rawAnswer(problem: HttpProblem): string {
    const { status } = ERRORS[problem.code];
    const requestId = randomUUID();
    const body = JSON.stringify(errorBody(problem, requestId));
    const headers = {
        ...SAFE_HEADERS,
        'x-request-id': requestId,
        'content-type': 'application/json; charset=utf-8',
        'content-length': Buffer.byteLength(body),
        connection: 'close'
    };
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('\r\n')}\r\n\r\n${body}`;
}

function refuseExpectation(request: IncomingMessage, response: ServerResponse): void {
    response.socket?.end(rawAnswer(new HttpProblem('INVALID_REQUEST', 'expect')));
    request.destroy();
}
