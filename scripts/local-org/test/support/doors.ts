// What a door is: a way to ask the org for somebody's secret, and the routes it goes through. The lists of doors are in
// read-doors.ts, write-doors.ts, job-doors.ts and page-doors.ts; security-doors.test.ts holds every one of them to the same law.
import { setTimeout as pause } from 'node:timers/promises';
import type { Target } from './private-org.ts';
import type { TestOrg } from './test-org.ts';

export interface Answer {
    status: number;
    body: any;
}

export type Call = (method: string, path: string, body?: unknown, headers?: object) => Promise<Answer>;

export interface Door {
    /** What is tried, to be read after "a peer learns nothing when he". */
    name: string;
    /** `GET /query/:locator`, under /services/data/:version unless it begins with //. */
    routes: string[];
    /** Everything the caller gets to see. */
    ask(call: Call, target: Target): Promise<unknown>;
    /** Who is answered: those above the owner, unless the thing belongs to one user alone. */
    opensFor?: 'owner';
}

export const DATA = '/services/data/v65.0';

export function callAs(local: TestOrg, username: string): Call {
    return async (method, path, body, headers = {}) => {
        const url = path.startsWith('//') ? path.slice(1) : DATA + path;
        const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
        const response = await local.fetchAs(username, url, {
            method,
            headers: headers as Record<string, string>,
            ...(text === undefined ? {} : { body: text })
        });
        const answer = await response.text();
        const isJson = (response.headers.get('content-type') ?? '').includes('json');
        return { status: response.status, body: isJson ? JSON.parse(answer) : answer };
    };
}

export const soql = (call: Call, query: string, path = '/query'): Promise<Answer> =>
    call('GET', `${path}?q=${encodeURIComponent(query)}`);

export async function finished(call: Call, path: string): Promise<any> {
    for (;;) {
        const { body } = await call('GET', path);
        if (['JobComplete', 'Failed', 'Aborted'].includes(body.state)) return body;
        await pause(2);
    }
}
