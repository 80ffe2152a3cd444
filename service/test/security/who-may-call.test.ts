// Every published route, asked by everybody who may not: without a key, with a wrong, an ended or a foreign one, as a copy of
// the org, as the operator. Nobody gets in, nothing happens, and nobody learns what exists.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
    KEY,
    NEXT_KEY,
    OPERATOR_KEY,
    ORG_ID,
    OTHER_KEY,
    OTHER_ORG_ID,
    basic,
    registryOf,
    sha256,
    signedIn,
    tenant,
    testApp,
    testTenants,
    type TestApp
} from '../support/test-app.ts';
import { comparable, everyRoute, nameOf, requestTo } from './support/every-route.ts';

const ENDED_KEY = 'key-that-was-rotated-away';
const UNLIMITED = { perUserAMinute: 1e6, perTenantAMinute: 1e6, perAddressAMinute: 1e6 };
const OPEN = ['GET /health/live', 'GET /health/ready'];
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

let service: TestApp;
const happened: string[] = [];

beforeAll(async () => {
    service = await testApp({
        rateLimits: UNLIMITED,
        importFacts: async (orgId) => {
            happened.push(`facts of ${orgId}`);
            return { accepted: 0, duplicates: 0, rejected: [], status: 'Reconciled' };
        },
        verifyOutbound: async (orgId) => {
            happened.push(`sign-in to ${orgId}`);
            throw new Error('not to be called');
        }
    });
});
afterAll(() => service.close());
beforeEach(() => {
    happened.length = 0;
    service.desk.requests.length = 0;
});

const routesOf = async (scheme: string) =>
    (await everyRoute(service)).filter(({ signedInBy }) => signedInBy.includes(scheme));
const own = { runKey: 'a-run', orgId: ORG_ID, fingerprint: sha256(NEXT_KEY).slice(0, 12) };
const keysNow = async () => JSON.stringify(await service.tenants.list());

const STRANGERS: [who: string, headers: Record<string, string>, status: number][] = [
    ['nobody', {}, 401],
    ['somebody with the id of an org and no key', { 'x-spm-org': ORG_ID }, 401],
    ['an org with a wrong key', signedIn(ORG_ID, 'wrong'), 401],
    ['an org with an empty key', signedIn(ORG_ID, ''), 401],
    ['an org with a key that was rotated away', signedIn(ORG_ID, ENDED_KEY), 401],
    ['an org with the SHA-256 of its key', signedIn(ORG_ID, sha256(KEY)), 401],
    ['an org with the key of another', signedIn(ORG_ID, OTHER_KEY), 401],
    ['another org with the key of this one', signedIn(OTHER_ORG_ID, KEY), 401],
    ['an unknown org', signedIn('00D000000000009EAA', KEY), 401],
    ['an org that names a part of Object', signedIn('__proto__', KEY), 401],
    ['a sandbox copy of the org', { ...signedIn(), 'x-spm-org': OTHER_ORG_ID }, 403],
    ['an org that says nothing of itself', { authorization: basic(ORG_ID, KEY) }, 403],
    ['the operator', bearer(OPERATOR_KEY), 401],
    ['the operator in the place of an org', signedIn(ORG_ID, OPERATOR_KEY), 401]
];

describe('every route of orgs', () => {
    test.each(STRANGERS)('refuses %s, and nothing happens', async (_who, headers, status) => {
        const before = await keysNow();
        const routes = await routesOf('orgKey');
        expect(routes.length).toBeGreaterThan(3);
        const answers = [];
        for (const route of routes) {
            const answer = await service.ask({ ...requestTo(route, own), headers });
            answers.push([nameOf(route), answer.statusCode]);
        }
        expect(answers).toEqual(routes.map((route) => [nameOf(route), status]));
        expect(happened).toEqual([]);
        expect(service.desk.requests).toEqual([]);
        expect(await keysNow()).toBe(before);
    });

    test('refuses an org that was suspended or has disconnected by that name, to whoever has its key only', async () => {
        for (const word of ['Suspended', 'Disconnected'] as const) {
            const tenants = await registryOf(testTenants());
            await tenants.change(ORG_ID, (record) => ({ ...record, status: word }));
            const stopped = await testApp({ rateLimits: UNLIMITED, tenants });
            for (const route of await routesOf('orgKey')) {
                const request = requestTo(route, own);
                const known = await stopped.ask({ ...request, headers: signedIn() });
                expect([nameOf(route), known.statusCode, known.json().error.code]).toEqual([
                    nameOf(route),
                    403,
                    `TENANT_${word.toUpperCase()}`
                ]);
                const guess = await stopped.ask({ ...request, headers: signedIn(ORG_ID, 'guess') });
                expect(guess.statusCode).toBe(401);
            }
            expect(stopped.desk.requests).toEqual([]);
            await stopped.close();
        }
    });

    test('lets an org in with its key, so that the refusals above mean something', async () => {
        const statuses = [];
        for (const route of await routesOf('orgKey')) {
            if (route.path.endsWith('/disconnect')) continue;
            const answer = await service.ask({ ...requestTo(route, own), headers: signedIn() });
            statuses.push(answer.statusCode);
        }
        expect(statuses.filter((status) => status === 401 || status === 403)).toEqual([]);
    });
});

