// Every error leaves the org as Salesforce writes it: `[{ errorCode, message, fields? }]`. Failures of the org itself are
// written to stderr and answered without their inside.
import type { Socket } from 'node:net';
import type { ConnectionError, FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import { OrgError } from '../org.ts';

export function registerErrors(app: FastifyInstance): void {
    app.setErrorHandler((error: FastifyError, request, reply) => {
        if (error instanceof OrgError) return sendError(reply, error);
        if (error.statusCode && error.statusCode < 500) return sendError(reply, clientError(error));
        process.stderr.write(`local org: ${request.method} ${request.url} failed: ${error.stack}\n`);
        return sendError(
            reply,
            new OrgError(500, 'UNKNOWN_EXCEPTION', "An unexpected error occurred; see the org's log")
        );
    });
    const methodsOf = rememberMethods(app);
    app.setNotFoundHandler((request, reply) => {
        const allowed = methodsOf(request.url);
        if (allowed.length === 0) return sendError(reply, notFound());
        const message = `HTTP Method '${request.method}' not allowed. Allowed are ${allowed.join(',')}`;
        return sendError(
            reply.header('Allow', allowed.join(', ')),
            new OrgError(405, 'METHOD_NOT_ALLOWED', message)
        );
    });
}

/** What the HTTP server refuses before any route sees it, a path that cannot be decoded for one. */
export function clientError(error: Pick<FastifyError, 'statusCode' | 'code' | 'message'>): OrgError {
    const status = error.statusCode ?? 400;
    if (status === 415) return new OrgError(415, 'UNSUPPORTED_MEDIA_TYPE', error.message);
    if (status === 413) return new OrgError(413, 'LIMIT_EXCEEDED', 'Maximum size of request reached.');
    return new OrgError(status, 'INVALID_REQUEST', error.message);
}

/** A request line or headers that are too long or no HTTP. What is left of it is read, or the answer would be lost. */
export function answerBrokenRequest(error: ConnectionError, socket: Socket): void {
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
    const isTooLong = error.code === 'HPE_HEADER_OVERFLOW';
    const status = isTooLong ? '431 Request Header Fields Too Large' : '400 Bad Request';
    socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    socket.resume();
}

const METHODS = ['HEAD', 'GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** The methods of the data API's routes that a URL fits. */
function rememberMethods(app: FastifyInstance): (url: string) => string[] {
    const routes: { methods: string[]; pattern: RegExp }[] = [];
    app.addHook('onRoute', ({ method, url }) => {
        if (!url.startsWith('/services/data/')) return;
        const parts = url.split('/').map((part) => (part.startsWith(':') ? '[^/]+' : part));
        routes.push({ methods: [method].flat(), pattern: new RegExp(`^${parts.join('/')}$`) });
    });
    return (url) => {
        const [path = ''] = url.split('?');
        const fitting = routes.filter(({ pattern }) => pattern.test(path));
        const known = new Set(fitting.flatMap(({ methods }) => methods));
        return METHODS.filter((method) => known.has(method));
    };
}

export function notFound(message = 'The requested resource does not exist'): OrgError {
    return new OrgError(404, 'NOT_FOUND', message);
}

export function sendError(reply: FastifyReply, error: OrgError): FastifyReply {
    return reply.code(error.status).send(errorBody(error));
}

export function errorBody({ errorCode, message, fields }: OrgError): object[] {
    return [{ message, errorCode, ...(fields.length ? { fields } : {}) }];
}
