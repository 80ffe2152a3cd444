// API usage: the Sforce-Limit-Info header on every REST answer, the refusal when the day's calls are used up, /limits.
// Counted is what a client of the API asks with a session: neither the Lightning pages, which come with a cookie, nor
// requests refused for their session, nor the parts of a composite request.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { LocalOrg } from '../local-org.ts';
import { OrgError } from '../org.ts';
import type { UserContext } from '../org.ts';
import { DATA } from './versions.ts';

/** Told, not enforced: the disk ends where it ends. There are no files. */
const STORAGE_MB = 10_240;

export function registerLimits(app: FastifyInstance, org: LocalOrg): void {
    const { limits } = org;
    const isCounted = ({ url, headers }: FastifyRequest): boolean =>
        url.startsWith('/services/Soap/') ||
        (url.startsWith('/services/data/v') &&
            headers.authorization !== undefined &&
            headers[limits.innerCall.name] !== limits.innerCall.value);

    app.addHook('onRequest', async (request) => {
        if (!isCounted(request)) return;
        if (limits.isExceeded()) {
            throw new OrgError(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
        }
        limits.count();
    });
    app.addHook('onSend', async (request, reply) => {
        if (reply.statusCode === 401 && isCounted(request)) limits.count(-1);
        if (request.url.startsWith('/services/data/v')) reply.header('Sforce-Limit-Info', limits.header());
    });

    app.get(`${DATA}/limits`, async (request) => {
        org.auth.authenticate(request);
        return {
            DailyApiRequests: limit(limits.dailyApiRequests, limits.usedApiRequests()),
            DataStorageMB: limit(STORAGE_MB, databaseMegabytes(org)),
            FileStorageMB: limit(STORAGE_MB, 0)
        };
    });

    app.get<{ Querystring: { sObjects?: string } }>(`${DATA}/limits/recordCount`, async (request) => {
        const user = org.auth.authenticate(request);
        if (!user.permissions.viewSetup)
            throw new OrgError(403, 'INSUFFICIENT_ACCESS', 'View Setup and Configuration is needed');
        const asked = request.query.sObjects?.split(',').map((name) => name.trim().toLowerCase());
        return { sObjects: recordCounts(org, user, asked) };
    });

    app.put<{ Body: { dailyApiRequests?: unknown } | null }>('/local-org/limits', async (request, reply) => {
        const most = request.body?.dailyApiRequests;
        if (!Number.isInteger(most) || Number(most) < 0)
            throw new OrgError(400, 'INVALID_INPUT', 'dailyApiRequests is a whole number, 0 or more');
        limits.dailyApiRequests = Number(most);
        return reply.code(204).send();
    });
}

function limit(max: number, used: number): { Max: number; Remaining: number } {
    return { Max: max, Remaining: Math.max(0, max - used) };
}

/** Without views and lists that are made when they are asked for. */
const TABLES_OF_ROWS = `
    SELECT kept.name FROM sqlite_master AS kept, pragma_table_info(kept.name) AS field
    WHERE kept.type = 'table' AND field.name = 'IsDeleted'`;

/** Of all rows, whoever owns them, as the platform counts; only of objects the user may read. Exact here, estimates there. */
function recordCounts(
    { schema, db }: LocalOrg,
    { permissions }: UserContext,
    asked: readonly string[] | undefined
): { count: number; name: string }[] {
    const kept = new Set(db.prepare(TABLES_OF_ROWS).pluck().all());
    const objects = schema
        .objects()
        .filter(({ name }) => kept.has(name) && permissions.objectAccess(name).read);
    const wanted = asked ? objects.filter(({ name }) => asked.includes(name.toLowerCase())) : objects;
    return wanted.map(({ name }) => {
        const count = db.prepare(`SELECT COUNT(*) FROM "${name}" WHERE "IsDeleted" = 0`).pluck().get();
        return { count: Number(count), name };
    });
}

function databaseMegabytes({ db }: LocalOrg): number {
    const bytes =
        Number(db.pragma('page_count', { simple: true })) * Number(db.pragma('page_size', { simple: true }));
    return Math.ceil(bytes / 2 ** 20);
}
