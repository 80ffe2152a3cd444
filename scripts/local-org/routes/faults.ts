// Where a test's faults strike requests: some before any route sees the request, some at the answer, when the work is
// done. The org's own doors are spared, so that faults can always be looked at and cleared.
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isStruck, type FaultKind, type FaultOf, type RequestPattern } from '../faults.ts';
import type { LocalOrg } from '../local-org.ts';
import { OrgError } from '../org.ts';
import { breakGzip, dropAfter } from './broken-answers.ts';
import { registerFaultDoor } from './fault-door.ts';

type OfRequest = {
    [Kind in FaultKind]: FaultOf<Kind> extends RequestPattern & { kind: Kind } ? Kind : never;
};

export function registerFaults(app: FastifyInstance, org: LocalOrg): void {
    const take = <Kind extends OfRequest[FaultKind]>(kind: Kind, request: FastifyRequest) =>
        request.url.startsWith('/local-org/')
            ? undefined
            : org.faults.take(kind, (fault) => isStruck(fault as RequestPattern, request));

    app.addHook('onRequest', async (request, reply) => {
        const unavailable = take('unavailable', request);
        if (unavailable) {
            throw new OrgError(
                unavailable.status ?? 503,
                unavailable.errorCode ?? 'SERVER_UNAVAILABLE',
                'The server is temporarily unavailable.'
            );
        }
        const limit = take('requestLimit', request);
        if (limit) {
            if (limit.retryAfterSeconds !== undefined)
                reply.header('Retry-After', String(limit.retryAfterSeconds));
            throw new OrgError(
                limit.status ?? 403,
                'REQUEST_LIMIT_EXCEEDED',
                'TotalRequests Limit exceeded.'
            );
        }
        const drop = take('dropConnection', request);
        if (drop) dropAfter(reply.raw, drop.afterBytes ?? 0);
    });

    app.addHook('onSend', async (request, reply, payload) => {
        const slow = take('slowAnswer', request);
        if (slow) await pause(slow.ms, undefined, { ref: false });
        if (!take('brokenGzip', request)) return payload;
        const isPacked = reply.getHeader('content-encoding') === 'gzip';
        reply.header('content-encoding', 'gzip').removeHeader('content-length');
        return breakGzip(payload, isPacked);
    });

    registerFaultDoor(app, org);
}
