// How often an org, a user of it, and an address that fails to sign in may call. Counted in memory by process.
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { HttpProblem } from './error-catalogue.ts';

export interface RateLimits {
    perUserAMinute: number;
    perTenantAMinute: number;
    /** Failed sign-ins of one address. Only failures: many orgs of Salesforce call from one address, and the noise of one
     *  must not refuse another. Keys are random 256 bits, so that guessing is noise and nothing else. */
    perAddressAMinute: number;
}

export const DEFAULT_RATE_LIMITS: RateLimits = {
    perUserAMinute: 30,
    perTenantAMinute: 300,
    perAddressAMinute: 120
};

/** Callers that are counted at once; with more, those seen longest ago are forgotten. */
const MOST_KEYS = 50_000;

type Check = (
    request: FastifyRequest
) => Promise<{ isAllowed: boolean; isExceeded?: boolean; ttlInSeconds?: number }>;

export interface LimitChecks {
    failedSignIn: (request: FastifyRequest) => Promise<void>;
    tenantAndUser: (request: FastifyRequest) => Promise<void>;
}

export async function registerRateLimits(app: FastifyInstance, limits: RateLimits): Promise<LimitChecks> {
    await app.register(rateLimit, { global: false });
    const limiter = (max: number, keyGenerator: (request: FastifyRequest) => string): Check => {
        // `cache` is read, though its types do not say so.
        const options = { max, timeWindow: '1 minute', keyGenerator, cache: MOST_KEYS };
        return app.createRateLimit(options) as Check;
    };
    const address = limiter(limits.perAddressAMinute, (request) => `address:${request.ip}`);
    const tenant = limiter(limits.perTenantAMinute, (request) => `org:${request.tenant?.orgId}`);
    const user = limiter(
        limits.perUserAMinute,
        (request) => `user:${request.tenant?.orgId}:${request.spmUser}`
    );
    return {
        failedSignIn: (request) => refuseAbove(address, request),
        tenantAndUser: async (request) => {
            await refuseAbove(tenant, request);
            if (request.spmUser) await refuseAbove(user, request);
        }
    };
}

async function refuseAbove(check: Check, request: FastifyRequest): Promise<void> {
    const outcome = await check(request);
    if (outcome.isAllowed || !outcome.isExceeded) return;
    throw new HttpProblem('RATE_LIMITED', 'request rate', {
        'retry-after': String(outcome.ttlInSeconds ?? 60)
    });
}
