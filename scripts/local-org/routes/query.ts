// /query, /queryAll and the pages after the first. A result is fixed when it is opened: its cursor belongs to the user,
// who keeps the ten newest.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { LocalOrg } from '../local-org.ts';
import { notSupported, OrgError } from '../org.ts';
import type { CallContext } from '../org.ts';
import type { QueryCursor } from '../queries.ts';
import { callOf } from './call.ts';
import { columnMetadata } from './column-metadata.ts';
import { DATA } from './versions.ts';

const LARGEST_PAGE = 2000;
const SMALLEST_PAGE = 200;
const CURSORS_PER_USER = 10;
const CURSOR_PREFIX = '0r8';

interface QueryRequest {
    Params: { version: string; locator: string };
    Querystring: { q?: string; columns?: string; explain?: string };
}

interface OpenCursor {
    cursor: QueryCursor;
    pageSize: number;
}

export function registerQuery(app: FastifyInstance, org: LocalOrg): void {
    const cursors = new Map<string, Map<string, OpenCursor>>();

    for (const [path, allRows] of [
        ['query', false],
        ['queryAll', true]
    ] as const) {
        const answer = async (request: FastifyRequest<QueryRequest>): Promise<object> => {
            const ctx = callOf(org, request);
            const { q, columns, explain } = request.query;
            if (explain !== undefined) throw notSupported('query plans (explain)');
            if (!q) throw new OrgError(400, 'MALFORMED_QUERY', "unexpected token: '<EOF>'");
            if (columns !== undefined) return columnMetadata(org, ctx, q);
            const open = {
                cursor: org.queries.openCursor(ctx, q, { allRows }),
                pageSize: pageSizeOf(request)
            };
            return pageOf(request, ctx, open, 0, null, path);
        };
        app.get<QueryRequest>(`${DATA}/${path}`, answer);
        app.get<QueryRequest>(`${DATA}/${path}/`, answer);
        app.get<QueryRequest>(`${DATA}/${path}/:locator`, async (request) => {
            const ctx = callOf(org, request);
            const [, key = '', offset = ''] = /^(\w+)-(\d+)$/.exec(request.params.locator) ?? [];
            const open = cursors.get(ctx.user.userId)?.get(key);
            if (!open || Number(offset) >= open.cursor.totalSize) {
                throw new OrgError(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
            }
            return pageOf(request, ctx, open, Number(offset), key, path);
        });
    }

    const pageOf = (
        request: FastifyRequest<QueryRequest>,
        ctx: CallContext,
        open: OpenCursor,
        offset: number,
        key: string | null,
        path: string
    ): object => {
        const { totalSize } = open.cursor;
        const isOpening = key === null;
        const records = open.cursor.page(offset, open.pageSize, isOpening ? undefined : ctx);
        const next = offset + open.pageSize;
        // SELECT COUNT() has a size and no records; a later page may be empty when its rows were hidden meanwhile.
        const isCount = isOpening && records.length === 0;
        if (next >= totalSize || isCount) return { totalSize, done: true, records };
        const cursorKey = key ?? keep(ctx.user.userId, open);
        const nextRecordsUrl = `/services/data/${request.params.version}/${path}/${cursorKey}-${next}`;
        return { totalSize, done: false, nextRecordsUrl, records };
    };

    const keep = (userId: string, open: OpenCursor): string => {
        const own = cursors.get(userId) ?? new Map<string, OpenCursor>();
        cursors.set(userId, own);
        if (own.size >= CURSORS_PER_USER) own.delete(own.keys().next().value!);
        const key = org.ids.newId(CURSOR_PREFIX);
        own.set(key, open);
        return key;
    };
}

/** `Sforce-Query-Options: batchSize=500`. */
function pageSizeOf(request: FastifyRequest): number {
    const asked = /batchSize\s*=\s*(\d+)/i.exec(String(request.headers['sforce-query-options'] ?? ''))?.[1];
    if (!asked) return LARGEST_PAGE;
    return Math.min(LARGEST_PAGE, Math.max(SMALLEST_PAGE, Number(asked)));
}
