// A few fixed answers over HTTP, for what no org does on request: redirects, endless 401s, pages that break off.
// Tests of ordinary reading and writing use the local org instead.
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OrgClient } from '../../src/salesforce/connect.ts';
import type { ClientOptions } from '../../src/salesforce/connect.ts';
import { ORG_ID, tenant } from './test-app.ts';

export const USER_ID = '005000000000001AAA';

export type Answerer = (request: IncomingMessage, response: ServerResponse, body: string) => void;

export interface ScriptedOrg {
    origin: string;
    requests: string[];
    close(): Promise<void>;
    client(options?: ClientOptions & { namespace?: string }): OrgClient;
}

export async function scriptedOrg(answer: Answerer): Promise<ScriptedOrg> {
    const requests: string[] = [];
    const server = createServer((request, response) => {
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk));
        request.on('end', () => {
            requests.push(`${request.method} ${request.url}`);
            answer(request, response, Buffer.concat(chunks).toString());
        });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return {
        origin,
        requests,
        close: () => {
            server.closeAllConnections();
            return new Promise((resolve) => server.close(() => resolve()));
        },
        client: ({ namespace = '', ...options } = {}) =>
            new OrgClient(tenant({ myDomain: origin, namespace }), {
                sleep: async () => undefined,
                ...options
            })
    };
}

export function json(
    response: ServerResponse,
    status: number,
    body: unknown,
    headers: Record<string, string> = {}
): void {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
}

export function isTokenCall(request: IncomingMessage): boolean {
    return request.url === '/services/oauth2/token';
}

/** The answer of a token call; the org's own origin is read from the request. */
export function token(request: IncomingMessage, response: ServerResponse, orgId = ORG_ID): void {
    const origin = `http://${request.headers.host}`;
    json(response, 200, {
        access_token: `${orgId}!token`,
        instance_url: origin,
        id: `${origin}/id/${orgId}/${USER_ID}`,
        token_type: 'Bearer'
    });
}
