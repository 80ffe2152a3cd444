// The org over HTTP: every family of routes registered by name, so that this list is what the local org answers.
// Owns the listening and the order of the hooks; what an answer is belongs to the routes.
import { fastify, type FastifyInstance } from 'fastify';
import type { AddressInfo } from 'node:net';
import { createApexRuntime } from './apex/runtime.ts';
import { registerLightning } from './lightning/routes.ts';
import type { LocalOrg } from './local-org.ts';
import { OrgError } from './org.ts';
import { registerBulkIngest } from './routes/bulk-ingest.ts';
import { registerBulkQuery } from './routes/bulk-query.ts';
import { registerCompositeTree } from './routes/composite-tree.ts';
import { collectionRoutes } from './routes/composite.ts';
import { registerDataRoutes } from './routes/data-routes.ts';
import { describeRoutes } from './routes/describe.ts';
import { registerErrors } from './routes/errors.ts';
import { registerFaults } from './routes/faults.ts';
import { registerLimits } from './routes/limits.ts';
import { registerLocal } from './routes/local.ts';
import { registerMetadata } from './routes/metadata.ts';
import { registerOAuth } from './routes/oauth.ts';
import { navigationRoutes } from './routes/navigation.ts';
import { registerPartnerSoap } from './routes/partner-soap.ts';
import { queryRoutes } from './routes/query.ts';
import { recentRoutes } from './routes/recent.ts';
import { collectRoutes } from './routes/route-list.ts';
import { sobjectRoutes } from './routes/sobjects.ts';
import { registerSubrequests } from './routes/subrequests.ts';
import { registerTooling } from './routes/tooling.ts';
import { registerVersions } from './routes/versions.ts';

export interface StartOptions {
    org: LocalOrg;
    /** 0 (default): any free port. */
    port?: number;
    host?: string;
}

export interface RunningOrg {
    url: string;
    app: FastifyInstance;
    /** Every route, as `GET /services/data/:version/query`. */
    routes: readonly string[];
    /** Stops answering; the org itself stays open and is closed by whoever created it. */
    close(): Promise<void>;
}

/** The APIs without the Lightning pages. */
export function buildApp(org: LocalOrg): FastifyInstance {
    const app = createApp();
    registerApis(app, org);
    return app;
}

function createApp(): FastifyInstance {
    return fastify({
        bodyLimit: 50_000_000,
        // A proxy on this machine may speak https for the org; the URLs in answers are then https, too.
        trustProxy: 'loopback',
        // `sf org login access-token` stores the instance URL with a trailing slash, so calls arrive as //services/...
        rewriteUrl: (request) => (request.url ?? '/').replace(/^\/+/, '/'),
        routerOptions: { caseSensitive: true, maxParamLength: 1000, ignoreTrailingSlash: false }
    });
}

function registerApis(app: FastifyInstance, org: LocalOrg): void {
    acceptEmptyJson(app);
    registerErrors(app);
    registerFaults(app, org);
    registerLimits(app, org);
    registerVersions(app, org);
    registerOAuth(app, org);
    const dataRoutes = [
        ...queryRoutes(org),
        ...describeRoutes(org),
        ...recentRoutes(org),
        ...navigationRoutes(org),
        ...sobjectRoutes(org),
        ...collectionRoutes(org)
    ];
    registerDataRoutes(app, org, dataRoutes);
    registerSubrequests(app, org, dataRoutes);
    registerCompositeTree(app, org);
    registerBulkQuery(app, org, org.auth.authenticate, org.bulkJobs);
    registerBulkIngest(app, org, org.auth.authenticate, org.bulkJobs);
    registerMetadata(app, org);
    registerTooling(app, org);
    registerPartnerSoap(app);
    registerLocal(app, org);
}

/** Clients send `Content-Type: application/json` with nothing behind it, on DELETE for one. */
function acceptEmptyJson(app: FastifyInstance): void {
    app.removeContentTypeParser('application/json');
    app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
        try {
            done(null, body === '' ? null : JSON.parse(body as string));
        } catch (error) {
            done(new OrgError(400, 'JSON_PARSER_ERROR', (error as Error).message));
        }
    });
}

export async function startLocalOrg({
    org,
    port = 0,
    host = '127.0.0.1'
}: StartOptions): Promise<RunningOrg> {
    const app = createApp();
    const routes = collectRoutes(app);
    registerApis(app, org);
    registerLightning(app, org, org.auth.authenticate, createApexRuntime(org));
    await app.listen({ port, host });
    const address = app.server.address() as AddressInfo;
    return { url: `http://${host}:${address.port}`, app, routes, close: () => app.close() };
}
