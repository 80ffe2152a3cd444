// The app that the orgs call, built from its collaborators so that tests can build it too: every route by name. What the
// operator calls is operator-app.ts, on a listener of its own. Does not listen and reads no environment; main.ts does.
import type { FastifyInstance } from 'fastify';
import { registerAuth } from './http/auth.ts';
import { bareApp } from './http/bare-app.ts';
import type { BareDeps } from './http/bare-app.ts';
import { registerConnectionRoutes } from './http/routes/connection.ts';
import type { ScheduleFacts, VerifyOutbound } from './http/routes/connection.ts';
import { registerFactRoutes } from './http/routes/facts.ts';
import { registerHealthRoutes } from './http/routes/health.ts';
import type { Readiness } from './http/routes/health.ts';
import { registerRunRoutes } from './http/routes/runs.ts';
import { DEFAULT_SHEDDING_LIMITS } from './http/shedding.ts';
import type { TenantRegistry } from './tenants/tenant-registry.ts';
import type { ImportBatch } from './usecases/ports/facts.ts';
import type { RunDesk } from './usecases/ports/runs.ts';

export interface AppDeps extends BareDeps {
    tenants: TenantRegistry;
    schedule: ScheduleFacts;
    runs: RunDesk;
    verifyOutbound: VerifyOutbound;
    importFacts: ImportBatch;
    readiness: Readiness;
}

export async function buildApp(deps: AppDeps): Promise<FastifyInstance> {
    const { app, limits } = await bareApp(
        { sheddingLimits: DEFAULT_SHEDDING_LIMITS, ...deps },
        {
            title: 'Plumbline service',
            description: 'Commands for the Salesforce org that is connected. Results are read in Salesforce.',
            securitySchemes: {
                orgKey: {
                    type: 'http',
                    scheme: 'basic',
                    description: 'organization id and key of the org'
                }
            }
        }
    );
    registerHealthRoutes(app, deps.readiness);
    await app.register(async (signedIn) => {
        registerAuth(signedIn, deps.tenants);
        signedIn.addHook('preHandler', limits.tenantAndUser);
        registerRunRoutes(signedIn, deps.runs);
        registerConnectionRoutes(signedIn, deps);
        registerFactRoutes(signedIn, deps.importFacts);
    });
    await app.ready();
    return app;
}
