import { afterEach, describe, expect, test } from '@jest/globals';
import { codeOf } from '../../src/salesforce/errors.ts';
import { OTHER_ORG_ID, ORG_ID } from '../support/test-app.ts';
import { USER_ID, isTokenCall, json, scriptedOrg, token } from '../support/scripted-org.ts';
import type { Answerer, ScriptedOrg } from '../support/scripted-org.ts';

const open: ScriptedOrg[] = [];
const org = async (answer: Answerer) => {
    const started = await scriptedOrg(answer);
    open.push(started);
    return started;
};
afterEach(async () => {
    await Promise.all(open.splice(0).map((started) => started.close()));
});

const failure = (promise: Promise<unknown>) => promise.then(() => 'no error', codeOf);

describe('signing in', () => {
    test('asks with client credentials once, and knows the user it runs as', async () => {
        const bodies: string[] = [];
        const scripted = await org((request, response, body) => {
            if (isTokenCall(request)) {
                bodies.push(body);
                token(request, response);
            } else json(response, 200, []);
        });
        const client = scripted.client();
        await client.request('GET', '/limits');
        await client.request('GET', '/limits');
        expect(bodies).toHaveLength(1);
        expect(new URLSearchParams(bodies[0]).get('grant_type')).toBe('client_credentials');
        expect(new URLSearchParams(bodies[0]).has('redirect_uri')).toBe(false);
        expect(client.userId).toBe(USER_ID);
        expect(scripted.requests[1]).toBe('GET /services/data/v65.0/limits');
        expect(client.apiCalls).toBe(2);
    });

    test('a token of another org is refused', async () => {
        const scripted = await org((request, response) => token(request, response, OTHER_ORG_ID));
        const client = scripted.client();
        expect(await failure(client.ensureSignedIn())).toBe('WRONG_ORG');
        expect(await client.verify()).toMatchObject({ ok: false, orgId: null, code: 'WRONG_ORG' });
    });

    test('a token that points at another instance is refused', async () => {
        const scripted = await org((_request, response) =>
            json(response, 200, {
                access_token: 'x',
                instance_url: 'https://evil.example',
                id: `https://evil.example/id/${ORG_ID}/${USER_ID}`
            })
        );
        expect(await failure(scripted.client().ensureSignedIn())).toBe('FOREIGN_HOST');
    });

    test('an answer that is no token is refused', async () => {
        const scripted = await org((_request, response) => json(response, 200, { hello: 'world' }));
        expect(await failure(scripted.client().ensureSignedIn())).toBe('NOT_A_TOKEN');
    });

    test.each([
        ['invalid_client_id', 'APP_NOT_FOUND'],
        ['invalid_client', 'APP_REFUSED'],
        ['invalid_grant', 'FLOW_NOT_ENABLED'],
        ['inactive_user', 'RUN_AS_INACTIVE']
    ])('%s is told to the admin as %s with what to do', async (error, code) => {
        const scripted = await org((_request, response) =>
            json(response, 400, { error, error_description: 'no' })
        );
        const check = await scripted.client().verify();
        expect(check).toMatchObject({ ok: false, code });
        expect(check.fix).not.toBe('');
    });

    test('an org that cannot be reached is told as such', async () => {
        const scripted = await org(() => undefined);
        const client = scripted.client();
        await scripted.close();
        expect(await client.verify()).toMatchObject({ ok: false, code: 'ORG_NOT_REACHED' });
    });
});

describe('redirects', () => {
    test('the token call does not follow one, so the secret goes nowhere else', async () => {
        const elsewhere = await org((_request, response) => json(response, 200, {}));
        const scripted = await org((_request, response) => {
            response.writeHead(307, { location: `${elsewhere.origin}/services/oauth2/token` });
            response.end();
        });
        expect(await scripted.client().verify()).toMatchObject({ ok: false, code: 'REDIRECTED' });
        expect(elsewhere.requests).toEqual([]);
    });

    test('a call does not follow one, so the token goes nowhere else', async () => {
        const elsewhere = await org((_request, response) => json(response, 200, {}));
        const scripted = await org((request, response) => {
            if (isTokenCall(request)) return token(request, response);
            response.writeHead(302, { location: `${elsewhere.origin}/x` });
            response.end();
        });
        const client = scripted.client();
        expect(await failure(client.request('GET', '/limits'))).toBe('REDIRECTED');
        expect(await failure(client.fetch('GET', '/jobs/query/1/results'))).toBe('REDIRECTED');
        expect(elsewhere.requests).toEqual([]);
    });
});

