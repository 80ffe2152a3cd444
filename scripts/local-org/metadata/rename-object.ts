// renameMetadata of a custom object: its rows, fields and grants follow it. Components that are written with the old
// name hold it back, because the local org does not rewrite them.
import type { LocalOrg } from '../local-org.ts';
import { notSupported } from '../org.ts';
import { exists, failed, notFound } from './crud.ts';
import type { ComponentResult } from './crud.ts';
import { split } from './single-component.ts';
import { inUse, usersOf } from './usages.ts';

const OBJECT_PARTS = ['CustomField', 'ValidationRule', 'ListView'];

export function renameComponent(
    org: LocalOrg,
    type: string,
    oldName: string,
    newName: string
): ComponentResult {
    if (type !== 'CustomObject') throw notSupported(`renaming metadata of type ${type}`);
    const object = org.schema.object(oldName);
    if (!object || !org.metadata.row(type, oldName)) return notFound(type, oldName);
    const refusal = refusalOf(org, object.name, newName);
    if (refusal) return { ...refusal, fullName: object.name };
    org.db.transaction(() => {
        org.schema.renameObject(object.name, newName);
        org.metadata.rename(type, object.name, newName);
        for (const part of OBJECT_PARTS) renameParts(org, part, object.name, newName);
        renameGrants(org, object.name, newName);
        org.schema.bumpVersion();
        org.metadata.bumpVersion();
    })();
    return { errors: [], fullName: object.name, success: true };
}

function refusalOf(org: LocalOrg, oldName: string, newName: string): ComponentResult | undefined {
    if (!/^[A-Za-z](?:_?[A-Za-z0-9])*__c$/.test(newName) || !oldName.endsWith('__c')) {
        return failed(oldName, 'INVALID_FIELD', `${newName} is no name for the custom object ${oldName}`);
    }
    if (exists(org, 'CustomObject', newName)) {
        const message = `There is already a component of type CustomObject named ${newName}.`;
        return failed(oldName, 'DUPLICATE_DEVELOPER_NAME', message);
    }
    const users = [...usersOf(org, [oldName], () => false), ...setsGranting(org, oldName)];
    return users.length ? failed(oldName, 'DEPENDENCY_EXISTS', inUse('CustomObject', users)) : undefined;
}

/** A permission set is retrieved as it was deployed, with the old name in it. */
function setsGranting(org: LocalOrg, objectName: string): string[] {
    const mention = new RegExp(`"${objectName}["-.]`);
    return org.metadata
        .rows('PermissionSet')
        .filter(({ fullName }) =>
            mention.test(JSON.stringify(org.metadata.content('PermissionSet', fullName)))
        )
        .map(({ fullName }) => `PermissionSet ${fullName}`);
}

function renameParts(org: LocalOrg, type: string, oldName: string, newName: string): void {
    for (const { fullName } of org.metadata.rows(type)) {
        const [objectName, name] = split(fullName);
        if (objectName === oldName) org.metadata.rename(type, fullName, `${newName}.${name}`);
    }
}

/** Grants made without a deployed permission set, those of profiles for one. */
function renameGrants(org: LocalOrg, oldName: string, newName: string): void {
    org.db
        .prepare('UPDATE "ObjectPermissions" SET "SobjectType" = ? WHERE "SobjectType" = ?')
        .run(newName, oldName);
    org.db
        .prepare(
            `UPDATE "FieldPermissions" SET "SobjectType" = @newName,
             "Field" = @newName || substr("Field", length(@oldName) + 1) WHERE "SobjectType" = @oldName`
        )
        .run({ oldName, newName });
}
