// One record over REST: /sobjects/T[/id] and /sobjects/T/ExternalId/value, and the ids changed or deleted in a time span.
// Lists of records are composite.ts; describes are describe.ts.
import { isRecordId } from '../ids.ts';
import type { LocalOrg } from '../local-org.ts';
import { OrgError } from '../org.ts';
import type { CallContext, QueriedRecord, SaveResult } from '../org.ts';
import { isUpsertKey } from '../records/upsert-keys.ts';
import type { FieldDef, ObjectDef } from '../schema/types.ts';
import { accessOf, mayReadField } from '../soql/access.ts';
import type { DataAnswer, DataRoute } from './data-routes.ts';
import { notFound } from './errors.ts';
import { jsonResult, jsonRow, throwSaveErrors } from './json-rows.ts';
import { readRecords } from './read-records.ts';

const ONE_ROW = { allOrNone: false };
/** The record itself does not exist for the caller (with fields, it is one that the record points to). */
const UNSEEN = new Set(['INVALID_CROSS_REFERENCE_KEY', 'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY']);

export function sobjectRoutes(org: LocalOrg): DataRoute[] {
    return [...byId(org), ...byExternalId(org), ...changes(org)];
}

function byId(org: LocalOrg): DataRoute[] {
    const path = '/sobjects/:type/:id';
    return [
        {
            method: 'POST',
            path: '/sobjects/:type',
            answer({ ctx, params, body }) {
                const object = visibleObject(org, ctx, params['type']!);
                const row = jsonRow(org.schema, object.name, body);
                const [result] = org.records.insert(ctx, object.name, [row], ONE_ROW);
                return saved(result!, 201, `/services/data/${params['version']}/sobjects/${object.name}`);
            }
        },
        {
            method: 'GET',
            path,
            answer({ ctx, params, query }) {
                const object = visibleObject(org, ctx, params['type']!);
                const found = readRecords(
                    org,
                    ctx,
                    object,
                    'Id',
                    [idOf(object, params['id']!)],
                    query['fields']
                );
                return { status: 200, body: oneRecord(found) };
            }
        },
        {
            method: 'PATCH',
            path,
            answer({ ctx, params, body }) {
                const object = visibleObject(org, ctx, params['type']!);
                const id = idOf(object, params['id']!);
                const row = jsonRow(org.schema, object.name, body);
                if (Object.keys(row).some((name) => name.toLowerCase() === 'id')) {
                    const message = 'The Id field should not be specified in the sobject data.';
                    throw new OrgError(400, 'INVALID_FIELD', message, ['Id']);
                }
                return done(org.records.update(ctx, object.name, [{ ...row, Id: id }], ONE_ROW));
            }
        },
        {
            method: 'DELETE',
            path,
            answer({ ctx, params }) {
                const object = visibleObject(org, ctx, params['type']!);
                return done(org.records.delete(ctx, [idOf(object, params['id']!)], ONE_ROW));
            }
        }
    ];
}

function byExternalId(org: LocalOrg): DataRoute[] {
    const path = '/sobjects/:type/:field/:value';
    return [
        {
            method: 'GET',
            path,
            answer({ ctx, params, query }) {
                const { object, field } = keyOf(org, ctx, params);
                const found = readRecords(org, ctx, object, field.name, [params['value']!], query['fields']);
                return severalOr(found, () => ({ status: 200, body: oneRecord(found) }));
            }
        },
        {
            method: 'PATCH',
            path,
            answer({ ctx, params, body }) {
                const { object, field } = keyOf(org, ctx, params);
                const row = {
                    ...jsonRow(org.schema, object.name, body ?? {}),
                    [field.name]: params['value']!
                };
                const [result] = org.records.upsert(ctx, object.name, field.name, [row], ONE_ROW);
                if (result!.errors[0]?.statusCode === 'DUPLICATE_EXTERNAL_ID')
                    return several(readRecords(org, ctx, object, field.name, [params['value']!], 'Id'));
                const status = result!.created ? 201 : 200;
                return saved(result!, status, `/services/data/${params['version']}/sobjects/${object.name}`);
            }
        },
        {
            method: 'DELETE',
            path,
            answer({ ctx, params }) {
                const { object, field } = keyOf(org, ctx, params);
                const found = readRecords(org, ctx, object, field.name, [params['value']!], 'Id');
                return severalOr(found, () =>
                    done(org.records.delete(ctx, [String(oneRecord(found)['Id'])], ONE_ROW))
                );
            }
        }
    ];
}

