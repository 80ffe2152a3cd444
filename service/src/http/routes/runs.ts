// Asking for a run and following it: counts and states, never CRM records.
import type { FastifyInstance } from 'fastify';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { Static } from 'typebox';
import type { RunDesk, RunRecord, RunRequest } from '../../usecases/ports/runs.ts';
import { tenantOf } from '../auth.ts';
import { HttpProblem } from '../error-catalogue.ts';
import { traceIdOf } from '../../trace.ts';
import {
    ErrorSchema,
    RunAcceptedSchema,
    RunCancelSchema,
    RunKeySchema,
    RunRequestSchema,
    RunStatusSchema
} from '../schemas.ts';

export function registerRunRoutes(app: FastifyInstance, runs: RunDesk): void {
    const routes = app.withTypeProvider<TypeBoxTypeProvider>();
    routes.post(
        '/v1/runs',
        {
            schema: {
                summary: 'Asks for a run; one that is under way is answered instead of a second one',
                body: RunRequestSchema,
                response: { 202: RunAcceptedSchema, '4xx': ErrorSchema, '5xx': ErrorSchema }
            }
        },
        async (request, reply) => {
            const asked = await runs.request({
                orgId: tenantOf(request).orgId,
                ...workOf(request.body),
                trigger: 'Manual',
                requestedBy: request.spmUser,
                traceId: traceIdOf(request.headers.traceparent),
                scope: 'scope' in request.body && request.body.scope === 'full' ? 'Full' : null
            });
            if (!asked) throw new HttpProblem('STOPPING', 'service', { 'retry-after': '60' });
            request.log.info(
                {
                    runKey: asked.run.runKey,
                    traceId: asked.run.traceId,
                    alreadyRunning: asked.alreadyRunning
                },
                'run requested'
            );
            const { runKey, status } = asked.run;
            return reply
                .code(202)
                .send({ runKey, status: status.toLowerCase(), alreadyRunning: asked.alreadyRunning });
        }
    );
    routes.get(
        '/v1/runs/:runKey',
        {
            schema: {
                summary: 'Counts and state of one run of the calling org',
                params: RunKeySchema,
                response: { 200: RunStatusSchema, '4xx': ErrorSchema, '5xx': ErrorSchema }
            }
        },
        async (request) => {
            const run = await runs.find(tenantOf(request).orgId, request.params.runKey);
            if (!run) throw new HttpProblem('RUN_NOT_FOUND', 'runKey');
            return runStatus(run);
        }
    );
    registerCancel(app, runs);
}

function registerCancel(app: FastifyInstance, runs: RunDesk): void {
    app.withTypeProvider<TypeBoxTypeProvider>().post(
        '/v1/runs/:runKey/cancel',
        {
            schema: {
                summary: 'Ends a run of the calling org before it is done; what it has written stays right',
                params: RunKeySchema,
                response: { 202: RunCancelSchema, '4xx': ErrorSchema, '5xx': ErrorSchema }
            }
        },
        async (request, reply) => {
            const { runKey } = request.params;
            const asked = await runs.cancel(tenantOf(request).orgId, runKey);
            if (!asked) throw new HttpProblem('RUN_NOT_FOUND', 'runKey');
            const { run, outcome } = asked;
            if (outcome === 'TooLate') throw new HttpProblem('RUN_NOT_CANCELLED', 'runKey');
            request.log.info({ runKey, outcome }, 'run cancelled');
            return reply.code(202).send({
                runKey,
                status: run.status.toLowerCase(),
                outcome: outcome === 'Cancelled' ? ('cancelled' as const) : ('asked' as const)
            });
        }
    );
}

const KINDS = {
    pipeline: 'Pipeline',
    forecast: 'Forecast',
    scorecards: 'Scorecards',
    pay: 'Pay',
    publication: 'Publication',
    simulation: 'Simulation',
    'data-requests': 'DataRequests'
} as const;

function workOf(body: Static<typeof RunRequestSchema>): Pick<RunRequest, 'kind' | 'period' | 'simulation'> {
    if (body.kind === 'simulation') {
        const { planVersion, against = null, from, to } = body;
        return { kind: KINDS[body.kind], period: null, simulation: { planVersion, against, from, to } };
    }
    return { kind: KINDS[body.kind], period: 'period' in body ? body.period : null };
}

function runStatus(run: RunRecord) {
    const { runKey, stage, trigger, progressPercent, requestedAt, startedAt, finishedAt, dataAsOf } = run;
    return {
        runKey,
        kind: run.kind.toLowerCase(),
        period: run.period,
        status: run.status.toLowerCase(),
        stage: stage.toLowerCase(),
        scope: (run.scope ?? 'Delta').toLowerCase(),
        trigger: trigger.toLowerCase(),
        progressPercent,
        requestedAt,
        startedAt,
        finishedAt,
        dataAsOf,
        counts: run.counts,
        warnings: run.warnings,
        errors: run.errors
    };
}
