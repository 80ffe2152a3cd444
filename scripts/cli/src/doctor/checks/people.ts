// Checks of users: the integration user and what it may do, and everybody who calls the service.
import { quoted } from '../../../../../service/src/salesforce/query.ts';
import { setIds } from '../../org/people.ts';
import { failed, listed, passed, unknown, warning, type Check, type Patient } from '../check.ts';

const NAME_ONE = 'Run sf plumbline install --integration-user <user name>.';
const CALLER_SETS = ['SpmAdmin', 'SpmPayee', 'SpmSalesManager', 'SpmCompAnalyst', 'SpmCompApprover'];

const integrationUser: Check = {
    name: 'integration-user',
    about: 'One active user is the one the service works as.',
    async look({ robots }) {
        if (robots.length === 0) return failed('Nobody has the permission set SpmIntegration.', NAME_ONE);
        const inactive = robots.filter(({ isActive }) => !isActive);
        const names = listed(robots.map(({ username }) => username));
        if (inactive.length === robots.length)
            return failed(`${names} is inactive.`, 'Setup > Users: activate the user, or name another one.');
        return robots.length > 1
            ? warning(
                  `${names} all have SpmIntegration.`,
                  'Take it from whoever is not the Run As user of the app.'
              )
            : passed(`${names}.`);
    }
};

const apiOnly: Check = {
    name: 'api-only',
    about: 'Nobody can sign in to the pages as the integration user.',
    async look({ connection, robots }) {
        const [robot] = robots;
        if (!robot) return unknown('There is no integration user yet.', NAME_ONE);
        const { records } = await connection.query<{ Name: string }>(
            `SELECT Name FROM PermissionSet WHERE PermissionsApiUserOnly = true
             AND Id IN (${robot.setIds.map(quoted).join(', ')})`
        );
        return records.length > 0
            ? passed(`${robot.username} is API only.`)
            : warning(
                  `${robot.username} may sign in to the pages as well.`,
                  'Give it the profile "Minimum Access - API Only Integrations".'
              );
    }
};

const leastRights: Check = {
    name: 'least-rights',
    about: 'The integration user cannot change anything of the CRM.',
    async look({ connection, robots }) {
        const [robot] = robots;
        if (!robot) return unknown('There is no integration user yet.', NAME_ONE);
        const { records } = await connection.query<{ SobjectType: string }>(
            `SELECT SobjectType FROM ObjectPermissions WHERE ParentId IN (${robot.setIds.map(quoted).join(', ')})
             AND PermissionsEdit = true`
        );
        const standard = [...new Set(records.map(({ SobjectType }) => SobjectType))].filter(
            (name) => !/__(c|e|mdt)$/.test(name)
        );
        return standard.length > 0
            ? warning(
                  `${robot.username} may edit ${listed(standard)}.`,
                  'Take the profile or permission set that allows it: reading is enough.'
              )
            : passed(`${robot.username} edits our own objects only.`);
    }
};

const principalAccess: Check = {
    name: 'principal-access',
    about: 'SpmCallout grants the principal of the External Credential.',
    async look({ connection, found }) {
        const setId = (await setIds(connection, found.namespace)).get('SpmCallout');
        if (!setId) return failed('The org has no permission set SpmCallout.', 'Run sf plumbline install.');
        const { records } = await connection.query<{ SetupEntityType: string }>(
            `SELECT SetupEntityType FROM SetupEntityAccess WHERE ParentId = ${quoted(setId)}`
        );
        return records.some(({ SetupEntityType }) => SetupEntityType.startsWith('ExternalCredential'))
            ? passed('It does.')
            : failed(
                  'It grants no principal.',
                  'Setup > Permission Sets > Plumbline Callout > External Credential Principal Access: add SpmService - ServicePrincipal.'
              );
    }
};

const userCredentials: Check = {
    name: 'user-credentials',
    about: 'SpmUserCredentials lets people read User External Credentials.',
    async look({ connection, found }) {
        const setId = (await setIds(connection, found.namespace)).get('SpmUserCredentials');
        const read = setId
            ? await connection.query(
                  `SELECT Id FROM ObjectPermissions WHERE ParentId = ${quoted(setId)}
                   AND SobjectType = 'UserExternalCredential' AND PermissionsRead = true`
              )
            : null;
        return read && read.totalSize > 0
            ? passed('It does.')
            : failed(
                  'It does not: callouts end with "We couldn\'t access the credential(s)".',
                  'Deploy config/subscriber again: sf plumbline install.'
              );
    }
};

const callers: Check = {
    name: 'callers',
    about: 'Everybody who works with Plumbline may call the service.',
    async look(patient) {
        const { admins, callers: people, missing } = await whoMayCall(patient);
        if (admins === 0)
            return failed(
                'Nobody has the permission set SpmAdmin.',
                'Run sf plumbline install as the administrator of Plumbline.'
            );
        return missing.length > 0
            ? warning(
                  `Without SpmCallout or SpmUserCredentials: ${listed(missing)}.`,
                  'Assign both sets: sf plumbline install --payee <user name> does it, --manager for managers.'
              )
            : passed(`${people} people.`);
    }
};

async function whoMayCall({ connection, found }: Patient) {
    const ids = await setIds(connection, found.namespace);
    const holders = async (name: string): Promise<Map<string, string>> => {
        const setId = ids.get(name);
        if (!setId) return new Map();
        const rows = await connection.query<{ AssigneeId: string; Assignee: { Username: string } }>(
            `SELECT AssigneeId, Assignee.Username FROM PermissionSetAssignment
             WHERE PermissionSetId = ${quoted(setId)} AND Assignee.IsActive = true`,
            { autoFetch: true, maxFetch: 1_000_000 }
        );
        return new Map(rows.records.map((row) => [row.AssigneeId, row.Assignee.Username]));
    };
    const needing = new Map<string, string>();
    for (const name of CALLER_SETS) for (const [id, user] of await holders(name)) needing.set(id, user);
    const [callout, credentials] = [await holders('SpmCallout'), await holders('SpmUserCredentials')];
    const missing = [...needing].filter(([id]) => !callout.has(id) || !credentials.has(id));
    return {
        admins: (await holders('SpmAdmin')).size,
        callers: needing.size,
        missing: missing.map(([, username]) => username)
    };
}

const hierarchy: Check = {
    name: 'hierarchy',
    about: 'People who are paid have a manager, so that somebody sees their figures.',
    async look({ connection, found }) {
        const setId = (await setIds(connection, found.namespace)).get('SpmPayee');
        const { records } = setId
            ? await connection.query<{ Username: string }>(
                  `SELECT Username FROM User WHERE IsActive = true AND ManagerId = null AND UserRoleId = null
                   AND Id IN (SELECT AssigneeId FROM PermissionSetAssignment WHERE PermissionSetId = ${quoted(setId)})`
              )
            : { records: [] };
        return records.length > 0
            ? warning(
                  `Neither manager nor role: ${listed(records.map(({ Username }) => Username))}.`,
                  'Setup > Users: set Manager and Role.'
              )
            : passed('Each has a manager or a role.');
    }
};

export const PEOPLE_CHECKS: Check[] = [
    integrationUser,
    apiOnly,
    leastRights,
    principalAccess,
    userCredentials,
    callers,
    hierarchy
];
