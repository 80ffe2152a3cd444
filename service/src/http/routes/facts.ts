// Facts about people from outside the CRM come in here, a batch at a time. What a batch says is never logged.
import type { FastifyInstance } from 'fastify';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { Static } from 'typebox';
import { withChecksum } from '../../domain/pipeline/id-index.ts';
import { Ratio } from '../../domain/ratio.ts';
import type { FactBatch } from '../../domain/scorecards/fact-batch.ts';
import type { ImportOutcome } from '../../usecases/import-facts.ts';
import { tenantOf } from '../auth.ts';
import { HttpProblem } from '../error-catalogue.ts';
import { FactBatchSchema, FactsAnswerSchema } from '../fact-schemas.ts';
import { ErrorSchema } from '../schemas.ts';

export type ImportBatch = (orgId: string, batch: FactBatch) => Promise<ImportOutcome>;

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
            const batch = batchOf(request.body);
            const { status, ...told } = await importBatch(tenantOf(request).orgId, batch);
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

function batchOf(body: Static<typeof FactBatchSchema>): FactBatch {
    const { batch, source, stated, facts } = body;
    const extractedAt = Date.parse(body.extractedAt);
    if (!(extractedAt <= Date.now() + CLOCK_MS)) throw new HttpProblem('INVALID_REQUEST', 'body/extractedAt');
    return {
        batch,
        source,
        extractedAt,
        stated: { count: stated.count, total: Ratio.parseDecimal(stated.total)! },
        facts: facts.map(({ person, n = 1, subject = null, attributes = {}, ...fact }) => ({
            ...fact,
            person: withChecksum(person.slice(0, 15)),
            n,
            subject,
            attributes
        }))
    };
}
