// Users of the org and their permission sets: finding people by user name, the integration user, and assigning sets once. Setup objects
// only; nothing of the package is written here.
import { SfError } from '@salesforce/core';
import { quoted } from '../../../../service/src/salesforce/query.ts';

/** What is needed of a connection: that of sf has it, and jsforce's own, with which the demo does the same. */
export interface OrgConnection {
    query<T extends object>(
        soql: string,
        options?: { autoFetch: boolean; maxFetch: number }
    ): PromiseLike<{ records: T[]; totalSize: number }>;
    sobject(name: string): {
        create(row: object): PromiseLike<unknown>;
        destroy(ids: string[]): PromiseLike<unknown>;
    };
    describeGlobal(): PromiseLike<{ sobjects: { name: string }[] }>;
}

type Saved = { success: boolean; errors: { message: string }[] };

/** Permission sets by what a person is to do; those that call the service need the callout and its credential as well. */
const CALLER = ['SpmCallout', 'SpmUserCredentials'];
export const SETS_OF = {
    admin: ['SpmAdmin', ...CALLER],
    payee: ['SpmPayee', ...CALLER],
    manager: ['SpmSalesManager', ...CALLER],
    analyst: ['SpmCompAnalyst', ...CALLER],
    approver: ['SpmCompApprover', ...CALLER],
    compliance: ['SpmCompliance'],
    integration: ['SpmIntegration', 'SpmCrmRead']
} as const;

export type Role = keyof typeof SETS_OF;

const API_ONLY_PROFILE = 'Minimum Access - API Only Integrations';
const LICENCE_SET = 'SalesforceAPIIntegrationPsl';

/** Ids of the users in the order of their names; refuses with all names that are nobody's. */
export async function userIds(connection: OrgConnection, usernames: readonly string[]): Promise<string[]> {
    if (usernames.length === 0) return [];
    const { records } = await connection.query<{ Id: string; Username: string }>(
        `SELECT Id, Username FROM User WHERE IsActive = true AND Username IN (${usernames.map(quoted).join(', ')})`
    );
    const idOf = new Map(records.map(({ Id, Username }) => [Username.toLowerCase(), Id]));
    const unknown = usernames.filter((name) => !idOf.has(name.toLowerCase()));
    if (unknown.length > 0)
        throw new SfError(`No active user is called ${unknown.join(', ')}.`, 'NoSuchUser', [
            'Correct the names: user names look like mail addresses, and often are none.'
        ]);
    return usernames.map((name) => idOf.get(name.toLowerCase())!);
}

/** The user with that name; made, with API access only and in that role, when nobody has it yet. */
export async function integrationUser(
    connection: OrgConnection,
    username: string,
    roleId?: string
): Promise<{ id: string; isNew: boolean }> {
    const { records } = await connection.query<{ Id: string; IsActive: boolean }>(
        `SELECT Id, IsActive FROM User WHERE Username = ${quoted(username)}`
    );
    const [held] = records;
    if (held && !held.IsActive)
        throw new SfError(`${username} is inactive.`, 'IntegrationUserInactive', [
            'Activate the user in Setup > Users, or name another one.'
        ]);
    const id = held?.Id ?? (await createIntegrationUser(connection, username, roleId));
    await assignLicence(connection, id);
    return { id, isNew: !held };
}

async function createIntegrationUser(
    connection: OrgConnection,
    username: string,
    roleId?: string
): Promise<string> {
    const profile = await connection.query<{ Id: string }>(
        `SELECT Id FROM Profile WHERE Name = ${quoted(API_ONLY_PROFILE)}`
    );
    if (profile.records.length === 0)
        throw new SfError(`The org has no profile "${API_ONLY_PROFILE}".`, 'NoIntegrationProfile', [
            'Ask Salesforce for Salesforce Integration licences: most editions include five.'
        ]);
    const created = await connection.sobject('User').create({
        Username: username,
        FirstName: 'Plumbline',
        LastName: 'Integration',
        Alias: 'plumb',
        Email: username,
        ProfileId: profile.records[0]!.Id,
        ...(roleId ? { UserRoleId: roleId } : {}),
        TimeZoneSidKey: 'Etc/UTC',
        LocaleSidKey: 'en_GB',
        LanguageLocaleKey: 'en_US',
        EmailEncodingKey: 'UTF-8'
    });
    return (created as { id: string }).id;
}

