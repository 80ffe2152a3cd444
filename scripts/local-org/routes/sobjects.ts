// One record over REST: /sobjects/T[/id] and /sobjects/T/ExternalId/value, and the ids changed or deleted in a time span.
// Lists of records are composite.ts; describes are describe.ts.
import type { FastifyInstance, FastifyReply } from 'fastify';
import { isRecordId } from '../ids.ts';
import type { LocalOrg } from '../local-org.ts';
import { OrgError } from '../org.ts';
import type { CallContext, QueriedRecord, SaveResult } from '../org.ts';
import { isUpsertKey } from '../records/upsert-keys.ts';
import type { FieldDef, ObjectDef } from '../schema/types.ts';
import { accessOf, mayReadField } from '../soql/access.ts';
import { callOf } from './call.ts';
import { notFound } from './errors.ts';
import { jsonResult, jsonRow, throwSaveErrors } from './json-rows.ts';
import { readRecords } from './read-records.ts';
import { DATA } from './versions.ts';

interface RecordRequest {
    Params: { type: string; id: string; field: string; value: string };
    Querystring: { fields?: string; start?: string; end?: string };
}

const ONE_ROW = { allOrNone: false };
/** The record itself does not exist for the caller (with fields, it is one that the record points to). */
const UNSEEN = new Set(['INVALID_CROSS_REFERENCE_KEY', 'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY']);

export function registerSObjects(app: FastifyInstance, org: LocalOrg): void {
    app.post<RecordRequest>(`${DATA}/sobjects/:type`, async (request, reply) => {
        const ctx = callOf(org, request);
        const object = visibleObject(org, ctx, request.params.type);
        const row = jsonRow(org.schema, object.name, request.body);
        const [result] = org.records.insert(ctx, object.name, [row], ONE_ROW);
        if (!result!.success) throwSaveErrors(result!.errors);
        return reply.code(201).send(jsonResult(result!));
    });

    app.get<RecordRequest>(`${DATA}/sobjects/:type/:id`, async (request) => {
        const ctx = callOf(org, request);
        const object = visibleObject(org, ctx, request.params.type);
        return oneRecord(readRecords(org, ctx, object, 'Id', [request.params.id], request.query.fields));
    });

    app.patch<RecordRequest>(`${DATA}/sobjects/:type/:id`, async (request, reply) => {
        const ctx = callOf(org, request);
        const object = visibleObject(org, ctx, request.params.type);
        const id = idOf(object, request.params.id);
        const row = jsonRow(org.schema, object.name, request.body);
        if (Object.keys(row).some((name) => name.toLowerCase() === 'id')) {
            throw new OrgError(
                400,
                'INVALID_FIELD',
                'The Id field should not be specified in the sobject data.',
                ['Id']
            );
        }
        return done(reply, org.records.update(ctx, object.name, [{ ...row, Id: id }], ONE_ROW));
    });

    app.delete<RecordRequest>(`${DATA}/sobjects/:type/:id`, async (request, reply) => {
        const ctx = callOf(org, request);
        const object = visibleObject(org, ctx, request.params.type);
        return done(reply, org.records.delete(ctx, [idOf(object, request.params.id)], ONE_ROW));
    });

    registerByExternalId(app, org);
    registerChanges(app, org);
}

function registerByExternalId(app: FastifyInstance, org: LocalOrg): void {
    const path = `${DATA}/sobjects/:type/:field/:value`;

    app.get<RecordRequest>(path, async (request, reply) => {
        const ctx = callOf(org, request);
        const { object, field } = keyOf(org, ctx, request.params);
        const found = readRecords(org, ctx, object, field.name, [request.params.value], request.query.fields);
        if (found.length > 1) return reply.code(300).send(found.map((record) => record.attributes.url));
        return oneRecord(found);
    });

    app.patch<RecordRequest>(path, async (request, reply) => {
        const ctx = callOf(org, request);
        const { object, field } = keyOf(org, ctx, request.params);
        const row = {
            ...jsonRow(org.schema, object.name, request.body ?? {}),
            [field.name]: request.params.value
        };
        const [result] = org.records.upsert(ctx, object.name, field.name, [row], ONE_ROW);
        if (!result!.success) throwSaveErrors(result!.errors);
        return reply.code(result!.created ? 201 : 200).send(jsonResult(result!));
    });

    app.delete<RecordRequest>(path, async (request, reply) => {
        const ctx = callOf(org, request);
        const { object, field } = keyOf(org, ctx, request.params);
        const found = readRecords(org, ctx, object, field.name, [request.params.value], 'Id');
        if (found.length > 1) return reply.code(300).send(found.map((record) => record.attributes.url));
        return done(reply, org.records.delete(ctx, [String(oneRecord(found)['Id'])], ONE_ROW));
    });
}

function registerChanges(app: FastifyInstance, org: LocalOrg): void {
    app.get<RecordRequest>(`${DATA}/sobjects/:type/updated`, async (request) => {
        const ctx = callOf(org, request);
        const object = visibleObject(org, ctx, request.params.type);
        const span = spanOf(request.query);
        const soql = `SELECT Id FROM ${object.name} WHERE SystemModstamp >= ${span.start} AND SystemModstamp < ${span.end}`;
        const { records } = org.queries.query(ctx, soql);
        return { ids: records.map((record) => record['Id']), latestDateCovered: restDate(span.end) };
    });

    app.get<RecordRequest>(`${DATA}/sobjects/:type/deleted`, async (request) => {
        const ctx = callOf(org, request);
        const object = visibleObject(org, ctx, request.params.type);
        const span = spanOf(request.query);
        const soql =
            `SELECT Id, SystemModstamp FROM ${object.name} WHERE IsDeleted = true ` +
            `AND SystemModstamp >= ${span.start} AND SystemModstamp < ${span.end}`;
        const { records } = org.queries.query(ctx, soql, { allRows: true });
        return {
            deletedRecords: records.map((record) => ({
                id: record['Id'],
                deletedDate: record['SystemModstamp']
            })),
            earliestDateAvailable: restDate(span.start),
            latestDateCovered: restDate(span.end)
        };
    });
}

function spanOf({ start, end }: { start?: string; end?: string }): { start: string; end: string } {
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
    params: { type: string; field: string }
): { object: ObjectDef; field: FieldDef } {
    const object = visibleObject(org, ctx, params.type);
    const field = org.schema.field(object.name, params.field);
    if (field && isUpsertKey(field) && mayReadField(accessOf(ctx), object, field)) return { object, field };
    throw notFound(`Provided external ID field does not exist or is not accessible: ${params.field}`);
}

function idOf(object: ObjectDef, id: string): string {
    if (isRecordId(id) && id.startsWith(object.keyPrefix)) return id;
    throw notFound(`Provided external ID field does not exist or is not accessible: ${id}`);
}

function oneRecord(found: QueriedRecord[]): QueriedRecord {
    if (found.length === 1) return found[0]!;
    throw notFound();
}

function done(reply: FastifyReply, [result]: SaveResult[]): FastifyReply {
    if (result!.success) return reply.code(204).send();
    const [error] = result!.errors;
    if (UNSEEN.has(error!.statusCode) && error!.fields.length === 0) throw notFound();
    throwSaveErrors(result!.errors);
}
