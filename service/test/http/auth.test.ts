import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
    KEY,
    NEXT_KEY,
    ORG_ID,
    OTHER_KEY,
    OTHER_ORG_ID,
    basic,
    signedIn,
    testApp
} from '../support/test-app.ts';
import type { TestApp } from '../support/test-app.ts';

let service: TestApp;
beforeAll(async () => {
    service = await testApp();
});
afterAll(() => service.close());

const ask = (headers: Record<string, string>) =>
    service.ask({ method: 'POST', url: '/v1/runs', headers, payload: { kind: 'pipeline' } });

describe('who may call', () => {
    test.each([KEY, NEXT_KEY])('an org signs in with either of its two live keys', async (key) => {
        expect((await ask(signedIn(ORG_ID, key))).statusCode).toBe(202);
    });

    test.each([
        ['a wrong key', signedIn(ORG_ID, 'not-the-key')],
        ["another org's key", signedIn(ORG_ID, OTHER_KEY)],
        ['an unknown org', signedIn('00D000000000009EAA', KEY)],
        ['an empty key', signedIn(ORG_ID, '')],
        ['no credentials', { 'x-spm-org': ORG_ID }],
        ['a bearer token', { authorization: `Bearer ${KEY}`, 'x-spm-org': ORG_ID }],
        ['credentials without a colon', { authorization: `Basic ${btoa(ORG_ID)}`, 'x-spm-org': ORG_ID }],
        ['credentials that are not base64', { authorization: 'Basic %%%', 'x-spm-org': ORG_ID }]
    ])('%s is refused with 401 and the same words', async (_what, headers) => {
        const answer = await ask(headers as Record<string, string>);
        expect(answer.statusCode).toBe(401);
        expect(answer.json().error).toMatchObject({ code: 'UNAUTHORIZED', where: 'authorization' });
        expect(answer.headers['www-authenticate']).toMatch(/^Basic/);
    });

    test.each([
        ['another org', OTHER_ORG_ID],
        ['the 15-character id', ORG_ID.slice(0, 15)]
    ])('a request whose X-Spm-Org names %s is refused as ORG_MISMATCH', async (_what, named) => {
        const answer = await ask({ ...signedIn(), 'x-spm-org': named });
        expect(answer.statusCode).toBe(403);
        expect(answer.json().error.code).toBe('ORG_MISMATCH');
    });

    test('a request without X-Spm-Org is refused as ORG_MISMATCH', async () => {
        expect((await ask({ authorization: basic(ORG_ID, KEY) })).statusCode).toBe(403);
    });

    test('a user in X-Spm-User is handed on, and anything else in it is ignored', async () => {
        await ask(signedIn(ORG_ID, KEY, '005000000000001AAA'));
        expect(service.desk.requests.at(-1)?.requestedBy).toBe('005000000000001AAA');
        await ask(signedIn(ORG_ID, KEY, "x'; DROP"));
        expect(service.desk.requests.at(-1)?.requestedBy).toBeNull();
    });
});

describe('how often', () => {
    test('a user above the limit is told to wait, another user of the org is not', async () => {
        const limited = await testApp({
            rateLimits: { perUserAMinute: 2, perTenantAMinute: 100, perAddressAMinute: 100 }
        });
        const as = (user: string) =>
            limited.ask({ method: 'GET', url: '/v1/runs/none', headers: signedIn(ORG_ID, KEY, user) });
        const codes = [];
        for (let i = 0; i < 3; i += 1) codes.push((await as('005000000000001AAA')).statusCode);
        expect(codes).toEqual([404, 404, 429]);
        const refused = await as('005000000000001AAA');
        expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
        expect(refused.json().error.code).toBe('RATE_LIMITED');
        expect((await as('005000000000002AAA')).statusCode).toBe(404);
        await limited.close();
    });

    test('an org above its limit does not slow another org', async () => {
        const limited = await testApp({
            rateLimits: { perUserAMinute: 100, perTenantAMinute: 2, perAddressAMinute: 100 }
        });
        const as = (headers: Record<string, string>) =>
            limited.ask({ method: 'GET', url: '/v1/runs/none', headers });
        for (let i = 0; i < 2; i += 1) await as(signedIn());
        expect((await as(signedIn())).statusCode).toBe(429);
        expect((await as(signedIn(OTHER_ORG_ID, OTHER_KEY))).statusCode).toBe(404);
        await limited.close();
    });

    test('guessing keys from one address ends in 429', async () => {
        const limited = await testApp({
            rateLimits: { perUserAMinute: 100, perTenantAMinute: 100, perAddressAMinute: 3 }
        });
        const codes = [];
        for (let i = 0; i < 4; i += 1) {
            const headers = signedIn(ORG_ID, `guess ${i}`);
            codes.push((await limited.ask({ method: 'GET', url: '/v1/runs/none', headers })).statusCode);
        }
        expect(codes).toEqual([401, 401, 401, 429]);
        await limited.close();
    });
});
