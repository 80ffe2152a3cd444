// Requests inside a request, as the same caller: /composite (25 parts, later ones may use earlier answers; on demand all
// or none) and /composite/batch (25, independent). Parts that stand for themselves go through the app's own routes; parts
// that stand and fall together run in one transaction, which only routes that never wait can do (data-routes.ts).
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { LocalOrg } from '../local-org.ts';
import { notSupported, OrgError } from '../org.ts';
import type { CallContext } from '../org.ts';
import { callOf } from './call.ts';
import { batchParts, compositeParts, type BatchPart, type CompositePart } from './composite-parts.ts';
import { fill, fillText, type Answers } from './composite-references.ts';
import { findDataRoute, type DataAnswer, type DataRoute } from './data-routes.ts';
import { errorBody } from './errors.ts';
import { DATA } from './versions.ts';

interface CompositeBody {
    allOrNone?: boolean;
    compositeRequest?: unknown;
}

interface BatchBody {
    haltOnError?: boolean;
    batchRequests?: unknown;
}

export function registerSubrequests(app: FastifyInstance, org: LocalOrg, routes: DataRoute[]): void {
    app.post<{ Body: CompositeBody | null }>(`${DATA}/composite`, async (request) => {
        const ctx = callOf(org, request);
        const parts = compositeParts(request.body?.compositeRequest);
        const answers = request.body?.allOrNone
            ? runTogether(org, ctx, routes, parts)
            : await runOneByOne(org, request, parts);
        return {
            compositeResponse: parts.map(({ referenceId }, index) => {
                const { status, body, location } = answers[index]!;
                return {
                    body: body ?? null,
                    httpHeaders: location === undefined ? {} : { Location: location },
                    httpStatusCode: status,
                    referenceId
                };
            })
        };
    });

    app.post<{ Body: BatchBody | null }>(`${DATA}/composite/batch`, async (request) => {
        org.auth.authenticate(request);
        const results: { statusCode: number; result: unknown }[] = [];
        for (const part of batchParts(request.body?.batchRequests)) {
            const isHalted = request.body?.haltOnError && results.some(({ statusCode }) => statusCode >= 400);
            if (isHalted) {
                const message = 'Batch processing halted per request';
                results.push({
                    statusCode: 412,
                    result: [{ errorCode: 'BATCH_PROCESSING_HALTED', message }]
                });
                continue;
            }
            const { status, body } = await overHttp(org, request, part);
            results.push({ statusCode: status, result: body ?? null });
        }
        return { hasErrors: results.some(({ statusCode }) => statusCode >= 400), results };
    });
}

async function runOneByOne(
    org: LocalOrg,
    request: FastifyRequest,
    parts: CompositePart[]
): Promise<DataAnswer[]> {
    const answers = new Map<string, DataAnswer>();
    for (const part of parts) {
        let answer: DataAnswer;
        try {
            answer = await overHttp(org, request, filled(part, answers));
        } catch (error) {
            answer = refusal(error);
        }
        answers.set(part.referenceId, answer);
    }
    return [...answers.values()];
}

class TakenBack extends Error {}

/** One failure takes all parts back; then only the part that failed says why. */
function runTogether(
    org: LocalOrg,
    ctx: CallContext,
    routes: DataRoute[],
    parts: CompositePart[]
): DataAnswer[] {
    const answers = new Map<string, DataAnswer>();
    const runAll = (): void => {
        for (const part of parts) {
            const answer = runHere(ctx, routes, part, answers);
            answers.set(part.referenceId, answer);
            if (isFailure(answer)) throw new TakenBack();
        }
    };
    try {
        org.db.transaction(runAll)();
    } catch (error) {
        if (!(error instanceof TakenBack)) throw error;
        return parts.map(({ referenceId }, index) =>
            index === answers.size - 1 ? answers.get(referenceId)! : halted()
        );
    }
    return [...answers.values()];
}

function runHere(ctx: CallContext, routes: DataRoute[], part: CompositePart, answers: Answers): DataAnswer {
    try {
        const { method, url, body, httpHeaders } = filled(part, answers);
        const found = findDataRoute(routes, method, url);
        if (!found) throw notSupported(`${method} ${url} inside of /composite with allOrNone`);
        const { route, params, query } = found;
        return route.answer({ ctx, params, query, headers: lowerCase(httpHeaders), body: body ?? null });
    } catch (error) {
        return refusal(error);
    }
}

/** A list of records counts as failed as soon as one of its rows has failed, whatever it says of itself. */
function isFailure({ status, body }: DataAnswer): boolean {
    return status >= 300 || (Array.isArray(body) && body.some((row) => row?.success === false));
}

function halted(): DataAnswer {
    const message = 'The transaction was rolled back since another operation in the same transaction failed.';
    return { status: 400, body: [{ errorCode: 'PROCESSING_HALTED', message }] };
}

function filled(part: CompositePart, answers: Answers): CompositePart {
    return { ...part, url: fillText(part.url, answers), body: fill(part.body, answers) };
}

/** What the local org cannot do is no answer of one part among others: it refuses the whole request. */
function refusal(error: unknown): DataAnswer {
    if (!(error instanceof OrgError) || error.errorCode === 'LOCAL_ORG_NOT_SUPPORTED') throw error;
    return { status: error.status, body: errorBody(error) };
}

/** Over the same port the caller used, so that a request means the same inside and outside of another. */
async function overHttp(
    org: LocalOrg,
    request: FastifyRequest,
    part: BatchPart & { httpHeaders?: Record<string, string> }
): Promise<DataAnswer> {
    const { localAddress, localPort } = request.socket;
    const hasBody = part.body !== undefined && part.body !== null && part.method.toUpperCase() !== 'GET';
    const { authorization, cookie } = request.headers;
    const response = await fetch(`http://${localAddress}:${localPort}${part.url}`, {
        method: part.method.toUpperCase(),
        headers: {
            ...sendable(part.httpHeaders),
            // However many requests a call carries, it is one API call.
            [org.limits.innerCall.name]: org.limits.innerCall.value,
            ...(authorization ? { authorization } : {}),
            ...(cookie ? { cookie } : {}),
            ...(hasBody ? { 'content-type': 'application/json' } : {})
        },
        ...(hasBody ? { body: JSON.stringify(part.body) } : {})
    });
    const text = await response.text();
    if (text !== '' && !response.headers.get('content-type')?.includes('json'))
        throw notSupported(`${part.url} inside of another request: its answer is not JSON`);
    const location = response.headers.get('location');
    return {
        status: response.status,
        ...(text === '' ? {} : { body: JSON.parse(text) as unknown }),
        ...(location === null ? {} : { location })
    };
}

/** Names and values that HTTP cannot carry refuse the whole request. */
function sendable(headers: Record<string, string> = {}): Record<string, string> {
    try {
        return Object.fromEntries(new Headers(headers));
    } catch (error) {
        throw new OrgError(400, 'INVALID_INPUT', `httpHeaders: ${(error as Error).message}`);
    }
}

function lowerCase(headers: Record<string, string>): Record<string, string> {
    return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
