// HTTP as it comes over the wire, with node's own client: for answers and requests that fetch would not let through.
import { request, type IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import type { TestOrg } from './test-org.ts';

export interface RawAnswer {
    status: number;
    headers: IncomingHttpHeaders;
    body: Buffer;
    /** False when the connection ended before the answer did. */
    isWhole: boolean;
}

export function rawRequest(
    local: TestOrg,
    username: string,
    method: string,
    path: string,
    body?: Buffer | Readable,
    headers: Record<string, string> = {}
): Promise<RawAnswer> {
    const { hostname, port } = new URL(local.url);
    const token = local.org.auth.issueToken(local.org.users.byUsername(username)!.userId);
    return new Promise((resolve, reject) => {
        const call = request(
            { hostname, port, method, path, headers: { Authorization: `Bearer ${token}`, ...headers } },
            (response) => {
                const chunks: Buffer[] = [];
                const done = (): void =>
                    resolve({
                        status: response.statusCode!,
                        headers: response.headers,
                        body: Buffer.concat(chunks),
                        isWhole: response.complete
                    });
                response.on('data', (chunk: Buffer) => chunks.push(chunk));
                response.on('error', done);
                response.on('end', done);
            }
        );
        call.on('error', reject);
        if (body && !Buffer.isBuffer(body)) body.pipe(call);
        else call.end(body);
    });
}
