// One line for each request that was answered: its id, method, route pattern, status and time. The pattern and not the address,
// since anybody can write anything into an address. Such lines hold nothing that could be a secret, so they are not searched
// for secrets, which would cost more than answering.
import { LogController } from 'fastify';
import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify';

export class AccessLog extends LogController {
    readonly #log: FastifyBaseLogger;

    constructor(logger: FastifyBaseLogger) {
        super();
        this.#log = logger.child({}, { redact: [] });
    }

    override incomingRequest(): void {}

    override requestCompleted(_error: unknown, request: FastifyRequest, reply: FastifyReply): void {
        const { id, method, routeOptions } = request;
        this.#log.info(
            {
                reqId: id,
                method,
                route: routeOptions.url ?? 'unknown',
                statusCode: reply.statusCode,
                ms: Math.round(reply.elapsedTime * 100) / 100
            },
            'request answered'
        );
    }
}
