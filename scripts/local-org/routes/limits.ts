// API usage: the Sforce-Limit-Info header on every REST answer, the refusal when the day's calls are used up, /limits.
import type { FastifyInstance } from 'fastify';
import type { LocalOrg } from '../local-org.ts';
import { OrgError } from '../org.ts';
import { DATA } from './versions.ts';

export function registerLimits(app: FastifyInstance, org: LocalOrg): void {
    const { limits } = org;
    app.addHook('onRequest', async (request) => {
        if (!request.url.startsWith('/services/data/v')) return;
        if (limits.isExceeded()) {
            throw new OrgError(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
        }
        limits.count();
    });
    app.addHook('onSend', async (request, reply) => {
        if (request.url.startsWith('/services/data/v')) reply.header('Sforce-Limit-Info', limits.header());
    });

    app.get(`${DATA}/limits`, async (request) => {
        org.auth.authenticate(request);
        const remaining = Math.max(0, limits.dailyApiRequests - limits.usedApiRequests());
        return { DailyApiRequests: { Max: limits.dailyApiRequests, Remaining: remaining } };
    });
}
