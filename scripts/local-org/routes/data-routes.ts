// Requests for records that may also stand inside another request. Each is answered in one go, without waiting for
// anything, so that /composite can run several in one transaction and take all of them back. Over HTTP they are ordinary routes.
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { LocalOrg } from '../local-org.ts';
import { OrgError } from '../org.ts';
import type { CallContext } from '../org.ts';
import { callOf } from './call.ts';
import { DATA } from './versions.ts';

export interface DataCall {
    ctx: CallContext;
    /** What the path names, by the names of the route; a name the route does not have is absent. */
    params: Record<string, string>;
    query: Record<string, string | undefined>;
    /** By lower-case name. */
    headers: Record<string, string | string[] | undefined>;
    body: unknown;
}

export interface DataAnswer {
    status: number;
    body?: unknown;
    /** Where the record made by the call is read. */
    location?: string;
}

export interface DataRoute {
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
    /** Behind `/services/data/vXX.X`, with `:names`. */
    path: string;
    answer(call: DataCall): DataAnswer;
}

export function registerDataRoutes(app: FastifyInstance, org: LocalOrg, routes: DataRoute[]): void {
    for (const { method, path, answer } of routes) {
        app.route({
            method,
            url: DATA + path,
            handler: async (request, reply) =>
                send(
                    reply,
                    answer({
                        ctx: callOf(org, request),
                        params: request.params as DataCall['params'],
                        query: request.query as DataCall['query'],
                        headers: request.headers,
                        body: request.body
                    })
                )
        });
    }
}

function send(reply: FastifyReply, { status, body, location }: DataAnswer): FastifyReply {
    if (location !== undefined) reply.header('Location', location);
    return reply.code(status).send(body);
}

/** The route that a full path means, as the HTTP server would choose it, with what the path says. */
export function findDataRoute(
    routes: DataRoute[],
    method: string,
    url: string
): (Pick<DataCall, 'params' | 'query'> & { route: DataRoute }) | undefined {
    const { pathname, searchParams } = new URL(url, 'http://local.org');
    const given = pathname.split('/').slice(1);
    const found = routes
        .filter((route) => route.method === method)
        .map((route) => ({ route, names: (DATA + route.path).split('/').slice(1) }))
        .filter(({ names }) => names.length === given.length)
        .filter(({ names }) => names.every((name, index) => name.startsWith(':') || name === given[index]))
        .sort((left, right) => placeholders(left.names) - placeholders(right.names))[0];
    if (!found) return undefined;
    const params = found.names.flatMap((name, index) =>
        name.startsWith(':') ? [[name.slice(1), decoded(given[index]!)] as const] : []
    );
    return {
        route: found.route,
        params: Object.fromEntries(params),
        query: Object.fromEntries(searchParams)
    };
}

function placeholders(names: string[]): number {
    return names.filter((name) => name.startsWith(':')).length;
}

function decoded(part: string): string {
    try {
        return decodeURIComponent(part);
    } catch {
        throw new OrgError(400, 'INVALID_REQUEST', `The path part ${part} is not URL-encoded`);
    }
}
