// What an admin and ops do once per org: the integration user, permission sets for everybody, the client app the service
// signs in with, the Named Credential's key, and the service's tenants file.
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Connection } from 'jsforce';
import { assignSets, integrationUser, SETS_OF } from '../../cli/src/org/people.ts';
import type { LocalOrg } from '../../local-org/local-org.ts';
import type { People } from '../firm/people.ts';

export const INTEGRATION_USERNAME = 'integration@plumbline.example';

export interface ConnectOptions {
    org: LocalOrg;
    orgUrl: string;
    serviceUrl: string;
    admin: Connection;
    people: People;
    tenantsFile: string;
}

/** The key the org's Named Credential sends; the service stores only its hash. */
export interface OrgKey {
    orgId: string;
    key: string;
}

export async function connectOrg(options: ConnectOptions): Promise<OrgKey> {
    const { org, admin, people } = options;
    // In the role above everybody: events that are about no record, such as one-to-ones, are open to nobody else.
    const topRole = people.roles.find(({ parentRoleId }) => parentRoleId === null)!.id;
    const integration = await integrationUser(admin, INTEGRATION_USERNAME, topRole);
    const managers = new Set(people.persons.map((person) => person.managerId));
    await assignSets(admin, [
        { userId: integration.id, sets: SETS_OF.integration },
        ...people.persons.map(({ id }) => ({
            userId: id,
            sets: managers.has(id) ? SETS_OF.manager : SETS_OF.payee
        })),
        { userId: org.adminUserId, sets: SETS_OF.admin }
    ]);
    const clientId = `plumbline-${randomBytes(8).toString('hex')}`;
    const clientSecret = randomBytes(32).toString('base64url');
    org.auth.registerClient({ clientId, clientSecret, runAsUserId: integration.id });
    const key = randomBytes(32).toString('base64url');
    const tenant = {
        orgId: org.orgId,
        myDomain: options.orgUrl,
        namespace: '',
        clientId,
        clientSecret,
        keySha256: [createHash('sha256').update(key).digest('hex')]
    };
    writeTenant(options.tenantsFile, tenant);
    return { orgId: org.orgId, key };
}

/** Tells the org and the service where the other one is; both may have moved to other ports since the last start. */
export async function pointAtEachOther(
    options: Pick<ConnectOptions, 'orgUrl' | 'serviceUrl' | 'admin' | 'tenantsFile'>,
    { orgId, key }: OrgKey
): Promise<void> {
    await options.admin.request({
        method: 'PUT',
        url: `${options.orgUrl}/local-org/credentials/SpmService`,
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ url: options.serviceUrl, username: orgId, password: key })
    });
    const [tenant] = JSON.parse(readFileSync(options.tenantsFile, 'utf8')) as object[];
    writeTenant(options.tenantsFile, { ...tenant, myDomain: options.orgUrl });
}

/** In one step: a kill while writing must not leave half a file to the next start. */
function writeTenant(tenantsFile: string, tenant: object): void {
    writeFileSync(`${tenantsFile}.draft`, JSON.stringify([tenant], null, 2), { mode: 0o600 });
    renameSync(`${tenantsFile}.draft`, tenantsFile);
}