describe('expired tokens', () => {
    test('one is replaced without anybody noticing', async () => {
        let refusals = 1;
        const scripted = await org((request, response) => {
            if (isTokenCall(request)) return token(request, response);
            if (refusals-- > 0)
                return json(response, 401, [{ errorCode: 'INVALID_SESSION_ID', message: 'expired' }]);
            json(response, 200, { fine: true });
        });
        expect(await scripted.client().request('GET', '/limits')).toEqual({ fine: true });
    });

    test('an org that refuses every token is asked for at most three a minute', async () => {
        const scripted = await org((request, response) => {
            if (isTokenCall(request)) return token(request, response);
            json(response, 401, [{ errorCode: 'INVALID_SESSION_ID', message: 'no' }]);
        });
        await expect(scripted.client().request('GET', '/limits')).rejects.toThrow(/refuses the tokens/);
        expect(scripted.requests.filter((line) => line.includes('/token'))).toHaveLength(3);
        const stream = scripted.client();
        expect(await failure(stream.fetch('GET', '/jobs/query/1/results'))).toBe('TOKEN_REFUSED');
    });
});

test('whoever checks the connection five times in a minute is told the same five times', async () => {
    const scripted = await org((request, response) => token(request, response));
    const client = scripted.client();
    for (let time = 1; time <= 5; time++)
        expect(await client.verify()).toMatchObject({ ok: true, code: null });
});

describe('calls', () => {
    test('reads are tried again after a 503, writes are not', async () => {
        let busy = 2;
        const scripted = await org((request, response) => {
            if (isTokenCall(request)) return token(request, response);
            if (busy-- > 0)
                return json(response, 503, [{ errorCode: 'SERVER_UNAVAILABLE', message: 'busy' }]);
            json(response, 200, { fine: true });
        });
        const client = scripted.client();
        expect(await client.request('GET', '/limits')).toEqual({ fine: true });
        expect(client.apiCalls).toBe(3);
        busy = 1;
        expect(await failure(client.request('POST', '/jobs/query', {}))).toBe('SERVER_UNAVAILABLE');
    });

    test('after REQUEST_LIMIT_EXCEEDED no call is made for an hour', async () => {
        let now = Date.parse('2026-11-21T08:00:00Z');
        const scripted = await org((request, response) => {
            if (isTokenCall(request)) return token(request, response);
            json(response, 403, [{ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'limit' }]);
        });
        const client = scripted.client({ now: () => now });
        expect(await failure(client.request('GET', '/limits'))).toBe('REQUEST_LIMIT_EXCEEDED');
        const sent = scripted.requests.length;
        expect(await failure(client.request('GET', '/limits'))).toBe('API_BUDGET');
        expect(scripted.requests).toHaveLength(sent);
        now += 3_600_001;
        expect(await failure(client.request('GET', '/limits'))).toBe('REQUEST_LIMIT_EXCEEDED');
    });

    test('the clock of the org is read from its answers', async () => {
        const scripted = await org((request, response) => {
            response.setHeader('date', 'Sat, 21 Nov 2026 08:00:00 GMT');
            token(request, response);
        });
        const client = scripted.client();
        await client.ensureSignedIn();
        expect(client.serverNowMs).toBe(Date.parse('2026-11-21T08:00:00Z'));
    });
});

describe('an answer that breaks off', () => {
    const broken: [what: string, answer: Answerer][] = [
        [
            'in the middle of its body',
            (_request, response) => {
                response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 });
                response.write('{"half":');
                setTimeout(() => response.destroy(), 20);
            }
        ],
        [
            'as gzip that cannot be unpacked',
            (_request, response) => {
                response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
                response.end('no gzip at all');
            }
        ]
    ];
    test.each(broken)('%s is an error of that call, not the end of the service', async (_what, answer) => {
        let isBroken = true;
        const scripted = await org((request, response, body) => {
            if (isTokenCall(request)) token(request, response);
            else if (isBroken) answer(request, response, body);
            else json(response, 200, []);
        });
        const client = scripted.client();
        expect(await failure(client.request('GET', '/limits'))).not.toBe('no error');
        isBroken = false;
        expect(await client.request('GET', '/limits')).toEqual([]);
    });
});
