// What an admin and ops do once per org: the integration user, permission sets for everybody, the client app the service
// signs in with, the Named Credential's key, and the service's tenants file.
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Connection } from 'jsforce';
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
    const integrationId = await createIntegrationUser(admin, people);
    const managers = new Set(people.persons.map((person) => person.managerId));
    await assignPermissionSets(admin, [
        [integrationId, ['SpmIntegration', 'SpmCrmRead']],
        ...people.persons.map((person): [string, string[]] => [
            person.id,
            [managers.has(person.id) ? 'SpmSalesManager' : 'SpmPayee', 'SpmCallout', 'SpmUserCredentials']
        ]),
        [org.adminUserId, ['SpmAdmin', 'SpmCallout', 'SpmUserCredentials']]
    ]);
    const clientId = `plumbline-${randomBytes(8).toString('hex')}`;
    const clientSecret = randomBytes(32).toString('base64url');
    org.auth.registerClient({ clientId, clientSecret, runAsUserId: integrationId });
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

/** In the role above everybody: events that are about no record, such as one-to-ones, are open to nobody else. */
async function createIntegrationUser(admin: Connection, { roles }: People): Promise<string> {
    const profile = await admin.query<{ Id: string }>(
        "SELECT Id FROM Profile WHERE Name = 'Minimum Access - API Only Integrations'"
    );
    const created = await admin.sobject('User').create({
        Username: INTEGRATION_USERNAME,
        FirstName: 'Plumbline',
        LastName: 'Integration',
        Alias: 'plumb',
        Email: INTEGRATION_USERNAME,
        ProfileId: profile.records[0]!.Id,
        UserRoleId: roles.find(({ parentRoleId }) => parentRoleId === null)!.id,
        TimeZoneSidKey: 'Etc/UTC',
        LocaleSidKey: 'en_GB',
        LanguageLocaleKey: 'en_US',
        EmailEncodingKey: 'UTF-8'
    } as never);
    return (created as unknown as { id: string }).id;
}

export async function assignPermissionSets(admin: Connection, wanted: [string, string[]][]): Promise<void> {
    const sets = await admin.query<{ Id: string; Name: string }>(
        'SELECT Id, Name FROM PermissionSet WHERE IsOwnedByProfile = false'
    );
    const idByName = new Map(sets.records.map((set) => [set.Name, set.Id]));
    const rows = wanted.flatMap(([userId, names]) =>
        names.map((name) => {
            const setId = idByName.get(name);
            if (!setId)
                throw new Error(`Permission set ${name} is not in the org; was the package deployed?`);
            return { AssigneeId: userId, PermissionSetId: setId };
        })
    );
    const results = await admin
        .sobject('PermissionSetAssignment')
        .create(rows as never, { allowRecursive: true });
    const failed = (results as unknown as { success: boolean; errors: { message: string }[] }[]).find(
        (result) => !result.success
    );
    if (failed) throw new Error(`A permission set could not be assigned: ${failed.errors[0]?.message}`);
}
