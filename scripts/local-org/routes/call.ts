// The caller of a REST request, with everything the request may do.
import type { FastifyRequest } from 'fastify';
import type { LocalOrg } from '../local-org.ts';
import type { CallContext } from '../org.ts';

export function callOf(org: LocalOrg, request: FastifyRequest): CallContext {
    return { user: org.auth.authenticate(request), mode: 'user' };
}
