// The Tooling API for users who may change the setup: queries, describe, single rows, test runs, package installs. What
// is not a tooling object here is unknown: `sf` reads 404 on SourceMember's describe as "no source tracking".
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { LocalOrg } from '../local-org.ts';
import { mayChangeSetup } from '../metadata/metadata-access.ts';
import { notSupported, OrgError } from '../org.ts';
import type { Permissions, UserContext } from '../org.ts';
import type { PagedQueries } from '../queries.ts';
import { describeGlobal, describeObject, describeSummary } from '../schema/describe.ts';
import type { ObjectDef, Schema } from '../schema/types.ts';
import { createPackages } from '../tooling/packages.ts';
import type { Packages } from '../tooling/packages.ts';
import { createToolingQueries } from '../tooling/queries.ts';
import { createToolingSchema } from '../tooling/schema.ts';
import { createTestJobs } from '../tooling/test-jobs.ts';
import type { TestRequest } from '../tooling/test-jobs.ts';
import { registerApexSoap } from './apex-soap.ts';
import { registerDataRoutes } from './data-routes.ts';
import type { DataAnswer, DataCall } from './data-routes.ts';
import { notFound } from './errors.ts';
import { registerPackageDoor } from './package-door.ts';
import { queryRoutes } from './query.ts';
import { registerStreaming } from './streaming.ts';
import { DATA } from './versions.ts';

const TOOLING = `${DATA}/tooling`;

export function registerTooling(app: FastifyInstance, org: LocalOrg): void {
    const schema = createToolingSchema(org.db, org.schema);
    const queries = createToolingQueries(org, schema);
    const packages = createPackages(org, schema);
    registerToolingQueries(app, { ...org, queries, schema } as LocalOrg);
    registerObjects(app, org, schema);
    registerRows(app, org, schema, queries, packages);
    registerTests(app, org, schema);
    registerPackageDoor(app, packages);
    registerApexSoap(app, org);
    registerStreaming(app, org);
}

/** The query routes of the data API over the tooling objects, one folder down. */
function registerToolingQueries(app: FastifyInstance, tooling: LocalOrg): void {
    const routes = queryRoutes(tooling).map((route) => ({
        ...route,
        path: `/tooling${route.path}`,
        answer(call: DataCall) {
            checkAccess(call.ctx.user);
            return underTooling(route.answer(call));
        }
    }));
    registerDataRoutes(app, tooling, routes);
}

function underTooling(answer: DataAnswer): DataAnswer {
    const body = answer.body as { nextRecordsUrl?: string };
    if (!body?.nextRecordsUrl) return answer;
    const nextRecordsUrl = body.nextRecordsUrl.replace(/(\/v[\d.]+)\//, '$1/tooling/');
    return { ...answer, body: { ...body, nextRecordsUrl } };
}

interface TypeRoute {
    Params: { version: string; type: string; id: string };
}

function registerObjects(app: FastifyInstance, org: LocalOrg, schema: Schema): void {
    app.get<TypeRoute>(`${TOOLING}/sobjects`, async (request) => {
        caller(org, request);
        return describeGlobal(schema, permissions(schema), `${request.params.version}/tooling`);
    });
    app.get<TypeRoute>(`${TOOLING}/sobjects/:type`, async (request) => {
        caller(org, request);
        const object = objectOf(schema, request.params.type);
        const version = `${request.params.version}/tooling`;
        return { objectDescribe: describeSummary(permissions(schema), object, version), recentItems: [] };
    });
    app.get<TypeRoute>(`${TOOLING}/sobjects/:type/describe`, async (request) => {
        caller(org, request);
        const object = objectOf(schema, request.params.type);
        const version = `${request.params.version}/tooling`;
        return describeObject({ db: org.db, schema }, permissions(schema), object, version);
    });
}

function registerRows(
    app: FastifyInstance,
    org: LocalOrg,
    schema: Schema,
    queries: PagedQueries,
    packages: Packages
): void {
    app.get<TypeRoute>(`${TOOLING}/sobjects/:type/:id`, async (request) => {
        const user = caller(org, request);
        const object = objectOf(schema, request.params.type);
        if (!/^[a-zA-Z0-9]{15,18}$/.test(request.params.id)) throw notFound();
        const fields = object.fields.map(({ name }) => name).join(', ');
        const soql = `SELECT ${fields} FROM ${object.name} WHERE Id = '${request.params.id}'`;
        const [record] = queries.query({ user, mode: 'user' }, soql).records;
        if (!record) throw notFound();
        return record;
    });
    app.post<TypeRoute>(`${TOOLING}/sobjects/:type`, async (request, reply) => {
        const user = caller(org, request);
        const { name } = objectOf(schema, request.params.type);
        if (name !== 'PackageInstallRequest') throw notSupported(`creating a ${name} by the Tooling API`);
        const id = packages.install(user, (request.body ?? {}) as Record<string, unknown>);
        return reply.code(201).send({ id, success: true, errors: [], warnings: [], infos: [] });
    });
    for (const method of ['PATCH', 'DELETE'] as const) {
        app.route<TypeRoute>({
            method,
            url: `${TOOLING}/sobjects/:type/:id`,
            handler: async (request) => {
                caller(org, request);
                const { name } = objectOf(schema, request.params.type);
                throw notSupported(`changing or deleting a ${name} by the Tooling API`);
            }
        });
    }
}

function registerTests(app: FastifyInstance, org: LocalOrg, schema: Schema): void {
    const jobs = createTestJobs(org, schema);
    app.post<{ Body: TestRequest | null }>(`${TOOLING}/runTestsSynchronous`, async (request) =>
        jobs.runNow(caller(org, request), request.body ?? {})
    );
    app.post<{ Body: TestRequest | null }>(`${TOOLING}/runTestsAsynchronous`, async (request, reply) =>
        // The answer is the id alone, as a JSON string.
        reply
            .type('application/json')
            .send(JSON.stringify(jobs.start(caller(org, request), request.body ?? {})))
    );
}

function caller(org: LocalOrg, request: FastifyRequest): UserContext {
    const user = org.auth.authenticate(request);
    checkAccess(user);
    return user;
}

function checkAccess(user: UserContext): void {
    if (mayChangeSetup(user)) return;
    throw new OrgError(
        403,
        'INSUFFICIENT_ACCESS',
        'use of the Tooling API requires a user with the ViewSetup permission'
    );
}

function objectOf(schema: Schema, name: string): ObjectDef {
    const object = schema.object(name);
    if (!object) throw notFound();
    return object;
}

/** Who may use the Tooling API may read all of it; only install requests are made by clients. */
function permissions(schema: Schema): Permissions {
    const access = { read: true, create: true, edit: false, delete: false, viewAll: true, modifyAll: false };
    return {
        viewAllData: true,
        modifyAllData: false,
        customizeApplication: true,
        viewSetup: true,
        objectAccess: (name) => ({ ...access, create: schema.object(name)?.createable ?? false }),
        fieldAccess: () => ({ read: true, edit: true }),
        apexClass: () => true,
        tab: () => true,
        app: () => true,
        customPermission: () => true,
        externalCredentialPrincipal: () => false
    };
}
