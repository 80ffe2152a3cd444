// The Connect API's doors of named credentials: what can be seen of the pair, and the key that is written and never read again.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ADMIN, startTestOrg, type TestOrg } from './support/test-org.ts';

const ROOT = '/services/data/v65.0/named-credentials';
const PRINCIPAL = {
    externalCredential: 'Service',
    principalName: 'Robot',
    principalType: 'NamedPrincipal'
};
const KEY = 'a key that nobody reads again';

let local: TestOrg;

beforeAll(async () => {
    local = await startTestOrg();
    const made = await local.admin.metadata.create(
        'ExternalCredential' as never,
        {
            fullName: 'Service',
            label: 'Service',
            authenticationProtocol: 'Basic',
            externalCredentialParameters: [
                {
                    parameterGroup: 'Robot',
                    parameterName: 'Robot',
                    parameterType: 'NamedPrincipal',
                    sequenceNumber: 1
                }
            ]
        } as never
    );
    expect(made).toMatchObject({ success: true });
    const named = await local.admin.metadata.create(
        'NamedCredential' as never,
        {
            fullName: 'Service',
            label: 'Service',
            calloutStatus: 'Enabled',
            namedCredentialType: 'SecuredEndpoint',
            namedCredentialParameters: [
                { parameterName: 'Url', parameterType: 'Url', parameterValue: 'https://service.example' },
                {
                    externalCredential: 'Service',
                    parameterName: 'ExternalCredential',
                    parameterType: 'Authentication'
                }
            ]
        } as never
    );
    expect(named).toMatchObject({ success: true });
});
afterAll(() => local?.stop());

async function ask(method: string, path: string, body?: object) {
    const answer = await local.fetchAs(ADMIN, `${ROOT}${path}`, {
        method,
        ...(body ? { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } } : {})
    });
    const text = await answer.text();
    return { status: answer.status, text, body: text === '' ? null : JSON.parse(text) };
}

const withKey = (password: string) => ({
    ...PRINCIPAL,
    authenticationProtocol: 'Basic',
    credentials: {
        username: { value: 'me', encrypted: false },
        password: { value: password, encrypted: true }
    }
});
const asQuery = `?${new URLSearchParams(PRINCIPAL)}`;

test('tells where a named credential points and which external credential signs it in', async () => {
    expect((await ask('GET', '/named-credential-setup/service')).body).toMatchObject({
        developerName: 'Service',
        calloutUrl: 'https://service.example',
        calloutStatus: 'Enabled',
        externalCredentials: [{ developerName: 'Service' }]
    });
    expect((await ask('GET', '/named-credential-setup/Nobody')).status).toBe(404);
});

test('a principal is configured by POST once, replaced by PUT, and its password is never told', async () => {
    expect((await ask('GET', `/credential${asQuery}`)).body.authenticationStatus).toBe('NotConfigured');
    expect((await ask('PUT', '/credential', withKey(KEY))).status).toBe(404);
    expect((await ask('POST', '/credential', withKey(KEY))).status).toBe(201);
    expect((await ask('POST', '/credential', withKey(KEY))).status).toBe(400);
    expect((await ask('PUT', '/credential', withKey(`${KEY}!`))).status).toBe(200);
    const seen = await ask('GET', `/credential${asQuery}`);
    expect(seen.body).toMatchObject({
        authenticationStatus: 'Configured',
        credentials: { username: { value: 'me' }, password: { encrypted: true } }
    });
    expect(seen.text).not.toContain(KEY);
    const [principal] = (await ask('GET', '/external-credentials/Service')).body.principals;
    expect(principal).toMatchObject({ principalName: 'Robot', authenticationStatus: 'Configured' });
    expect((await ask('DELETE', `/credential${asQuery}`)).status).toBe(204);
    expect((await ask('GET', `/credential${asQuery}`)).body.authenticationStatus).toBe('NotConfigured');
});

test('other principals and missing values are refused with their names', async () => {
    const perUser = { ...withKey(KEY), principalType: 'PerUserPrincipal' };
    expect((await ask('POST', '/credential', perUser)).text).toContain('PerUserPrincipal');
    expect((await ask('POST', '/credential', { ...withKey(KEY), principalName: 'Other' })).status).toBe(404);
    expect((await ask('POST', '/credential', { ...withKey(KEY), credentials: {} })).status).toBe(400);
});
