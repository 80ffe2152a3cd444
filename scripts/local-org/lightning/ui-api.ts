// The UI API as far as components need it: one record by named fields, object information, create, update, delete.
// Every answer is what the calling user may see; the query and save underneath decide that.
import type { FieldValue, Org, QueriedRecord, SaveResult, UserContext } from '../org.ts';
import { notSupported, OrgError } from '../org.ts';
import type { FieldDef, ObjectDef } from '../schema/types.ts';
import { deployedLayout } from './deployed-layouts.ts';
import { displayValue } from './display-value.ts';
import { readerOf, type Reader } from './reader.ts';

export interface UiRecord {
    apiName: string;
    childRelationships: Record<string, never>;
    fields: Record<string, { displayValue: string | null; value: unknown }>;
    id: string;
    lastModifiedById: string | null;
    lastModifiedDate: string | null;
    recordTypeInfo: null;
    systemModstamp: string | null;
}

const ALWAYS = ['Id', 'LastModifiedById', 'LastModifiedDate', 'SystemModstamp'];

/** `fields` are `Object.Field` or `Object.Parent.Field`; unknown optional ones are left out, unknown others refused. */
export function getUiRecord(
    org: Org,
    user: UserContext,
    recordId: string,
    fields: string[],
    optionalFields: string[] = []
): UiRecord {
    const object = objectOfId(org, recordId);
    if (fields.length + optionalFields.length === 0) {
        throw new OrgError(
            400,
            'ILLEGAL_QUERY_PARAMETER_VALUE',
            'Specify at least one field in fields or optionalFields.'
        );
    }
    const paths = [
        ...fields.map((field) => ownPath(object, field)),
        ...optionalFields
            .map((field) => ownPath(object, field))
            .filter((path) => isReadable(org, user, object, path))
    ];
    const needed = [...paths, ...ALWAYS, ...currencyPaths(org, object, paths)];
    const columns = [...new Set(needed.map((path) => path.toLowerCase()))];
    const soql = `SELECT ${columns.join(', ')} FROM ${object.name} WHERE Id = '${recordId}' LIMIT 1`;
    const [row] = org.queries.query({ user, mode: 'user' }, soql).records;
    if (!row) throw noAccess();
    return uiRecord(org, object, row, paths, readerOf(org, user));
}

/** In an org with several currencies an amount is written in that of its record. */
function currencyPaths(org: Org, object: ObjectDef, paths: string[]): string[] {
    return paths.flatMap((path) => {
        const parents = path.split('.').slice(0, -1);
        const owner = parents.reduce<ObjectDef | undefined>((child, relationship) => {
            const field = child && org.schema.parentField(child.name, relationship);
            return field && org.schema.object(field.referenceTo[0] ?? '');
        }, object);
        const hasOwn = owner && org.schema.field(owner.name, 'CurrencyIsoCode');
        return hasOwn ? [[...parents, 'CurrencyIsoCode'].join('.')] : [];
    });
}

/** Salesforce does not tell "deleted" from "not yours". */
function noAccess(): OrgError {
    return new OrgError(404, 'NOT_FOUND', 'The requested resource does not exist');
}

