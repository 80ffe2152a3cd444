// The app that the operator of the service calls: orgs as tenants, their keys, runs that were put aside. It listens on a port of
// its own, kept inside the operator's network; the port the orgs call knows none of these routes.
import type { FastifyInstance } from 'fastify';
import { bareApp } from './http/bare-app.ts';
import type { BareDeps } from './http/bare-app.ts';
import { registerOperatorAuth } from './http/operator-auth.ts';
import { registerPutAsideRoutes } from './http/routes/put-aside.ts';
import { registerTenantRoutes } from './http/routes/tenants.ts';
import type { TenantRegistry } from './tenants/tenant-registry.ts';
import type { RunsPutAside } from './usecases/ports/runs.ts';

export interface OperatorDeps extends BareDeps {
    /** SHA-256 of the operator's key */
    operatorKeySha256: string;
    tenants: TenantRegistry;
    putAside: RunsPutAside;
}

export async function buildOperatorApp(deps: OperatorDeps): Promise<FastifyInstance> {
    const { app } = await bareApp(deps, {
        title: 'Plumbline service, for its operator',
        description: 'The orgs the service works for, their keys, and runs that were put aside.',
        securitySchemes: {
            operatorKey: {
                type: 'http',
                scheme: 'bearer',
                description: 'key of whoever runs the service'
            }
        }
    });
    await app.register(async (operator) => {
        registerOperatorAuth(operator, deps.operatorKeySha256);
        registerTenantRoutes(operator, deps.tenants);
        registerPutAsideRoutes(operator, deps.putAside);
    });
    await app.ready();
    return app;
}
