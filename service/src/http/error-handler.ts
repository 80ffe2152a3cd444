// Turns whatever was thrown into the one error shape. A 5xx says nothing of the inside; the log has the place.
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ERRORS, HttpProblem } from './error-catalogue.ts';
import type { ErrorCode } from './error-catalogue.ts';
import { SecretUnreadable } from '../tenants/secret-vault.ts';
import { TooManyRuns } from '../usecases/ports/runs.ts';
import { TenantProblem } from '../tenants/tenant-record.ts';

/** @param onFailedSignIn counts it; may throw what is answered instead */
export function registerErrorHandler(
    app: FastifyInstance,
    onFailedSignIn: (request: FastifyRequest) => Promise<void>
): void {
    app.setErrorHandler(async (error: FastifyError | HttpProblem, request, reply) => {
        // The client went away while it was sending: nobody reads the answer.
        if (request.raw.errored && error === request.raw.errored) return reply.hijack();
        let problem = asProblem(error);
        const { status } = ERRORS[problem.code];
        if (status >= 500) request.log.error({ err: error }, 'request failed');
        if (status === 401) problem = await onFailedSignIn(request).then(() => problem, asProblem);
        return sendProblem(problem, request.id, reply);
    });
    app.setNotFoundHandler((request, reply) =>
        sendProblem(new HttpProblem('NOT_FOUND', 'path'), request.id, reply)
    );
}

export function sendProblem(problem: HttpProblem, requestId: string, reply: FastifyReply): FastifyReply {
    return reply
        .code(ERRORS[problem.code].status)
        .headers(problem.headers)
        .send(errorBody(problem, requestId));
}

/** The one shape of every error. */
export function errorBody({ code, where }: HttpProblem, requestId: string): object {
    const { message, fix } = ERRORS[code];
    return { error: { code, message, where, fix, requestId } };
}

const FASTIFY_CODES: Record<string, [code: ErrorCode, where: string]> = {
    FST_ERR_CTP_BODY_TOO_LARGE: ['BODY_TOO_LARGE', 'body'],
    FST_ERR_CTP_INVALID_MEDIA_TYPE: ['UNSUPPORTED_MEDIA_TYPE', 'body'],
    FST_ERR_ROUTE_MISSING_CONTENT_TYPE: ['UNSUPPORTED_MEDIA_TYPE', 'body'],
    FST_ERR_CTP_EMPTY_JSON_BODY: ['INVALID_JSON', 'body'],
    FST_ERR_CTP_INVALID_JSON_BODY: ['INVALID_JSON', 'body'],
    FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['INVALID_REQUEST', 'body'],
    FST_ERR_BAD_URL: ['INVALID_REQUEST', 'path'],
    FST_ERR_MAX_PARAM_LENGTH: ['NOT_FOUND', 'path']
};

const RUNS_RETRY_AFTER_SECONDS = '60';

export function asProblem(error: FastifyError | HttpProblem): HttpProblem {
    if (error instanceof HttpProblem) return error;
    if (error instanceof TenantProblem) return new HttpProblem(error.code, error.where);
    if (error instanceof TooManyRuns)
        return new HttpProblem('RUNS_WAITING', error.whose, { 'retry-after': RUNS_RETRY_AFTER_SECONDS });
    if (error instanceof SecretUnreadable) return new HttpProblem(error.code, 'org');
    if (error.validation) {
        const place = error.validation[0]?.instancePath ?? '';
        return new HttpProblem('INVALID_REQUEST', `${error.validationContext ?? 'body'}${place}`);
    }
    if (error instanceof SyntaxError && error.statusCode === 400)
        return new HttpProblem('INVALID_JSON', 'body');
    return new HttpProblem(...(FASTIFY_CODES[error.code] ?? (['INTERNAL', 'service'] as const)));
}
