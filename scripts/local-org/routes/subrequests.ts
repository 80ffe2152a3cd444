// Requests inside a request: /composite (25, later ones may use earlier answers as @{reference.field}) and
// /composite/batch (25, independent). Each runs through the app's own routes, as the same caller.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { LocalOrg } from '../local-org.ts';
import { notSupported, OrgError } from '../org.ts';
import { DATA } from './versions.ts';

const MOST_REQUESTS = 25;

interface CompositeBody {
    allOrNone?: boolean;
    compositeRequest?: { method: string; url: string; referenceId: string; body?: unknown }[];
}

interface BatchBody {
    haltOnError?: boolean;
    batchRequests?: { method: string; url: string; richInput?: unknown }[];
}

interface Answer {
    status: number;
    body: unknown;
    location: string | null;
}

export function registerSubrequests(app: FastifyInstance, org: LocalOrg): void {
    app.post<{ Body: CompositeBody | null }>(`${DATA}/composite`, async (request) => {
        org.auth.authenticate(request);
        if (request.body?.allOrNone) throw notSupported('allOrNone over the requests of /composite');
        const answers = new Map<string, Answer>();
        const compositeResponse = [];
        for (const { method, url, referenceId, body } of listOf(
            request.body?.compositeRequest,
            'compositeRequest'
        )) {
            const answer = await runOrExplain(() =>
                run(org, request, method, fillText(url, answers), fill(body, answers))
            );
            answers.set(referenceId, answer);
            compositeResponse.push({
                body: answer.body,
                httpHeaders: answer.location ? { Location: answer.location } : {},
                httpStatusCode: answer.status,
                referenceId
            });
        }
        return { compositeResponse };
    });

    app.post<{ Body: BatchBody | null }>(`${DATA}/composite/batch`, async (request) => {
        org.auth.authenticate(request);
        const results: { statusCode: number; result: unknown }[] = [];
        for (const { method, url, richInput } of listOf(request.body?.batchRequests, 'batchRequests')) {
            const isHalted = request.body?.haltOnError && results.some(({ statusCode }) => statusCode >= 400);
            if (isHalted) {
                results.push({
                    statusCode: 412,
                    result: [
                        {
                            errorCode: 'BATCH_PROCESSING_HALTED',
                            message: 'Batch processing halted per request'
                        }
                    ]
                });
                continue;
            }
            const path = url.startsWith('/services/') ? url : `/services/data/${url.replace(/^\//, '')}`;
            const { status, body } = await run(org, request, method, path, richInput);
            results.push({ statusCode: status, result: body });
        }
        return { hasErrors: results.some(({ statusCode }) => statusCode >= 400), results };
    });
}

/** Over the same port the caller used, so that a request means the same inside and outside of another. */
async function run(
    org: LocalOrg,
    request: FastifyRequest,
    method: string,
    path: string,
    body: unknown
): Promise<Answer> {
    const { localAddress, localPort } = request.socket;
    const hasBody = body !== undefined && body !== null;
    const { authorization, cookie } = request.headers;
    const response = await fetch(`http://${localAddress}:${localPort}${path}`, {
        method: method.toUpperCase(),
        headers: {
            ...(authorization ? { authorization } : {}),
            ...(cookie ? { cookie } : {}),
            ...(hasBody ? { 'content-type': 'application/json' } : {})
        },
        ...(hasBody ? { body: JSON.stringify(body) } : {})
    });
    const text = await response.text();
    // However many requests a call carries, it is one API call.
    org.limits.count(-1);
    return {
        status: response.status,
        body: text === '' ? null : JSON.parse(text),
        location: response.headers.get('location')
    };
}

async function runOrExplain(work: () => Promise<Answer>): Promise<Answer> {
    try {
        return await work();
    } catch (error) {
        if (!(error instanceof OrgError)) throw error;
        return {
            status: error.status,
            body: [{ errorCode: error.errorCode, message: error.message }],
            location: null
        };
    }
}

function listOf<T>(given: T[] | undefined, name: string): T[] {
    if (!Array.isArray(given))
        throw new OrgError(400, 'JSON_PARSER_ERROR', `The property ${name} must be a list`);
    if (given.length <= MOST_REQUESTS) return given;
    throw new OrgError(400, 'LIMIT_EXCEEDED', `At most ${MOST_REQUESTS} requests are allowed in ${name}`);
}

function fill(value: unknown, answers: Map<string, Answer>): unknown {
    if (typeof value === 'string') {
        const whole = /^@\{([^}]+)\}$/.exec(value);
        return whole ? referenced(whole[1]!, answers) : fillText(value, answers);
    }
    if (Array.isArray(value)) return value.map((one) => fill(one, answers));
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, fill(one, answers)]));
}

function fillText(text: string, answers: Map<string, Answer>): string {
    return text.replace(/@\{([^}]+)\}/g, (_whole, path: string) => String(referenced(path, answers)));
}

/** `ref.id`, `ref.records[0].Id`. */
function referenced(path: string, answers: Map<string, Answer>): unknown {
    const [referenceId = '', ...steps] = path.split(/[.[\]]+/).filter((step) => step !== '');
    const answer = answers.get(referenceId);
    if (!answer || answer.status >= 400) {
        throw new OrgError(
            400,
            'PROCESSING_HALTED',
            `Invalid reference specified. No value for ${path} found in ${referenceId}.`
        );
    }
    let value = answer.body;
    for (const step of steps) value = (value as Record<string, unknown> | null)?.[step];
    if (value === undefined) {
        throw new OrgError(
            400,
            'PROCESSING_HALTED',
            `Invalid reference specified. No value for ${path} found in ${referenceId}.`
        );
    }
    return value;
}
