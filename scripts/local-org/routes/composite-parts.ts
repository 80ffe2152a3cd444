// The parts of a composite or batch request as given, checked before any of them runs. A wrong part refuses the whole request.
import { OrgError } from '../org.ts';

export interface CompositePart {
    method: string;
    url: string;
    referenceId: string;
    httpHeaders: Record<string, string>;
    body?: unknown;
}

const MOST_PARTS = 25;
/** Queries and lists of records do more work than one record; Salesforce allows five of them. */
const MOST_LARGE_PARTS = 5;
const METHODS = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'];
/** A part has these from the request around it. */
const INHERITED_HEADERS = ['accept', 'authorization', 'content-type'];

export interface BatchPart {
    method: string;
    url: string;
    body?: unknown;
}

/** `v65.0/limits` is short for the whole path. */
export function batchParts(given: unknown): BatchPart[] {
    const parts = listOf(
        given as { method?: unknown; url?: unknown; richInput?: unknown }[],
        'batchRequests'
    );
    return parts.map((part) => {
        const { method, url, richInput } = part ?? {};
        if (typeof url !== 'string' || url === '') throw wrong('Each of batchRequests needs a url');
        if (typeof method !== 'string' || !METHODS.includes(method.toUpperCase()))
            throw wrong(`Provided method of ${url} is not valid: ${String(method)}`);
        const path = url.startsWith('/services/') ? url : `/services/data/${url.replace(/^\//, '')}`;
        return { method, url: path, body: richInput };
    });
}

function listOf<T>(given: T[] | undefined, name: string): T[] {
    if (!Array.isArray(given))
        throw new OrgError(400, 'JSON_PARSER_ERROR', `The property ${name} must be a list`);
    if (given.length <= MOST_PARTS) return given;
    throw new OrgError(400, 'LIMIT_EXCEEDED', `At most ${MOST_PARTS} requests are allowed in ${name}`);
}

export function compositeParts(given: unknown): CompositePart[] {
    const parts = listOf(given as Partial<CompositePart>[] | undefined, 'compositeRequest').map(checkedPart);
    const seen = new Set<string>();
    for (const { referenceId } of parts) {
        if (seen.has(referenceId))
            throw wrong(`Duplicate referenceId provided in the request: ${referenceId}`);
        seen.add(referenceId);
    }
    if (parts.filter(isLarge).length > MOST_LARGE_PARTS) {
        const message = `At most ${MOST_LARGE_PARTS} requests of a composite request may be queries or sObject Collections`;
        throw new OrgError(400, 'LIMIT_EXCEEDED', message);
    }
    return parts;
}

function checkedPart(part: Partial<CompositePart> | null): CompositePart {
    const { method = '', url = '', referenceId = '', body } = part ?? {};
    const httpHeaders = part?.httpHeaders ?? {};
    if (!/^[a-z0-9]\w*$/i.test(referenceId)) {
        throw wrong(
            `Provided referenceId ('${referenceId}') must start with a letter or a number, and it can contain only ` +
                `letters, numbers and underscores ('_').`
        );
    }
    if (!METHODS.includes(method)) throw wrong(`Provided method of ${referenceId} is not valid: ${method}`);
    if (!/^\/services\/data\/v\d+\.\d\//.test(url)) {
        throw wrong(`Provided url of ${referenceId} must start with /services/data/vXX.X/: ${url}`);
    }
    const inherited = Object.keys(httpHeaders).find((name) => INHERITED_HEADERS.includes(name.toLowerCase()));
    if (inherited)
        throw wrong(`The header ${inherited} of ${referenceId} is taken from the request around it`);
    return { method, url, referenceId, httpHeaders, body };
}

function isLarge({ url }: CompositePart): boolean {
    return /^\/services\/data\/[^/]+\/(query|queryAll|composite\/sobjects)([/?]|$)/.test(url);
}

function wrong(message: string): OrgError {
    return new OrgError(400, 'INVALID_INPUT', message);
}
