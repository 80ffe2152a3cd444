// Reads the hand-written standard objects (standard/*.json) into full definitions. Owns the short notation of those
// files; an object or field that belongs to a switched-off feature does not exist, as in a real org.
import { readFileSync } from 'node:fs';
import { fieldDef, objectDef, picklist, systemFields } from './definitions.ts';
import type { FieldDef, FieldType, ObjectDef, SharingModel } from './types.ts';

export const FEATURES = [
    'multiCurrency',
    'datedConversionRates',
    'personAccounts',
    'opportunitySplits',
    'opportunityTeams',
    'accountTeams'
] as const;
export type Feature = (typeof FEATURES)[number];

/** Setup objects whose rows are the values of a picklist. */
export type ValueSource = 'OpportunityStage' | 'CurrencyType';

interface StandardField {
    name: string;
    type: FieldType;
    label?: string;
    length?: number;
    precision?: number;
    scale?: number;
    required?: boolean;
    readOnly?: boolean;
    createOnly?: boolean;
    unique?: boolean;
    nameField?: boolean;
    to?: string[];
    relation?: string | null;
    children?: string | null;
    onDelete?: FieldDef['deleteConstraint'];
    values?: string[];
    /** Values come from the rows of this setup object; see schema/store.ts. */
    valuesFrom?: ValueSource;
    restricted?: boolean;
    default?: string | number | boolean;
    permissionable?: boolean;
    /** Display format of an auto number. */
    autoNumber?: string;
    feature?: Feature;
}

interface StandardObject {
    prefix: string;
    label?: string;
    plural?: string;
    sharing: SharingModel;
    sharingParents?: string[];
    setupObject?: boolean;
    permissionParent?: string;
    readFrom?: string[];
    readOnly?: boolean;
    queryable?: boolean;
    uniqueTogether?: string[];
    feature?: Feature;
    fields: StandardField[];
}

const FAMILIES = ['sales', 'activities', 'people', 'setup'];

export function standardObjects(features: ReadonlySet<Feature>): ObjectDef[] {
    return FAMILIES.flatMap((family) => Object.entries(readFamily(family)))
        .filter(([, object]) => !object.feature || features.has(object.feature))
        .map(([name, object]) => toObjectDef(name, object, features));
}

function readFamily(family: string): Record<string, StandardObject> {
    return JSON.parse(readFileSync(new URL(`standard/${family}.json`, import.meta.url), 'utf8'));
}

function toObjectDef(name: string, object: StandardObject, features: ReadonlySet<Feature>): ObjectDef {
    const fields = object.fields.filter((field) => !field.feature || features.has(field.feature));
    const own = { keyPrefix: object.prefix, sharingModel: object.sharing };
    return objectDef(name, {
        ...own,
        ...(object.label ? { label: object.label } : {}),
        ...(object.plural ? { labelPlural: object.plural } : {}),
        ...(object.permissionParent ? { permissionParent: object.permissionParent } : {}),
        ...(object.readFrom ? { readFrom: object.readFrom } : {}),
        ...(object.uniqueTogether ? { uniqueTogether: object.uniqueTogether } : {}),
        sharingParents: object.sharingParents ?? [],
        setupObject: object.setupObject ?? false,
        createable: !object.readOnly,
        updateable: !object.readOnly,
        deletable: !object.readOnly && !object.setupObject,
        queryable: object.queryable ?? true,
        fields: [...systemFields(), ...fields.map((field) => toFieldDef(field, object))]
    });
}

function toFieldDef(field: StandardField, object: StandardObject): FieldDef {
    const writable = !field.readOnly && !object.readOnly;
    const openToAll = field.required || field.readOnly || object.readOnly || object.setupObject;
    const given: Partial<FieldDef> = {
        nillable: field.type !== 'boolean' && !field.required,
        createable: writable,
        updateable: writable && !field.createOnly,
        unique: field.unique ?? false,
        nameField: field.nameField ?? false,
        permissionable: field.permissionable ?? !openToAll,
        restrictedPicklist: field.restricted ?? false,
        picklistValues: picklist(field.values ?? [], field.default as string)
    };
    if (field.label) given.label = field.label;
    if (field.length) given.length = field.length;
    if (field.precision) given.precision = field.precision;
    if (field.scale !== undefined) given.scale = field.scale;
    if (field.default !== undefined) given.defaultValue = field.default;
    if (field.autoNumber) Object.assign(given, autoNumber(field.autoNumber));
    if (field.type === 'reference') Object.assign(given, referenceOf(field));
    return fieldDef(field.name, field.type, given);
}

function autoNumber(displayFormat: string): Partial<FieldDef> {
    const byOrg = { nillable: false, createable: false, updateable: false, permissionable: false };
    return { ...byOrg, autoNumber: true, displayFormat };
}

function referenceOf(field: StandardField): Partial<FieldDef> {
    return {
        referenceTo: field.to ?? [],
        relationshipName: field.relation === undefined ? field.name.replace(/Id$/, '') : field.relation,
        childRelationshipName: field.children ?? null,
        deleteConstraint: field.onDelete ?? (field.required ? 'Restrict' : 'SetNull')
    };
}

/** Fields whose picklist values are the rows of a setup object: [object, field, source]. */
export function picklistsFromRows(): { object: string; field: string; source: ValueSource }[] {
    return FAMILIES.flatMap((family) => Object.entries(readFamily(family))).flatMap(([object, definition]) =>
        definition.fields
            .filter((field) => field.valuesFrom)
            .map((field) => ({ object, field: field.name, source: field.valuesFrom as ValueSource }))
    );
}
