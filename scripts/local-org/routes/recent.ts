// GET /recent and the recentItems of GET /sobjects/:type: what the caller looked at last, as far as he still may see it.
import type { LocalOrg } from '../local-org.ts';
import { OrgError } from '../org.ts';
import type { CallContext, QueriedRecord } from '../org.ts';
import { mayReadObject, accessOf } from '../soql/access.ts';
import { parseQuery } from '../soql/parse.ts';
import type { DataRoute } from './data-routes.ts';

const USUAL_LIMIT = 200;

export function recentRoutes(org: LocalOrg): DataRoute[] {
    return [
        {
            method: 'GET',
            path: '/recent',
            answer({ ctx, query }) {
                const limit = query['limit'] === undefined ? USUAL_LIMIT : Number(query['limit']);
                if (!Number.isInteger(limit) || limit < 1) {
                    const message = `limit must be a positive whole number, not ${query['limit']}`;
                    throw new OrgError(400, 'INVALID_QUERY_FILTER_OPERATOR', message);
                }
                return { status: 200, body: recentRecords(org, ctx).slice(0, limit) };
            }
        }
    ];
}

/** Newest first, with Id and name. */
export function recentRecords(org: LocalOrg, ctx: CallContext, objectName?: string): QueriedRecord[] {
    const items = org.recentItems.list(ctx.user.userId, objectName);
    const names = new Set(items.map((item) => item.objectName));
    const found = [...names].flatMap((name) =>
        named(
            org,
            ctx,
            name,
            items.filter((item) => item.objectName === name).map(({ id }) => id)
        )
    );
    const byId = new Map(found.map((record) => [record['Id'], record]));
    return items.flatMap(({ id }) => byId.get(id) ?? []);
}

function named(org: LocalOrg, ctx: CallContext, objectName: string, ids: string[]): QueriedRecord[] {
    const object = org.schema.object(objectName);
    if (!object || !mayReadObject(accessOf(ctx), object)) return [];
    const nameField = object.fields.find((field) => field.nameField)?.name;
    const soql = `SELECT Id${nameField ? `, ${nameField}` : ''} FROM ${object.name} WHERE Id IN :ids`;
    return org.queries.query(ctx, soql, { binds: { ids } }).records;
}

/** Remembers the records of a query that says FOR VIEW or FOR REFERENCE. */
export function rememberViewed(
    org: LocalOrg,
    ctx: CallContext,
    soql: string,
    records: QueriedRecord[]
): void {
    if (!/\bFOR\b/i.test(soql) || !parseQuery(soql).marksViewed) return;
    const ids = records.flatMap((record) => {
        const id = record.attributes.url?.split('/').at(-1);
        return id ? [id] : [];
    });
    if (ids.length) org.recentItems.add(ctx.user.userId, records[0]!.attributes.type, ids);
}
