// The profiles a new org has. As in Salesforce each profile owns a permission set, whose rows say what it grants.
import { SYSTEM_ADMINISTRATOR } from './permissions.ts';
import type { Schema } from './schema/types.ts';

export const STANDARD_USER = 'Standard User';
export const API_ONLY = 'Minimum Access - API Only Integrations';

interface ProfileTemplate {
    name: string;
    userPermissions: string[];
    /** Objects with create, read, edit and delete. */
    owned: string[];
    /** Objects that can only be read. */
    readable: string[];
}

const TEMPLATES: ProfileTemplate[] = [
    {
        name: SYSTEM_ADMINISTRATOR,
        userPermissions: [
            'ApiEnabled',
            'ViewAllData',
            'ModifyAllData',
            'CustomizeApplication',
            'ModifyMetadata',
            'AuthorApex',
            'ManageUsers',
            'ViewSetup',
            'ViewRoles',
            'ViewAllUsers',
            'RunReports',
            'LightningExperienceUser',
            'ActivitiesAccess',
            'EditTask',
            'EditEvent'
        ],
        owned: [],
        readable: []
    },
    {
        name: STANDARD_USER,
        userPermissions: [
            'ApiEnabled',
            'LightningExperienceUser',
            'RunReports',
            'ActivitiesAccess',
            'EditTask',
            'EditEvent'
        ],
        owned: ['Account', 'Contact', 'Opportunity', 'Lead', 'Case'],
        readable: ['Product2', 'Pricebook2']
    },
    { name: API_ONLY, userPermissions: ['ApiEnabled', 'ApiUserOnly'], owned: [], readable: [] }
];

type Insert = (objectName: string, values: Record<string, unknown>) => string;

/** Inserts the profiles and returns their ids by name. */
export function createProfiles(insert: Insert, schema: Schema): Map<string, string> {
    return new Map(TEMPLATES.map((template) => [template.name, createProfile(insert, schema, template)]));
}

function createProfile(insert: Insert, schema: Schema, template: ProfileTemplate): string {
    const profileId = insert('Profile', { Name: template.name, UserType: 'Standard' });
    const parentId = insert('PermissionSet', {
        Name: `X${profileId.slice(0, 15)}`,
        Label: profileId.slice(0, 15),
        ProfileId: profileId,
        IsOwnedByProfile: true,
        Type: 'Profile',
        ...Object.fromEntries(template.userPermissions.map((name) => [`Permissions${name}`, true]))
    });
    for (const name of template.owned) grantObject(insert, parentId, name, true);
    for (const name of template.readable) grantObject(insert, parentId, name, false);
    const withFields = [...template.owned, ...template.readable, ...followers(schema, template)];
    for (const name of withFields)
        grantFields(insert, schema, parentId, name, !template.readable.includes(name));
    return profileId;
}

/** Objects whose access follows a granted one, and activities: their fields are visible with it. */
function followers(schema: Schema, template: ProfileTemplate): string[] {
    const activities = template.userPermissions.includes('ActivitiesAccess') ? ['Task', 'Event'] : [];
    const children = schema
        .objects()
        .filter((object) => template.owned.includes(object.permissionParent ?? ''));
    return [...children.map((object) => object.name), ...activities];
}

function grantObject(insert: Insert, parentId: string, objectName: string, write: boolean): void {
    insert('ObjectPermissions', {
        ParentId: parentId,
        SobjectType: objectName,
        PermissionsRead: true,
        PermissionsCreate: write,
        PermissionsEdit: write,
        PermissionsDelete: write
    });
}

function grantFields(
    insert: Insert,
    schema: Schema,
    parentId: string,
    objectName: string,
    write: boolean
): void {
    for (const field of schema.object(objectName)?.fields ?? []) {
        if (!field.permissionable) continue;
        insert('FieldPermissions', {
            ParentId: parentId,
            SobjectType: objectName,
            Field: `${objectName}.${field.name}`,
            PermissionsRead: true,
            PermissionsEdit: write && field.updateable
        });
    }
}
