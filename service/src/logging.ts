// What the log may hold: levels, request and run ids, counts and codes. Credentials, names and amounts are removed here,
// by path, whatever object is logged; record contents are never handed to the log in the first place.
import type { LoggerOptions } from 'pino';

/** Property names whose values never reach the log, at the top of a logged object or one or two levels below. */
export const SECRET_NAMES = [
    'authorization',
    'Authorization',
    'cookie',
    'key',
    'password',
    'token',
    'accessToken',
    'access_token',
    'clientSecret',
    'client_secret',
    'keySha256',
    'name',
    'Name',
    'firstName',
    'lastName',
    'email',
    'amount',
    'Amount',
    'amountMinor',
    'subject',
    'Subject',
    'label',
    'evidence'
];

export function loggerOptions(level: string): LoggerOptions {
    const paths = SECRET_NAMES.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);
    return {
        level,
        base: { service: 'plumbline' },
        timestamp: isoTime(),
        redact: { paths, censor: '[removed]' },
        serializers: { req: requestLine, res: responseLine, err: errorLine }
    };
}

/** As pino's own, written once for all lines of a millisecond: under load there are many. */
function isoTime(): () => string {
    let at = NaN;
    let written = '';
    return () => {
        const now = Date.now();
        if (now !== at) written = `,"time":"${new Date(now).toISOString()}"`;
        at = now;
        return written;
    };
}

interface LoggedRequest {
    method: string;
    routeOptions?: { url?: string };
    url: string;
}

/** Method and route pattern: the raw URL is left out, since anybody can write anything into it. */
function requestLine(request: LoggedRequest): object {
    return { method: request.method, route: request.routeOptions?.url ?? 'unknown' };
}

function responseLine(reply: { statusCode: number }): object {
    return { statusCode: reply.statusCode };
}

/** Code and place of an error. Messages of foreign errors may quote record values or addresses, so they stay out. */
function errorLine(error: Error & { code?: string; errorCode?: string }): object {
    const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
    return {
        type: error.constructor.name,
        code: error.errorCode ?? error.code ?? 'UNEXPECTED',
        at: frames.slice(0, 4).map((line) => line.trim())
    };
}
