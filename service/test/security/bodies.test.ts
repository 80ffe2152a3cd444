// Bodies made to break the reader: too large, too deep, too slow, half, and such as would change every object of the process.
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { signedIn, testApp, type TestApp } from '../support/test-app.ts';
import { everyRoute, nameOf, requestTo } from './support/every-route.ts';

const TIME_LIMITS = { headers: 600, request: 1200, check: 100 };

let service: TestApp;
let port: number;
const batches: unknown[] = [];

beforeAll(async () => {
    service = await testApp({
        timeLimits: TIME_LIMITS,
        rateLimits: { perUserAMinute: 1e6, perTenantAMinute: 1e6, perAddressAMinute: 1e6 },
        importFacts: async (_orgId, batch) => {
            batches.push(batch);
            return { accepted: 0, duplicates: 0, rejected: [], status: 'Reconciled' };
        }
    });
    port = (service.apps.orgs.server.address() as { port: number }).port;
});
afterAll(() => service.close());

const POLLUTING = [
    '{"__proto__":{"polluted":true}}',
    '{"kind":"pipeline","__proto__":{"polluted":true}}',
    '{"kind":"pipeline","\\u005f_proto__":{"polluted":true}}',
    '{"kind":"pipeline","constructor":{"prototype":{"polluted":true}}}',
    '{"a":{"b":[{"__proto__":{"polluted":true}}]}}',
    '[{"__proto__":{"polluted":true}}]'
];

const post = (url: string, payload: string) =>
    service.ask({
        method: 'POST',
        url,
        headers: { ...signedIn(), 'content-type': 'application/json' },
        payload
    });

describe('bodies that name the prototype', () => {
    test.each(POLLUTING)(
        '%s is refused by every route that reads a body, and no object has changed',
        async (payload) => {
            const readers = (await everyRoute(service)).filter(
                ({ body, signedInBy }) => body && signedInBy.includes('orgKey')
            );
            expect(readers.length).toBeGreaterThan(1);
            for (const reader of readers) {
                const answer = await post(requestTo(reader, {}).url, payload);
                expect([nameOf(reader), answer.statusCode]).toEqual([nameOf(reader), 400]);
            }
            expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
        }
    );

    test('attributes of a fact called __proto__ are refused, and other odd names stay plain names', async () => {
        const fact = (attributes: string) =>
            `{"batch":"b","source":"s","extractedAt":"2026-11-20T08:00:00Z","stated":{"count":1,"total":"1"},"facts":[` +
            `{"signal":"x","person":"005000000000001AAA","day":"2026-11-01","value":"1","sourceId":"1","attributes":${attributes}}]}`;
        expect((await post('/v1/facts', fact('{"__proto__":"x"}'))).statusCode).toBe(400);
        expect((await post('/v1/facts', fact('{"toString":"x","hasOwnProperty":"y"}'))).statusCode).toBe(200);
        const [batch] = batches.splice(0) as { facts: { attributes: object }[] }[];
        expect(Object.entries(batch!.facts[0]!.attributes)).toEqual([
            ['toString', 'x'],
            ['hasOwnProperty', 'y']
        ]);
    });
});

describe('bodies that are too much', () => {
    test.each([
        ['/v1/runs', 16 * 1024 + 1],
        ['/v1/facts', 8 * 1024 * 1024 + 1]
    ])('%s refuses %d bytes', async (url, bytes) => {
        const answer = await post(url, `"${'x'.repeat(bytes - 2)}"`);
        expect([answer.statusCode, answer.json().error.code]).toEqual([413, 'BODY_TOO_LARGE']);
    });

    test.each([
        ['/v1/runs', 4_000],
        ['/v1/facts', 3_000_000]
    ])('%s refuses %d levels of nesting without losing its breath', async (url, depth) => {
        for (const payload of [
            '['.repeat(depth) + ']'.repeat(depth),
            '['.repeat(depth),
            '{"a":'.repeat(depth / 5)
        ]) {
            expect((await post(url, payload)).statusCode).toBe(400);
        }
        expect((await service.ask({ url: '/health/live' })).statusCode).toBe(200);
    });

    test('a full body of nothing but faults is refused at its first one, without listing all of them', async () => {
        const junk = '{"batch":1,"source":2,"facts":[' + '1,'.repeat(3_900_000) + '1]}';
        const answer = await post('/v1/facts', junk);
        expect(answer.json().error).toMatchObject({ code: 'INVALID_REQUEST', where: 'body/batch' });
    });
});

