// What a user may do: the union of profile and permission sets (grants.ts reads their rows), and what Salesforce concludes from
// it. Sharing is not decided here.
import type { Database } from 'better-sqlite3';
import { grantsOf } from './grants.ts';
import type { ObjectAccess, Permissions } from './org.ts';
import { prepared } from './prepared.ts';
import type { ObjectDef, Schema } from './schema/types.ts';

export const SYSTEM_ADMINISTRATOR = 'System Administrator';

/** Fields of ActivityHistory that tasks and events call otherwise. */
const NAME_IN_SOURCE: Record<string, string> = { ActivityType: 'Type' };

const NO_ACCESS: ObjectAccess = flags(false, false, false);
const ALL_ACCESS: ObjectAccess = flags(true, true, true);

export function loadPermissions(
    db: Database,
    schema: Schema,
    user: { id: string; profileId: string; profileName: string },
    now: Date
): Permissions {
    const grants = grantsOf(db, permissionSetIds(db, user, now));
    const isAdministrator = user.profileName === SYSTEM_ADMINISTRATOR;
    const modifyAllData = grants.user.has('ModifyAllData');
    const viewAllData = modifyAllData || grants.user.has('ViewAllData');
    const customizeApplication = grants.user.has('CustomizeApplication');
    const hasSetup = (type: string, name: string): boolean =>
        grants.setup.has(`${type}:${name}`.toLowerCase());

    const objectAccess = (objectName: string): ObjectAccess => {
        const object = schema.object(objectName);
        if (!object) return NO_ACCESS;
        if (object.customMetadata) return { ...NO_ACCESS, read: true, viewAll: true };
        if (object.setupObject) {
            return setupAccess(customizeApplication || grants.user.has('ManageUsers'));
        }
        if (isActivity(object)) return activityAccess(object, grants.user, viewAllData, modifyAllData);
        if (modifyAllData) return ALL_ACCESS;
        const granted =
            grants.objects.get((object.permissionParent ?? object.name).toLowerCase()) ?? NO_ACCESS;
        const own = object.permissionParent ? childAccess(granted) : granted;
        return viewAllData ? { ...own, read: true, viewAll: true } : own;
    };

    const fieldAccess: Permissions['fieldAccess'] = (objectName, fieldName) => {
        const field = schema.field(objectName, fieldName);
        const access = objectAccess(objectName);
        if (!field || !access.read) return { read: false, edit: false };
        const sources = schema.object(objectName)?.readFrom;
        if (sources) return { read: sources.every((source) => opens(source, fieldName)), edit: false };
        const canWrite = (access.edit || access.create) && (field.createable || field.updateable);
        if (!field.permissionable || isAdministrator) return { read: true, edit: canWrite };
        const granted = grants.fields.get(`${objectName}.${fieldName}`.toLowerCase());
        return { read: granted?.read ?? false, edit: canWrite && (granted?.edit ?? false) };
    };
    const opens = (source: string, fieldName: string): boolean => {
        const name = NAME_IN_SOURCE[fieldName] ?? fieldName;
        return !schema.field(source, name) || fieldAccess(source, name).read;
    };

    return {
        viewAllData,
        modifyAllData,
        customizeApplication,
        viewSetup: customizeApplication || grants.user.has('ViewSetup'),
        objectAccess,
        fieldAccess,
        apexClass: (name) => isAdministrator || hasSetup('ApexClass', name),
        tab: (name) => isAdministrator || grants.tabs.has(name.toLowerCase()),
        app: (name) => isAdministrator || hasSetup('TabSet', name),
        customPermission: (name) => isAdministrator || hasSetup('CustomPermission', name),
        externalCredentialPrincipal: (name) => hasSetup('ExternalCredentialParameter', name)
    };
}

function permissionSetIds(db: Database, user: { id: string; profileId: string }, now: Date): string[] {
    return prepared(
        db,
        `SELECT "Id" FROM "PermissionSet" WHERE "ProfileId" = @profileId AND "IsDeleted" = 0
         UNION SELECT "PermissionSetId" FROM "PermissionSetAssignment"
         WHERE "AssigneeId" = @id AND "IsDeleted" = 0 AND "IsActive" = 1
         AND ("ExpirationDate" IS NULL OR "ExpirationDate" > @now)`
    )
        .pluck()
        .all({ ...user, now: now.toISOString() }) as string[];
}

/** Rows of a child object (contact roles, line items) are changed by whoever may edit the parent. */
function childAccess(parent: ObjectAccess): ObjectAccess {
    return { ...parent, create: parent.edit, delete: parent.edit };
}

function setupAccess(mayManage: boolean): ObjectAccess {
    return flags(true, mayManage, true);
}

function isActivity(object: ObjectDef): boolean {
    return object.name === 'Task' || object.name === 'Event' || object.readFrom !== undefined;
}

/** Tasks and events have no object permissions in Salesforce; three user permissions take their place. */
function activityAccess(
    object: ObjectDef,
    userPermissions: Set<string>,
    viewAllData: boolean,
    modifyAllData: boolean
): ObjectAccess {
    if (modifyAllData) return ALL_ACCESS;
    const read = viewAllData || userPermissions.has('ActivitiesAccess');
    return flags(read, read && userPermissions.has(`Edit${object.name}`), viewAllData);
}

function flags(read: boolean, write: boolean, all: boolean): ObjectAccess {
    return { read, create: write, edit: write, delete: write, viewAll: all, modifyAll: all && write };
}
