// Who calls: Basic authentication with org id and key, and the org's own word in X-Spm-Org. Sets `request.tenant`.
// X-Spm-User is advisory (rate limit and log), never a permission.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { matchingSum } from '../tenants/org-key.ts';
import { refuseInactive } from '../tenants/tenant-record.ts';
import type { TenantRecord } from '../tenants/tenant-record.ts';
import type { TenantRegistry } from '../tenants/tenant-registry.ts';
import { HttpProblem } from './error-catalogue.ts';

/** Who signs in: the registry of tenants. */
export type SignIns = Pick<TenantRegistry, 'find' | 'seen'>;

declare module 'fastify' {
    interface FastifyRequest {
        tenant: TenantRecord | null;
        /** SHA-256 of the key the org signed in with. */
        keySum: string | null;
        spmUser: string | null;
    }
}

/** Compared for unknown orgs too, so that an answer takes the same time whether the org exists or not. */
const NO_KEYS = ['0'.repeat(64)];
const USER_ID = /^005[A-Za-z0-9]{12,15}$/;
const ORG_ID = /^00D[A-Za-z0-9]{15}$/;

export function registerAuth(app: FastifyInstance, tenants: SignIns): void {
    app.decorateRequest('tenant', null);
    app.decorateRequest('keySum', null);
    app.decorateRequest('spmUser', null);
    app.addHook('onRequest', async (request) => {
        await signIn(request, tenants);
        const user = request.headers['x-spm-user'];
        request.spmUser = typeof user === 'string' && USER_ID.test(user) ? user : null;
    });
}

/** The tenant a registered route works for. */
export function tenantOf(request: FastifyRequest): TenantRecord {
    if (!request.tenant) throw new HttpProblem('UNAUTHORIZED', 'authorization');
    return request.tenant;
}

async function signIn(request: FastifyRequest, tenants: SignIns): Promise<void> {
    const { username, password } = basicCredentials(request.headers.authorization);
    const known = ORG_ID.test(username) ? await tenants.find(username) : null;
    const sums = known?.record.keys.map(({ sha256 }) => sha256) ?? [];
    const keySum = matchingSum(password, sums.length > 0 ? sums : NO_KEYS);
    if (!known || keySum === null) {
        throw new HttpProblem('UNAUTHORIZED', 'authorization', {
            'www-authenticate': 'Basic realm="plumbline"'
        });
    }
    if (request.headers['x-spm-org'] !== known.record.orgId)
        throw new HttpProblem('ORG_MISMATCH', 'x-spm-org');
    // Only whoever has the key learns that the tenant is stopped.
    refuseInactive(known.record);
    await tenants.seen(known);
    request.tenant = known.record;
    request.keySum = keySum;
}

function basicCredentials(header: string | undefined): { username: string; password: string } {
    const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(header ?? '')?.[1] ?? '';
    const text = Buffer.from(encoded, 'base64').toString('utf8');
    const colon = text.indexOf(':');
    if (colon < 0) return { username: '', password: '' };
    return { username: text.slice(0, colon), password: text.slice(colon + 1) };
}
