// The Named Credential and its External Credential as the org has them, by the Connect API; and the key of the org, which is written into
// the principal and can never be read again. Nothing here changes the Named Credential itself: Salesforce would stop its callouts.
import { SfError, type Connection } from '@salesforce/core';
import { API_VERSION } from './api-version.ts';

export const NAMED_CREDENTIAL = 'SpmService';
export const EXTERNAL_CREDENTIAL = 'SpmService';
export const PRINCIPAL = 'ServicePrincipal';
/** What the source of the package says before anybody has said where the service is. */
export const PLACEHOLDER_URL = 'https://api.example.com';

export interface NamedCredentialInOrg {
    url: string;
    isEnabled: boolean;
}

export interface PrincipalInOrg {
    isConfigured: boolean;
    /** the org id the key was stored for; a copied sandbox shows another org's */
    username: string | null;
}

const developerName = (namespace: string, name: string): string =>
    namespace === '' ? name : `${namespace}__${name}`;

/** null when there is none. */
export async function namedCredential(
    connection: Connection,
    namespace: string
): Promise<NamedCredentialInOrg | null> {
    const name = developerName(namespace, NAMED_CREDENTIAL);
    const found = await ask<{ calloutUrl?: string; calloutStatus?: string }>(
        connection,
        'GET',
        `/named-credential-setup/${name}`
    ).catch(orNull);
    return found && { url: found.calloutUrl ?? '', isEnabled: found.calloutStatus !== 'Disabled' };
}

/** null when the External Credential or its principal is not there. */
export async function principal(connection: Connection, namespace: string): Promise<PrincipalInOrg | null> {
    const found = await ask<CredentialAnswer>(
        connection,
        'GET',
        `/credential?${new URLSearchParams(principalOf(namespace))}`
    ).catch(orNull);
    if (!found) return null;
    return {
        isConfigured: found.authenticationStatus === 'Configured',
        username: found.credentials?.['username']?.value ?? null
    };
}

interface CredentialAnswer {
    authenticationStatus?: string;
    credentials?: Record<string, { value?: string }>;
}

/** Creates the values, or replaces those that are there. */
export async function storeKey(
    connection: Connection,
    namespace: string,
    { orgId, key }: { orgId: string; key: string }
): Promise<'created' | 'replaced'> {
    const held = await principal(connection, namespace);
    if (!held)
        throw new SfError(
            `The org has no principal ${PRINCIPAL} of the External Credential ${EXTERNAL_CREDENTIAL}.`,
            'NoExternalCredential',
            ['Install the package first: sf plumbline install.']
        );
    await ask(connection, held.isConfigured ? 'PUT' : 'POST', '/credential', {
        ...principalOf(namespace),
        authenticationProtocol: 'Basic',
        credentials: {
            username: { value: orgId, encrypted: false },
            password: { value: key, encrypted: true }
        }
    });
    return held.isConfigured ? 'replaced' : 'created';
}

export async function forgetKey(connection: Connection, namespace: string): Promise<boolean> {
    const held = await principal(connection, namespace);
    if (!held?.isConfigured) return false;
    await ask(connection, 'DELETE', `/credential?${new URLSearchParams(principalOf(namespace))}`);
    return true;
}

function principalOf(namespace: string): Record<string, string> {
    return {
        externalCredential: developerName(namespace, EXTERNAL_CREDENTIAL),
        principalName: PRINCIPAL,
        principalType: 'NamedPrincipal'
    };
}

async function ask<T>(connection: Connection, method: string, path: string, body?: object): Promise<T> {
    return connection.request<T>({
        method: method as 'GET',
        url: `/services/data/v${API_VERSION}/named-credentials${path}`,
        headers: { 'content-type': 'application/json' },
        ...(body ? { body: JSON.stringify(body) } : {})
    });
}

function orNull(error: { errorCode?: string; name?: string }): null {
    if (error.errorCode === 'NOT_FOUND' || error.name === 'NOT_FOUND') return null;
    throw error;
}