export function objectOfId(org: Org, recordId: string): ObjectDef {
    const object = /^[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?$/.test(recordId)
        ? org.schema.objectByKeyPrefix(recordId.slice(0, 3))
        : undefined;
    if (!object) throw noAccess();
    return object;
}

function ownPath(object: ObjectDef, field: string): string {
    const [objectName, ...path] = field.split('.');
    if (
        objectName?.toLowerCase() !== object.name.toLowerCase() ||
        path.length === 0 ||
        !/^[\w.]+$/.test(field)
    ) {
        throw new OrgError(
            400,
            'INVALID_FIELD',
            `Specify fields of ${object.name} as ${object.name}.Field, not ${field}.`
        );
    }
    return path.join('.');
}

function isReadable(org: Org, user: UserContext, object: ObjectDef, path: string): boolean {
    const [head, ...rest] = path.split('.') as [string, ...string[]];
    const field = rest.length
        ? org.schema.parentField(object.name, head)
        : org.schema.field(object.name, head);
    if (!field || !user.permissions.fieldAccess(object.name, field.name).read) return false;
    if (rest.length === 0) return true;
    const parent = org.schema.object(field.referenceTo[0] ?? '');
    return parent !== undefined && isReadable(org, user, parent, rest.join('.'));
}

function uiRecord(
    org: Org,
    object: ObjectDef,
    row: QueriedRecord,
    paths: string[],
    reader: Reader
): UiRecord {
    const text = (name: string): string | null => (row[name] as string | null | undefined) ?? null;
    return {
        apiName: object.name,
        childRelationships: {},
        fields: Object.fromEntries(
            groups(paths).map(([head, rest]) => fieldEntry(org, object, row, head, rest, reader))
        ),
        id: row['Id'] as string,
        lastModifiedById: text('LastModifiedById'),
        lastModifiedDate: text('LastModifiedDate'),
        recordTypeInfo: null,
        systemModstamp: text('SystemModstamp')
    };
}

/** ['Name', 'Owner.Name', 'Owner.Title'] -> [['Name', []], ['Owner', ['Name', 'Title']]] */
function groups(paths: string[]): [string, string[]][] {
    const byHead = new Map<string, [string, string[]]>();
    for (const path of paths) {
        const [head, ...rest] = path.split('.') as [string, ...string[]];
        const group = byHead.get(head.toLowerCase()) ?? [head, []];
        if (rest.length) group[1].push(rest.join('.'));
        byHead.set(head.toLowerCase(), group);
    }
    return [...byHead.values()];
}

function fieldEntry(
    org: Org,
    object: ObjectDef,
    row: QueriedRecord,
    head: string,
    rest: string[],
    reader: Reader
): [string, UiRecord['fields'][string]] {
    if (rest.length === 0) {
        const field = org.schema.field(object.name, head) as FieldDef;
        const value = row[field.name] ?? null;
        const currency = (row['CurrencyIsoCode'] as string | null | undefined) ?? reader.currency;
        return [field.name, { displayValue: displayValue(field, value, { ...reader, currency }), value }];
    }
    const field = org.schema.parentField(object.name, head) as FieldDef;
    const parentRow = row[field.relationshipName!] as QueriedRecord | null | undefined;
    if (!parentRow) return [field.relationshipName!, { displayValue: null, value: null }];
    const parent = org.schema.object(parentRow.attributes.type) as ObjectDef;
    const value = uiRecord(org, parent, { ...parentRow, Id: parentRow['Id'] ?? null }, rest, reader);
    return [
        field.relationshipName!,
        { displayValue: (parentRow['Name'] as string | undefined) ?? null, value }
    ];
}

export function objectInfo(org: Org, user: UserContext, objectName: string): Record<string, unknown> {
    const object = org.schema.object(objectName);
    const access = object && user.permissions.objectAccess(object.name);
    if (!object || !access?.read) {
        throw new OrgError(
            404,
            'NOT_FOUND',
            `Object ${objectName} does not exist or you do not have access to it.`
        );
    }
    const readable = object.fields.filter(
        (field) => user.permissions.fieldAccess(object.name, field.name).read
    );
    return {
        apiName: object.name,
        label: object.label,
        labelPlural: object.labelPlural,
        keyPrefix: object.keyPrefix,
        custom: object.custom,
        createable: access.create && object.createable,
        updateable: access.edit && object.updateable,
        deletable: access.delete && object.deletable,
        queryable: object.queryable,
        nameFields: object.fields.filter(({ nameField }) => nameField).map(({ name }) => name),
        fields: Object.fromEntries(readable.map((field) => [field.name, fieldInfo(user, object, field)])),
        childRelationships: childRelationships(org, user, object),
        // Not part of Salesforce's answer, where layouts and list views have their own resources.
        localOrgLayout: deployedLayout(org.metadata, object)
    };
}

function fieldInfo(user: UserContext, object: ObjectDef, field: FieldDef): Record<string, unknown> {
    return {
        apiName: field.name,
        label: field.label,
        dataType: field.type === 'string' && field.nameField ? 'String' : dataTypes[field.type],
        custom: field.custom,
        calculated: field.formula !== null,
        createable: field.createable,
        updateable: field.updateable && user.permissions.fieldAccess(object.name, field.name).edit,
        required: !field.nillable,
        length: field.length,
        precision: field.precision,
        scale: field.scale,
        unique: field.unique,
        externalId: field.externalId,
        inlineHelpText: field.helpText,
        reference: field.referenceTo.length > 0,
        relationshipName: field.relationshipName,
        referenceToInfos: field.referenceTo.map((apiName) => ({ apiName })),
        // Not part of Salesforce's answer, where picklist values have their own resource.
        localOrgPicklistValues: field.picklistValues
    };
}

const dataTypes: Record<FieldDef['type'], string> = {
    id: 'String',
    string: 'String',
    textarea: 'TextArea',
    picklist: 'Picklist',
    multipicklist: 'MultiPicklist',
    boolean: 'Boolean',
    int: 'Int',
    double: 'Double',
    currency: 'Currency',
    percent: 'Percent',
    date: 'Date',
    datetime: 'DateTime',
    time: 'Time',
    reference: 'Reference',
    email: 'Email',
    phone: 'Phone',
    url: 'Url',
    combobox: 'ComboBox',
    address: 'Address',
    anyType: 'AnyType'
};

function childRelationships(org: Org, user: UserContext, object: ObjectDef): Record<string, unknown>[] {
    return org.schema
        .objects()
        .filter((child) => child.queryable && user.permissions.objectAccess(child.name).read)
        .flatMap((child) =>
            child.fields
                .filter((field) => field.childRelationshipName && field.referenceTo.includes(object.name))
                .filter((field) => user.permissions.fieldAccess(child.name, field.name).read)
                .map((field) => ({
                    childObjectApiName: child.name,
                    fieldName: field.name,
                    relationshipName: field.childRelationshipName,
                    label: child.labelPlural
                }))
        );
}

export interface RecordInput {
    apiName?: string;
    fields?: Record<string, FieldValue>;
}

export function createUiRecord(org: Org, user: UserContext, { apiName, fields = {} }: RecordInput): UiRecord {
    if (!apiName) throw new OrgError(400, 'JSON_PARSER_ERROR', 'apiName is required to create a record.');
    if (!user.permissions.objectAccess(apiName).read)
        throw new OrgError(400, 'INVALID_TYPE', `sObject type '${apiName}' is not supported.`);
    const [saved] = org.records.insert({ user, mode: 'user' }, apiName, [fields], { allOrNone: true });
    return getUiRecord(org, user, savedId(saved), readableNames(org, user, apiName, Object.keys(fields)));
}

export function updateUiRecord(
    org: Org,
    user: UserContext,
    id: string,
    { fields = {} }: RecordInput
): UiRecord {
    const object = objectOfId(org, id);
    const [saved] = org.records.update({ user, mode: 'user' }, object.name, [{ ...fields, Id: id }], {
        allOrNone: true
    });
    return getUiRecord(org, user, savedId(saved), readableNames(org, user, object.name, Object.keys(fields)));
}

export function deleteUiRecord(org: Org, user: UserContext, id: string): void {
    savedId(org.records.delete({ user, mode: 'user' }, [id], { allOrNone: true })[0]);
}

function readableNames(org: Org, user: UserContext, objectName: string, names: string[]): string[] {
    const readable = names.filter((name) => user.permissions.fieldAccess(objectName, name).read);
    const object = org.schema.object(objectName) as ObjectDef;
    return [...new Set(['Id', ...readable])].map((name) => `${object.name}.${name}`);
}

function savedId(result: SaveResult | undefined): string {
    if (!result) throw notSupported('a save without a result');
    if (result.success) return result.id as string;
    const [error] = result.errors;
    throw new OrgError(400, error!.statusCode, error!.message, error!.fields);
}
