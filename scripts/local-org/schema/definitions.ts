// Builds complete object and field definitions from short descriptions. Owns the defaults of each field type and the
// system fields every object has; used for the standard objects (JSON) and for deployed ones.
import type { FieldDef, FieldType, ObjectDef, PicklistValue } from './types.ts';

const DEFAULT_LENGTH: Partial<Record<FieldType, number>> = {
    id: 18,
    reference: 18,
    string: 255,
    textarea: 255,
    picklist: 255,
    multipicklist: 4099,
    combobox: 255,
    email: 80,
    phone: 40,
    url: 255
};
const DEFAULT_DIGITS: Partial<Record<FieldType, { precision: number; scale: number }>> = {
    currency: { precision: 18, scale: 2 },
    double: { precision: 18, scale: 2 },
    percent: { precision: 3, scale: 0 }
};

/** A field with the defaults of its type; `given` says what is different. */
export function fieldDef(name: string, type: FieldType, given: Partial<FieldDef> = {}): FieldDef {
    return {
        name,
        label: labelOf(name),
        type,
        custom: false,
        length: DEFAULT_LENGTH[type] ?? 0,
        precision: DEFAULT_DIGITS[type]?.precision ?? 0,
        scale: DEFAULT_DIGITS[type]?.scale ?? 0,
        nillable: type !== 'boolean',
        createable: true,
        updateable: true,
        unique: false,
        externalId: false,
        caseSensitive: type === 'id' || type === 'reference',
        autoNumber: false,
        nameField: false,
        referenceTo: [],
        relationshipName: null,
        childRelationshipName: null,
        deleteConstraint: type === 'reference' ? 'SetNull' : null,
        picklistValues: [],
        restrictedPicklist: false,
        defaultValue: type === 'boolean' ? false : null,
        displayFormat: null,
        formula: null,
        formulaTreatBlanksAs: null,
        helpText: null,
        description: null,
        permissionable: false,
        ...given
    };
}

/** Id, IsDeleted and the audit fields, which the org itself writes. */
export function systemFields(): FieldDef[] {
    const byOrg = { nillable: false, createable: false, updateable: false };
    const user = { ...byOrg, referenceTo: ['User'], deleteConstraint: null };
    return [
        fieldDef('Id', 'id', byOrg),
        fieldDef('IsDeleted', 'boolean', { ...byOrg, label: 'Deleted' }),
        fieldDef('CreatedDate', 'datetime', byOrg),
        fieldDef('CreatedById', 'reference', { ...user, relationshipName: 'CreatedBy' }),
        fieldDef('LastModifiedDate', 'datetime', byOrg),
        fieldDef('LastModifiedById', 'reference', { ...user, relationshipName: 'LastModifiedBy' }),
        fieldDef('SystemModstamp', 'datetime', { ...byOrg, label: 'System Modstamp' })
    ];
}

export function ownerField(): FieldDef {
    return fieldDef('OwnerId', 'reference', {
        nillable: false,
        referenceTo: ['User'],
        relationshipName: 'Owner',
        deleteConstraint: 'Restrict'
    });
}

export function picklist(values: string[], defaultValue?: string): PicklistValue[] {
    return values.map((value) => ({
        value,
        label: value,
        active: true,
        defaultValue: value === defaultValue
    }));
}

export function objectDef(name: string, given: Partial<ObjectDef> & { keyPrefix: string }): ObjectDef {
    const label = given.label ?? labelOf(name);
    return {
        name,
        label,
        labelPlural: `${label}s`,
        custom: false,
        customMetadata: false,
        sharingModel: 'ReadWrite',
        sharingParents: [],
        setupObject: false,
        createable: true,
        updateable: true,
        deletable: true,
        queryable: true,
        fields: [],
        validationRules: [],
        ...given
    };
}

/** `LastActivityDate` -> `Last Activity Date`, `AccountId` -> `Account ID`. */
export function labelOf(name: string): string {
    return name
        .replace(/__\w+$/, '')
        .replace(/(?<=[a-z0-9])(?=[A-Z])/g, ' ')
        .replace(/ Id$/, ' ID');
}
