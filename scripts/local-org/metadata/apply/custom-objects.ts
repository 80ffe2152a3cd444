// CustomObject components to tables and definitions: new objects, new fields on old ones, validation rules. All objects
// of a deploy are applied together, so that they may look each other up in any order.
import { fieldDef, objectDef, ownerField, systemFields } from '../../schema/definitions.ts';
import type { FieldDef, ObjectDef, SharingModel } from '../../schema/types.ts';
import { child, report, textOf, withoutNamespace } from '../deploy-context.ts';
import type { DeployContext } from '../deploy-context.ts';
import type { PackageComponent } from '../package-reader.ts';
import { autoNumber, toFieldDef } from './custom-field.ts';

type Content = Record<string, unknown>;

const SHARING_MODELS = new Set(['Private', 'Read', 'ReadWrite']);

export function applyCustomObjects(context: DeployContext, components: PackageComponent[]): void {
    const applied: [PackageComponent, ObjectDef][] = [];
    for (const component of components) {
        const before = context.schema.object(component.fullName);
        const base = before ?? newObject(context, component);
        if (!base) continue;
        const object = { ...base, ...(component.partial ? {} : describedBy(context, component, base)) };
        object.fields = mergeByName(object.fields, fieldsOf(context, component));
        object.validationRules = mergeRules(object.validationRules, component);
        object.history = historyOf(context, component, object);
        if (applyOne(context, component, object)) applied.push([component, object]);
    }
    for (const [component, object] of applied) checkLookups(context, component, object);
}

function newObject(context: DeployContext, component: PackageComponent): ObjectDef | undefined {
    const { fullName, content } = component;
    const customMetadata = fullName.endsWith('__mdt');
    if (
        component.partial ||
        !/^[A-Za-z](?:_?[A-Za-z0-9])*__(c|mdt)$/.test(withoutNamespace(fullName, context.namespace))
    ) {
        report(
            context,
            component,
            `Entity Enumeration Or ID: ${fullName} is no object of this org, and no new custom object.`
        );
        return undefined;
    }
    for (const name of ['customSettingsType', 'eventType', 'externalDataSource']) {
        if (content[name]) report(context, component, `The local org does not support objects with ${name}.`);
    }
    const fields = [...systemFields(), ...(customMetadata ? metadataTypeFields() : [ownerField()])];
    const keyPrefix = context.schema.nextKeyPrefix(customMetadata);
    const writable = !customMetadata;
    return objectDef(fullName, {
        keyPrefix,
        custom: true,
        customMetadata,
        fields,
        createable: writable,
        updateable: writable,
        deletable: writable
    });
}

const MOST_TRACKED = 20;

/** Which fields are tracked: those of earlier deploys, less or more what this one says of its fields. */
function historyOf(
    context: DeployContext,
    component: PackageComponent,
    object: ObjectDef
): NonNullable<ObjectDef['history']> {
    const fields = new Set(object.history?.fields ?? []);
    for (const one of component.children.filter(({ type }) => type === 'CustomField')) {
        const name = object.fields.find((field) => field.name.toLowerCase() === one.name.toLowerCase())?.name;
        if (!name || one.content.trackHistory === undefined) continue;
        if (one.content.trackHistory === true) fields.add(name);
        else fields.delete(name);
    }
    if (fields.size > MOST_TRACKED) {
        const problem = `History of at most ${MOST_TRACKED} fields can be tracked: ${object.name} has ${fields.size}.`;
        report(context, component, problem);
    }
    const { enableHistory } = component.content;
    const enabled = enableHistory === undefined ? object.history?.enabled : enableHistory === true;
    return { enabled: enabled ?? false, fields: [...fields] };
}

/** What the object file itself says, the name field included. */
function describedBy(
    context: DeployContext,
    component: PackageComponent,
    object: ObjectDef
): Partial<ObjectDef> {
    const { content } = component;
    const label = textOf(content, 'label');
    if (!label) report(context, component, 'Required field is missing: label');
    if (!textOf(content, 'pluralLabel')) report(context, component, 'Required field is missing: pluralLabel');
    const described: Partial<ObjectDef> = {
        label: label ?? object.label,
        labelPlural: textOf(content, 'pluralLabel') ?? object.labelPlural,
        activities: content.enableActivities === true
    };
    if (object.customMetadata) return { ...described, sharingModel: 'Read' };
    const sharingModel = textOf(content, 'sharingModel') ?? 'ReadWrite';
    if (!SHARING_MODELS.has(sharingModel)) {
        report(
            context,
            component,
            `The local org does not support sharingModel ${sharingModel} for ${component.fullName}.`
        );
    }
    return {
        ...described,
        sharingModel: sharingModel as SharingModel,
        fields: mergeByName(object.fields, nameField(context, component))
    };
}

