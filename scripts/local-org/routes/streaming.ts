// The Streaming API is not there: a client may shake hands (which `sf apex get test` does before it queries), and every
// channel it asks for is refused by name, so that it ends instead of waiting for ever.
import type { FastifyInstance } from 'fastify';
import { randomUUID } from 'node:crypto';
import type { LocalOrg } from '../local-org.ts';
import { notSupported } from '../org.ts';
import { objectBody, textOf, type Body } from './json-body.ts';

/** A message of the Bayeux protocol. */
interface Message {
    channel?: string;
    id?: string;
    clientId?: string;
    subscription?: string;
}

export function registerStreaming(app: FastifyInstance, org: LocalOrg): void {
    app.post('/cometd/:version', async (request) => {
        org.auth.authenticate(request);
        return [request.body ?? []].flat().map((one) => answerTo(messageOf(objectBody(one))));
    });
}

function messageOf(body: Body): Message {
    const names = ['channel', 'id', 'clientId', 'subscription'] as const;
    return Object.fromEntries(names.map((name) => [name, textOf(body, name)]));
}

function answerTo({ channel = '', id, clientId = randomUUID(), subscription }: Message): object {
    const head = { channel, ...(id ? { id } : {}), clientId };
    switch (channel) {
        case '/meta/handshake':
            return {
                ...head,
                successful: true,
                version: '1.0',
                minimumVersion: '1.0',
                supportedConnectionTypes: ['long-polling']
            };
        case '/meta/disconnect':
            return { ...head, successful: true };
        default: {
            const { errorCode, message } = notSupported(`streaming (${subscription ?? channel})`);
            const error = `403:${errorCode}:${message}`;
            return { ...head, successful: false, error, advice: { reconnect: 'none' } };
        }
    }
}
