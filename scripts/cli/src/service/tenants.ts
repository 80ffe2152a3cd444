// The operator's routes of the service: the org as one of its tenants. They are on a port of their own, which only the
// operator reaches, and need the operator's key, which no org has.
import { SfError } from '@salesforce/core';
import { ServiceRefusal, tellService } from './http.ts';

export const OPERATOR_KEY = 'PLUMBLINE_OPERATOR_KEY';
export const OPERATOR_URL = 'PLUMBLINE_OPERATOR_URL';

export interface Operator {
    url: string;
    key: string;
}

export interface Tenant {
    orgId: string;
    myDomain: string;
    namespace: string;
    status: 'Active' | 'Suspended' | 'Disconnected';
    keys: { fingerprint: string; createdAt: string }[];
    lastSeenAt: string | null;
}

export interface Registration {
    orgId: string;
    myDomain: string;
    namespace: string;
    clientId: string;
    clientSecret: string;
}

/** From the environment only: what is typed on a command line, others can read. */
export function operatorHere(): Operator | null {
    const { [OPERATOR_KEY]: key, [OPERATOR_URL]: url } = process.env;
    return key && url ? { url, key } : null;
}

export function neededOperator(): Operator {
    const operator = operatorHere();
    if (operator) return operator;
    if (!process.env[OPERATOR_KEY])
        throw new SfError(`${OPERATOR_KEY} is not set.`, 'NoOperatorKey', [
            `Put the operator key of the service into ${OPERATOR_KEY}.`
        ]);
    throw new SfError(`${OPERATOR_URL} is not set.`, 'NoOperatorUrl', [
        `Put the address at which the service listens for its operator into ${OPERATOR_URL}.`
    ]);
}

/** null when the service does not know the org. */
export async function tenantOf(operator: Operator, orgId: string): Promise<Tenant | null> {
    try {
        return await ask<Tenant>(operator, 'GET', `/v1/tenants/${orgId}`);
    } catch (error) {
        if (error instanceof ServiceRefusal && error.status === 404) return null;
        throw error;
    }
}

/** `key` is null when the org has keys already: `newKey` makes one more. */
export async function register(
    operator: Operator,
    registration: Registration
): Promise<{ status: Tenant['status']; key: string | null }> {
    return ask(operator, 'POST', '/v1/tenants', registration);
}

export async function newKey(
    operator: Operator,
    orgId: string
): Promise<{ key: string; fingerprint: string }> {
    return ask(operator, 'POST', `/v1/tenants/${orgId}/keys`);
}

export async function endKey(operator: Operator, orgId: string, fingerprint: string): Promise<void> {
    await ask(operator, 'DELETE', `/v1/tenants/${orgId}/keys/${fingerprint}`);
}

export async function removeTenant(operator: Operator, orgId: string): Promise<void> {
    await ask(operator, 'DELETE', `/v1/tenants/${orgId}`);
}

function ask<T>(
    { url, key }: Operator,
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    body?: object
): Promise<T> {
    const headers = { authorization: `Bearer ${key}` };
    return tellService<T>(url, path, { method, headers, ...(body ? { body } : {}) });
}