function changes(org: LocalOrg): DataRoute[] {
    return [
        {
            method: 'GET',
            path: '/sobjects/:type/updated',
            answer({ ctx, params, query }) {
                const object = visibleObject(org, ctx, params['type']!);
                const span = spanOf(query);
                const soql = `SELECT Id FROM ${object.name} WHERE SystemModstamp >= ${span.start} AND SystemModstamp < ${span.end}`;
                const { records } = org.queries.query(ctx, soql);
                const ids = records.map((record) => record['Id']);
                return { status: 200, body: { ids, latestDateCovered: restDate(span.end) } };
            }
        },
        {
            method: 'GET',
            path: '/sobjects/:type/deleted',
            answer({ ctx, params, query }) {
                const object = visibleObject(org, ctx, params['type']!);
                const span = spanOf(query);
                const soql =
                    `SELECT Id, SystemModstamp FROM ${object.name} WHERE IsDeleted = true ` +
                    `AND SystemModstamp >= ${span.start} AND SystemModstamp < ${span.end}`;
                const { records } = org.queries.query(ctx, soql, { allRows: true });
                const deletedRecords = records.map((record) => ({
                    id: record['Id'],
                    deletedDate: record['SystemModstamp']
                }));
                return {
                    status: 200,
                    body: {
                        deletedRecords,
                        earliestDateAvailable: restDate(span.start),
                        latestDateCovered: restDate(span.end)
                    }
                };
            }
        }
    ];
}

function spanOf({ start, end }: Record<string, string | undefined>): { start: string; end: string } {
    const [from, until] = [start, end].map((text) => Date.parse((text ?? '').replace(' ', '+')));
    if (!from || !until || from >= until) {
        throw new OrgError(
            400,
            'INVALID_REPLICATION_DATE',
            'start and end must be date times, start before end'
        );
    }
    return { start: new Date(from).toISOString(), end: new Date(until).toISOString() };
}

function restDate(iso: string): string {
    return iso.replace('Z', '+0000');
}

/** An object the user cannot read does not exist for him. */
export function visibleObject(org: LocalOrg, ctx: CallContext, name: string): ObjectDef {
    const object = org.schema.object(name);
    if (object?.queryable && ctx.user.permissions.objectAccess(object.name).read) return object;
    throw notFound();
}

function keyOf(
    org: LocalOrg,
    ctx: CallContext,
    params: Record<string, string>
): { object: ObjectDef; field: FieldDef } {
    const object = visibleObject(org, ctx, params['type']!);
    const field = org.schema.field(object.name, params['field']!);
    if (field && isUpsertKey(field) && mayReadField(accessOf(ctx), object, field)) return { object, field };
    throw notFound(`Provided external ID field does not exist or is not accessible: ${params['field']}`);
}

function idOf(object: ObjectDef, id: string): string {
    if (isRecordId(id) && id.startsWith(object.keyPrefix)) return id;
    throw notFound(`Provided external ID field does not exist or is not accessible: ${id}`);
}

function oneRecord(found: QueriedRecord[]): QueriedRecord {
    if (found.length === 1) return found[0]!;
    throw notFound();
}

/** Several records with one external id: the caller is told where they are and may choose. */
function severalOr(found: QueriedRecord[], answer: () => DataAnswer): DataAnswer {
    return found.length <= 1 ? answer() : several(found);
}

function several(found: QueriedRecord[]): DataAnswer {
    return { status: 300, body: found.map((record) => record.attributes.url) };
}

function saved(result: SaveResult, status: number, folder: string): DataAnswer {
    if (!result.success) throwSaveErrors(result.errors);
    return {
        status,
        body: jsonResult(result),
        ...(status === 201 ? { location: `${folder}/${result.id}` } : {})
    };
}

function done([result]: SaveResult[]): DataAnswer {
    if (result!.success) return { status: 204 };
    const [error] = result!.errors;
    if (UNSEEN.has(error!.statusCode) && error!.fields.length === 0) throw notFound();
    throwSaveErrors(result!.errors);
}
