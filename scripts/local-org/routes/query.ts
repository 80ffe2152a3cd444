// /query, /queryAll and the pages after the first. A result is fixed when it is opened: its cursor belongs to the user,
// who keeps the ten newest for two days. Child subqueries longer than a page have pages of their own (child-pages.ts).
import type { LocalOrg } from '../local-org.ts';
import { OrgError } from '../org.ts';
import type { CallContext, QueriedRecord } from '../org.ts';
import type { QueryCursor } from '../queries.ts';
import { cutChildren } from './child-pages.ts';
import { columnMetadata } from './column-metadata.ts';
import type { DataAnswer, DataCall, DataRoute } from './data-routes.ts';
import { explainQuery } from './query-plan.ts';
import { rememberViewed } from './recent.ts';

const LARGEST_PAGE = 2000;
const SMALLEST_PAGE = 200;
const CURSORS_PER_USER = 10;
const CURSOR_PREFIX = '0r8';
const CURSOR_LIFE_MS = 48 * 3_600_000;

interface OpenCursor {
    cursor: QueryCursor;
    pageSize: number;
    openedAt: number;
    /** Child lists that did not fit a page, by the key of their locator. */
    children: Map<string, QueryCursor>;
}

/** `prefix`: `tooling/` for the Tooling API, whose queries are answered the same way. */
export function queryRoutes(org: LocalOrg, prefix = ''): DataRoute[] {
    const cursors = new Map<string, Map<string, OpenCursor>>();

    const ofPath = (path: string, allRows: boolean): DataRoute[] => {
        const open = (call: DataCall): DataAnswer => {
            const { q, columns, explain } = call.query;
            if (explain !== undefined) return { status: 200, body: explainQuery(org, call.ctx, explain) };
            if (!q) throw new OrgError(400, 'MALFORMED_QUERY', "unexpected token: '<EOF>'");
            if (columns !== undefined) return { status: 200, body: columnMetadata(org, call.ctx, q) };
            const opened = {
                cursor: org.queries.openCursor(call.ctx, q, { allRows }),
                pageSize: pageSizeOf(call),
                openedAt: org.clock().getTime(),
                children: new Map()
            };
            const answer = pageOf(call, opened, opened.cursor, 0, null, path);
            rememberViewed(org, call.ctx, q, (answer.body as { records: QueriedRecord[] }).records);
            return answer;
        };
        return [
            { method: 'GET', path: `/${path}`, answer: open },
            { method: 'GET', path: `/${path}/`, answer: open },
            {
                method: 'GET',
                path: `/${path}/:locator`,
                answer(call) {
                    const [, key = '', offset = ''] = /^(\w+)-(\d+)$/.exec(call.params['locator']!) ?? [];
                    const { opened, cursor } = find(call.ctx, key) ?? {};
                    if (!opened || !cursor || Number(offset) >= cursor.totalSize) {
                        throw new OrgError(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
                    }
                    return pageOf(call, opened, cursor, Number(offset), key, path);
                }
            }
        ];
    };

    /** `cursor` is the result itself, or one of its child lists. */
    const pageOf = (
        { ctx, params }: DataCall,
        opened: OpenCursor,
        cursor: QueryCursor,
        offset: number,
        key: string | null,
        path: string
    ): DataAnswer => {
        const { totalSize } = cursor;
        const urlOf = (cursorKey: string, next: number): string =>
            `/services/data/${params['version']}/${path}/${cursorKey}-${next}`;
        const isOpening = key === null;
        const read = cursor.page(offset, opened.pageSize, isOpening ? undefined : ctx);
        const records = read.map((record, index) =>
            cutChildren(record, opened.pageSize, {
                reread: (caller) => cursor.page(offset + index, 1, caller)[0],
                locate(children, next) {
                    keep(ctx.user.userId, opened);
                    const childKey = org.ids.newId(CURSOR_PREFIX);
                    opened.children.set(childKey, children);
                    return urlOf(childKey, next);
                }
            })
        );
        const next = offset + opened.pageSize;
        // SELECT COUNT() has a size and no records; a later page may be empty when its rows were hidden meanwhile.
        const isCount = isOpening && records.length === 0;
        if (next >= totalSize || isCount) return { status: 200, body: { totalSize, done: true, records } };
        const nextRecordsUrl = urlOf(key ?? keep(ctx.user.userId, opened), next);
        return { status: 200, body: { totalSize, done: false, nextRecordsUrl, records } };
    };

    /** Keeps an open result once and returns its key; the oldest of more than ten goes. */
    const keep = (userId: string, opened: OpenCursor): string => {
        const own = cursors.get(userId) ?? new Map<string, OpenCursor>();
        cursors.set(userId, own);
        for (const [key, known] of own) if (known === opened) return key;
        if (own.size >= CURSORS_PER_USER) own.delete(own.keys().next().value!);
        const key = org.ids.newId(CURSOR_PREFIX);
        own.set(key, opened);
        return key;
    };

    const find = (ctx: CallContext, key: string): { opened: OpenCursor; cursor: QueryCursor } | undefined => {
        const own = cursors.get(ctx.user.userId) ?? new Map<string, OpenCursor>();
        for (const [ownKey, opened] of own) {
            const cursor = ownKey === key ? opened.cursor : opened.children.get(key);
            if (cursor && org.clock().getTime() - opened.openedAt < CURSOR_LIFE_MS) return { opened, cursor };
        }
        return undefined;
    };

    return [...ofPath(`${prefix}query`, false), ...ofPath(`${prefix}queryAll`, true)];
}

/** `Sforce-Query-Options: batchSize=500`. */
function pageSizeOf({ headers }: DataCall): number {
    const asked = /batchSize\s*=\s*(\d+)/i.exec(String(headers['sforce-query-options'] ?? ''))?.[1];
    if (!asked) return LARGEST_PAGE;
    return Math.min(LARGEST_PAGE, Math.max(SMALLEST_PAGE, Number(asked)));
}