describe('every route of the operator', () => {
    test.each([
        ['nobody', {}],
        ['a wrong key', bearer('wrong')],
        ['an empty key', { authorization: 'Bearer ' }],
        ['the SHA-256 of the key', bearer(sha256(OPERATOR_KEY))],
        ['an org with its key', signedIn()],
        ["an org's key as the operator's", bearer(KEY)],
        ["the operator's key in another way", { authorization: basic('operator', OPERATOR_KEY) }]
    ])('refuses %s, and nothing happens', async (_who, headers) => {
        const before = await keysNow();
        const routes = await routesOf('operatorKey');
        expect(routes.length).toBeGreaterThan(3);
        for (const route of routes) {
            const answer = await service.ask({
                ...requestTo(route, own),
                headers: headers as Record<string, string>
            });
            expect([nameOf(route), answer.statusCode]).toEqual([nameOf(route), 401]);
        }
        expect(await keysNow()).toBe(before);
    });

    test('is not at the door the orgs call, whatever key is shown there', async () => {
        for (const route of await routesOf('operatorKey')) {
            for (const headers of [bearer(OPERATOR_KEY), signedIn(), {}] as Record<string, string>[]) {
                const answer = await service.askAt('orgs', { ...requestTo(route, own), headers });
                expect([nameOf(route), answer.statusCode]).toEqual([nameOf(route), 404]);
            }
        }
    });

    test('has no route of orgs beside it', async () => {
        for (const route of await routesOf('orgKey')) {
            for (const headers of [bearer(OPERATOR_KEY), signedIn()] as Record<string, string>[]) {
                const answer = await service.askAt('operator', { ...requestTo(route, own), headers });
                expect([nameOf(route), answer.statusCode]).toEqual([nameOf(route), 404]);
            }
        }
    });
});

describe('what belongs to another org', () => {
    test('is answered as what does not exist, on every route that names it', async () => {
        const tenants = await registryOf([
            tenant(),
            tenant({ orgId: OTHER_ORG_ID, keySha256: [sha256(OTHER_KEY), sha256(ENDED_KEY)] })
        ]);
        const shared = await testApp({ rateLimits: UNLIMITED, tenants });
        await shared.ask({
            method: 'POST',
            url: '/v1/runs',
            headers: signedIn(OTHER_ORG_ID, OTHER_KEY),
            payload: { kind: 'pipeline' }
        });
        const foreign = {
            runKey: shared.desk.runs[0]!.runKey,
            fingerprint: (await tenants.find(OTHER_ORG_ID))!.record.keys[1]!.sha256.slice(0, 12)
        };
        const none = { runKey: 'no-such-run', fingerprint: 'f'.repeat(12) };
        const routes = (await routesOf('orgKey')).filter(({ path }) => path.includes('{'));
        expect(routes.length).toBeGreaterThan(0);
        for (const route of routes) {
            const theirs = await shared.ask({ ...requestTo(route, foreign), headers: signedIn() });
            const nothing = await shared.ask({ ...requestTo(route, none), headers: signedIn() });
            expect(theirs.statusCode).toBe(404);
            expect(comparable(theirs)).toBe(comparable(nothing));
        }
        expect((await tenants.find(OTHER_ORG_ID))!.record.keys).toHaveLength(2);
        await shared.close();
    });
});

test('only health is open to everybody, and the document says so', async () => {
    const routes = await everyRoute(service);
    expect(routes.filter(({ signedInBy }) => signedInBy.length === 0).map(nameOf)).toEqual(OPEN);
    expect(routes.filter(({ signedInBy }) => signedInBy.length > 1)).toEqual([]);
});

test('every route that is registered is in the document, but for the document itself', async () => {
    const documented = (await everyRoute(service)).map(nameOf);
    for (const app of Object.values(service.apps)) {
        const registered = [...routesIn(app.printRoutes({ commonPrefix: false }))];
        expect(registered.length).toBeGreaterThan(3);
        expect(registered.filter((name) => !documented.includes(name))).toEqual(['GET /openapi.json']);
    }
});

/** Method and path of each line of fastify's tree of routes, HEAD left out: it answers where GET does. */
function* routesIn(tree: string): Generator<string> {
    const stack: { depth: number; path: string }[] = [];
    for (const line of tree.split('\n')) {
        const [, indent, path, methods] = /^([\s│├└─]*)(\S*)(?: \(([^)]*)\))?/.exec(line) ?? [];
        if (!path) continue;
        while (stack.length > 0 && stack.at(-1)!.depth >= indent!.length) stack.pop();
        const whole = (stack.at(-1)?.path ?? '') + path;
        stack.push({ depth: indent!.length, path: whole });
        for (const method of (methods ?? '').split(', '))
            if (method && method !== 'HEAD') yield `${method} ${whole.replace(/:(\w+)/g, '{$1}')}`;
    }
}
