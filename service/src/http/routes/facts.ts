// Facts about people from outside the CRM come in here, a batch at a time. What a batch says is never logged.
import type { FastifyInstance } from 'fastify';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { ImportBatch } from '../../usecases/ports/facts.ts';
import { tenantOf } from '../auth.ts';
import { HttpProblem } from '../error-catalogue.ts';
import { FactBatchSchema, FactsAnswerSchema } from '../fact-schemas.ts';
import { ErrorSchema } from '../schemas.ts';

/** Ten thousand facts with long ids. */
const BODY_LIMIT_BYTES = 8 * 1024 * 1024;
/** Clocks of sources may be ahead by so much. */
const CLOCK_MS = 5 * 60_000;

export function registerFactRoutes(app: FastifyInstance, importBatch: ImportBatch): void {
    app.withTypeProvider<TypeBoxTypeProvider>().post(
        '/v1/facts',
        {
            bodyLimit: BODY_LIMIT_BYTES,
            schema: {
                summary: 'Takes a batch of facts about people; sending it again changes nothing',
                body: FactBatchSchema,
                response: { 200: FactsAnswerSchema, '4xx': ErrorSchema, '5xx': ErrorSchema }
            }
        },
        async (request) => {
            const extractedAt = instantOf(request.body.extractedAt);
            const { status, ...told } = await importBatch(tenantOf(request).orgId, {
                ...request.body,
                extractedAt
            });
            const counts = {
                accepted: told.accepted,
                duplicates: told.duplicates,
                rejected: told.rejected.length
            };
            request.log.info({ status, ...counts }, 'facts imported');
            return { ...told, reconciled: status === 'Reconciled' };
        }
    );
}

/** In milliseconds. Throws where the clock has not been there yet, or no calendar has the day. */
function instantOf(text: string): number {
    const instant = Date.parse(text);
    if (!(instant <= Date.now() + CLOCK_MS)) throw new HttpProblem('INVALID_REQUEST', 'body/extractedAt');
    return instant;
}
