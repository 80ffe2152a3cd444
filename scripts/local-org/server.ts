// The org over HTTP: every family of routes registered by name, so that this list is what the local org answers.
// Owns the listening and the order of the hooks; what an answer is belongs to the routes.
import { fastify, type FastifyInstance } from 'fastify';
import type { AddressInfo } from 'node:net';
import { createApexRuntime } from './apex/runtime.ts';
import { registerLightning } from './lightning/routes.ts';
import type { LocalOrg } from './local-org.ts';
import { registerBulkIngest } from './routes/bulk-ingest.ts';
import { registerBulkQuery } from './routes/bulk-query.ts';
import { registerCompositeTree } from './routes/composite-tree.ts';
import { collectionRoutes } from './routes/composite.ts';
import { registerDataRoutes } from './routes/data-routes.ts';
import { describeRoutes } from './routes/describe.ts';
import { answerBrokenRequest, clientError, registerErrors, sendError } from './routes/errors.ts';
import { registerFaults } from './routes/faults.ts';
import { registerLimits } from './routes/limits.ts';
import { registerLocal } from './routes/local.ts';
import { registerMetadata } from './routes/metadata.ts';
import { registerNamedCredentials } from './routes/named-credentials.ts';
import { registerOAuth } from './routes/oauth.ts';
import { navigationRoutes } from './routes/navigation.ts';
import { registerPartnerSoap } from './routes/partner-soap.ts';
import { queryRoutes } from './routes/query.ts';
import { recentRoutes } from './routes/recent.ts';
import { acceptJson } from './routes/request-bodies.ts';
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

const LONGEST_STANDSTILL_MS = 600_000;

/** The APIs without the Lightning pages. */
export function buildApp(org: LocalOrg): FastifyInstance {
    const app = createApp();
    registerApis(app, org);
    return app;
}

function createApp(): FastifyInstance {
    return fastify({
        bodyLimit: 50_000_000,
        // Apex tests of a deploy stop the clock here for a minute and more on a busy machine: a connection that waits meanwhile must not
        // count as idle, or the client's next request meets its end.
        keepAliveTimeout: LONGEST_STANDSTILL_MS,
        // A proxy on this machine may speak https for the org; the URLs in answers are then https, too.
        trustProxy: 'loopback',
        // `sf org login access-token` stores the instance URL with a trailing slash, so calls arrive as //services/...
        rewriteUrl: (request) => (request.url ?? '/').replace(/^\/+/, '/'),
        routerOptions: {
            caseSensitive: true,
            ignoreTrailingSlash: false,
            // As long as a request line may be: an id that is too long is an unknown one.
            maxParamLength: 16_384,
            // One value for each name, the last one, whatever a client sends.
            querystringParser: (text) => Object.fromEntries(new URLSearchParams(text))
        },
        frameworkErrors: (error, _request, reply) => void sendError(reply, clientError(error)),
        clientErrorHandler: answerBrokenRequest
    });
}

function registerApis(app: FastifyInstance, org: LocalOrg): void {
    acceptJson(app);
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
    registerNamedCredentials(app, org);
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
    const url = `http://${host}:${address.port}`;
    org.address = url;
    return { url, app, routes, close: () => app.close() };
}
