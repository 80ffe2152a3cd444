// The log of one request, made when the request has something to say: most have not, and making it costs more than looking
// up who calls.
import type { FastifyBaseLogger } from 'fastify';

const METHODS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;

type Bindings = Parameters<FastifyBaseLogger['child']>[0];

export class RequestLog {
    readonly #parent: FastifyBaseLogger;
    readonly #bindings: Bindings;
    #made: FastifyBaseLogger | null = null;

    constructor(parent: FastifyBaseLogger, bindings: Bindings) {
        this.#parent = parent;
        this.#bindings = bindings;
    }

    get log(): FastifyBaseLogger {
        return (this.#made ??= this.#parent.child(this.#bindings));
    }

    get level(): string {
        return this.#parent.level;
    }

    silent(): void {}

    child(...given: Parameters<FastifyBaseLogger['child']>): FastifyBaseLogger {
        return this.log.child(...given);
    }
}

for (const method of METHODS)
    Object.defineProperty(RequestLog.prototype, method, {
        value(this: RequestLog, ...said: unknown[]): void {
            Reflect.apply(this.log[method], this.log, said);
        }
    });

/** For `childLoggerFactory` of Fastify. */
export function requestLog(parent: FastifyBaseLogger, bindings: Bindings): FastifyBaseLogger {
    return new RequestLog(parent, bindings) as RequestLog & FastifyBaseLogger;
}
