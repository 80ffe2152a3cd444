import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
    KEY,
    NEXT_KEY,
    OPERATOR_KEY,
    ORG_ID,
    OTHER_KEY,
    OTHER_ORG_ID,
    sha256,
    signedIn,
    testApp
} from '../support/test-app.ts';
import type { Answer, TestApp } from '../support/test-app.ts';

const NEW_ORG_ID = '00D000000000003EAA';
const SECRET = 'consumer-secret-nobody-may-read';
const operator = { authorization: `Bearer ${OPERATOR_KEY}` };
const registration = {
    orgId: NEW_ORG_ID,
    myDomain: 'https://third.my.salesforce.com',
    namespace: '',
    clientId: 'app-of-third',
    clientSecret: SECRET
};

let service: TestApp;
beforeEach(async () => {
    service = await testApp();
});
afterEach(() => service.close());

const call = (method: string, url: string, payload?: object, headers: Record<string, string> = operator) =>
    service.ask({ method, url, headers, ...(payload && { payload }) });
const codeOf = (answer: Answer): string => answer.json().error.code;
const fingerprint = (key: string): string => sha256(key).slice(0, 16);
const runsAs = (orgId: string, key: string) =>
    call('POST', '/v1/runs', { kind: 'pipeline' }, signedIn(orgId, key));

describe('the operator', () => {
    test('registers an org, whose key then works', async () => {
        const answer = await call('POST', '/v1/tenants', registration);
        expect(answer.statusCode).toBe(201);
        expect(answer.json()).toEqual({ orgId: NEW_ORG_ID, status: 'Active', key: expect.any(String) });
        expect((await runsAs(NEW_ORG_ID, answer.json().key)).statusCode).toBe(202);
        const again = await call('POST', '/v1/tenants', registration);
        expect([again.statusCode, again.json().key]).toEqual([200, null]);
    });

    test('sees every org without its secrets', async () => {
        await call('POST', '/v1/tenants', registration);
        await runsAs(ORG_ID, KEY);
        const list = (await call('GET', '/v1/tenants')).json();
        expect(list.map((one: { orgId: string }) => one.orgId)).toEqual([ORG_ID, OTHER_ORG_ID, NEW_ORG_ID]);
        expect(list[0]).toEqual({
            orgId: ORG_ID,
            myDomain: 'https://acme.my.salesforce.com',
            namespace: '',
            status: 'Active',
            keys: [KEY, NEXT_KEY].map((key) => ({
                fingerprint: fingerprint(key),
                createdAt: '2026-11-21T08:00:00.000Z'
            })),
            lastSeenAt: expect.stringMatching(/^20/)
        });
        expect((await call('GET', `/v1/tenants/${OTHER_ORG_ID}`)).json().lastSeenAt).toBeNull();
        expect(codeOf(await call('GET', '/v1/tenants/00D000000000009EAA'))).toBe('TENANT_NOT_FOUND');
    });

    test('rotates a key: both work, then only the new one, and the last one stays', async () => {
        const made = await call('POST', `/v1/tenants/${OTHER_ORG_ID}/keys`);
        const { key, fingerprint: told } = made.json();
        expect([made.statusCode, told]).toEqual([201, fingerprint(key)]);
        expect(codeOf(await call('POST', `/v1/tenants/${OTHER_ORG_ID}/keys`))).toBe('TWO_KEYS_LIVE');
        for (const live of [OTHER_KEY, key]) expect((await runsAs(OTHER_ORG_ID, live)).statusCode).toBe(202);
        const end = (one: string) => call('DELETE', `/v1/tenants/${OTHER_ORG_ID}/keys/${fingerprint(one)}`);
        expect((await end(OTHER_KEY)).statusCode).toBe(204);
        expect((await runsAs(OTHER_ORG_ID, OTHER_KEY)).statusCode).toBe(401);
        expect(codeOf(await end(OTHER_KEY))).toBe('KEY_NOT_FOUND');
        expect(codeOf(await end(key))).toBe('LAST_KEY');
    });

    test('suspends and resumes an org, and no other', async () => {
        const change = (word: string) => call('POST', `/v1/tenants/${ORG_ID}/${word}`);
        for (let time = 0; time < 2; time += 1)
            expect((await change('suspend')).json()).toEqual({ orgId: ORG_ID, status: 'Suspended' });
        const refused = await runsAs(ORG_ID, KEY);
        expect([refused.statusCode, codeOf(refused)]).toEqual([403, 'TENANT_SUSPENDED']);
        expect(codeOf(await runsAs(ORG_ID, 'a guess'))).toBe('UNAUTHORIZED');
        expect((await runsAs(OTHER_ORG_ID, OTHER_KEY)).statusCode).toBe(202);
        expect((await change('resume')).json().status).toBe('Active');
        expect((await runsAs(ORG_ID, KEY)).statusCode).toBe(202);
    });

    test('removes an org; again changes nothing', async () => {
        for (let time = 0; time < 2; time += 1)
            expect((await call('DELETE', `/v1/tenants/${ORG_ID}`)).statusCode).toBe(204);
        expect((await runsAs(ORG_ID, KEY)).statusCode).toBe(401);
        expect(codeOf(await call('POST', `/v1/tenants/${ORG_ID}/suspend`))).toBe('TENANT_NOT_FOUND');
    });

    test.each([
        ['https://login.salesforce.com', 'MY_DOMAIN_REFUSED'],
        ['https://169.254.169.254', 'MY_DOMAIN_REFUSED'],
        ['https://user@third.my.salesforce.com', 'MY_DOMAIN_REFUSED'],
        ['https://third.my.salesforce.com/path', 'MY_DOMAIN_REFUSED'],
        ['', 'INVALID_REQUEST']
    ])('cannot register an org at %j', async (myDomain, code) => {
        expect(codeOf(await call('POST', '/v1/tenants', { ...registration, myDomain }))).toBe(code);
        expect(codeOf(await call('GET', `/v1/tenants/${NEW_ORG_ID}`))).toBe('TENANT_NOT_FOUND');
    });

    test('is nobody else: no key of an org, no other scheme, no guess', async () => {
        for (const headers of [
            {},
            signedIn(),
            { authorization: `Bearer ${KEY}` },
            { authorization: 'Bearer ' },
            { authorization: `Basic ${OPERATOR_KEY}` }
        ]) {
            const answer = await call('GET', '/v1/tenants', undefined, headers as Record<string, string>);
            expect([answer.statusCode, codeOf(answer)]).toEqual([401, 'OPERATOR_UNAUTHORIZED']);
        }
        expect((await call('POST', '/v1/runs', { kind: 'pipeline' })).statusCode).toBe(401);
    });
});

