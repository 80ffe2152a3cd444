// What exists and what the caller may do with it: GET /services/data/:version/sobjects, /sobjects/:type and
// /sobjects/:type/describe. Objects and fields the caller may not read are not in the answer. Shape: schema/describe.ts.
import { describeGlobal, describeObject, describeSummary, isDescribed } from '../schema/describe.ts';
import { OrgError } from '../org.ts';
import type { UserContext } from '../org.ts';
import type { ObjectDef } from '../schema/types.ts';
import type { LocalOrg } from '../local-org.ts';
import type { DataRoute } from './data-routes.ts';
import { recentRecords } from './recent.ts';

export function describeRoutes(org: LocalOrg): DataRoute[] {
    return [
        {
            method: 'GET',
            path: '/sobjects',
            answer: ({ ctx, params }) => ({
                status: 200,
                body: describeGlobal(org.schema, ctx.user.permissions, params['version']!)
            })
        },
        {
            method: 'GET',
            path: '/sobjects/:type/describe',
            answer({ ctx, params }) {
                const object = readableObject(org, ctx.user, params['type']!);
                const parts = { db: org.db, schema: org.schema };
                const body = describeObject(parts, ctx.user.permissions, object, params['version']!);
                return { status: 200, body };
            }
        },
        {
            method: 'GET',
            path: '/sobjects/:type',
            answer({ ctx, params }) {
                const object = readableObject(org, ctx.user, params['type']!);
                const objectDescribe = describeSummary(ctx.user.permissions, object, params['version']!);
                return {
                    status: 200,
                    body: { objectDescribe, recentItems: recentRecords(org, ctx, object.name) }
                };
            }
        }
    ];
}

/** An object the caller may not read is as unknown as one that does not exist. */
function readableObject(org: LocalOrg, user: UserContext, name: string): ObjectDef {
    const object = org.schema.object(name);
    if (object && isDescribed(object) && user.permissions.objectAccess(object.name).read) return object;
    throw new OrgError(404, 'NOT_FOUND', 'The requested resource does not exist');
}