/** Salesforce wants this licence on an API-only user before any permission set; where orgs have none there is nothing to do. */
async function assignLicence(connection: OrgConnection, userId: string): Promise<void> {
    const { sobjects } = await connection.describeGlobal();
    if (!sobjects.some(({ name }) => name === 'PermissionSetLicenseAssign')) return;
    const [licence] = (
        await connection.query<{ Id: string }>(
            `SELECT Id FROM PermissionSetLicense WHERE DeveloperName = ${quoted(LICENCE_SET)}`
        )
    ).records;
    if (!licence) return;
    const held = await connection.query(
        `SELECT Id FROM PermissionSetLicenseAssign WHERE AssigneeId = ${quoted(userId)}
         AND PermissionSetLicenseId = ${quoted(licence.Id)}`
    );
    if (held.totalSize > 0) return;
    await connection
        .sobject('PermissionSetLicenseAssign')
        .create({ AssigneeId: userId, PermissionSetLicenseId: licence.Id });
}

export interface Assignment {
    userId: string;
    sets: readonly string[];
}

/** Assigns what is not assigned yet; returns how many assignments were made. */
export async function assignSets(
    connection: OrgConnection,
    wanted: readonly Assignment[],
    namespace = ''
): Promise<number> {
    const idByName = await setIds(connection, namespace);
    const rows = wanted.flatMap(({ userId, sets }) =>
        sets.map((name) => {
            const setId = idByName.get(name);
            if (!setId)
                throw new SfError(`The org has no permission set ${name}.`, 'NoPermissionSet', [
                    'Deploy the package and its subscriber metadata first: sf plumbline install.'
                ]);
            return { AssigneeId: userId, PermissionSetId: setId };
        })
    );
    const held = await assignmentsOf(connection, [...idByName.values()]);
    // Somebody in two roles has what both need once.
    const once = new Map(rows.map((row) => [`${row.AssigneeId} ${row.PermissionSetId}`, row]));
    const missing = [...once].filter(([pair]) => !held.has(pair)).map(([, row]) => row);
    for (let from = 0; from < missing.length; from += 200) {
        const some = missing.slice(from, from + 200);
        const results = (await connection.sobject('PermissionSetAssignment').create(some)) as Saved[];
        const failed = results.find(({ success }) => !success);
        if (failed)
            throw new SfError(
                `A permission set could not be assigned: ${failed.errors[0]?.message}`,
                'AssignmentRefused',
                ['Check that the user has a licence that allows the permissions of the set.']
            );
    }
    return missing.length;
}

/** Our permission sets by name without namespace. The unpackaged ones never have one. */
export async function setIds(connection: OrgConnection, namespace = ''): Promise<Map<string, string>> {
    const { records } = await connection.query<{ Id: string; Name: string; NamespacePrefix: string | null }>(
        "SELECT Id, Name, NamespacePrefix FROM PermissionSet WHERE IsOwnedByProfile = false AND Name LIKE 'Spm%'"
    );
    return new Map(
        records
            .filter(({ NamespacePrefix }) => !NamespacePrefix || NamespacePrefix === namespace)
            .map(({ Id, Name }) => [Name, Id])
    );
}

/** `userId setId` of every assignment of those sets. */
export async function assignmentsOf(connection: OrgConnection, ids: readonly string[]): Promise<Set<string>> {
    if (ids.length === 0) return new Set();
    const rows = await connection.query<{ AssigneeId: string; PermissionSetId: string }>(
        `SELECT AssigneeId, PermissionSetId FROM PermissionSetAssignment
         WHERE PermissionSetId IN (${ids.map(quoted).join(', ')})`,
        { autoFetch: true, maxFetch: 1_000_000 }
    );
    return new Set(rows.records.map((row) => `${row.AssigneeId} ${row.PermissionSetId}`));
}

/** Takes the sets from everybody; returns from how many. */
export async function unassign(connection: OrgConnection, ids: readonly string[]): Promise<number> {
    if (ids.length === 0) return 0;
    const { records } = await connection.query<{ Id: string }>(
        `SELECT Id FROM PermissionSetAssignment WHERE PermissionSetId IN (${ids.map(quoted).join(', ')})`,
        { autoFetch: true, maxFetch: 1_000_000 }
    );
    for (let from = 0; from < records.length; from += 200) {
        const some = records.slice(from, from + 200).map(({ Id }) => Id);
        const results = (await connection.sobject('PermissionSetAssignment').destroy(some)) as Saved[];
        const failed = results.find(({ success }) => !success);
        if (failed)
            throw new SfError(
                `A permission set could not be taken away: ${failed.errors[0]?.message}`,
                'AssignmentKept',
                ['Take it away in Setup > Permission Sets > Manage Assignments, then run it again.']
            );
    }
    return records.length;
}
