// Asking the service over HTTP: JSON both ways, a time limit, no redirects, and refusals in the service's own words. Knows no route.
import { SfError } from '@salesforce/core';

const TIMEOUT_MS = 15_000;

export interface ServiceAnswer<T = unknown> {
    status: number;
    body: T;
}

/** The service refused, or something else answered in its place. */
export class ServiceRefusal extends SfError {
    readonly status: number;
    constructor(status: number, code: string, message: string, fix: string) {
        super(message, code, fix === '' ? [] : [fix]);
        this.status = status;
    }
}

interface Ask {
    method?: 'GET' | 'POST' | 'DELETE';
    body?: object;
    headers?: Record<string, string>;
}

/** The answer, whatever its status; `body` is null where it is no JSON. */
export async function askService<T>(url: string, path: string, ask: Ask = {}): Promise<ServiceAnswer<T>> {
    const address = addressOf(url, path);
    try {
        const answer = await fetch(address, {
            method: ask.method ?? 'GET',
            headers: { ...(ask.body ? { 'content-type': 'application/json' } : {}), ...ask.headers },
            ...(ask.body ? { body: JSON.stringify(ask.body) } : {}),
            redirect: 'manual',
            signal: AbortSignal.timeout(TIMEOUT_MS)
        });
        return { status: answer.status, body: parsed(await answer.text()) as T };
    } catch (error) {
        throw notReached(url, error as Error);
    }
}

/** The body of a 2xx answer; anything else is thrown as the service said it. */
export async function tellService<T>(url: string, path: string, ask: Ask = {}): Promise<T> {
    const { status, body } = await askService<(T & { error?: ErrorBody }) | null>(url, path, ask);
    if (status >= 200 && status < 300) return body as T;
    const { code, message, fix } = body?.error ?? {};
    throw new ServiceRefusal(
        status,
        code ?? `HTTP_${status}`,
        message ?? `${url} answered ${status}, and not as the service does.`,
        fix ?? 'Check the address of the service, and what stands in front of it.'
    );
}

interface ErrorBody {
    code?: string;
    message?: string;
    fix?: string;
}

function addressOf(url: string, path: string): URL {
    if (!URL.canParse(url))
        throw new SfError(`"${url}" is no address of a service.`, 'NoServiceUrl', [
            'Give it as https://plumbline.example.com.'
        ]);
    return new URL(path, url);
}

function parsed(text: string): unknown {
    try {
        return text === '' ? null : JSON.parse(text);
    } catch {
        return null;
    }
}

function notReached(url: string, error: Error): SfError {
    const cause = (error.cause as { code?: string } | undefined)?.code ?? error.name;
    return new SfError(`The service at ${url} does not answer (${cause}).`, 'ServiceNotReached', [
        'Check that it runs and that this machine may reach it: curl <address>/health/ready'
    ]);
}
