// For the platform that runs the process: is it alive, and may traffic be sent to it.
import type { FastifyInstance } from 'fastify';
import { LiveSchema, ReadySchema } from '../schemas.ts';

/** Names of the checks that fail; none when the service may take requests. */
export type Readiness = () => Promise<string[]>;

export function registerHealthRoutes(app: FastifyInstance, readiness: Readiness): void {
    app.get(
        '/health/live',
        {
            config: { isNeverShed: true },
            schema: { summary: 'The process runs', security: [], response: { 200: LiveSchema } }
        },
        () => ({
            status: 'ok'
        })
    );
    app.get(
        '/health/ready',
        {
            config: { isNeverShed: true },
            schema: {
                summary: 'The service may take requests',
                security: [],
                response: { 200: ReadySchema, 503: ReadySchema }
            }
        },
        async (_request, reply) => {
            const failing = await readiness();
            if (failing.length > 0) return reply.code(503).send({ status: 'not ready', failing });
            return { status: 'ready', failing };
        }
    );
}
