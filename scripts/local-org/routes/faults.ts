// Where a test's 'unavailable' fault strikes: before any route sees the request.
import type { FastifyInstance } from 'fastify';
import type { LocalOrg } from '../local-org.ts';
import { OrgError } from '../org.ts';

export function registerFaults(app: FastifyInstance, org: LocalOrg): void {
    app.addHook('onRequest', async (request) => {
        const fault = org.faults.take(
            'unavailable',
            ({ path, method }) => (path?.test(request.url) ?? true) && (!method || method === request.method)
        );
        if (fault) {
            throw new OrgError(
                fault.status ?? 503,
                fault.errorCode ?? 'SERVER_UNAVAILABLE',
                'The server is temporarily unavailable.'
            );
        }
    });
}
