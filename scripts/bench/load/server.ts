// One server in a process of its own, for the load generator in another: the service, or what it is compared with, which
// answer the same bytes without asking who calls. argv: its name, the number of orgs, a folder. Tells its parent where it
// listens and as whom to call.
import { createServer } from 'node:http';
import { join } from 'node:path';
import Fastify from 'fastify';
import { pino } from 'pino';
import { logDestination } from '../../../service/src/log-destination.ts';
import { loggerOptions } from '../../../service/src/logging.ts';
import { withChecksum } from '../../../service/src/domain/pipeline/id-index.ts';
import { createService } from '../../../service/src/service.ts';
import { configFor } from '../../../service/test/support/local-org.ts';
import { sha256, tenant } from '../../../service/test/support/test-app.ts';

export interface Listening {
    url: string;
    /** an org of the service and its key */
    callers: { orgId: string; key: string }[];
}

const [name, orgs, folder] = process.argv.slice(2) as [string, string, string];
const UNLIMITED = { perUserAMinute: 1e9, perTenantAMinute: 1e9, perAddressAMinute: 1e9 };

/** As long and as deep as the state of a run, which is the answer that pages ask for again and again. */
const ANSWER = {
    runKey: '5e0a8e0c-6a57-4f0e-9f0f-7a4f7f3f6f11',
    kind: 'pipeline',
    period: null,
    status: 'failed',
    stage: 'done',
    scope: 'full',
    trigger: 'manual',
    progressPercent: 100,
    requestedAt: '2026-11-21T08:00:00.000Z',
    startedAt: '2026-11-21T08:00:00.100Z',
    finishedAt: '2026-11-21T08:00:00.200Z',
    dataAsOf: null,
    counts: { read: 0, computed: 0, written: 0, skipped: 0, failed: 0, apiCalls: 0 },
    warnings: [],
    errors: [
        {
            code: 'ORG_NOT_REACHED',
            message: 'The My Domain does not answer. Check it; after a rename register the new one.',
            count: 1
        }
    ]
};

const STARTS: Record<string, () => Promise<Listening>> = {
    'node:http': async () => {
        const server = createServer((_request, response) => {
            const body = JSON.stringify(ANSWER);
            response.writeHead(200, {
                'content-type': 'application/json; charset=utf-8',
                'content-length': Buffer.byteLength(body)
            });
            response.end(body);
        });
        await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
        return { url: `http://127.0.0.1:${(server.address() as { port: number }).port}`, callers: [] };
    },
    Fastify: async () => {
        const app = Fastify();
        app.get('/v1/runs/:runKey', () => ANSWER);
        return { url: await app.listen({ host: '127.0.0.1', port: 0 }), callers: [] };
    },
    service: startService
};

async function startService(): Promise<Listening> {
    const callers = Array.from({ length: Number(orgs) }, (_, place) => ({
        orgId: withChecksum(`00D${String(place + 1).padStart(12, '0')}`),
        key: `key-of-org-${place + 1}`
    }));
    const tenants = callers.map(({ orgId, key }) =>
        // Nobody listens there: runs end at once with ORG_NOT_REACHED.
        tenant({ orgId, keySha256: [sha256(key)], myDomain: 'http://127.0.0.1:9' })
    );
    const config = { ...configFor(tenants[0]!, join(folder, 'state.db')), tenants };
    // Written to a file as in production; what is measured includes the log.
    const logger = pino(loggerOptions('info'), logDestination(join(folder, 'service.log')));
    const { app } = await createService(config, logger, { rateLimits: UNLIMITED });
    return { url: await app.listen({ host: '127.0.0.1', port: 0 }), callers };
}

process.send!(await STARTS[name]!());
process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send!(user + system);
});
process.once('disconnect', () => process.exit(0));
