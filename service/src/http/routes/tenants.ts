// The operator's routes: which orgs this service works for. A key is in exactly one answer and in no line of the log.
import type { FastifyInstance } from 'fastify';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import { fingerprintOf, sha256Of } from '../../tenants/org-key.ts';
import { TenantProblem, resumed, suspended, withoutKey } from '../../tenants/tenant-record.ts';
import type { KnownTenant, TenantRegistry } from '../../tenants/tenant-registry.ts';
import { ErrorSchema } from '../schemas.ts';
import {
    NewKeySchema,
    NothingSchema,
    OrgAndFingerprintSchema,
    OrgIdSchema,
    RegisteredSchema,
    RegistrationSchema,
    TenantSchema,
    TenantStatusSchema
} from '../tenant-schemas.ts';
import Type from 'typebox';

const ERRORS = { '4xx': ErrorSchema, '5xx': ErrorSchema };
const SECURITY = [{ operatorKey: [] }];

export function registerTenantRoutes(app: FastifyInstance, tenants: TenantRegistry): void {
    registerList(app, tenants);
    registerChanges(app, tenants);
    registerKeys(app, tenants);
}

function registerList(app: FastifyInstance, tenants: TenantRegistry): void {
    const routes = app.withTypeProvider<TypeBoxTypeProvider>();
    routes.get(
        '/v1/tenants',
        {
            schema: {
                summary: 'The orgs this service works for',
                security: SECURITY,
                response: { 200: Type.Array(TenantSchema), ...ERRORS }
            }
        },
        async () => (await tenants.list()).map(tenantView)
    );
    routes.get(
        '/v1/tenants/:orgId',
        {
            schema: {
                summary: 'One org',
                security: SECURITY,
                params: OrgIdSchema,
                response: { 200: TenantSchema, ...ERRORS }
            }
        },
        async (request) => {
            const known = await tenants.find(request.params.orgId);
            if (!known) throw new TenantProblem('TENANT_NOT_FOUND', 'orgId');
            return tenantView(known);
        }
    );
}

function registerChanges(app: FastifyInstance, tenants: TenantRegistry): void {
    const routes = app.withTypeProvider<TypeBoxTypeProvider>();
    routes.post(
        '/v1/tenants',
        {
            schema: {
                summary: 'Registers an org, or takes over what is said of it now',
                security: SECURITY,
                body: RegistrationSchema,
                response: { 200: RegisteredSchema, 201: RegisteredSchema, ...ERRORS }
            }
        },
        async (request, reply) => {
            const { clientSecret, ...details } = request.body;
            const { record, key } = await tenants.register(details, clientSecret);
            const { orgId, status } = record;
            request.log.info({ orgId, status, hasNewKey: key !== null }, 'tenant registered');
            return reply.code(key === null ? 200 : 201).send({ orgId, status, key });
        }
    );
    for (const [word, apply] of [
        ['suspend', suspended],
        ['resume', resumed]
    ] as const) {
        routes.post(
            `/v1/tenants/:orgId/${word}`,
            {
                schema: {
                    summary:
                        word === 'suspend' ? 'Refuses the org and runs nothing for it' : 'Works for it again',
                    security: SECURITY,
                    params: OrgIdSchema,
                    response: { 200: TenantStatusSchema, ...ERRORS }
                }
            },
            async (request) => {
                const { orgId, status } = await tenants.change(request.params.orgId, apply);
                request.log.info({ orgId, status }, 'tenant changed');
                return { orgId, status };
            }
        );
    }
    routes.delete(
        '/v1/tenants/:orgId',
        {
            schema: {
                summary: 'Forgets the org and everything kept of it; again is the same as once',
                security: SECURITY,
                params: OrgIdSchema,
                response: { 204: NothingSchema, ...ERRORS }
            }
        },
        async (request, reply) => {
            await tenants.remove(request.params.orgId);
            request.log.info({ orgId: request.params.orgId }, 'tenant removed');
            return reply.code(204).send(null);
        }
    );
}

function registerKeys(app: FastifyInstance, tenants: TenantRegistry): void {
    const routes = app.withTypeProvider<TypeBoxTypeProvider>();
    routes.post(
        '/v1/tenants/:orgId/keys',
        {
            schema: {
                summary: 'Makes a second key for the org',
                security: SECURITY,
                params: OrgIdSchema,
                response: { 201: NewKeySchema, ...ERRORS }
            }
        },
        async (request, reply) => {
            const { orgId } = request.params;
            const key = await tenants.addKey(orgId);
            const fingerprint = fingerprintOf(sha256Of(key));
            request.log.info({ orgId, fingerprint }, 'key made');
            return reply.code(201).send({ key, fingerprint });
        }
    );
    routes.delete(
        '/v1/tenants/:orgId/keys/:fingerprint',
        {
            schema: {
                summary: 'Ends a key of the org, never its last one',
                security: SECURITY,
                params: OrgAndFingerprintSchema,
                response: { 204: NothingSchema, ...ERRORS }
            }
        },
        async (request, reply) => {
            const { orgId, fingerprint } = request.params;
            await tenants.change(orgId, (record) => withoutKey(record, fingerprint, null));
            request.log.info({ orgId, fingerprint }, 'key ended');
            return reply.code(204).send(null);
        }
    );
}

function tenantView({ record, lastSeenAt }: KnownTenant) {
    const { orgId, myDomain, namespace, status, keys } = record;
    return {
        orgId,
        myDomain,
        namespace,
        status,
        keys: keys.map(({ sha256, createdAt }) => ({ fingerprint: fingerprintOf(sha256), createdAt })),
        lastSeenAt
    };
}
