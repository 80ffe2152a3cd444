// PermissionSet components to the rows that permissions.ts reads. A deployed set replaces what it granted before, and
// every name in it must exist, so that a typo is a failed deploy and not a missing right.
import { insertSetupRow, updateSetupRow } from '../../setup-rows.ts';
import { listOf, missing, report, textOf } from '../deploy-context.ts';
import type { DeployContext } from '../deploy-context.ts';
import type { PackageComponent } from '../package-reader.ts';

type Content = Record<string, unknown>;
type Insert = (objectName: string, values: Content) => void;

const NOT_SUPPORTED = [
    'agentAccesses',
    'customSettingAccesses',
    'emailRoutingAddressAccesses',
    'externalDataSourceAccesses',
    'flowAccesses',
    'genComputingSummaryDefAccesses',
    'pageAccesses',
    'recordTypeVisibilities',
    'servicePresenceStatusAccesses'
];
const GRANT_TABLES = [
    'ObjectPermissions',
    'FieldPermissions',
    'SetupEntityAccess',
    'PermissionSetTabSetting'
];

export function applyPermissionSet(context: DeployContext, component: PackageComponent, id: string): void {
    for (const element of NOT_SUPPORTED) {
        if (component.content[element])
            report(context, component, `The local org does not support ${element}.`);
    }
    writeSetRow(context, component, id);
    for (const table of GRANT_TABLES)
        context.db.prepare(`DELETE FROM "${table}" WHERE "ParentId" = ?`).run(id);
    const insert: Insert = (objectName, values) => {
        insertSetupRow(context.db, context, objectName, { ParentId: id, ...values }, context.userId);
    };
    grantObjects(context, component, insert);
    grantFields(context, component, insert);
    grantSetupEntities(context, component, insert);
    grantTabs(context, component, insert);
    for (const access of listOf(component.content, 'customMetadataTypeAccesses')) {
        if (!context.schema.object(String(access.name))?.customMetadata) {
            report(context, component, missing('name', 'CustomObject', String(access.name)));
        }
    }
}

function writeSetRow(context: DeployContext, component: PackageComponent, id: string): void {
    const { content } = component;
    const row: Content = {
        Name: component.fullName,
        Label: textOf(content, 'label'),
        Description: textOf(content, 'description'),
        IsCustom: true,
        HasActivationRequired: content.hasActivationRequired === true
    };
    const switches = context.schema
        .object('PermissionSet')
        ?.fields.filter(({ name }) => name.startsWith('Permissions'));
    for (const { name } of switches ?? []) row[name] = false;
    for (const permission of listOf(content, 'userPermissions')) {
        const column = `Permissions${permission.name}`;
        if (column in row) row[column] = permission.enabled === true;
        else report(context, component, `The local org does not support user permission ${permission.name}.`);
    }
    const exists = context.db.prepare('SELECT 1 FROM "PermissionSet" WHERE "Id" = ?').get(id);
    if (exists) updateSetupRow(context.db, context, 'PermissionSet', id, row, context.userId);
    else insertSetupRow(context.db, context, 'PermissionSet', { Id: id, ...row }, context.userId);
}

function grantObjects(context: DeployContext, component: PackageComponent, insert: Insert): void {
    for (const grant of listOf<Record<string, unknown>>(component.content, 'objectPermissions')) {
        const object = context.schema.object(String(grant.object));
        if (!object) {
            report(context, component, missing('object', 'CustomObject', String(grant.object)));
            continue;
        }
        const refusal = refusalOf(object);
        if (refusal) report(context, component, refusal);
        const needs = missingDependency(grant);
        if (needs)
            report(
                context,
                component,
                `Permission ${needs[0]} ${object.name} depends on permission(s): ${needs[1]} ${object.name}`
            );
        insert('ObjectPermissions', {
            SobjectType: object.name,
            PermissionsCreate: grant.allowCreate,
            PermissionsRead: grant.allowRead,
            PermissionsEdit: grant.allowEdit,
            PermissionsDelete: grant.allowDelete,
            PermissionsViewAllRecords: grant.viewAllRecords,
            PermissionsModifyAllRecords: grant.modifyAllRecords,
            PermissionsViewAllFields: grant.viewAllFields === true
        });
    }
}

