// Stands between the service and the local org and counts requests, so that a test can kill the service at an exact one:
// before the org has seen it, or after the org has carried it out and before the service hears of it.
import { createServer, request as httpRequest } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface KillPoint {
    /** 1 is the first request after `arm`. */
    atRequest: number;
    isCarriedOut: boolean;
}

export interface KillingProxy {
    origin: string;
    /** Requests since the last `arm`. */
    count(): number;
    arm(point: KillPoint | null, kill: () => void): void;
    close(): Promise<void>;
}

export async function killingProxy(target: string): Promise<KillingProxy> {
    let armed: KillPoint | null = null;
    let kill = (): void => undefined;
    let count = 0;
    const server = createServer((request, response) => {
        count += 1;
        const strikes = armed !== null && count >= armed.atRequest;
        if (strikes && !armed?.isCarriedOut) {
            kill();
            request.destroy();
            return;
        }
        forward(target, request, response, strikes ? kill : null);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return {
        origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        count: () => count,
        arm: (point, action) => {
            armed = point;
            kill = action;
            count = 0;
        },
        close: () => {
            server.closeAllConnections();
            return new Promise((resolve) => server.close(() => resolve()));
        }
    };
}

function forward(
    target: string,
    request: IncomingMessage,
    response: ServerResponse,
    thenKill: (() => void) | null
): void {
    const onward = httpRequest(
        target + request.url,
        { method: request.method, headers: { ...request.headers, connection: 'close' }, agent: false },
        (answer) => {
            if (thenKill) {
                // The org has answered, so it has carried the request out; nobody hears of it.
                answer.resume();
                thenKill();
                response.destroy();
                return;
            }
            // What the org breaks off is broken off here too.
            answer.on('error', () => response.destroy());
            response.writeHead(answer.statusCode ?? 500, answer.headers);
            answer.pipe(response);
        }
    );
    // The service died while it was being answered or was still sending.
    response.on('close', () => onward.destroy());
    onward.on('error', () => response.destroy());
    request.pipe(onward);
}
