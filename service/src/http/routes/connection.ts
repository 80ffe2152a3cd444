// What an org asks about its own connection, signed in with its key: how it stands, a new key, the end. The check proves
// the way in by being answered, and the way out by signing in to the org and looking at what it may do there.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import { ENGINE_VERSION } from '../../engine-version.ts';
import type { ConnectionReport } from '../../tenants/connection-report.ts';
import { fingerprintOf, sha256Of } from '../../tenants/org-key.ts';
import { disconnected, withoutKey } from '../../tenants/tenant-record.ts';
import type { TenantRegistry } from '../../tenants/tenant-registry.ts';
import { tenantOf } from '../auth.ts';
import { ErrorSchema } from '../schemas.ts';
import {
    ConnectionSchema,
    FingerprintSchema,
    NewKeySchema,
    NothingSchema,
    TenantStatusSchema,
    VerifyAnswerSchema,
    VerifyRequestSchema
} from '../tenant-schemas.ts';

/** @param saidDomain the My Domain the org itself tells; null when it does not */
export type VerifyOutbound = (orgId: string, saidDomain: string | null) => Promise<ConnectionReport>;

export interface ScheduleFacts {
    minutes: number;
    forecastHour: number | null;
}

export interface ConnectionDeps {
    tenants: TenantRegistry;
    verifyOutbound: VerifyOutbound;
    schedule: ScheduleFacts;
}

const ERRORS = { '4xx': ErrorSchema, '5xx': ErrorSchema };

export function registerConnectionRoutes(app: FastifyInstance, deps: ConnectionDeps): void {
    const routes = app.withTypeProvider<TypeBoxTypeProvider>();
    routes.get(
        '/v1/connection',
        {
            schema: {
                summary: 'What the service knows of the calling org',
                response: { 200: ConnectionSchema, ...ERRORS }
            }
        },
        async (request) => connectionView(request, deps)
    );
    routes.post(
        '/v1/connection/verify',
        {
            schema: {
                summary: 'Checks both directions between the org and the service',
                body: VerifyRequestSchema,
                response: { 200: VerifyAnswerSchema, ...ERRORS }
            }
        },
        async (request) => ({
            inbound: { ok: true },
            ...(await deps.verifyOutbound(tenantOf(request).orgId, request.body?.myDomain ?? null)),
            connection: await connectionView(request, deps)
        })
    );
    registerOwnKeys(app, deps.tenants);
}

function registerOwnKeys(app: FastifyInstance, tenants: TenantRegistry): void {
    const routes = app.withTypeProvider<TypeBoxTypeProvider>();
    routes.post(
        '/v1/connection/keys',
        {
            schema: {
                summary: 'Makes a second key; the one in use stays until it is ended',
                response: { 201: NewKeySchema, ...ERRORS }
            }
        },
        async (request, reply) => {
            const { orgId } = tenantOf(request);
            const key = await tenants.addKey(orgId);
            const fingerprint = fingerprintOf(sha256Of(key));
            request.log.info({ orgId, fingerprint, user: request.spmUser }, 'key made by the org');
            return reply.code(201).send({ key, fingerprint });
        }
    );
    routes.delete(
        '/v1/connection/keys/:fingerprint',
        {
            schema: {
                summary: 'Ends the other key: not the one signed in with, and never the last',
                params: FingerprintSchema,
                response: { 204: NothingSchema, ...ERRORS }
            }
        },
        async (request, reply) => {
            const { orgId } = tenantOf(request);
            const { fingerprint } = request.params;
            await tenants.change(orgId, (record) => withoutKey(record, fingerprint, request.keySum));
            request.log.info({ orgId, fingerprint, user: request.spmUser }, 'key ended by the org');
            return reply.code(204).send(null);
        }
    );
    routes.post(
        '/v1/connection/disconnect',
        {
            schema: {
                summary: 'Ends the connection: nothing runs any more, the client secret is forgotten',
                response: { 200: TenantStatusSchema, ...ERRORS }
            }
        },
        async (request) => {
            const { orgId, status } = await tenants.change(tenantOf(request).orgId, disconnected);
            request.log.info({ orgId, status, user: request.spmUser }, 'disconnected by the org');
            return { orgId, status };
        }
    );
}

async function connectionView(request: FastifyRequest, { tenants, schedule }: ConnectionDeps) {
    const { orgId, myDomain, namespace, status, keys } = tenantOf(request);
    const known = await tenants.find(orgId);
    return {
        orgId,
        myDomain,
        namespace,
        status,
        keys: keys.map(({ sha256, createdAt }) => ({
            fingerprint: fingerprintOf(sha256),
            createdAt,
            isInUse: sha256 === request.keySum
        })),
        lastSeenAt: known?.lastSeenAt ?? null,
        engineVersion: ENGINE_VERSION,
        schedule
    };
}
