// The operator of the service: whoever has the operator key registers orgs, rotates their keys and stops them. A door of
// its own: no key of an org opens it, and the operator key opens nothing else.
import type { FastifyInstance } from 'fastify';
import { matchingSum } from '../tenants/org-key.ts';
import { HttpProblem } from './error-catalogue.ts';

export function registerOperatorAuth(app: FastifyInstance, operatorKeySha256: string): void {
    app.addHook('onRequest', async (request) => {
        const key = /^Bearer ([!-~]{1,512})$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
        if (matchingSum(key, [operatorKeySha256]) !== null) return;
        throw new HttpProblem('OPERATOR_UNAUTHORIZED', 'authorization', {
            'www-authenticate': 'Bearer realm="plumbline"'
        });
    });
}
