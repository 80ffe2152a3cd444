// Every route the org answers, as `GET /services/data/:version/query`, collected while they are registered. Tests and
// docs hold their own lists against it, so that no door is added without a word about who may pass.
import type { FastifyInstance, RouteOptions } from 'fastify';

/** To be called before the first route is registered; the list fills as the routes come. */
export function collectRoutes(app: FastifyInstance): readonly string[] {
    const routes: string[] = [];
    app.addHook('onRoute', ({ method, url }: RouteOptions) => {
        for (const one of [method].flat()) if (one !== 'HEAD') routes.push(`${one} ${url}`);
    });
    return routes;
}