describe('an org itself', () => {
    const own = (method: string, path: string, key = KEY, payload?: object) =>
        call(method, `/v1/connection${path}`, payload, signedIn(ORG_ID, key));

    test('sees how it is known, and which key it is using', async () => {
        expect((await own('GET', '', NEXT_KEY)).json()).toMatchObject({
            orgId: ORG_ID,
            myDomain: 'https://acme.my.salesforce.com',
            status: 'Active',
            keys: [{ isInUse: false }, { fingerprint: fingerprint(NEXT_KEY), isInUse: true }],
            schedule: { minutes: 5, forecastHour: 3 }
        });
    });

    test('rotates its own key without locking itself out', async () => {
        expect(codeOf(await own('POST', '/keys'))).toBe('TWO_KEYS_LIVE');
        expect(codeOf(await own('DELETE', `/keys/${fingerprint(KEY)}`))).toBe('KEY_IN_USE');
        expect((await own('DELETE', `/keys/${fingerprint(NEXT_KEY)}`)).statusCode).toBe(204);
        const { key } = (await own('POST', '/keys')).json();
        expect((await own('DELETE', `/keys/${fingerprint(KEY)}`, key)).statusCode).toBe(204);
        expect((await own('GET', '')).statusCode).toBe(401);
        expect(codeOf(await own('DELETE', `/keys/${fingerprint(key)}`, key))).toBe('LAST_KEY');
    });

    test('cannot see or end the keys of another', async () => {
        expect(codeOf(await own('DELETE', `/keys/${fingerprint(OTHER_KEY)}`))).toBe('KEY_NOT_FOUND');
        expect((await runsAs(OTHER_ORG_ID, OTHER_KEY)).statusCode).toBe(202);
    });

    test('disconnects, and is told so from then on', async () => {
        expect((await own('POST', '/disconnect')).json()).toEqual({ orgId: ORG_ID, status: 'Disconnected' });
        const refused = await own('GET', '');
        expect([refused.statusCode, codeOf(refused)]).toEqual([403, 'TENANT_DISCONNECTED']);
        expect(codeOf(await call('POST', `/v1/tenants/${ORG_ID}/resume`))).toBe('TENANT_DISCONNECTED');
    });

    test('tells its My Domain to the check', async () => {
        const told: (string | null)[] = [];
        const curious = await testApp({
            verifyOutbound: async (orgId, saidDomain) => {
                told.push(saidDomain);
                return {
                    outbound: { ok: true, orgId, code: null, fix: null },
                    checks: [],
                    org: null,
                    apiCalls: null,
                    storageMb: null,
                    recordCounts: []
                };
            }
        });
        const verify = (payload?: object) =>
            curious.ask({
                method: 'POST',
                url: '/v1/connection/verify',
                headers: signedIn(),
                ...(payload && { payload })
            });
        await verify({ myDomain: 'https://new.my.salesforce.com' });
        await verify({});
        expect((await verify()).statusCode).toBe(200);
        expect((await verify({ evil: 1 })).statusCode).toBe(400);
        expect(told).toEqual(['https://new.my.salesforce.com', null, null]);
        await curious.close();
    });
});

test('no key, secret or operator key reaches the log or an answer that is not its own', async () => {
    const { key } = (await call('POST', '/v1/tenants', registration)).json();
    const { key: second } = (await call('POST', `/v1/tenants/${NEW_ORG_ID}/keys`)).json();
    await call('POST', '/v1/tenants', { ...registration, myDomain: `https://${SECRET}` });
    await call('POST', '/v1/tenants', { ...registration, extra: SECRET });
    await call('GET', '/v1/connection', undefined, signedIn(NEW_ORG_ID, second));
    const later = await call('GET', '/v1/tenants');
    const said = service.log.join('') + later.body;
    for (const line of ['tenant registered', 'key made', '/v1/connection']) expect(said).toContain(line);
    for (const secret of [key, second, SECRET, OPERATOR_KEY, sha256(key)]) expect(said).not.toContain(secret);
});
