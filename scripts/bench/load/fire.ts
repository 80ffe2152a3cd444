// One burst of load and what came of it. autocannon makes the load; here stands what is asked and how answers are counted.
import autocannon from 'autocannon';

export interface Burst {
    url: string;
    connections: number;
    seconds: number;
    /** requests a second; left out: as many as come back */
    rate?: number;
    /** headers and path of the next request */
    next: () => { method: 'GET' | 'POST'; path: string; headers: Record<string, string>; body?: string };
}

export interface Fired {
    /** answers below 400 in a second */
    goodASecond: number;
    p50: number;
    p99: number;
    /** 429, and 503 that says when to come back */
    later: number;
    /** every other 5xx */
    broken: number;
    /** connections cut, and requests without an answer within ten seconds */
    lost: number;
    all: number;
}

const NOTHING_IN_SECONDS = 10;

export async function fire({ url, connections, seconds, rate, next }: Burst): Promise<Fired> {
    let withRetryAfter = 0;
    const result = await autocannon({
        url,
        connections,
        duration: seconds,
        timeout: NOTHING_IN_SECONDS,
        ...(rate ? { overallRate: rate } : {}),
        requests: [
            {
                setupRequest: (request) => ({ ...request, ...next() }),
                onResponse: (status, _body, _context, headers) => {
                    const names = Object.keys(headers ?? {}).map((name) => name.toLowerCase());
                    if (status === 503 && names.includes('retry-after')) withRetryAfter++;
                }
            }
        ]
    });
    const counted = result.statusCodeStats as Record<string, { count?: number }>;
    const of = (test: (status: number) => boolean): number =>
        Object.entries(counted).reduce(
            (sum, [status, { count = 0 }]) => sum + (test(Number(status)) ? count : 0),
            0
        );
    return {
        goodASecond: of((status) => status < 400) / result.duration,
        p50: result.latency.p50,
        p99: result.latency.p99,
        later: of((status) => status === 429) + withRetryAfter,
        broken: of((status) => status >= 500) - withRetryAfter,
        lost: result.errors + result.timeouts,
        all: of(() => true)
    };
}
