// Who calls: Basic authentication with org id and key, and the org's own word in X-Spm-Org. Sets `request.tenant`.
// X-Spm-User is advisory (rate limit and log), never a permission.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Tenant } from '../tenants.ts';
import { HttpProblem } from './error-catalogue.ts';

declare module 'fastify' {
    interface FastifyRequest {
        tenant: Tenant | null;
        spmUser: string | null;
    }
}

/** Compared for unknown orgs too, so that an answer takes the same time whether the org exists or not. */
const NO_KEYS = ['0'.repeat(64)];
const USER_ID = /^005[A-Za-z0-9]{12,15}$/;

export function registerAuth(app: FastifyInstance, tenants: readonly Tenant[]): void {
    const byOrgId = new Map(tenants.map((tenant) => [tenant.orgId, tenant]));
    app.decorateRequest('tenant', null);
    app.decorateRequest('spmUser', null);
    app.addHook('onRequest', async (request) => {
        request.tenant = authenticate(request, byOrgId);
        const user = request.headers['x-spm-user'];
        request.spmUser = typeof user === 'string' && USER_ID.test(user) ? user : null;
    });
}

/** The tenant a registered route works for. */
export function tenantOf(request: FastifyRequest): Tenant {
    if (!request.tenant) throw new HttpProblem('UNAUTHORIZED', 'authorization');
    return request.tenant;
}

function authenticate(request: FastifyRequest, byOrgId: ReadonlyMap<string, Tenant>): Tenant {
    const { username, password } = basicCredentials(request.headers.authorization);
    const tenant = byOrgId.get(username);
    const matches = matchesOneKey(password, tenant?.keySha256 ?? NO_KEYS);
    if (!tenant || !matches) {
        throw new HttpProblem('UNAUTHORIZED', 'authorization', {
            'www-authenticate': 'Basic realm="plumbline"'
        });
    }
    if (request.headers['x-spm-org'] !== tenant.orgId) throw new HttpProblem('ORG_MISMATCH', 'x-spm-org');
    return tenant;
}

function basicCredentials(header: string | undefined): { username: string; password: string } {
    const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(header ?? '')?.[1] ?? '';
    const text = Buffer.from(encoded, 'base64').toString('utf8');
    const colon = text.indexOf(':');
    if (colon < 0) return { username: '', password: '' };
    return { username: text.slice(0, colon), password: text.slice(colon + 1) };
}

/** Looks at every key, also after a match. */
function matchesOneKey(password: string, keySha256: readonly string[]): boolean {
    const given = createHash('sha256').update(password).digest();
    let matches = false;
    for (const sum of keySha256) {
        if (timingSafeEqual(given, Buffer.from(sum, 'hex'))) matches = true;
    }
    return matches;
}
