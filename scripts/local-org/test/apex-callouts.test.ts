// Callouts of Apex through the Named Credential: what is sent, who may send it, and how a run waits without holding
// the org up.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { UserContext } from '../org.ts';
import { createApexOrg } from './support/apex-org.ts';

const org = createApexOrg({
    NamedCredential: {
        Service: {
            namedCredentialParameters: [
                { parameterName: 'Url', parameterType: 'Url', parameterValue: 'https://service.example' },
                {
                    parameterName: 'ExternalCredential',
                    parameterType: 'Authentication',
                    externalCredential: 'Service'
                },
                {
                    parameterName: 'X-Spm-Org',
                    parameterType: 'HttpHeader',
                    parameterValue: '{!$Organization.Id}'
                }
            ]
        }
    },
    ExternalCredential: {
        Service: {
            authenticationProtocol: 'Basic',
            externalCredentialParameters: [{ parameterName: 'Principal', parameterType: 'NamedPrincipal' }]
        }
    }
});

type Handler = (request: IncomingMessage, body: string, response: ServerResponse) => void;

let handler: Handler;
let server: Server;
let caller: UserContext;

beforeAll(async () => {
    server = createServer((request, response) => {
        let body = '';
        request.on('data', (chunk) => (body += chunk));
        request.on('end', () => handler(request, body, response));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    org.org.db.exec(
        'CREATE TABLE IF NOT EXISTS local_credentials (name TEXT PRIMARY KEY, url TEXT, username TEXT, password TEXT)'
    );
    org.org.db
        .prepare('INSERT INTO local_credentials VALUES (?, ?, ?, ?)')
        .run('Service', url, 'user', 'secret');
    const granted = {
        ...org.admin.permissions,
        externalCredentialPrincipal: (name: string) => name === 'Service-Principal'
    };
    caller = { ...org.admin, permissions: granted };
});
afterAll(() => {
    server.close();
    org.close();
});

const gateway = `public class Gateway {
    private static String send(String path, Integer timeoutMs) {
        HttpRequest request = new HttpRequest();
        request.setEndpoint('callout:Service' + path);
        request.setMethod('POST');
        request.setHeader('X-Own', 'mine');
        request.setTimeout(timeoutMs);
        request.setBody('{"kind":"pipeline"}');
        HttpResponse response = new Http().send(request);
        return response.getStatusCode() + ' ' + response.getBody() + ' ' + response.getHeader('x-answer');
    }
    @AuraEnabled public static String once() { return send('/v1/runs?a=1', 5000); }
    @AuraEnabled public static String hurried() { return send('/slow', 50); }
    @AuraEnabled public static List<Object> around() {
        Integer before = [SELECT COUNT() FROM Account];
        Datetime started = System.now();
        String first = send('/first', 5000);
        Integer between = [SELECT COUNT() FROM Account];
        String second = send('/second', 5000);
        insert new Account(Name = 'by Apex');
        return new List<Object>{ before, first, between, second, [SELECT COUNT() FROM Account] };
    }
    @AuraEnabled public static String afterSave() {
        insert new Account(Name = 'pending');
        return send('/never', 5000);
    }
    @AuraEnabled public static String caught() {
        try { return send('/first', 5000); } catch (CalloutException e) { return 'caught ' + e.getMessage(); }
    }
}`;

const call = (method: string, user = caller): Promise<unknown> => {
    org.classes(gateway);
    return org.apex.invokeAura(user, 'Gateway', method, {});
};

const accountsNamed = (name: string): number =>
    org.org.queries.query(
        { user: org.admin, mode: 'system' },
        `SELECT COUNT() FROM Account WHERE Name = '${name}'`
    ).totalSize;

const insertAccount = (Name: string): void => {
    org.org.records.insert({ user: org.admin, mode: 'system' }, 'Account', [{ Name }], { allOrNone: true });
};

describe('a callout', () => {
    test('carries the credential, the headers of the credential and its own', async () => {
        let seen: unknown;
        handler = (request, body, response) => {
            const { authorization, 'x-spm-org': orgId, 'x-own': own } = request.headers;
            seen = { method: request.method, url: request.url, authorization, orgId, own, body };
            response.writeHead(202, { 'x-answer': 'yes' }).end('{}');
        };
        expect(await call('once')).toBe('202 {} yes');
        expect(seen).toEqual({
            method: 'POST',
            url: '/v1/runs?a=1',
            authorization: `Basic ${Buffer.from('user:secret').toString('base64')}`,
            orgId: org.org.orgId,
            own: 'mine',
            body: '{"kind":"pipeline"}'
        });
    });

    test('is refused to users without the principal, as the platform words it', async () => {
        const refused = {
            ...org.admin,
            permissions: { ...org.admin.permissions, externalCredentialPrincipal: () => false }
        };
        await expect(call('once', refused)).rejects.toMatchObject({
            body: {
                exceptionType: 'System.CalloutException',
                message: expect.stringMatching(/^We couldn't access the credential\(s\)\./)
            }
        });
    });

    test('does not follow rows that are not committed, which are undone', async () => {
        handler = () => {
            throw new Error('must not be called');
        };
        await expect(call('afterSave')).rejects.toThrow(
            'You have uncommitted work pending. Please commit or rollback before calling out'
        );
        expect(accountsNamed('pending')).toBe(0);
    });

    test('that takes too long is a CalloutException', async () => {
        handler = (_request, _body, response) => setTimeout(() => response.end(), 2000).unref();
        await expect(call('hurried')).rejects.toMatchObject({ body: { message: 'Read timed out' } });
        server.closeAllConnections();
    });
});

describe('a callout that gets no answer', () => {
    test('because the service hung up says so, as the platform words it', async () => {
        handler = (request) => request.socket.destroy();
        await expect(call('once')).rejects.toMatchObject({
            body: {
                exceptionType: 'System.CalloutException',
                message: expect.stringMatching(/^(Unexpected end of file from server|Connection reset)$/)
            }
        });
    });

    test('because nobody listens is refused, as the platform words it', async () => {
        const gone = createServer();
        await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
        const { port } = gone.address() as AddressInfo;
        await new Promise((resolve) => gone.close(resolve));
        const move = org.org.db.prepare('UPDATE local_credentials SET url = ?');
        const url = org.org.db.prepare('SELECT url FROM local_credentials').pluck().get();
        move.run(`http://127.0.0.1:${port}`);
        try {
            await expect(call('once')).rejects.toMatchObject({ body: { message: 'Connection refused' } });
        } finally {
            move.run(url);
        }
    });
});

describe('while Apex waits', () => {
    test('the org goes on, and the run sees what it had seen before and what is new after', async () => {
        const asked: string[] = [];
        handler = (request, _body, response) => {
            asked.push(request.url!);
            insertAccount('by the service');
            response.end('ok');
        };
        expect(await call('around')).toEqual([0, '200 ok null', 1, '200 ok null', 3]);
        expect(asked).toEqual(['/first', '/second']);
        expect(accountsNamed('by the service')).toBe(2);
        expect(accountsNamed('by Apex')).toBe(1);
    });

    test('no catch of the code around it takes the waiting for a failure', async () => {
        handler = (_request, _body, response) => response.writeHead(500).end('no');
        expect(await call('caught')).toBe('500 no null');
    });
});
