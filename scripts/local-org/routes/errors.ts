// Every error leaves the org as Salesforce writes it: `[{ errorCode, message, fields? }]`. Failures of the org itself are
// written to stderr and answered without their inside.
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import { OrgError } from '../org.ts';

export function registerErrors(app: FastifyInstance): void {
    app.setErrorHandler((error: FastifyError, request, reply) => {
        if (error instanceof OrgError) return sendError(reply, error);
        if (error.statusCode && error.statusCode < 500) {
            const errorCode =
                error.code?.includes('JSON') || error instanceof SyntaxError
                    ? 'JSON_PARSER_ERROR'
                    : 'INVALID_REQUEST';
            return sendError(reply, new OrgError(error.statusCode, errorCode, error.message));
        }
        process.stderr.write(`local org: ${request.method} ${request.url} failed: ${error.stack}\n`);
        return sendError(
            reply,
            new OrgError(500, 'UNKNOWN_EXCEPTION', "An unexpected error occurred; see the org's log")
        );
    });
    app.setNotFoundHandler((_request, reply) => sendError(reply, notFound()));
}

export function notFound(message = 'The requested resource does not exist'): OrgError {
    return new OrgError(404, 'NOT_FOUND', message);
}

export function sendError(reply: FastifyReply, error: OrgError): FastifyReply {
    return reply.code(error.status).send(errorBody(error));
}

export function errorBody({ errorCode, message, fields }: OrgError): object[] {
    return [{ message, errorCode, ...(fields.length ? { fields } : {}) }];
}
