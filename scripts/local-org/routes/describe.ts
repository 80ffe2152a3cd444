// What exists and what the caller may do with it: GET /services/data/:version/sobjects, /sobjects/:type and
// /sobjects/:type/describe. Objects and fields the caller may not read are not in the answer. Shape: schema/describe.ts.
import type { FastifyInstance } from 'fastify';
import { describeGlobal, describeObject, describeSummary } from '../schema/describe.ts';
import { OrgError } from '../org.ts';
import type { UserContext } from '../org.ts';
import type { ObjectDef } from '../schema/types.ts';
import type { LocalOrg } from '../local-org.ts';

interface TypeRoute {
    Params: { version: string; type: string };
}

export function registerDescribe(app: FastifyInstance, org: LocalOrg): void {
    app.get<{ Params: { version: string } }>('/services/data/:version/sobjects', async (request) => {
        const user = org.auth.authenticate(request);
        return describeGlobal(org.schema, user.permissions, request.params.version);
    });
    app.get<TypeRoute>('/services/data/:version/sobjects/:type/describe', async (request) => {
        const user = org.auth.authenticate(request);
        const object = readableObject(org, user, request.params.type);
        return describeObject(
            { db: org.db, schema: org.schema },
            user.permissions,
            object,
            request.params.version
        );
    });
    app.get<TypeRoute>('/services/data/:version/sobjects/:type', async (request) => {
        const user = org.auth.authenticate(request);
        const object = readableObject(org, user, request.params.type);
        return {
            objectDescribe: describeSummary(user.permissions, object, request.params.version),
            recentItems: []
        };
    });
}

/** An object the caller may not read is as unknown as one that does not exist. */
function readableObject(org: LocalOrg, user: UserContext, name: string): ObjectDef {
    const object = org.schema.object(name);
    if (object?.queryable && user.permissions.objectAccess(object.name).read) return object;
    throw new OrgError(404, 'NOT_FOUND', 'The requested resource does not exist');
}
