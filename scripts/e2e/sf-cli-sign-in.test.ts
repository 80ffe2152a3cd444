// Signing in with the official sf CLI, each time from a home folder that knows no org yet.
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createOrg } from '../local-org/create-org.ts';
import type { LocalOrg } from '../local-org/local-org.ts';
import { startLocalOrg, type RunningOrg } from '../local-org/server.ts';
import { rsaKeyPair } from '../local-org/test/support/assertion.ts';
import { createSfCli, type SfAnswer, type SfCli } from './sf-cli.ts';
import { logInByToken } from './sf-org.ts';

const ADMIN = 'admin@local.org';
const OWN = rsaKeyPair();

let org: LocalOrg;
let server: RunningOrg;
let sf: SfCli;

beforeAll(async () => {
    org = createOrg({ file: ':memory:' });
    server = await startLocalOrg({ org });
    const uploaded = await fetch(`${server.url}/local-org/clients/continuous-integration`, {
        method: 'PUT',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ certificate: OWN.publicKey })
    });
    expect(uploaded.status).toBe(204);
});
afterAll(async () => {
    await server.close();
    org.close();
});
beforeEach(() => {
    sf = createSfCli([]);
});
afterEach(() => sf?.close());

const logInByKey = (privateKey: string, username = ADMIN): Promise<SfAnswer> => {
    writeFileSync(join(sf.project, 'key.pem'), privateKey);
    const app = ['--client-id', 'continuous-integration', '--jwt-key-file', 'key.pem'];
    const who = ['--username', username, '--instance-url', server.url, '--set-default'];
    return sf.run(['org', 'login', 'jwt', ...app, ...who]);
};

test('sf org login access-token: the org is known, and shown as connected', async () => {
    const login = await logInByToken(sf, server.url, org.auth.issueToken(org.adminUserId));
    expect(login).toMatchObject({ status: 0, result: { username: ADMIN, orgId: org.orgId } });
    const { result } = await sf.run(['org', 'display']);
    expect(result).toMatchObject({ connectedStatus: 'Connected', id: org.orgId, username: ADMIN });
    const known = await sf.run(['org', 'list']);
    expect(known.result.nonScratchOrgs).toMatchObject([{ username: ADMIN, connectedStatus: 'Connected' }]);
});

test('sf org login access-token: a token that the org did not issue opens nothing', async () => {
    const login = await logInByToken(sf, server.url, `${org.orgId}!of_my_own_making`);
    expect(login.status).toBe(1);
    expect((await sf.run(['org', 'list'])).result.nonScratchOrgs).toEqual([]);
});

test('sf org login jwt: the key signs in, and signs in anew when the session has ended', async () => {
    const login = await logInByKey(OWN.privateKey);
    expect(login).toMatchObject({ status: 0, result: { username: ADMIN, orgId: org.orgId } });
    org.faults.add({ kind: 'killSession' });
    const query = await sf.run(['data', 'query', '--query', 'SELECT Name FROM Organization']);
    expect(query).toMatchObject({ status: 0, result: { records: [{ Name: 'Local Org' }] } });
});

test.each([
    ['another key', () => logInByKey(rsaKeyPair().privateKey), 'invalid assertion'],
    [
        'a user the org does not have',
        () => logInByKey(OWN.privateKey, 'nobody@local.org'),
        "user hasn't approved this consumer"
    ]
])('sf org login jwt: %s opens nothing', async (_what, logIn, reason) => {
    const login = await logIn();
    expect(login.status).toBe(1);
    expect(login.result.message).toContain(reason);
    expect((await sf.run(['org', 'list'])).result.nonScratchOrgs).toEqual([]);
});
