// The check an admin runs in Setup: this request proves the way in, a token call proves the way out.
import type { FastifyInstance } from 'fastify';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { OutboundCheck } from '../../usecases/ports.ts';
import { tenantOf } from '../auth.ts';
import { ErrorSchema, VerifyAnswerSchema } from '../schemas.ts';

export type VerifyOutbound = (orgId: string) => Promise<OutboundCheck>;

export function registerConnectionRoutes(app: FastifyInstance, verifyOutbound: VerifyOutbound): void {
    app.withTypeProvider<TypeBoxTypeProvider>().post(
        '/v1/connection/verify',
        {
            schema: {
                summary: 'Checks both directions between the org and the service',
                response: { 200: VerifyAnswerSchema, '4xx': ErrorSchema, '5xx': ErrorSchema }
            }
        },
        async (request) => ({
            inbound: { ok: true },
            outbound: await verifyOutbound(tenantOf(request).orgId)
        })
    );
}