describe('clients that are too slow', () => {
    test.each([
        ['nothing', '', ''],
        ['a header a moment', 'GET /health/live HTTP/1.1\r\nhost: x\r\n', 'x-slow: 1\r\n'],
        [
            'a byte of the body a moment',
            `POST /v1/runs HTTP/1.1\r\nhost: x\r\n${headerLines()}content-type: application/json\r\ncontent-length: 5000\r\n\r\n`,
            ' '
        ]
    ])('who sends %s is told 408 or nothing, and holds no connection', async (_what, start, drip) => {
        expect(['', 'TOO_SLOW']).toContain(refusalIn(await dripping(start, drip)));
        expect(await connections()).toBe(0);
    });

    test('a hundred of them do not keep others waiting', async () => {
        const slow = Array.from({ length: 100 }, () =>
            dripping('POST /v1/runs HTTP/1.1\r\n', 'x-slow: 1\r\n')
        );
        expect((await service.ask({ url: '/health/ready' })).statusCode).toBe(200);
        const answers = await Promise.all(slow);
        expect(answers.map(refusalIn).filter((code) => code !== '' && code !== 'TOO_SLOW')).toEqual([]);
        expect(await connections()).toBe(0);
    });
});

describe('bytes that are no request', () => {
    test.each([
        ['words', 'hello\r\n\r\n', 400],
        ['a header with a null', 'GET / HTTP/1.1\r\nhost: x\r\nx: a\u0000b\r\n\r\n', 400],
        [
            'two lengths',
            'POST /v1/runs HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n{}',
            400
        ],
        [
            'a length and pieces',
            'POST /v1/runs HTTP/1.1\r\nhost: x\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
            400
        ],
        ['32 KB of headers', `GET / HTTP/1.1\r\nhost: x\r\nx: ${'a'.repeat(32_768)}\r\n\r\n`, 431],
        ['an expectation', 'GET /health/live HTTP/1.1\r\nhost: x\r\nexpect: tea\r\n\r\n', 400],
        [
            'an address that cannot be read',
            'GET /v1/runs/%zz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n',
            400
        ],
        [
            'an endless name',
            `GET /v1/runs/${'k'.repeat(900)} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`,
            404
        ]
    ])('%s get the one error shape, with the headers every answer has', async (_what, bytes, status) => {
        const answer = await dripping(bytes, '');
        const [head, body] = answer.split('\r\n\r\n');
        expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
        expect(head).toMatch(/^cache-control: no-store$/im);
        expect(head).toMatch(/^x-content-type-options: nosniff$/im);
        expect(Object.keys(JSON.parse(body!).error)).toEqual([
            'code',
            'message',
            'where',
            'fix',
            'requestId'
        ]);
    });
});

function headerLines(): string {
    return Object.entries(signedIn())
        .map(([name, value]) => `${name}: ${value}\r\n`)
        .join('');
}

/** Everything the service says until it closes the connection. */
function dripping(start: string, drip: string): Promise<string> {
    return new Promise((resolve) => {
        let said = '';
        const socket: Socket = connect(port, '127.0.0.1');
        socket.write(start);
        const timer = setInterval(() => drip && socket.writable && socket.write(drip), 50);
        socket.on('data', (chunk) => (said += chunk));
        socket.on('error', () => {});
        socket.on('close', () => {
            clearInterval(timer);
            resolve(said);
        });
    });
}

/** The code of the error; nothing where the connection was cut while the client was still sending. */
function refusalIn(answer: string): string {
    return answer === '' ? '' : JSON.parse(answer.split('\r\n\r\n')[1]!).error.code;
}

function connections(): Promise<number> {
    return new Promise((resolve) =>
        service.apps.orgs.server.getConnections((_error, count) => resolve(count))
    );
}
