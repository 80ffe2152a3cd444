// What leaves the service besides the answer asked for: the headers of every answer, and the log. Names, addresses, amounts,
// keys and tokens are sent through every route in every place a request has; none of them may come out in the log.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { KEY, OPERATOR_KEY, ORG_ID, basic, signedIn, testApp, type TestApp } from '../support/test-app.ts';
import type { Operation } from '../../../scripts/security/fuzz/operations.ts';
import { everyRoute, requestTo } from './support/every-route.ts';

const PRIVATE = [
    'Wilhelmina Quackenbush',
    'w.quackenbush@client.example',
    '48712.93',
    'tok-5f9dQuack',
    KEY,
    OPERATOR_KEY
];
/** No org of this id is registered: the operator would forget one that is. */
const own = { runKey: 'a-run', orgId: '00D000000000009EAA', fingerprint: 'f'.repeat(12) };

let service: TestApp;
let routes: Operation[];
beforeAll(async () => {
    service = await testApp({
        rateLimits: { perUserAMinute: 1e6, perTenantAMinute: 1e6, perAddressAMinute: 1e6 },
        // As an error of the inside that quotes what it was given.
        importFacts: async (_orgId, batch) => {
            throw Object.assign(new Error(JSON.stringify(batch)), { batch });
        }
    });
    routes = (await everyRoute(service)).filter(({ path }) => !path.endsWith('/disconnect'));
});
afterAll(() => service.close());

const headersFor = ({ signedInBy }: Operation) =>
    signedInBy.includes('operatorKey') ? { authorization: `Bearer ${OPERATOR_KEY}` } : signedIn();

describe('every answer', () => {
    test('is kept by nobody, guessed by nobody, tied to TLS, and says nothing of what serves it', async () => {
        for (const route of routes) {
            for (const headers of [{}, headersFor(route)]) {
                const answer = await service.ask({ ...requestTo(route, own), headers });
                expect(answer.headers).toMatchObject({
                    'cache-control': 'no-store',
                    'x-content-type-options': 'nosniff',
                    'strict-transport-security': 'max-age=31536000'
                });
                expect(answer.headers['x-request-id']).toMatch(/^[\w.:-]{1,64}$/);
                for (const banner of [
                    'server',
                    'x-powered-by',
                    'via',
                    'set-cookie',
                    'access-control-allow-origin'
                ])
                    expect(answer.headers[banner]).toBeUndefined();
            }
        }
    });

    test('is the same for a page of another site: no origin is let in', async () => {
        const answer = await service.ask({
            method: 'OPTIONS',
            url: '/v1/runs',
            headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' }
        });
        expect(answer.statusCode).toBe(404);
        expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    });
});

test('nothing private that is sent in any place of any request comes out in the log', async () => {
    const text = PRIVATE.join(' ');
    for (const route of routes) {
        const known = headersFor(route);
        const wrong = { ...signedIn(ORG_ID, text), 'x-spm-user': text, cookie: text, 'x-request-id': text };
        const inPath = {
            runKey: encodeURIComponent(text),
            orgId: encodeURIComponent(text),
            fingerprint: encodeURIComponent(text)
        };
        const whole = requestTo(route, own);
        const bodies: (object | string)[] = [
            { name: text, email: text, amount: text, batch: text, clientSecret: text },
            text,
            JSON.stringify(text)
        ];
        const asked = [
            { ...whole, headers: { ...known, 'user-agent': text, referer: text, 'x-forwarded-for': text } },
            { ...requestTo(route, inPath), headers: known },
            { ...whole, url: `${whole.url}?q=${encodeURIComponent(text)}`, headers: wrong },
            { ...whole, headers: { authorization: basic(text, text) } },
            ...bodies.map((payload) => ({
                ...whole,
                ...(route.method === 'GET' ? {} : { payload }),
                headers: { ...known, 'content-type': 'application/json' }
            }))
        ];
        for (const one of asked) await service.ask(one);
    }
    const batch = {
        batch: 'Wilhelmina Quackenbush',
        source: 'survey',
        extractedAt: '2026-11-20T08:00:00Z',
        stated: { count: 0, total: '48712.93' },
        facts: []
    };
    const broken = await service.ask({
        method: 'POST',
        url: '/v1/facts',
        payload: batch,
        headers: signedIn()
    });
    expect(broken.statusCode).toBe(500);
    expect(broken.body).not.toContain('Quackenbush');
    const log = service.log.join('');
    expect(service.log.length).toBeGreaterThan(5 * routes.length);
    expect(log).toContain('request failed');
    for (const one of [...PRIVATE, basic(ORG_ID, KEY).slice(6)]) {
        for (const form of [one, encodeURIComponent(one), Buffer.from(one).toString('base64').slice(0, -4)])
            expect(log).not.toContain(form);
    }
});
