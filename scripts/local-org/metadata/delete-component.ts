// deleteMetadata: one component goes, with what belongs to it alone; while another component mentions it, it stays.
// Owns which types can go; others are refused by name.
import type { LocalOrg } from '../local-org.ts';
import { notSupported } from '../org.ts';
import { componentType, parentTypeOf } from './component-types.ts';
import { exists, failed, notFound } from './crud.ts';
import type { ComponentResult } from './crud.ts';
import type { DeployParts } from './deploy-context.ts';
import { split } from './single-component.ts';
import { inUse, usersOf } from './usages.ts';

type Remove = (org: DeployParts, fullName: string) => void;

const OBJECT_PARTS = ['CustomField', 'ValidationRule', 'ListView'];
const ELEMENT: Record<string, string> = {
    CustomField: 'fields',
    ValidationRule: 'validationRules',
    ListView: 'listViews'
};

/** What else must be undone than the component itself. */
export const REMOVALS: Record<string, Remove> = {
    CustomObject: removeObject,
    CustomField: (org, fullName) => {
        org.schema.removeField(...split(fullName));
        org.db.prepare('DELETE FROM "FieldPermissions" WHERE "Field" = ?').run(fullName);
        forgetPart(org, 'CustomField', fullName);
    },
    ValidationRule: (org, fullName) => {
        const [objectName, rule] = split(fullName);
        const object = org.schema.object(objectName)!;
        const validationRules = object.validationRules.filter(({ name }) => name !== rule);
        org.schema.apply({ ...object, validationRules });
        forgetPart(org, 'ValidationRule', fullName);
    },
    ListView: (org, fullName) => forgetPart(org, 'ListView', fullName),
    CustomTab: (org, fullName) => {
        org.db.prepare('DELETE FROM "PermissionSetTabSetting" WHERE "Name" = ?').run(fullName);
    },
    FlexiPage: () => {},
    Layout: () => {}
};

export function deleteComponent(org: LocalOrg, type: string, fullName: string): ComponentResult {
    if (!componentType(type) && !parentTypeOf(type)) throw notSupported(`metadata type ${type}`);
    const remove = REMOVALS[type];
    if (!remove) throw notSupported(`deleting metadata of type ${type}`);
    if (!exists(org, type, fullName)) return notFound(type, fullName);
    const name = org.metadata.row(type, fullName)?.fullName;
    if (name === undefined || isStandard(org, type, name)) {
        const message = `${fullName} is part of Salesforce itself and cannot be deleted`;
        return failed(fullName, 'INSUFFICIENT_ACCESS_OR_READONLY', message);
    }
    const users = usersOfComponent(org, type, name);
    if (users.length) return failed(name, 'DEPENDENCY_EXISTS', inUse(type, users));
    org.db.transaction(() => {
        remove(org, name);
        org.metadata.remove(type, name);
        org.schema.bumpVersion();
        org.metadata.bumpVersion();
    })();
    return { errors: [], fullName: name, success: true };
}

/** An object that was deployed to is stored like a component, and is standard all the same. */
export function isStandard(org: DeployParts, type: string, fullName: string): boolean {
    if (type === 'CustomObject') return org.schema.object(fullName)?.custom !== true;
    return type === 'CustomField' && org.schema.field(...split(fullName))?.custom !== true;
}

/** A field is known by two words, wherever both stand; its own object knows it by one. */
function usersOfComponent(org: LocalOrg, type: string, fullName: string): string[] {
    if (type === 'CustomObject') return usersOf(org, [fullName], belongsTo(fullName));
    if (type !== 'CustomField') return [];
    const [objectName, fieldName] = split(fullName);
    const isOwnObject = (one: string, name: string): boolean => one === 'CustomObject' && name === objectName;
    return [
        ...usersOf(org, [objectName, fieldName], isOwnObject),
        ...formulasWith(org, objectName, fieldName)
    ];
}

/** The object, its layouts and its tab go with it. */
export function belongsTo(objectName: string): (type: string, fullName: string) => boolean {
    return (type, fullName) =>
        ((type === 'CustomObject' || type === 'CustomTab') && fullName === objectName) ||
        (type === 'Layout' && fullName.startsWith(`${objectName}-`));
}

function formulasWith(org: DeployParts, objectName: string, fieldName: string): string[] {
    const mentions = (text: string | null): boolean =>
        text !== null && new RegExp(`(?<!\\w)${fieldName}(?!\\w)`, 'i').test(text);
    const object = org.schema.object(objectName)!;
    return [
        ...object.fields
            .filter(({ formula }) => mentions(formula))
            .map(({ name }) => `CustomField ${objectName}.${name}`),
        ...object.validationRules
            .filter(({ condition, field }) => mentions(condition) || field === fieldName)
            .map(({ name }) => `ValidationRule ${objectName}.${name}`)
    ];
}

function removeObject(org: DeployParts, fullName: string): void {
    const isOwn = belongsTo(fullName);
    for (const type of ['Layout', 'CustomTab']) {
        for (const row of org.metadata.rows(type)) {
            if (isOwn(type, row.fullName)) org.metadata.remove(type, row.fullName);
        }
    }
    for (const type of OBJECT_PARTS) {
        for (const row of org.metadata.rows(type)) {
            if (split(row.fullName)[0] === fullName) org.metadata.remove(type, row.fullName);
        }
    }
    for (const table of ['ObjectPermissions', 'FieldPermissions'])
        org.db.prepare(`DELETE FROM "${table}" WHERE "SobjectType" = ?`).run(fullName);
    org.schema.removeObject(fullName);
}

/** The object's own definition lists its parts as well. */
function forgetPart(org: DeployParts, type: string, fullName: string): void {
    const [objectName, name] = split(fullName);
    const content = org.metadata.content('CustomObject', objectName);
    const row = org.metadata.row('CustomObject', objectName);
    const element = ELEMENT[type]!;
    if (!content || !row) return;
    const parts = (content[element] ?? []) as { fullName: string }[];
    const kept = { ...content, [element]: parts.filter((part) => part.fullName !== name) };
    const files = org.metadata.files('CustomObject', objectName) ?? new Map();
    org.metadata.put(
        { type: 'CustomObject', fullName: row.fullName, content: kept, files },
        row.lastModifiedById
    );
}
