import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { inTrace, traceHeaders, traceIdOf } from '../src/trace.ts';
import { scriptedOrg, isTokenCall, json, token } from './support/scripted-org.ts';
import type { ScriptedOrg } from './support/scripted-org.ts';
import { signedIn, testApp } from './support/test-app.ts';
import type { TestApp } from './support/test-app.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT = `00-${TRACE}-00f067aa0ba902b7-01`;

describe('a trace', () => {
    test('is the one the caller tells', () => {
        expect(traceIdOf(PARENT)).toBe(TRACE);
    });

    test.each([
        undefined,
        '',
        TRACE,
        `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`,
        `00-${TRACE}-${'0'.repeat(16)}-01`,
        `00-${TRACE.toUpperCase()}-00f067aa0ba902b7-01`,
        `${PARENT}-more`,
        [PARENT]
    ])('is a new one where %j is told', (told) => {
        const made = traceIdOf(told);
        expect(made).toMatch(/^[0-9a-f]{32}$/);
        expect(made).not.toBe(traceIdOf(told));
    });

    test('is in the calls made in it, each with a part of its own, and in no other', async () => {
        expect(traceHeaders()).toEqual({});
        const [one, two] = await inTrace(TRACE, async () => {
            await new Promise((resolve) => setTimeout(resolve, 1));
            return [traceHeaders(), traceHeaders()];
        });
        for (const { traceparent } of [one!, two!])
            expect(traceparent).toMatch(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-01$`));
        expect(one).not.toEqual(two);
    });
});

describe('through the service', () => {
    let service: TestApp;
    let org: ScriptedOrg | null = null;
    beforeEach(async () => {
        service = await testApp();
    });
    afterEach(async () => {
        await service.close();
        await org?.close();
        org = null;
    });

    test('a request gives its trace to the run it asks for', async () => {
        const headers = { ...signedIn(), traceparent: PARENT };
        await service.ask({ method: 'POST', url: '/v1/runs', headers, payload: { kind: 'pipeline' } });
        expect(service.desk.requests).toMatchObject([{ traceId: TRACE }]);
    });

    test('calls to the org carry it, in REST and in bulk', async () => {
        const told: (string | undefined)[] = [];
        org = await scriptedOrg((request, response) => {
            told.push(request.headers.traceparent as string | undefined);
            if (isTokenCall(request)) token(request, response);
            else json(response, 200, []);
        });
        const client = org.client();
        await inTrace(TRACE, async () => {
            await client.request('GET', '/limits');
            await (await client.fetch('GET', '/limits')).text();
        });
        await client.request('GET', '/limits');
        expect(told.map((header) => header?.split('-')[1])).toEqual([TRACE, TRACE, TRACE, undefined]);
    });
});
