// Records in Apex memory: reading and writing fields by the deployed schema, and turning queried rows into records.
import { notSupported } from '../org.ts';
import type { QueriedRecord } from '../org.ts';
import type { FieldDef, FieldType, ObjectDef, Schema } from '../schema/types.ts';
import { ApexDate, ApexDatetime, ApexTime } from './dates.ts';
import { Decimal } from './decimal.ts';
import { apexError } from './errors.ts';
import type { ApexType } from './model.ts';
import { assign, primitive, SOBJECT } from './types.ts';
import type { Value } from './values.ts';
import { ApexList, ApexSObject } from './values.ts';

const APEX_TYPE_NAMES: Partial<Record<FieldType, string>> = {
    id: 'Id',
    reference: 'Id',
    boolean: 'Boolean',
    int: 'Integer',
    double: 'Decimal',
    currency: 'Decimal',
    percent: 'Decimal',
    date: 'Date',
    datetime: 'Datetime',
    time: 'Time'
};

export function apexTypeOf(field: FieldDef): ApexType {
    if (field.type === 'address') throw notSupported(`compound addresses in Apex (${field.name})`);
    return primitive(APEX_TYPE_NAMES[field.type] ?? 'String')!;
}

/** Type of `record.name`, where name is a field or a relationship; undefined when the object has neither. */
export function memberType(schema: Schema, objectName: string, name: string): ApexType | undefined {
    const field = schema.field(objectName, name);
    if (field) return apexTypeOf(field);
    const parent = schema.parentField(objectName, name);
    if (parent)
        return { kind: 'sobject', name: parent.referenceTo.length === 1 ? parent.referenceTo[0] : null };
    const child = schema.childRelationship(objectName, name);
    return child && { kind: 'list', of: { kind: 'sobject', name: child.child.name } };
}

export function newRecord(def: ObjectDef): ApexSObject {
    return new ApexSObject(def.name, def);
}

export function readMember(schema: Schema, record: ApexSObject, name: string): Value {
    const stored = record.fields.get(name.toLowerCase());
    if (stored) return stored.value;
    if (!record.def) throw apexError('SObjectException', `Invalid field ${name} for ${record.type}`);
    const field = schema.field(record.type, name);
    const parent = field ? undefined : schema.parentField(record.type, name);
    const child = field || parent ? undefined : schema.childRelationship(record.type, name);
    if (!field && !parent && !child)
        throw apexError('SObjectException', `Invalid field ${name} for ${record.type}`);
    if (child && !record.queried) return new ApexList({ kind: 'sobject', name: child.child.name });
    if (record.queried && field?.name !== 'Id') {
        const canonical = field?.name ?? name;
        throw apexError(
            'SObjectException',
            `SObject row was retrieved via SOQL without querying the requested field: ${record.type}.${canonical}`
        );
    }
    return field?.type === 'boolean' ? false : null;
}

export function writeMember(schema: Schema, record: ApexSObject, name: string, value: Value): void {
    if (record.readOnly) throw apexError('FinalException', 'Record is read-only');
    const field = schema.field(record.type, name);
    if (field) {
        if (field.formula !== null)
            throw apexError('SObjectException', `Field is not writeable: ${record.type}.${field.name}`);
        record.set(field.name, assign(value, apexTypeOf(field)));
        return;
    }
    const parent = schema.parentField(record.type, name);
    if (!parent) throw apexError('SObjectException', `Invalid field ${name} for ${record.type}`);
    record.set(parent.relationshipName!, assign(value, SOBJECT));
}

/** A row as the query engine returns it becomes a record; Id is always there, selected or not. */
export function recordFrom(schema: Schema, row: QueriedRecord): ApexSObject {
    const { type, url } = row.attributes;
    const def = type === 'AggregateResult' ? undefined : schema.object(type);
    const record = new ApexSObject(def?.name ?? type, def);
    if (url) record.set('Id', url.slice(url.lastIndexOf('/') + 1));
    for (const [name, value] of Object.entries(row)) {
        if (name !== 'attributes') record.set(name, queriedValue(schema, def, name, value));
    }
    record.queried = true;
    return record;
}

function queriedValue(schema: Schema, def: ObjectDef | undefined, name: string, value: unknown): Value {
    if (isSubquery(value)) return recordList(schema, value.records, childTypeName(schema, def, name));
    if (isQueriedRecord(value)) return recordFrom(schema, value);
    const field = def && schema.field(def.name, name);
    if (field?.type === 'address') throw notSupported(`compound addresses in Apex (${field.name})`);
    if (field) return fieldValue(value, field);
    if (value === null && def && schema.childRelationship(def.name, name)) {
        return recordList(schema, [], childTypeName(schema, def, name));
    }
    return plainValue(value);
}

function isQueriedRecord(value: unknown): value is QueriedRecord {
    return typeof value === 'object' && value !== null && 'attributes' in value;
}

function isSubquery(value: unknown): value is { records: QueriedRecord[] } {
    return typeof value === 'object' && value !== null && 'records' in value;
}

function childTypeName(schema: Schema, def: ObjectDef | undefined, relationship: string): string | null {
    return (def && schema.childRelationship(def.name, relationship)?.child.name) ?? null;
}

export function recordList(schema: Schema, rows: QueriedRecord[], typeName: string | null): ApexList {
    const records = rows.map((row) => recordFrom(schema, row));
    return new ApexList({ kind: 'sobject', name: typeName }, records, true);
}

/** A stored value as the field's Apex type. */
export function fieldValue(value: unknown, field: FieldDef): Value {
    if (value === null || value === undefined) return null;
    switch (field.type) {
        case 'boolean':
            return Boolean(value);
        case 'int':
            return Number(value);
        case 'double':
        case 'currency':
        case 'percent':
            return Decimal.from(Number(value)).withScale(field.scale, 'HALF_UP');
        case 'date':
            return ApexDate.parse(String(value)) ?? null;
        case 'datetime':
            return ApexDatetime.parseIso(String(value)) ?? null;
        case 'time':
            return new ApexTime(Date.parse(`1970-01-01T${value}`));
        default:
            return String(value);
    }
}

/** Values without a field: aggregates. Whole numbers are Integer, others Decimal; dates by their form. */
function plainValue(value: unknown): Value {
    if (value === null || value === undefined) return null;
    if (typeof value === 'boolean') return value;
    if (typeof value === 'number')
        return Number.isInteger(value) && Math.abs(value) < 2 ** 31 ? value : Decimal.from(value);
    const text = String(value);
    if (/^\d{4}-\d\d-\d\d$/.test(text)) return ApexDate.parse(text) ?? text;
    if (/^\d{4}-\d\d-\d\dT[\d:.]+(Z|\+0000)$/.test(text)) return ApexDatetime.parseIso(text) ?? text;
    return text;
}

/** A value as a save or a bind wants it: plain JavaScript. */
export function toStored(value: Value): string | number | boolean | null {
    if (
        value === null ||
        typeof value === 'string' ||
        typeof value === 'number' ||
        typeof value === 'boolean'
    )
        return value;
    if (typeof value === 'bigint') return Number(value);
    if (value instanceof Decimal) return value.toNumber();
    if (value instanceof ApexDatetime) return value.toIso();
    if (value instanceof ApexDate || value instanceof ApexTime) return value.toString();
    if (value instanceof ApexSObject) return value.id;
    if (typeof value === 'object' && 'value' in value) return Number(value.value);
    throw apexError('TypeException', 'A value of this type cannot be stored in a field');
}
