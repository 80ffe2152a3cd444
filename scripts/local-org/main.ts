// Command line of the local org: node scripts/local-org/main.ts --file org.db --port 8800
import { parseArgs } from 'node:util';
import { createOrg } from './create-org.ts';
import { startPubSub } from './pubsub/server.ts';
import { startLocalOrg } from './server.ts';

const { values } = parseArgs({
    options: {
        file: { type: 'string', default: ':memory:' },
        port: { type: 'string', default: '8800' },
        'pubsub-port': { type: 'string' },
        host: { type: 'string', default: '127.0.0.1' },
        'daily-api-requests': { type: 'string', default: '100000' }
    }
});
const port = portOf('--port', values.port);
const pubSubPort = values['pubsub-port'] ? portOf('--pubsub-port', values['pubsub-port']) : null;

const dailyApiRequests = Number(values['daily-api-requests']);
if (!Number.isInteger(dailyApiRequests) || dailyApiRequests < 0) {
    const given = values['daily-api-requests'];
    process.stderr.write(`--daily-api-requests ${given} is no number of requests: give a whole number.\n`);
    process.exit(2);
}

const org = createOrg({ file: values.file, dailyApiRequests });
const server = await startLocalOrg({ org, port, host: values.host });
const pubSub = pubSubPort === null ? null : await startPubSub({ org, port: pubSubPort, host: values.host });
const admin = org.users.context(org.adminUserId);
process.stdout.write(
    `Local org ${org.orgId} at ${server.url}\n` +
        `Signed in as ${admin.username} with SF_ACCESS_TOKEN='${org.auth.issueToken(admin.userId)}'\n` +
        (pubSub ? `Pub/Sub API (gRPC without TLS) at ${pubSub.address}\n` : '')
);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, async () => {
        await pubSub?.close();
        await server.close();
        org.close();
        process.exit(0);
    });
}

function portOf(option: string, text: string): number {
    const given = Number(text);
    if (Number.isInteger(given) && given >= 0 && given <= 65535) return given;
    process.stderr.write(`${option} ${text} is no port: give a whole number from 0 to 65535.\n`);
    process.exit(2);
}
