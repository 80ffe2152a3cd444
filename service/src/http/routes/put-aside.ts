// The operator's routes to runs that were given up: which they are, and to have one tried again.
import type { FastifyInstance } from 'fastify';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Type from 'typebox';
import type { RunRecord, RunsPutAside } from '../../usecases/ports/runs.ts';
import { HttpProblem } from '../error-catalogue.ts';
import { ErrorSchema, RunKeySchema } from '../schemas.ts';

const ERRORS = { '4xx': ErrorSchema, '5xx': ErrorSchema };
const SECURITY = [{ operatorKey: [] }];

const RunSchema = Type.Object({
    runKey: Type.String(),
    orgId: Type.String(),
    kind: Type.String(),
    period: Type.Union([Type.String(), Type.Null()]),
    status: Type.String(),
    requestedAt: Type.String(),
    errors: Type.Array(Type.Object({ code: Type.String(), message: Type.String() }))
});
const PutAsideSchema = Type.Intersect([RunSchema, Type.Object({ putAsideAt: Type.String() })]);

export function registerPutAsideRoutes(app: FastifyInstance, putAside: RunsPutAside): void {
    const routes = app.withTypeProvider<TypeBoxTypeProvider>();
    routes.get(
        '/v1/runs-put-aside',
        {
            schema: {
                summary: 'Runs of all orgs that broke each time they were tried, oldest first',
                security: SECURITY,
                response: { 200: Type.Array(PutAsideSchema), ...ERRORS }
            }
        },
        async () =>
            (await putAside.list()).map(({ run, putAsideAt }) => ({ ...operatorView(run), putAsideAt }))
    );
    routes.post(
        '/v1/runs-put-aside/:runKey/replay',
        {
            schema: {
                summary: 'Has a run that was put aside tried again under its key',
                security: SECURITY,
                params: RunKeySchema,
                response: { 202: RunSchema, ...ERRORS }
            }
        },
        async (request, reply) => {
            const run = await putAside.replay(request.params.runKey);
            if (!run) throw new HttpProblem('RUN_NOT_PUT_ASIDE', 'runKey');
            request.log.info({ runKey: run.runKey, orgId: run.orgId }, 'run taken up again');
            return reply.code(202).send(operatorView(run));
        }
    );
}

function operatorView({ runKey, orgId, kind, period, status, requestedAt, errors }: RunRecord) {
    return {
        runKey,
        orgId,
        kind: kind.toLowerCase(),
        period,
        status: status.toLowerCase(),
        requestedAt,
        errors: errors.map(({ code, message }) => ({ code, message }))
    };
}
