// CustomMetadata records (`Type.Name`) to rows of the `Type__mdt` table, every value checked against its field.
import { insertSetupRow, updateSetupRow } from '../../setup-rows.ts';
import { quote } from '../../schema/tables.ts';
import type { FieldDef, ObjectDef } from '../../schema/types.ts';
import { listOf, missing, report, textOf } from '../deploy-context.ts';
import type { DeployContext } from '../deploy-context.ts';
import type { PackageComponent } from '../package-reader.ts';

type Value = string | number | boolean | null;

export function applyCustomMetadata(context: DeployContext, component: PackageComponent): void {
    const [typeName, developerName, ...more] = component.fullName.split('.');
    const object = context.schema.object(`${typeName.replace(/__mdt$/, '')}__mdt`);
    if (!object || !developerName || more.length) {
        report(context, component, missing('customMetadataType', 'CustomObject', `${typeName}__mdt`));
        return;
    }
    const label = textOf(component.content, 'label') ?? developerName;
    const row = {
        DeveloperName: developerName,
        QualifiedApiName: developerName,
        MasterLabel: label,
        Label: label,
        Language: 'en_US',
        ...valuesOf(context, component, object)
    };
    const id = context.db
        .prepare(`SELECT "Id" FROM ${quote(object.name)} WHERE "DeveloperName" = ?`)
        .pluck()
        .get(developerName) as string | undefined;
    if (id) updateSetupRow(context.db, context, object.name, id, row, context.userId);
    else insertSetupRow(context.db, context, object.name, row, context.userId);
}

/** All custom fields: those the record does not mention are empty, as in Salesforce. */
function valuesOf(
    context: DeployContext,
    component: PackageComponent,
    object: ObjectDef
): Record<string, Value> {
    const values: Record<string, Value> = {};
    for (const field of object.fields)
        if (field.custom && field.formula === null)
            values[field.name] = field.type === 'boolean' ? false : null;
    for (const { field: name, value } of listOf<{ field: string; value: Value }>(
        component.content,
        'values'
    )) {
        const field = context.schema.field(object.name, name);
        if (!field?.custom) {
            report(context, component, missing('field', 'CustomField', `${object.name}.${name}`));
            continue;
        }
        const problem = problemOf(field, value ?? null);
        if (problem) report(context, component, `${field.name}: ${problem}`);
        else values[field.name] = value ?? null;
    }
    for (const field of object.fields) {
        if (field.custom && !field.nillable && values[field.name] === null) {
            report(context, component, `Required field is missing: ${field.name}`);
        }
    }
    return values;
}

function problemOf(field: FieldDef, value: Value): string | undefined {
    if (value === null) return undefined;
    switch (field.type) {
        case 'boolean':
            return typeof value === 'boolean' ? undefined : `${value} is not a boolean (xsd:boolean)`;
        case 'double':
        case 'percent':
        case 'currency':
            return numberProblem(field, value);
        case 'date':
            return isDay(String(value)) ? undefined : `${value} is not a date (xsd:date)`;
        case 'datetime':
            return Number.isNaN(Date.parse(String(value)))
                ? `${value} is not a date and time (xsd:dateTime)`
                : undefined;
        case 'picklist':
            return field.restrictedPicklist && !field.picklistValues.some((one) => one.value === value)
                ? `bad value for restricted picklist field: ${value}`
                : undefined;
        default:
            return field.length && String(value).length > field.length
                ? `data value too large: ${value} (max length=${field.length})`
                : undefined;
    }
}

function numberProblem(field: FieldDef, value: Value): string | undefined {
    if (typeof value !== 'number' || !Number.isFinite(value)) return `${value} is not a number (xsd:double)`;
    const limit = 10 ** (field.precision - field.scale);
    return Math.abs(value) >= limit ? `value outside of valid range: ${value}` : undefined;
}

function isDay(text: string): boolean {
    const time = Date.parse(`${text}T00:00:00Z`);
    return (
        /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
    );
}
