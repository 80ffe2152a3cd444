// 200 orgs with 50 users each: how much the service carries, and what happens when twice as much is asked of it, which must
// be slower answers or "come back later", never a fault.
import { fire, type Fired } from './fire.ts';
import { startServer } from './start-server.ts';
import { mixedTraffic, requestRun } from './traffic.ts';

const ORGS = 200;
const CONNECTIONS = 64;
const SECONDS = 10;

export interface Overload {
    /** with as many requests as come back */
    sustained: Fired;
    /** with twice as many, whether or not they come back */
    doubled: Fired;
}

export async function measureOverload(): Promise<Overload> {
    const service = await startServer('service', ORGS);
    try {
        const callers = [];
        for (const caller of service.callers)
            callers.push({ caller, runKey: await requestRun(service.url, caller) });
        const next = mixedTraffic(callers);
        const burst = { url: service.url, seconds: SECONDS, next };
        await fire({ ...burst, connections: CONNECTIONS, seconds: 3 });
        const sustained = await fire({ ...burst, connections: CONNECTIONS });
        const rate = 2 * Math.round(sustained.all / SECONDS);
        // Enough connections that none has to wait for the answer to the request before.
        const doubled = await fire({ ...burst, connections: 16 * CONNECTIONS, rate });
        return { sustained, doubled };
    } finally {
        await service.stop();
    }
}
