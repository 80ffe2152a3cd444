// The Fastify app, built from its collaborators so that tests can build it too: every hook and route by name.
// Does not listen and reads no environment; main.ts does.
import { randomUUID } from 'node:crypto';
import swagger from '@fastify/swagger';
import Fastify from 'fastify';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { ENGINE_VERSION } from './engine-version.ts';
import { AccessLog } from './http/access-log.ts';
import { registerAuth } from './http/auth.ts';
import { DEFAULT_TIME_LIMITS, edgeOptions, registerEdge } from './http/edge.ts';
import type { TimeLimits } from './http/edge.ts';
import { registerErrorHandler } from './http/error-handler.ts';
import { registerOperatorAuth } from './http/operator-auth.ts';
import { DEFAULT_RATE_LIMITS, registerRateLimits } from './http/rate-limits.ts';
import type { RateLimits } from './http/rate-limits.ts';
import { registerConnectionRoutes } from './http/routes/connection.ts';
import type { ScheduleFacts, VerifyOutbound } from './http/routes/connection.ts';
import { registerFactRoutes } from './http/routes/facts.ts';
import { registerHealthRoutes } from './http/routes/health.ts';
import type { Readiness } from './http/routes/health.ts';
import { registerPutAsideRoutes } from './http/routes/put-aside.ts';
import { registerRunRoutes } from './http/routes/runs.ts';
import { registerTenantRoutes } from './http/routes/tenants.ts';
import { DEFAULT_SHEDDING_LIMITS, registerShedding } from './http/shedding.ts';
import type { SheddingLimits } from './http/shedding.ts';
import { validatorCompiler } from './http/validator.ts';
import type { RequestSeen } from './metrics/metrics.ts';
import type { TenantRegistry } from './tenants/tenant-registry.ts';
import type { ImportBatch, RunDesk, RunsPutAside } from './usecases/ports.ts';

export interface AppDeps {
    tenants: TenantRegistry;
    /** SHA-256 of the operator's key; null: there is no operator, and no such routes */
    operatorKeySha256: string | null;
    schedule: ScheduleFacts;
    runs: RunDesk;
    putAside: RunsPutAside;
    verifyOutbound: VerifyOutbound;
    importFacts: ImportBatch;
    readiness: Readiness;
    logger: FastifyBaseLogger;
    rateLimits?: RateLimits;
    timeLimits?: TimeLimits;
    sheddingLimits?: SheddingLimits;
    /** told of every request that was answered */
    requestAnswered?: (request: RequestSeen) => void;
}

const BODY_LIMIT_BYTES = 16 * 1024;
const REQUEST_ID = /^[A-Za-z0-9_.:-]{1,64}$/;

export async function buildApp(deps: AppDeps): Promise<FastifyInstance> {
    const app = Fastify({
        loggerInstance: deps.logger,
        logController: new AccessLog(deps.logger),
        bodyLimit: BODY_LIMIT_BYTES,
        ...edgeOptions(deps.timeLimits ?? DEFAULT_TIME_LIMITS),
        forceCloseConnections: 'idle',
        genReqId: (request) => requestId(request.headers['x-request-id'])
    });
    app.setValidatorCompiler(validatorCompiler);
    registerEdge(app);
    app.addHook('onResponse', async (request, reply) =>
        deps.requestAnswered?.({
            method: request.method,
            route: request.routeOptions.url ?? 'unknown',
            status: reply.statusCode,
            seconds: reply.elapsedTime / 1000
        })
    );
    await registerShedding(app, deps.sheddingLimits ?? DEFAULT_SHEDDING_LIMITS);
    const limits = await registerRateLimits(app, deps.rateLimits ?? DEFAULT_RATE_LIMITS);
    registerErrorHandler(app, limits.failedSignIn);
    await registerOpenApi(app);
    registerHealthRoutes(app, deps.readiness);
    await app.register(async (signedIn) => {
        registerAuth(signedIn, deps.tenants);
        signedIn.addHook('preHandler', limits.tenantAndUser);
        registerRunRoutes(signedIn, deps.runs);
        registerConnectionRoutes(signedIn, deps);
        registerFactRoutes(signedIn, deps.importFacts);
    });
    const { operatorKeySha256, tenants } = deps;
    if (operatorKeySha256 !== null) {
        await app.register(async (operator) => {
            registerOperatorAuth(operator, operatorKeySha256);
            registerTenantRoutes(operator, tenants);
            registerPutAsideRoutes(operator, deps.putAside);
        });
    }
    app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
    await app.ready();
    return app;
}

function requestId(given: string | string[] | undefined): string {
    return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
}

async function registerOpenApi(app: FastifyInstance): Promise<void> {
    await app.register(swagger, {
        openapi: {
            openapi: '3.1.0',
            info: {
                title: 'Plumbline service',
                description:
                    'Commands for the Salesforce org that is connected. Results are read in Salesforce.',
                version: ENGINE_VERSION
            },
            components: {
                securitySchemes: {
                    orgKey: {
                        type: 'http',
                        scheme: 'basic',
                        description: 'organization id and key of the org'
                    },
                    operatorKey: {
                        type: 'http',
                        scheme: 'bearer',
                        description: 'key of whoever runs the service'
                    }
                }
            },
            security: [{ orgKey: [] }]
        }
    });
}
