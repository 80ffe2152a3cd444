// What is refused so that the rest is answered in time: requests beyond as many as this process answers at once, and all of
// them while its event loop is late. Refusing is cheap, as nobody has been looked up yet. Owns no limit of a caller: that is
// rate-limits.ts; runs that wait are bounded by the run desk.
import underPressure from '@fastify/under-pressure';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { HttpProblem } from './error-catalogue.ts';
import { ErrorSchema } from './schemas.ts';

export interface SheddingLimits {
    /** of this process */
    requestsAtOnce: number;
    /** mean of all turns of the event loop between two looks */
    eventLoopDelayMs: number;
    /** one long turn alone is no load: a look lasts longer than any should */
    lookEveryMs: number;
}

export const DEFAULT_SHEDDING_LIMITS: SheddingLimits = {
    requestsAtOnce: 512,
    eventLoopDelayMs: 500,
    lookEveryMs: 5000
};

declare module 'fastify' {
    interface FastifyContextConfig {
        /** Answered however much there is to do: whoever watches the process must not take it for dead. */
        isNeverShed?: boolean;
    }
}

const RETRY_AFTER_SECONDS = '5';

/** Also what the pages of the interface say of every route that can be refused so. */
const BusySchema = {
    ...ErrorSchema,
    description: 'The service has too much to do, is stopping, or too many runs wait',
    headers: { 'retry-after': { type: 'string', description: 'seconds to wait before asking again' } }
};

export async function registerShedding(app: FastifyInstance, limits: SheddingLimits): Promise<void> {
    let underWay = 0;
    app.addHook('onRoute', ({ schema, config }) => {
        const answers = schema?.response as Record<string, unknown> | undefined;
        if (answers && !config?.isNeverShed) answers[503] = BusySchema;
    });
    app.addHook('onRequest', async (request, reply) => {
        // Who is turned away takes no place: callers who ask again at once would keep all others out.
        if (underWay >= limits.requestsAtOnce) return shed(request, 'requests at once');
        underWay += 1;
        // Also when the client goes away before it is answered.
        reply.raw.once('close', () => (underWay -= 1));
    });
    await app.register(underPressure, {
        maxEventLoopDelay: limits.eventLoopDelayMs,
        sampleInterval: limits.lookEveryMs,
        pressureHandler: async (request, _reply, _type, delayMs) => {
            // Nothing was measured: the process was frozen, which says nothing of now.
            if (delayMs !== Infinity) shed(request, 'service');
        }
    });
}

function shed({ routeOptions }: FastifyRequest, where: string): void {
    if (routeOptions.config.isNeverShed) return;
    throw new HttpProblem('SERVICE_BUSY', where, { 'retry-after': RETRY_AFTER_SECONDS });
}
