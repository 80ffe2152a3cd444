import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ORG_ID, OTHER_KEY, OTHER_ORG_ID, signedIn, testApp } from '../support/test-app.ts';
import type { TestApp } from '../support/test-app.ts';

let service: TestApp;
beforeEach(async () => {
    service = await testApp();
});
afterEach(() => service.close());

const post = (payload: unknown, headers = signedIn()) =>
    service.ask({ method: 'POST', url: '/v1/runs', headers, payload: payload as object });

describe('asking for a run', () => {
    test('answers 202 with a run key at once', async () => {
        const answer = await post({ kind: 'pipeline' });
        expect(answer.statusCode).toBe(202);
        expect(answer.json()).toEqual({
            runKey: service.desk.runs[0].runKey,
            status: 'queued',
            alreadyRunning: false
        });
    });

    test('answers the run under way instead of a second one', async () => {
        const first = (await post({ kind: 'pipeline' })).json();
        expect((await post({ kind: 'pipeline' })).json()).toEqual({ ...first, alreadyRunning: true });
    });

    test('takes the org from the key, never from the body', async () => {
        const answer = await post({ kind: 'pipeline', orgId: OTHER_ORG_ID });
        expect(answer.statusCode).toBe(400);
        expect(answer.json().error).toMatchObject({ code: 'INVALID_REQUEST' });
    });

    test('asks for the pay of a period', async () => {
        const answer = await post({ kind: 'pay', period: '2026-Q3' });
        expect(answer.statusCode).toBe(202);
        expect(service.desk.requests).toMatchObject([{ kind: 'Pay', period: '2026-Q3' }]);
    });

    test.each([
        [{ kind: 'incentives' }],
        [{}],
        [[]],
        [{ kind: 'pipeline', scope: 'weekly' }],
        [{ kind: 'pipeline', period: '2026-Q3' }],
        [{ kind: 'pay' }],
        [{ kind: 'pay', period: '' }],
        [{ kind: 'publication', period: 7 }]
    ])('refuses %j by the place of the fault', async (payload) => {
        const answer = await post(payload);
        expect(answer.statusCode).toBe(400);
        expect(answer.json().error.where).toMatch(/^body/);
    });

    test('refuses a body that is no JSON, one that is too large, and one of another type', async () => {
        const send = (payload: string, type: string) =>
            service.ask({
                method: 'POST',
                url: '/v1/runs',
                headers: { ...signedIn(), 'content-type': type },
                payload
            });
        const answers = [
            await send('{"kind"', 'application/json'),
            await send(JSON.stringify({ kind: 'x'.repeat(20_000) }), 'application/json'),
            await send('<kind/>', 'application/xml')
        ];
        expect(answers.map((answer) => [answer.statusCode, answer.json().error.code])).toEqual([
            [400, 'INVALID_JSON'],
            [413, 'BODY_TOO_LARGE'],
            [415, 'UNSUPPORTED_MEDIA_TYPE']
        ]);
    });

    test('is refused while the service is stopping', async () => {
        service.desk.isStopping = true;
        expect((await post({ kind: 'pipeline' })).json().error.code).toBe('STOPPING');
    });
});

describe('following a run', () => {
    const follow = (runKey: string, headers = signedIn()) =>
        service.ask({ method: 'GET', url: `/v1/runs/${runKey}`, headers });

    test('shows counts and state', async () => {
        const { runKey } = (await post({ kind: 'pipeline' })).json();
        const run = service.desk.runs[0];
        run.counts.written = 7;
        run.scope = 'Full';
        const answer = await follow(runKey);
        expect(answer.statusCode).toBe(200);
        expect(answer.json()).toMatchObject({
            runKey,
            kind: 'pipeline',
            period: null,
            status: 'queued',
            scope: 'full',
            counts: { written: 7 }
        });
    });

    test('hides the runs of another org', async () => {
        const { runKey } = (await post({ kind: 'pipeline' })).json();
        const answer = await follow(runKey, signedIn(OTHER_ORG_ID, OTHER_KEY));
        expect(answer.statusCode).toBe(404);
        expect(answer.json().error.code).toBe('RUN_NOT_FOUND');
        expect((await follow('no-such-run')).json().error.code).toBe('RUN_NOT_FOUND');
    });
});

