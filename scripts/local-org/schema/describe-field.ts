// One field in the shape of describe, with the attributes clients of the REST API rely on.
import type { Permissions } from '../org.ts';
import { addressOf } from '../soql/addresses.ts';
import type { FieldDef, FieldType, ObjectDef } from './types.ts';

const SOAP_TYPES: Partial<Record<FieldType, string>> = {
    id: 'tns:ID',
    reference: 'tns:ID',
    boolean: 'xsd:boolean',
    int: 'xsd:int',
    double: 'xsd:double',
    currency: 'xsd:double',
    percent: 'xsd:double',
    date: 'xsd:date',
    datetime: 'xsd:dateTime',
    time: 'xsd:time',
    anyType: 'xsd:anyType',
    address: 'urn:address'
};
const NUMERIC = new Set<FieldType>(['int', 'double', 'currency', 'percent']);

export function describeField(
    permissions: Permissions,
    object: ObjectDef,
    field: FieldDef
): Record<string, unknown> {
    const { edit } = permissions.fieldAccess(object.name, field.name);
    const isLongText = field.type === 'textarea' && field.length > 255;
    const isOpaque = isLongText || field.type === 'anyType' || field.type === 'address';
    const isPicklist =
        field.type === 'picklist' || field.type === 'multipicklist' || field.type === 'combobox';
    return {
        aggregatable: field.type !== 'boolean' && !isOpaque && field.type !== 'multipicklist',
        aiPredictionField: false,
        autoNumber: field.autoNumber,
        byteLength: field.length * 3,
        calculated: field.formula !== null,
        calculatedFormula: field.formula,
        cascadeDelete: field.deleteConstraint === 'Cascade',
        caseSensitive: field.caseSensitive,
        compoundFieldName: isPartOfName(object, field) ? 'Name' : (addressOf(object, field)?.name ?? null),
        controllerName: null,
        createable: edit && field.createable && object.createable,
        custom: field.custom,
        defaultValue: field.type === 'boolean' ? field.defaultValue === true : null,
        defaultValueFormula: defaultFormula(field),
        defaultedOnCreate:
            field.defaultValue !== null ||
            field.defaultFormula !== undefined ||
            (!field.createable && !field.nillable) ||
            field.name === 'OwnerId',
        dependentPicklist: false,
        deprecatedAndHidden: false,
        digits: field.type === 'int' ? 9 : 0,
        displayLocationInDecimal: false,
        encrypted: false,
        externalId: field.externalId,
        extraTypeInfo: isLongText ? 'plaintextarea' : null,
        filterable: !isOpaque,
        filteredLookupInfo: null,
        formulaTreatNullNumberAsZero: field.formulaTreatBlanksAs === 'BlankAsZero',
        groupable: isGroupable(field),
        highScaleNumber: false,
        htmlFormatted: false,
        idLookup:
            field.name === 'Id' ||
            field.externalId ||
            (field.nameField && field.type === 'string' && object.custom),
        inlineHelpText: field.helpText,
        label: field.label,
        length: field.length,
        mask: null,
        maskType: null,
        name: field.name,
        nameField: field.nameField,
        namePointing: field.referenceTo.length > 1,
        nillable: field.nillable,
        permissionable: field.permissionable,
        picklistValues: isPicklist
            ? field.picklistValues.map(({ value, label, active, defaultValue }) => ({
                  active,
                  defaultValue,
                  label,
                  validFor: null,
                  value
              }))
            : [],
        polymorphicForeignKey: field.referenceTo.length > 1,
        precision: NUMERIC.has(field.type) && field.type !== 'int' ? field.precision : 0,
        queryByDistance: false,
        referenceTargetField: null,
        referenceTo: field.referenceTo,
        relationshipName: field.relationshipName,
        relationshipOrder: null,
        restrictedDelete: field.deleteConstraint === 'Restrict',
        restrictedPicklist: field.restrictedPicklist,
        scale: field.scale,
        searchPrefilterable: field.type === 'reference',
        soapType: SOAP_TYPES[field.type] ?? 'xsd:string',
        sortable: !isOpaque && field.type !== 'multipicklist',
        type: field.type,
        unique: field.unique,
        updateable: edit && field.updateable && object.updateable,
        writeRequiresMasterRead: false
    };
}

function isPartOfName(object: ObjectDef, field: FieldDef): boolean {
    return !object.custom && ['FirstName', 'LastName', 'Salutation'].includes(field.name);
}

function defaultFormula(field: FieldDef): string | null {
    if (field.defaultFormula) return field.defaultFormula;
    if (field.defaultValue === null || field.type === 'boolean' || !field.custom) return null;
    return typeof field.defaultValue === 'string' ? `"${field.defaultValue}"` : String(field.defaultValue);
}

const UNGROUPED = new Set<FieldType>(['multipicklist', 'datetime', 'anyType', 'address']);

/** What GROUP BY takes: no formulas, no instants, no amounts. */
export function isGroupable(field: FieldDef): boolean {
    const isLongText = field.type === 'textarea' && field.length > 255;
    if (field.formula !== null || isLongText || UNGROUPED.has(field.type)) return false;
    return field.type === 'int' || !NUMERIC.has(field.type);
}
