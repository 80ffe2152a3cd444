import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { rsaKeyPair, signedAssertion } from './support/assertion.ts';
import { ADMIN, startTestOrg, TEAM, type TestOrg } from './support/test-org.ts';

const OWN = rsaKeyPair();
const FOREIGN = rsaKeyPair();
const fixture = (name: string): string =>
    readFileSync(new URL(`./fixtures/client-app/${name}`, import.meta.url), 'utf8');

let local: TestOrg;
beforeAll(async () => {
    local = await startTestOrg();
    expect((await upload('dealflow', OWN.publicKey)).status).toBe(204);
});
afterAll(() => local.stop());

const upload = (clientId: string, certificate: unknown): Promise<Response> =>
    fetch(`${local.url}/local-org/clients/${clientId}`, {
        method: 'PUT',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ certificate })
    });

/** Claims as they should be, but for what a test changes. */
const claims = (changed: Record<string, unknown> = {}): Record<string, unknown> => ({
    iss: 'dealflow',
    sub: TEAM.rep,
    aud: local.url,
    exp: Math.floor(Date.now() / 1000) + 180,
    ...changed
});

const ask = async (assertion: string): Promise<{ status: number; body: any }> => {
    const response = await fetch(`${local.url}/services/oauth2/token`, {
        method: 'POST',
        body: new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion })
    });
    return { status: response.status, body: await response.json() };
};

test('whoever signs with the private key of the uploaded certificate is signed in as the user named', async () => {
    const { status, body } = await ask(signedAssertion(claims(), OWN.privateKey));
    expect(status).toBe(200);
    expect(body.id).toContain(`/id/${local.org.orgId}/`);
    expect(local.org.auth.authenticateToken(body.access_token).username).toBe(TEAM.rep);
});

test('an audience with a slash behind it and an expiry in milliseconds are taken, as the sf CLI sends them', async () => {
    const asSf = claims({ aud: `${local.url}/`, exp: Date.now() + 300 });
    expect((await ask(signedAssertion(asSf, OWN.privateKey))).status).toBe(200);
});

test.each([
    ['signed with another key', () => signedAssertion(claims(), FOREIGN.privateKey), 'invalid assertion'],
    [
        'whose claims were changed after signing',
        () => {
            const [header, , signature] = signedAssertion(claims(), OWN.privateKey).split('.');
            const other = Buffer.from(JSON.stringify(claims({ sub: ADMIN }))).toString('base64url');
            return `${header}.${other}.${signature}`;
        },
        'invalid assertion'
    ],
    [
        'that says it needs no signature',
        () => signedAssertion(claims(), OWN.privateKey, { alg: 'none' }).replace(/[^.]+$/, ''),
        'invalid assertion'
    ],
    [
        'signed by a shared secret',
        () => signedAssertion(claims(), OWN.privateKey, { alg: 'HS256' }),
        'invalid assertion'
    ],
    ['that is no assertion', () => 'not.base64.json', 'invalid assertion'],
    ['that is empty', () => '', 'invalid assertion'],
    [
        'for another org',
        () => signedAssertion(claims({ aud: 'https://login.salesforce.com' }), OWN.privateKey),
        'audience is invalid'
    ],
    [
        'that has expired',
        () => signedAssertion(claims({ exp: Math.floor(Date.now() / 1000) - 1 }), OWN.privateKey),
        'expired authorization code'
    ],
    [
        'without an expiry',
        () => signedAssertion(claims({ exp: undefined }), OWN.privateKey),
        'expired authorization code'
    ],
    [
        'for a user the org does not have',
        () => signedAssertion(claims({ sub: 'nobody@local.org' }), OWN.privateKey),
        "user hasn't approved this consumer"
    ],
    [
        'for a user who has left',
        () => signedAssertion(claims({ sub: TEAM.leaver }), OWN.privateKey),
        'inactive user'
    ]
])('an assertion %s gives no token', async (_what, assertion, reason) => {
    expect(await ask(assertion())).toEqual({
        status: 400,
        body: { error: 'invalid_grant', error_description: reason }
    });
});

test('a client app the org does not know gives no token', async () => {
    expect(await ask(signedAssertion(claims({ iss: 'unknown' }), OWN.privateKey))).toEqual({
        status: 400,
        body: { error: 'invalid_client_id', error_description: 'client identifier invalid' }
    });
});

test('of a certificate its public key is kept', async () => {
    expect((await upload('certified', fixture('certificate.pem'))).status).toBe(204);
    const kept = local.org.auth.clientKeys.keyOf('certified')!;
    expect(kept.equals(createPublicKey(fixture('public-key.pem')))).toBe(true);
});

test('a new certificate takes the place of the old one', async () => {
    await upload('rotated', OWN.publicKey);
    await upload('rotated', FOREIGN.publicKey);
    const assertion = (key: string): string => signedAssertion(claims({ iss: 'rotated' }), key);
    expect((await ask(assertion(OWN.privateKey))).status).toBe(400);
    expect((await ask(assertion(FOREIGN.privateKey))).status).toBe(200);
});

test.each([
    ['nothing', undefined],
    ['text that is no certificate', 'a certificate'],
    ['a private key', OWN.privateKey]
])('%s is refused as a certificate, and the one before stays', async (_what, certificate) => {
    const response = await upload('dealflow', certificate);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual([
        { errorCode: 'INVALID_INPUT', message: expect.stringContaining('certificate') }
    ]);
    expect((await ask(signedAssertion(claims(), OWN.privateKey))).status).toBe(200);
});
