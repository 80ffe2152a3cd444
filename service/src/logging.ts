// What the log may hold: levels, request and run ids, counts and codes. Credentials, names and amounts are removed here,
// by path, whatever object is logged; record contents are never handed to the log in the first place.
import { destination, stdTimeFunctions } from 'pino';
import type { DestinationStream, LoggerOptions } from 'pino';

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

const WRITE_AT_BYTES = 16_384;
const WRITE_EVERY_MS = 200;

/** Lines are written many at a time, and none of them waited for: one by one they cost a tenth of the work of answering. What has
 *  not been written is when the process ends by itself or is told to; killed, it loses the lines of the last WRITE_EVERY_MS.
 *  @param dest a path; left out: standard output */
export function logDestination(dest?: string): DestinationStream {
    return destination({
        ...(dest === undefined ? {} : { dest }),
        sync: false,
        minLength: WRITE_AT_BYTES,
        maxWrite: 4 * WRITE_AT_BYTES,
        periodicFlush: WRITE_EVERY_MS
    });
}

export function loggerOptions(level: string): LoggerOptions {
    const paths = SECRET_NAMES.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);
    return {
        level,
        base: { service: 'plumbline' },
        timestamp: stdTimeFunctions.isoTime,
        redact: { paths, censor: '[removed]' },
        serializers: { req: requestLine, res: responseLine, err: errorLine }
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