describe('every answer', () => {
    test('carries the request id that was sent, or a new one when it is not one', async () => {
        const withId = await service.ask({ url: '/health/live', headers: { 'x-request-id': 'abc-123' } });
        expect(withId.headers['x-request-id']).toBe('abc-123');
        const odd = await service.ask({ url: '/nowhere', headers: { 'x-request-id': 'a b' } });
        expect(odd.headers['x-request-id']).not.toBe('a b');
        expect(odd.json().error.requestId).toBe(odd.headers['x-request-id']);
    });

    test('an unknown address is 404 with the one error shape', async () => {
        const answer = await service.ask({ url: '/v2/runs', headers: signedIn() });
        expect(answer.statusCode).toBe(404);
        expect(Object.keys(answer.json().error)).toEqual(['code', 'message', 'where', 'fix', 'requestId']);
    });

    test('a fault inside says nothing of the inside', async () => {
        const broken = await testApp({
            verifyOutbound: async () => {
                throw new Error('secret detail at /etc/passwd');
            }
        });
        const answer = await broken.ask({
            method: 'POST',
            url: '/v1/connection/verify',
            headers: signedIn()
        });
        expect(answer.statusCode).toBe(500);
        expect(answer.json().error.code).toBe('INTERNAL');
        expect(answer.body).not.toContain('secret detail');
        await broken.close();
    });
});

describe('connection check', () => {
    test('tells both directions', async () => {
        const answer = await service.ask({
            method: 'POST',
            url: '/v1/connection/verify',
            headers: signedIn()
        });
        expect(answer.json()).toMatchObject({
            inbound: { ok: true },
            outbound: { ok: true, orgId: ORG_ID, code: null, fix: null },
            connection: { orgId: ORG_ID, status: 'Active' }
        });
    });
});

describe('health', () => {
    test('is alive without credentials, and ready unless a check fails', async () => {
        expect((await service.ask({ url: '/health/live' })).json()).toEqual({ status: 'ok' });
        expect((await service.ask({ url: '/health/ready' })).json()).toEqual({
            status: 'ready',
            failing: []
        });
        const failing = await testApp({ readiness: async () => ['state'] });
        const answer = await failing.ask({ url: '/health/ready' });
        expect(answer.statusCode).toBe(503);
        expect(answer.json()).toEqual({ status: 'not ready', failing: ['state'] });
        await failing.close();
    });
});

describe('the published interface', () => {
    test('is OpenAPI 3.1 and names every route', async () => {
        const document = (await service.ask({ url: '/openapi.json' })).json();
        expect(document.openapi).toBe('3.1.0');
        expect(Object.keys(document.paths).sort()).toEqual([
            '/health/live',
            '/health/ready',
            '/v1/connection',
            '/v1/connection/disconnect',
            '/v1/connection/keys',
            '/v1/connection/keys/{fingerprint}',
            '/v1/connection/verify',
            '/v1/facts',
            '/v1/runs',
            '/v1/runs/{runKey}',
            '/v1/runs/{runKey}/cancel'
        ]);
        expect(document.paths['/v1/runs'].post.requestBody).toBeDefined();
    });

    test('of the operator is a document of its own', async () => {
        const document = (await service.askAt('operator', { url: '/openapi.json' })).json();
        expect(Object.keys(document.components.securitySchemes)).toEqual(['operatorKey']);
        expect(Object.keys(document.paths).sort()).toEqual([
            '/v1/runs-put-aside',
            '/v1/runs-put-aside/{runKey}/replay',
            '/v1/tenants',
            '/v1/tenants/{orgId}',
            '/v1/tenants/{orgId}/keys',
            '/v1/tenants/{orgId}/keys/{fingerprint}',
            '/v1/tenants/{orgId}/resume',
            '/v1/tenants/{orgId}/suspend'
        ]);
    });
});
