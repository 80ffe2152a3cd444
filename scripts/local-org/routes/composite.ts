// Many records in one call: /composite/sobjects (at most 200, results by position, all or none when asked), and requests
// that carry requests: /composite and /composite/batch. The trees of `sf data import tree` are refused by name.
import type { FastifyInstance } from 'fastify';
import { isRecordId, to18 } from '../ids.ts';
import type { LocalOrg } from '../local-org.ts';
import { notSupported, OrgError } from '../org.ts';
import type { CallContext, InputRow, SaveOptions, SaveResult } from '../org.ts';
import { accessOf, mayReadObject } from '../soql/access.ts';
import { callOf } from './call.ts';
import { jsonResult, jsonRow } from './json-rows.ts';
import { readRecords } from './read-records.ts';
import { visibleObject } from './sobjects.ts';
import { registerSubrequests } from './subrequests.ts';
import { DATA } from './versions.ts';

const MOST_ROWS = 200;
const MOST_READ = 2000;

interface CollectionRequest {
    Params: { type: string; field: string };
    Querystring: { ids?: string; fields?: string; allOrNone?: string };
    Body: { allOrNone?: boolean; records?: unknown; ids?: string[]; fields?: string[] } | null;
}

type Save = (objectName: string, rows: InputRow[], options: SaveOptions) => SaveResult[];

export function registerComposite(app: FastifyInstance, org: LocalOrg): void {
    const path = `${DATA}/composite/sobjects`;

    app.post<CollectionRequest>(path, async (request) => {
        const ctx = callOf(org, request);
        return save(ctx, request.body, (objectName, rows, options) =>
            org.records.insert(ctx, objectName, rows, options)
        );
    });

    app.patch<CollectionRequest>(path, async (request) => {
        const ctx = callOf(org, request);
        return save(ctx, request.body, (objectName, rows, options) =>
            org.records.update(ctx, objectName, rows, options)
        );
    });

    app.patch<CollectionRequest>(`${path}/:type/:field`, async (request) => {
        const ctx = callOf(org, request);
        const object = visibleObject(org, ctx, request.params.type);
        return save(ctx, request.body, (objectName, rows, options) => {
            if (objectName !== object.name) {
                throw new OrgError(
                    400,
                    'INVALID_INPUT',
                    `The record type ${objectName} is not ${object.name}, which the URL names`
                );
            }
            return org.records.upsert(ctx, objectName, request.params.field, rows, options);
        });
    });

    app.delete<CollectionRequest>(path, async (request) => {
        const ctx = callOf(org, request);
        const ids = (request.query.ids ?? '').split(',').filter((id) => id !== '');
        checkCount(ids.length, MOST_ROWS);
        return org.records
            .delete(ctx, ids, { allOrNone: request.query.allOrNone === 'true' })
            .map(jsonResult);
    });

    app.get<CollectionRequest>(`${path}/:type`, async (request) => {
        const ids = (request.query.ids ?? '').split(',');
        return retrieve(
            callOf(org, request),
            request.params.type,
            ids,
            (request.query.fields ?? '').split(',')
        );
    });

    app.post<CollectionRequest>(`${path}/:type`, async (request) =>
        retrieve(
            callOf(org, request),
            request.params.type,
            request.body?.ids ?? [],
            request.body?.fields ?? []
        )
    );

    app.post(`${DATA}/composite/tree/:type`, async () => {
        throw notSupported('composite trees (sf data import tree); use /composite/sobjects');
    });

    registerSubrequests(app, org);

    /** Rows of several types are saved type by type, in the order given; all or none spans all of them. */
    const save = (ctx: CallContext, body: CollectionRequest['Body'], saveRows: Save): object[] => {
        const rows = rowsOf(org, ctx, body);
        const options = { allOrNone: body?.allOrNone === true };
        const runs = runsOfOneType(rows);
        if (runs.length > 1 && options.allOrNone) {
            throw notSupported('allOrNone over records of several types in one call');
        }
        return runs.flatMap((run) => saveRows(run.type, run.rows, options).map(jsonResult));
    };

    const retrieve = (ctx: CallContext, type: string, ids: string[], fields: string[]): (object | null)[] => {
        const object = visibleObject(org, ctx, type);
        checkCount(ids.length, MOST_READ);
        const names = fields.map((name) => name.trim()).filter((name) => name !== '');
        if (names.length === 0) throw new OrgError(400, 'INVALID_FIELD', 'The fields parameter is required');
        const malformed = ids.find((id) => !isRecordId(id));
        if (malformed !== undefined) throw new OrgError(400, 'MALFORMED_ID', `malformed id ${malformed}`);
        const asked = names.some((name) => name.toLowerCase() === 'id') ? names : [...names, 'Id'];
        const found = readRecords(org, ctx, object, 'Id', ids, asked.join(','));
        const byId = new Map(found.map((record) => [record['Id'], record]));
        return ids.map((id) => byId.get(to18(id)) ?? null);
    };
}

interface TypedRow {
    type: string;
    row: InputRow;
}

function rowsOf(org: LocalOrg, ctx: CallContext, body: CollectionRequest['Body']): TypedRow[] {
    const records = body?.records;
    if (!Array.isArray(records))
        throw new OrgError(400, 'INVALID_INPUT', 'The property records must be a list');
    checkCount(records.length, MOST_ROWS);
    return records.map((record: { attributes?: { type?: string } } | null) => {
        const name = record?.attributes?.type ?? '';
        const object = org.schema.object(name);
        if (!object || !mayReadObject(accessOf(ctx), object))
            throw new OrgError(400, 'INVALID_TYPE', `sObject type '${name}' is not supported.`);
        return { type: object.name, row: jsonRow(org.schema, object.name, record) };
    });
}

function runsOfOneType(rows: TypedRow[]): { type: string; rows: InputRow[] }[] {
    const runs: { type: string; rows: InputRow[] }[] = [];
    for (const { type, row } of rows) {
        const last = runs.at(-1);
        if (last?.type === type) last.rows.push(row);
        else runs.push({ type, rows: [row] });
    }
    return runs;
}

function checkCount(count: number, most: number): void {
    if (count <= most) return;
    const message = `record limit reached. cannot submit more than ${most} records into this call`;
    throw new OrgError(400, 'EXCEEDED_ID_LIMIT', message);
}
