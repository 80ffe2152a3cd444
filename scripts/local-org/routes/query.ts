// /query, /queryAll and the pages after the first. A result is fixed when it is opened: its cursor belongs to the user,
// who keeps the ten newest.
import type { LocalOrg } from '../local-org.ts';
import { notSupported, OrgError } from '../org.ts';
import type { QueryCursor } from '../queries.ts';
import { columnMetadata } from './column-metadata.ts';
import type { DataAnswer, DataCall, DataRoute } from './data-routes.ts';

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

export function queryRoutes(org: LocalOrg): DataRoute[] {
    const cursors = new Map<string, Map<string, OpenCursor>>();

    const ofPath = (path: string, allRows: boolean): DataRoute[] => {
        const open = (call: DataCall): DataAnswer => {
            const { q, columns, explain } = call.query;
            if (explain !== undefined) throw notSupported('query plans (explain)');
            if (!q) throw new OrgError(400, 'MALFORMED_QUERY', "unexpected token: '<EOF>'");
            if (columns !== undefined) return { status: 200, body: columnMetadata(org, call.ctx, q) };
            const opened = {
                cursor: org.queries.openCursor(call.ctx, q, { allRows }),
                pageSize: pageSizeOf(call)
            };
            return pageOf(call, opened, 0, null, path);
        };
        return [
            { method: 'GET', path: `/${path}`, answer: open },
            { method: 'GET', path: `/${path}/`, answer: open },
            {
                method: 'GET',
                path: `/${path}/:locator`,
                answer(call) {
                    const [, key = '', offset = ''] = /^(\w+)-(\d+)$/.exec(call.params['locator']!) ?? [];
                    const opened = cursors.get(call.ctx.user.userId)?.get(key);
                    if (!opened || Number(offset) >= opened.cursor.totalSize) {
                        throw new OrgError(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
                    }
                    return pageOf(call, opened, Number(offset), key, path);
                }
            }
        ];
    };

    const pageOf = (
        { ctx, params }: DataCall,
        open: OpenCursor,
        offset: number,
        key: string | null,
        path: string
    ): DataAnswer => {
        const { totalSize } = open.cursor;
        const isOpening = key === null;
        const records = open.cursor.page(offset, open.pageSize, isOpening ? undefined : ctx);
        const next = offset + open.pageSize;
        // SELECT COUNT() has a size and no records; a later page may be empty when its rows were hidden meanwhile.
        const isCount = isOpening && records.length === 0;
        if (next >= totalSize || isCount) return { status: 200, body: { totalSize, done: true, records } };
        const cursorKey = key ?? keep(ctx.user.userId, open);
        const nextRecordsUrl = `/services/data/${params['version']}/${path}/${cursorKey}-${next}`;
        return { status: 200, body: { totalSize, done: false, nextRecordsUrl, records } };
    };

    const keep = (userId: string, open: OpenCursor): string => {
        const own = cursors.get(userId) ?? new Map<string, OpenCursor>();
        cursors.set(userId, own);
        if (own.size >= CURSORS_PER_USER) own.delete(own.keys().next().value!);
        const key = org.ids.newId(CURSOR_PREFIX);
        own.set(key, open);
        return key;
    };

    return [...ofPath('query', false), ...ofPath('queryAll', true)];
}

/** `Sforce-Query-Options: batchSize=500`. */
function pageSizeOf({ headers }: DataCall): number {
    const asked = /batchSize\s*=\s*(\d+)/i.exec(String(headers['sforce-query-options'] ?? ''))?.[1];
    if (!asked) return LARGEST_PAGE;
    return Math.min(LARGEST_PAGE, Math.max(SMALLEST_PAGE, Number(asked)));
}
