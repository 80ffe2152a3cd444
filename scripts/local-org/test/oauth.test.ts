import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Connection } from 'jsforce';
import { ADMIN, startTestOrg, TEAM, userId, type TestOrg } from './support/test-org.ts';

let local: TestOrg;
beforeAll(async () => {
    local = await startTestOrg();
    local.org.auth.registerClient({
        clientId: 'plumbline',
        clientSecret: 'a secret',
        runAsUserId: userId(local.org, TEAM.rep)
    });
});
afterAll(() => local.stop());

const connect = (clientSecret: string): Connection =>
    new Connection({
        instanceUrl: local.url,
        version: '65.0',
        oauth2: { loginUrl: local.url, clientId: 'plumbline', clientSecret }
    });

test('jsforce signs in with client credentials as the run-as user', async () => {
    const connection = connect('a secret');
    const info = await connection.authorize({ grant_type: 'client_credentials' });
    expect(info.organizationId).toBe(local.org.orgId);
    expect(info.id).toBe(userId(local.org, TEAM.rep));
    expect((await connection.identity()).username).toBe(TEAM.rep);
});

test('refuses a wrong client secret', async () => {
    await expect(connect('another').authorize({ grant_type: 'client_credentials' })).rejects.toThrow(
        'invalid client credentials'
    );
});

test.each(['password', 'refresh_token', 'authorization_code'])(
    'refuses the grant type %s by name',
    async (grant) => {
        const response = await fetch(`${local.url}/services/oauth2/token`, {
            method: 'POST',
            body: new URLSearchParams({ grant_type: grant })
        });
        expect(response.status).toBe(400);
        expect(await response.json()).toEqual({
            error: 'unsupported_grant_type',
            error_description: expect.stringContaining(grant)
        });
    }
);

test('signing in by password over SOAP is refused by name', async () => {
    await expect(new Connection({ loginUrl: local.url }).login(ADMIN, 'secret')).rejects.toThrow(
        'LOCAL_ORG_NOT_SUPPORTED'
    );
});

test('says who the caller is', async () => {
    const response = await local.fetchAs(ADMIN, '/services/oauth2/userinfo');
    expect(await response.json()).toMatchObject({
        preferred_username: ADMIN,
        organization_id: local.org.orgId,
        user_id: local.org.adminUserId
    });
});

test('a revoked token no longer opens the org', async () => {
    const token = local.org.auth.issueToken(local.org.adminUserId);
    const connection = new Connection({ instanceUrl: local.url, accessToken: token, version: '65.0' });
    await connection.query('SELECT Id FROM Organization');
    await fetch(`${local.url}/services/oauth2/revoke`, {
        method: 'POST',
        body: new URLSearchParams({ token })
    });
    await expect(connection.query('SELECT Id FROM Organization')).rejects.toMatchObject({
        errorCode: 'INVALID_SESSION_ID'
    });
});

test('an inactive user cannot sign in, and a session ends with the user', async () => {
    const response = await fetch(`${local.url}/local-org/session`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ username: TEAM.leaver })
    });
    expect(response.status).toBe(404);
    const token = local.org.auth.issueToken(userId(local.org, TEAM.leaver));
    expect(() => local.org.auth.authenticateToken(token)).toThrow('Session expired or invalid');
});

test('"view as" signs a browser in by cookie', async () => {
    const session = await fetch(`${local.url}/local-org/session`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ username: TEAM.peer })
    });
    const cookie = session.headers.get('set-cookie')!.split(';')[0]!;
    const info = await fetch(`${local.url}/services/oauth2/userinfo`, { headers: { cookie } });
    expect(await info.json()).toMatchObject({ preferred_username: TEAM.peer });
});

test('keeps tokens only as hashes', () => {
    const token = local.org.auth.issueToken(local.org.adminUserId);
    const stored = JSON.stringify(local.org.db.prepare('SELECT * FROM local_session').all());
    expect(stored).not.toContain(token.split('!')[1]);
});
