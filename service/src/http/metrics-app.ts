// The port on which the service's own numbers are read, apart from the one the org calls: it names connected orgs, and is kept
// inside the network it is scraped from.
import Fastify, { LogController } from 'fastify';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';

export interface MetricsText {
    contentType: string;
    text(): Promise<string>;
}

export async function buildMetricsApp(
    metrics: MetricsText,
    logger: FastifyBaseLogger
): Promise<FastifyInstance> {
    const logController = new LogController({ disableRequestLogging: true });
    const app = Fastify({ loggerInstance: logger, logController, bodyLimit: 1 });
    app.get('/metrics', async (_request, reply) =>
        reply.type(metrics.contentType).send(await metrics.text())
    );
    await app.ready();
    return app;
}
