// Turns whatever was thrown into the one error shape. A 5xx says nothing of the inside; the log has the place.
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ERRORS, HttpProblem } from './error-catalogue.ts';
import type { ErrorCode } from './error-catalogue.ts';

export function registerErrorHandler(app: FastifyInstance): void {
    app.setErrorHandler((error: FastifyError | HttpProblem, request, reply) => {
        const problem = asProblem(error);
        if (ERRORS[problem.code].status >= 500) request.log.error({ err: error }, 'request failed');
        send(problem, request, reply);
    });
    app.setNotFoundHandler((request, reply) => send(new HttpProblem('NOT_FOUND', 'path'), request, reply));
}

function send(problem: HttpProblem, request: FastifyRequest, reply: FastifyReply): void {
    const { status, message, fix } = ERRORS[problem.code];
    const error = { code: problem.code, message, where: problem.where, fix, requestId: request.id };
    reply.code(status).headers(problem.headers).send({ error });
}

const FASTIFY_CODES: Record<string, ErrorCode> = {
    FST_ERR_CTP_BODY_TOO_LARGE: 'BODY_TOO_LARGE',
    FST_ERR_CTP_INVALID_MEDIA_TYPE: 'UNSUPPORTED_MEDIA_TYPE',
    FST_ERR_CTP_EMPTY_JSON_BODY: 'INVALID_JSON',
    FST_ERR_CTP_INVALID_JSON_BODY: 'INVALID_JSON',
    FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'INVALID_REQUEST'
};

function asProblem(error: FastifyError | HttpProblem): HttpProblem {
    if (error instanceof HttpProblem) return error;
    if (error.validation) {
        const place = error.validation[0]?.instancePath ?? '';
        return new HttpProblem('INVALID_REQUEST', `${error.validationContext ?? 'body'}${place}`);
    }
    if (error instanceof SyntaxError && error.statusCode === 400)
        return new HttpProblem('INVALID_JSON', 'body');
    return new HttpProblem(
        FASTIFY_CODES[error.code] ?? 'INTERNAL',
        error.code in FASTIFY_CODES ? 'body' : 'service'
    );
}