function refusalOf(object: {
    name: string;
    setupObject: boolean;
    customMetadata: boolean;
    permissionParent?: string;
}): string | undefined {
    if (object.name === 'Task' || object.name === 'Event') {
        return `${object.name} has no object permissions: use the user permissions ActivitiesAccess and Edit${object.name}.`;
    }
    if (object.permissionParent)
        return `${object.name} has no object permissions of its own: grant ${object.permissionParent}.`;
    if (object.setupObject || object.customMetadata) return `${object.name} has no object permissions.`;
    return undefined;
}

/** [permission given, permission it needs], as Salesforce insists. */
function missingDependency(grant: Content): [string, string] | undefined {
    const needs: [string, string, string, string][] = [
        ['allowCreate', 'Create', 'allowRead', 'Read'],
        ['allowEdit', 'Edit', 'allowRead', 'Read'],
        ['allowDelete', 'Delete', 'allowEdit', 'Edit'],
        ['viewAllRecords', 'View All', 'allowRead', 'Read'],
        ['modifyAllRecords', 'Modify All', 'viewAllRecords', 'View All'],
        ['modifyAllRecords', 'Modify All', 'allowDelete', 'Delete']
    ];
    const broken = needs.find(([given, , needed]) => grant[given] === true && grant[needed] !== true);
    return broken && [broken[1], broken[3]];
}

function grantFields(context: DeployContext, component: PackageComponent, insert: Insert): void {
    for (const grant of listOf<{ field: string; readable?: boolean; editable: boolean }>(
        component.content,
        'fieldPermissions'
    )) {
        const [objectName, fieldName] = grant.field.split('.');
        const object = context.schema.object(objectName);
        const field = context.schema.field(objectName, fieldName ?? '');
        if (!object || !field) {
            report(context, component, missing('field', 'CustomField', grant.field));
            continue;
        }
        if (!field.permissionable) {
            report(context, component, `You cannot deploy to a required field: ${grant.field}`);
            continue;
        }
        if (grant.editable && grant.readable === false) {
            report(context, component, `Field ${grant.field} cannot be editable without being readable`);
        }
        insert('FieldPermissions', {
            SobjectType: object.name,
            Field: `${object.name}.${field.name}`,
            PermissionsRead: grant.readable === true || grant.editable,
            PermissionsEdit: grant.editable && (field.updateable || field.createable)
        });
    }
}

/** [element, element with the name, switch, component type, SetupEntityType] */
const SETUP_ENTITIES = [
    ['classAccesses', 'apexClass', 'enabled', 'ApexClass', 'ApexClass'],
    ['customPermissions', 'name', 'enabled', 'CustomPermission', 'CustomPermission'],
    ['applicationVisibilities', 'application', 'visible', 'CustomApplication', 'TabSet'],
    [
        'externalCredentialPrincipalAccesses',
        'externalCredentialPrincipal',
        'enabled',
        'ExternalCredentialPrincipal',
        'ExternalCredentialParameter'
    ]
] as const;

function grantSetupEntities(context: DeployContext, component: PackageComponent, insert: Insert): void {
    for (const [element, nameElement, enabled, type, entityType] of SETUP_ENTITIES) {
        for (const grant of listOf(component.content, element)) {
            const name = String(grant[nameElement]);
            const target = context.metadata.row(type, name);
            if (!target) report(context, component, missing(nameElement, type, name));
            else if (grant[enabled] === true) {
                insert('SetupEntityAccess', { SetupEntityId: target.id, SetupEntityType: entityType });
            }
        }
    }
}

function grantTabs(context: DeployContext, component: PackageComponent, insert: Insert): void {
    for (const { tab, visibility } of listOf<{ tab: string; visibility: string }>(
        component.content,
        'tabSettings'
    )) {
        if (!tab.startsWith('standard-') && !context.metadata.row('CustomTab', tab)) {
            report(context, component, missing('tab', 'CustomTab', tab));
        } else if (visibility !== 'None') {
            insert('PermissionSetTabSetting', {
                Name: tab,
                Visibility: visibility === 'Visible' ? 'DefaultOn' : 'DefaultOff'
            });
        }
    }
}
