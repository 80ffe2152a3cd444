// What every app of the service has before it has routes: edge, limits of how often, errors of one shape, access log, and the
// document of its interface. Which routes there are, and who may call them, is the app's own.
import { randomUUID } from 'node:crypto';
import swagger from '@fastify/swagger';
import Fastify from 'fastify';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { OpenAPIV3_1 } from 'openapi-types';
import { ENGINE_VERSION } from '../engine-version.ts';
import type { RequestSeen } from '../metrics/metrics.ts';
import { AccessLog } from './access-log.ts';
import { DEFAULT_TIME_LIMITS, edgeOptions, registerEdge } from './edge.ts';
import type { TimeLimits } from './edge.ts';
import { registerErrorHandler } from './error-handler.ts';
import { DEFAULT_RATE_LIMITS, registerRateLimits } from './rate-limits.ts';
import type { RateLimits } from './rate-limits.ts';
import { requestLog } from './request-log.ts';
import { registerShedding } from './shedding.ts';
import type { SheddingLimits } from './shedding.ts';
import { validatorCompiler } from './validator.ts';

export interface BareDeps {
    logger: FastifyBaseLogger;
    rateLimits?: RateLimits;
    timeLimits?: TimeLimits;
    /** without them nobody is turned away: the operator is let in to end what is too much */
    sheddingLimits?: SheddingLimits;
    /** told of every request that was answered */
    requestAnswered?: (request: RequestSeen) => void;
}

export interface InterfaceFacts {
    title: string;
    description: string;
    /** one; every route that names no other is signed in by it */
    securitySchemes: Record<string, OpenAPIV3_1.SecuritySchemeObject>;
}

export interface BareApp {
    app: FastifyInstance;
    limits: Awaited<ReturnType<typeof registerRateLimits>>;
}

const BODY_LIMIT_BYTES = 16 * 1024;
const REQUEST_ID = /^[A-Za-z0-9_.:-]{1,64}$/;

export async function bareApp(deps: BareDeps, facts: InterfaceFacts): Promise<BareApp> {
    const app = Fastify({
        loggerInstance: deps.logger,
        logController: new AccessLog(deps.logger),
        childLoggerFactory: requestLog,
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
    if (deps.sheddingLimits) await registerShedding(app, deps.sheddingLimits);
    const limits = await registerRateLimits(app, deps.rateLimits ?? DEFAULT_RATE_LIMITS);
    registerErrorHandler(app, limits.failedSignIn);
    await registerOpenApi(app, facts);
    return { app, limits };
}

function requestId(given: string | string[] | undefined): string {
    return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
}

async function registerOpenApi(
    app: FastifyInstance,
    { title, description, securitySchemes }: InterfaceFacts
): Promise<void> {
    await app.register(swagger, {
        openapi: {
            openapi: '3.1.0',
            info: { title, description, version: ENGINE_VERSION },
            components: { securitySchemes },
            security: Object.keys(securitySchemes).map((name) => ({ [name]: [] }))
        }
    });
    app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
}
