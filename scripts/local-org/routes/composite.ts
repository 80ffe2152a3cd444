// Many records in one call: /composite/sobjects (at most 200, results by position, all or none when asked). Parents with
// their children are composite-tree.ts, requests that carry requests subrequests.ts.
import { isRecordId, to18 } from '../ids.ts';
import type { LocalOrg } from '../local-org.ts';
import { OrgError } from '../org.ts';
import type { CallContext, InputRow, SaveOptions, SaveResult } from '../org.ts';
import { inOneTransaction } from '../records/all-or-none.ts';
import { accessOf, mayReadObject } from '../soql/access.ts';
import type { DataAnswer, DataRoute } from './data-routes.ts';
import { objectBody, objectIn, textOf, textsOf } from './json-body.ts';
import { jsonResult, jsonRow } from './json-rows.ts';
import { readRecords } from './read-records.ts';
import { visibleObject } from './sobjects.ts';

const MOST_ROWS = 200;
const MOST_READ = 2000;

interface CollectionBody {
    allOrNone?: boolean;
    records?: unknown;
}

type Save = (objectName: string, rows: InputRow[], options: SaveOptions) => SaveResult[];

export function collectionRoutes(org: LocalOrg): DataRoute[] {
    const path = '/composite/sobjects';
    return [
        {
            method: 'POST',
            path,
            answer: ({ ctx, body }) =>
                save(ctx, body, (objectName, rows, options) =>
                    org.records.insert(ctx, objectName, rows, options)
                )
        },
        {
            method: 'PATCH',
            path,
            answer: ({ ctx, body }) =>
                save(ctx, body, (objectName, rows, options) =>
                    org.records.update(ctx, objectName, rows, options)
                )
        },
        {
            method: 'PATCH',
            path: `${path}/:type/:field`,
            answer({ ctx, params, body }) {
                const object = visibleObject(org, ctx, params['type']!);
                return save(ctx, body, (objectName, rows, options) => {
                    if (objectName !== object.name) {
                        const message = `The record type ${objectName} is not ${object.name}, which the URL names`;
                        throw new OrgError(400, 'INVALID_INPUT', message);
                    }
                    return org.records.upsert(ctx, objectName, params['field']!, rows, options);
                });
            }
        },
        {
            method: 'DELETE',
            path,
            answer({ ctx, query }) {
                const ids = (query['ids'] ?? '').split(',').filter((id) => id !== '');
                checkCount(ids.length, MOST_ROWS);
                const options = { allOrNone: query['allOrNone'] === 'true' };
                return { status: 200, body: org.records.delete(ctx, ids, options).map(jsonResult) };
            }
        },
        {
            method: 'GET',
            path: `${path}/:type`,
            answer({ ctx, params, query }) {
                const [ids, fields] = [query['ids'] ?? '', query['fields'] ?? ''].map((list) =>
                    list.split(',')
                );
                return retrieve(ctx, params['type']!, ids!, fields!);
            }
        },
        {
            method: 'POST',
            path: `${path}/:type`,
            answer({ ctx, params, body }) {
                const given = objectBody(body);
                const [ids, fields] = [textsOf(given, 'ids'), textsOf(given, 'fields')];
                return retrieve(ctx, params['type']!, ids ?? [], fields ?? []);
            }
        }
    ];

    /** Rows of several types are saved type by type, in the order given; all or none spans all of them. */
    function save(ctx: CallContext, given: unknown, saveRows: Save): DataAnswer {
        const body = given as CollectionBody | null;
        const runs = runsOfOneType(rowsOf(org, ctx, body));
        const options = { allOrNone: body?.allOrNone === true };
        const results = inOneTransaction(org.db, options, () =>
            runs.flatMap((run) => saveRows(run.type, run.rows, options))
        );
        return { status: 200, body: results.map(jsonResult) };
    }

    function retrieve(ctx: CallContext, type: string, ids: string[], fields: string[]): DataAnswer {
        const object = visibleObject(org, ctx, type);
        checkCount(ids.length, MOST_READ);
        const names = fields.map((name) => name.trim()).filter((name) => name !== '');
        if (names.length === 0) throw new OrgError(400, 'INVALID_FIELD', 'The fields parameter is required');
        const malformed = ids.find((id) => !isRecordId(id));
        if (malformed !== undefined) throw new OrgError(400, 'MALFORMED_ID', `malformed id ${malformed}`);
        const asked = names.some((name) => name.toLowerCase() === 'id') ? names : [...names, 'Id'];
        const found = readRecords(org, ctx, object, 'Id', ids, asked.join(','));
        const byId = new Map(found.map((record) => [record['Id'], record]));
        return { status: 200, body: ids.map((id) => byId.get(to18(id)) ?? null) };
    }
}

interface TypedRow {
    type: string;
    row: InputRow;
}

function rowsOf(org: LocalOrg, ctx: CallContext, body: CollectionBody | null): TypedRow[] {
    const records = body?.records;
    if (!Array.isArray(records))
        throw new OrgError(400, 'INVALID_INPUT', 'The property records must be a list');
    checkCount(records.length, MOST_ROWS);
    return records.map((given: unknown) => {
        const record = objectBody(given);
        const name = textOf(objectIn(record, 'attributes'), 'type') ?? '';
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
