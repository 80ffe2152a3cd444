// The service under fire, in a process of its own: the real one on a state file, without limits of how often. Tells its
// parent what it holds (memory after a collection, sockets, timers) and which secrets were seen in its log.
// Started by fork with --expose-gc; argv: the tenant as JSON, the state file, SHA-256 of the operator's key, what may not be
// logged as JSON.
import { randomBytes } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { loggerOptions } from '../../../service/src/logging.ts';
import { createService } from '../../../service/src/service.ts';
import { configFor } from '../../../service/test/support/local-org.ts';

export interface Holdings {
    heapMb: number;
    /** the longest the process did not come to answer anybody */
    longestStallMs: number;
    handles: Record<string, number>;
    /** lines of the log with something that may not be in it, at most ten */
    leaks: string[];
    logLines: number;
    errors: string[];
}

const [tenant, stateFile, operatorKeySha256, forbidden] = process.argv.slice(2) as [
    string,
    string,
    string,
    string
];
const secrets = JSON.parse(forbidden) as string[];
const seen = { leaks: [] as string[], logLines: 0, errors: [] as string[] };
const logger = pino(loggerOptions('info'), {
    write: (line: string) => {
        seen.logLines++;
        if (seen.leaks.length < 10 && secrets.some((secret) => line.includes(secret))) seen.leaks.push(line);
        if (seen.errors.length < 10 && line.includes('request failed')) seen.errors.push(line);
    }
});
const UNLIMITED = { perUserAMinute: 1e9, perTenantAMinute: 1e9, perAddressAMinute: 1e9 };

const config = {
    ...configFor(JSON.parse(tenant), stateFile),
    operatorKeySha256,
    secretKeys: [{ id: 'fuzz', bytes: randomBytes(32) }]
};
const service = await createService(config, logger, { rateLimits: UNLIMITED });
const stalls = monitorEventLoopDelay();
stalls.enable();
const portOf = async (app: FastifyInstance): Promise<number> =>
    Number(new URL(await app.listen({ host: '127.0.0.1', port: 0 })).port);
const ports = { orgs: await portOf(service.app), operator: await portOf(service.operatorApp!) };
process.on('message', (message) => void (message === 'stop' ? stop() : process.send!(holdings())));
process.once('disconnect', () => void stop());
process.send!({ ports });

function holdings(): Holdings {
    for (let round = 0; round < 3; round++) globalThis.gc!();
    const handles: Record<string, number> = {};
    for (const name of process.getActiveResourcesInfo()) handles[name] = (handles[name] ?? 0) + 1;
    return {
        heapMb: process.memoryUsage().heapUsed / 1e6,
        longestStallMs: stalls.max / 1e6,
        handles,
        ...seen
    };
}

async function stop(): Promise<void> {
    await service.close();
    process.exit(0);
}
