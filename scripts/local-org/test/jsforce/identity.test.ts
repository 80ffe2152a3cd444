// jsforce: signing in, who one is, what the org offers, and how much of it is left.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Connection } from 'jsforce';
import { startTestOrg, TEAM, userId, type TestOrg } from '../support/test-org.ts';
import { refusal } from './support.ts';

let local: TestOrg;
let conn: Connection;
beforeAll(async () => {
    local = await startTestOrg();
    conn = local.admin;
});
afterAll(() => local.stop());

test('identity tells who the caller is, and where the APIs are', async () => {
    const rep = local.as(TEAM.rep);
    const identity = await rep.identity();
    expect(identity).toMatchObject({
        id: `${local.url}/id/${local.org.orgId}/${userId(local.org, TEAM.rep)}`,
        user_id: userId(local.org, TEAM.rep),
        organization_id: local.org.orgId,
        username: TEAM.rep,
        email: TEAM.rep,
        display_name: 'ray rep',
        first_name: 'ray',
        active: true,
        language: 'en_US',
        photos: { picture: expect.any(String), thumbnail: expect.any(String) },
        urls: { rest: `${local.url}/services/data/v{version}/` }
    });
    const rest = identity.urls.rest.replace('{version}', '65.0');
    expect(await rep.request(`${rest}sobjects/User/${identity.user_id}?fields=Username`)).toMatchObject({
        Username: TEAM.rep
    });
    expect(identity.urls['query']).toContain('{version}');
});

test('userinfo says the same in the words of OpenID Connect', async () => {
    expect(await conn.request('/services/oauth2/userinfo')).toMatchObject({
        preferred_username: 'admin@local.org',
        given_name: 'Ada',
        family_name: 'Admin',
        sub: (await conn.identity()).id
    });
});

test('behind a proxy that speaks https, the URLs in answers are https', async () => {
    const response = await local.fetchAs(TEAM.rep, '/services/oauth2/userinfo', {
        headers: { 'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': 'acme.example' }
    });
    expect((await response.json()) as object).toMatchObject({
        id: expect.stringMatching(/^https:\/\/acme\.example\/id\//)
    });
});

test('limits count down with every call', async () => {
    const { DailyApiRequests, DataStorageMB, FileStorageMB } = await conn.limits();
    const { used, limit } = conn.limitInfo.apiUsage!;
    expect(DailyApiRequests!.Max).toBe(limit);
    expect(DailyApiRequests!.Remaining).toBe(limit - used);
    await conn.query('SELECT Id FROM User LIMIT 1');
    expect(conn.limitInfo.apiUsage!.used).toBe(used + 1);
    expect(DataStorageMB!.Remaining).toBeLessThan(DataStorageMB!.Max);
    expect(FileStorageMB!.Remaining).toBe(FileStorageMB!.Max);
});

test('the root of a version leads to every resource, each of which answers', async () => {
    const root: Record<string, string> = await conn.request('/services/data/v65.0');
    for (const name of ['sobjects', 'limits', 'recent', 'tabs', 'theme']) await conn.request(root[name]!);
    expect(root['query']).toBe('/services/data/v65.0/query');
});

test('tabs are those the user can open', async () => {
    const tabs = async (user: Connection) => (await user.tabs()).map(({ name }) => name);
    expect(await tabs(conn)).toEqual(expect.arrayContaining(['standard-home', 'standard-Opportunity']));
    const theme = await conn.theme();
    expect(theme.themeItems.map(({ name }) => name)).toContain('Opportunity');
});

test('a client that knows its secret gets a token that works, and can give it back', async () => {
    local.org.auth.registerClient({
        clientId: 'sync',
        clientSecret: 'secret',
        runAsUserId: userId(local.org, TEAM.manager)
    });
    const client = new Connection({
        loginUrl: local.url,
        version: '65.0',
        oauth2: { clientId: 'sync', clientSecret: 'secret', loginUrl: local.url }
    });
    await client.authorize({ grant_type: 'client_credentials' });
    expect(client.instanceUrl).toBe(local.url);
    expect((await client.identity()).username).toBe(TEAM.manager);
    const token = client.accessToken!;
    await client.oauth2.revokeToken(token);
    const after = new Connection({ instanceUrl: local.url, accessToken: token, version: '65.0' });
    expect((await refusal(after.identity())).name).toBe('INVALID_SESSION_ID');
});

test('parallel calls of an ended session renew it once', async () => {
    let renewals = 0;
    const ended = new Connection({
        instanceUrl: local.url,
        accessToken: 'ended',
        version: '65.0',
        refreshFn: (_conn, done) => {
            renewals++;
            setTimeout(() => done(null, conn.accessToken!), 20);
        }
    });
    const results = await Promise.all(
        Array.from({ length: 5 }, () => ended.query('SELECT Id FROM User').execute())
    );
    expect(results.every(({ totalSize }) => totalSize > 0)).toBe(true);
    expect(renewals).toBe(1);
});
