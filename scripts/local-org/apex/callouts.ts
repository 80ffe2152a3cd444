// Callouts through a Named Credential: address and headers from the deployed metadata and the values an admin typed
// into Setup, the caller's access to the principal, and the HTTP request itself (outside of the interpreter).
import type { Org, UserContext } from '../org.ts';
import { apexError } from './errors.ts';
import type { ApexThrown } from './errors.ts';

export interface HttpRequestState {
    endpoint: string;
    method: string;
    headers: Map<string, string>;
    body: string;
    timeoutMs: number;
}

/** A request ready to be sent; credentials are in it, so it is never logged. */
export interface PreparedCallout {
    url: string;
    method: string;
    headers: Record<string, string>;
    body: string | null;
    timeoutMs: number;
}

export interface CalloutResponse {
    statusCode: number;
    status: string;
    headers: Record<string, string>;
    body: string;
}

/** Recorded in the journal: a response, or the message of the CalloutException it ended with. */
export type CalloutAnswer = { response: CalloutResponse; ms: number } | { error: string; ms: number };

export const DEFAULT_TIMEOUT_MS = 10_000;
export const MAX_TIMEOUT_MS = 120_000;

const calloutError = (message: string): ApexThrown => apexError('CalloutException', message);

interface CredentialParameter {
    parameterName?: string;
    parameterType?: string;
    parameterValue?: string;
    externalCredential?: string;
}

export function prepareCallout(org: Org, user: UserContext, request: HttpRequestState): PreparedCallout {
    const match = /^callout:([^/?]+)(.*)$/s.exec(request.endpoint);
    if (!match)
        throw calloutError(
            `Unauthorized endpoint, please check Setup->Security->Remote site settings. endpoint = ${request.endpoint}`
        );
    const [, name, path] = match;
    const named = parameters(org, 'NamedCredential', name, 'namedCredentialParameters');
    if (!named) {
        throw calloutError(
            "The callout couldn't access the endpoint. You might not have the required permissions, " +
                `or the named credential "${name}" might not exist.`
        );
    }
    const external = named.find((one) => one.parameterType === 'Authentication')?.externalCredential ?? '';
    const stored = credentialOf(org, user, name, external);
    const headers: Record<string, string> = {};
    for (const one of named) {
        if (one.parameterType === 'HttpHeader')
            headers[one.parameterName!] = merged(org, one.parameterValue ?? '');
    }
    for (const [header, value] of request.headers) headers[header] = value;
    headers.Authorization = `Basic ${Buffer.from(`${stored.username}:${stored.password}`).toString('base64')}`;
    const url = stored.url || named.find((one) => one.parameterType === 'Url')?.parameterValue || '';
    return {
        url: url.replace(/\/$/, '') + path,
        method: request.method,
        headers,
        body: request.method === 'GET' || request.method === 'HEAD' ? null : request.body,
        timeoutMs: request.timeoutMs
    };
}

function parameters(org: Org, type: string, name: string, key: string): CredentialParameter[] | undefined {
    const component = org.metadata
        .list(type)
        .find((one) => one.fullName.toLowerCase() === name.toLowerCase());
    const content = component && org.metadata.content(type, component.fullName);
    return content && ([content[key] ?? []].flat() as CredentialParameter[]);
}

interface StoredCredential {
    url: string | null;
    username: string;
    password: string;
}

/** The principal's values, when the user may use the principal and an admin has entered them. */
function credentialOf(org: Org, user: UserContext, name: string, external: string): StoredCredential {
    const refused = (): ApexThrown =>
        calloutError(
            "We couldn't access the credential(s). You might not have the required permissions, " +
                `or the external credential "${external}" might not exist.`
        );
    const settings = parameters(org, 'ExternalCredential', external, 'externalCredentialParameters');
    if (!settings) throw refused();
    const principals = settings
        .filter((one) => one.parameterType === 'NamedPrincipal')
        .map((one) => one.parameterName!);
    const mayUse = principals.some((one) =>
        user.permissions.externalCredentialPrincipal(`${external}-${one}`)
    );
    if (!mayUse) throw refused();
    const stored = readStored(org, name);
    if (!stored) throw refused();
    return stored;
}

function readStored(org: Org, name: string): StoredCredential | undefined {
    const exists = org.db
        .prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'local_credentials'")
        .get();
    if (!exists) return undefined;
    const select = org.db.prepare(
        'SELECT url, username, password FROM local_credentials WHERE name = ? COLLATE NOCASE'
    );
    return select.get(name) as StoredCredential | undefined;
}

/** Merge fields of a header; only the organization's id is known here. */
function merged(org: Org, template: string): string {
    return template.replace(/\{!\s*([^}]+?)\s*\}/g, (_all, field: string) => {
        if (field.toLowerCase() === '$organization.id') return org.orgId;
        throw calloutError(`The local org does not support the merge field {!${field}} in a header.`);
    });
}

/** Sends the request; failures become answers, as the run that waits must go on with them. */
export async function sendCallout(request: PreparedCallout): Promise<CalloutAnswer> {
    const startedAt = performance.now();
    const elapsed = (): number => performance.now() - startedAt;
    try {
        const response = await fetch(request.url, {
            method: request.method,
            headers: request.headers,
            body: request.body || null,
            redirect: 'manual',
            signal: AbortSignal.timeout(request.timeoutMs)
        });
        const body = await response.text();
        const headers = Object.fromEntries(response.headers);
        return {
            response: { statusCode: response.status, status: response.statusText, headers, body },
            ms: elapsed()
        };
    } catch (error) {
        return { error: failureText(error), ms: elapsed() };
    }
}

/** What the platform, which runs on Java, says of a line that broke before an answer came. */
const BROKEN_LINES: Record<string, string> = {
    ECONNREFUSED: 'Connection refused',
    ECONNRESET: 'Connection reset',
    EHOSTUNREACH: 'No route to host',
    ENOTFOUND: 'Unknown host',
    EAI_AGAIN: 'Unknown host',
    ETIMEDOUT: 'Connect timed out',
    UND_ERR_CONNECT_TIMEOUT: 'Connect timed out',
    UND_ERR_SOCKET: 'Unexpected end of file from server'
};

function failureText(error: unknown): string {
    const { name, message, cause } = error as Error & { cause?: { code?: string } };
    if (name === 'TimeoutError') return 'Read timed out';
    const code = cause?.code ?? '';
    return BROKEN_LINES[code] ?? (code ? `${message}: ${code}` : message);
}
