// What the server wrote into the page for this user (`globalThis.localOrgPage`), and the one way to ask the server for
// more. Every request goes as the signed-in user; failures come in the shape Lightning gives components.
import type { I18n } from '../../i18n.ts';

export interface LocalOrgPage {
    userId: string;
    isGuest: boolean;
    formFactor: 'Large' | 'Small';
    /** `@salesforce/i18n/<name>` by name */
    i18n: I18n;
    customPermissions: string[];
    /** Everyone who can be signed in as, for the sign-in page and "view as". */
    users: PageUser[];
}

export interface PageUser {
    username: string;
    name: string;
    detail: string;
}

declare global {
    var localOrgPage: LocalOrgPage;
}

/** As imperative Apex and UI API errors look to a component. */
export interface FetchResponseError {
    ok: false;
    status: number;
    statusText: string;
    body: unknown;
}

export const dataRoot = '/services/data/v65.0';

export async function requestJson(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(path, {
        method,
        headers: {
            accept: 'application/json',
            ...(body === undefined ? {} : { 'content-type': 'application/json' })
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) })
    });
    const answer = await readAnswer(response);
    if (response.ok) return answer;
    const { status, statusText } = response;
    throw { ok: false, status, statusText, body: firstOf(answer) } satisfies FetchResponseError;
}

async function readAnswer(response: Response): Promise<unknown> {
    const text = await response.text();
    if (text === '') return null;
    try {
        return JSON.parse(text);
    } catch {
        return { message: text };
    }
}

/** REST errors are arrays; components see the first element. */
function firstOf(answer: unknown): unknown {
    return Array.isArray(answer) ? answer[0] : answer;
}

export function messageOf(error: unknown): string {
    const body = (error as Partial<FetchResponseError> | undefined)?.body as
        { message?: unknown } | undefined;
    return String(body?.message ?? (error as Error | undefined)?.message ?? error);
}