function nameField(context: DeployContext, component: PackageComponent): FieldDef[] {
    const content = component.content.nameField as Content | undefined;
    const type = content && textOf(content, 'type');
    if (!content || (type !== 'Text' && type !== 'AutoNumber')) {
        report(context, component, 'Must specify a nameField of type Text or AutoNumber');
        return [];
    }
    const label = textOf(content, 'label') ?? 'Name';
    const given = type === 'AutoNumber' ? autoNumber(content) : { length: 80 };
    return [fieldDef('Name', 'string', { nameField: true, label, ...given })];
}

function metadataTypeFields(): FieldDef[] {
    const byDeploy = { createable: false, updateable: false, nillable: false };
    return [
        fieldDef('DeveloperName', 'string', { ...byDeploy, length: 40, nameField: true }),
        fieldDef('MasterLabel', 'string', { ...byDeploy, length: 40, label: 'Label' }),
        fieldDef('Label', 'string', { ...byDeploy, length: 40 }),
        fieldDef('Language', 'picklist', { ...byDeploy, length: 40, nillable: true }),
        fieldDef('NamespacePrefix', 'string', { ...byDeploy, length: 15, nillable: true }),
        fieldDef('QualifiedApiName', 'string', { ...byDeploy, length: 70 })
    ];
}

function fieldsOf(context: DeployContext, component: PackageComponent): FieldDef[] {
    const fields: FieldDef[] = [];
    const seen = new Set<string>();
    for (const one of component.children.filter(({ type }) => type === 'CustomField')) {
        const where = child(component, 'CustomField', one.name);
        if (!one.name.endsWith('__c')) {
            // A standard field in an object file only tunes it (field history, help text); nothing to build.
            if (!context.schema.field(component.fullName, one.name)) {
                report(context, where, missingStandardField(component.fullName, one.name));
            }
            continue;
        }
        if (seen.has(one.name.toLowerCase())) report(context, where, `Duplicate field: ${one.name}`);
        seen.add(one.name.toLowerCase());
        const field = toFieldDef(
            one.content,
            (problem) => report(context, where, problem),
            context.namespace
        );
        if (field) fields.push(withoutPermissions(field, component));
    }
    return fields;
}

function missingStandardField(objectName: string, fieldName: string): string {
    return `The local org has no standard field ${objectName}.${fieldName}.`;
}

/** Custom metadata is readable by all; its fields are in no permission set. */
function withoutPermissions(field: FieldDef, component: PackageComponent): FieldDef {
    return component.fullName.endsWith('__mdt')
        ? { ...field, permissionable: false, createable: false, updateable: false }
        : field;
}

function mergeRules(
    before: ObjectDef['validationRules'],
    component: PackageComponent
): ObjectDef['validationRules'] {
    const rules = component.children
        .filter(({ type }) => type === 'ValidationRule')
        .map(({ name, content }) => ({
            name,
            condition: String(content.errorConditionFormula),
            message: String(content.errorMessage),
            field: textOf(content, 'errorDisplayField'),
            active: content.active === true
        }));
    return mergeByName(before, rules);
}

function mergeByName<T extends { name: string }>(before: T[], next: T[]): T[] {
    const replaced = new Map(next.map((one) => [one.name.toLowerCase(), one]));
    const kept = before.map((one) => {
        const replacement = replaced.get(one.name.toLowerCase());
        replaced.delete(one.name.toLowerCase());
        return replacement ?? one;
    });
    return [...kept, ...replaced.values()];
}

function applyOne(context: DeployContext, component: PackageComponent, object: ObjectDef): boolean {
    try {
        context.schema.apply(object);
        return true;
    } catch (error) {
        report(context, component, (error as Error).message);
        return false;
    }
}

function checkLookups(context: DeployContext, component: PackageComponent, object: ObjectDef): void {
    const own = new Set(component.children.map(({ name }) => name));
    for (const field of object.fields) {
        if (!field.custom || field.type !== 'reference' || !own.has(field.name)) continue;
        const where = child(component, 'CustomField', field.name);
        const [target] = field.referenceTo;
        const parent = target && context.schema.object(target);
        if (!parent) {
            report(context, where, `In field: referenceTo - no CustomObject named ${target} found`);
            continue;
        }
        const taken =
            field.childRelationshipName &&
            context.schema.childRelationship(target, field.childRelationshipName);
        if (taken && (taken.child.name !== object.name || taken.field.name !== field.name)) {
            report(
                context,
                where,
                `There is already a Child Relationship named ${field.childRelationshipName?.replace(/__r$/, '')} on ${parent.label}.`
            );
        }
    }
}
