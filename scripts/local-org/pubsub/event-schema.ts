// The Avro schema of an object's change events: the header all of them have, then the fields of the object, each of which may be
// missing. Owns which type a field has there. Dates as days, moments as milliseconds; compound and computed fields are left out.
import { createHash } from 'node:crypto';
import avsc from 'avsc';
import type { Type } from 'avsc';
import type { FieldDef, FieldType, ObjectDef } from '../schema/types.ts';
import { eventOfObject } from './selection.ts';

const TEXTS = { type: 'array', items: 'string' };

const HEADER = {
    type: 'record',
    name: 'ChangeEventHeader',
    fields: [
        { name: 'entityName', type: 'string' },
        { name: 'recordIds', type: TEXTS },
        {
            name: 'changeType',
            type: {
                type: 'enum',
                name: 'ChangeType',
                symbols: [
                    ...['CREATE', 'UPDATE', 'DELETE', 'UNDELETE', 'GAP_CREATE', 'GAP_UPDATE', 'GAP_DELETE'],
                    ...['GAP_UNDELETE', 'GAP_OVERFLOW', 'SNAPSHOT']
                ]
            }
        },
        { name: 'changeOrigin', type: 'string' },
        { name: 'transactionKey', type: 'string' },
        { name: 'sequenceNumber', type: 'int' },
        { name: 'commitTimestamp', type: 'long' },
        { name: 'commitNumber', type: 'long' },
        { name: 'commitUser', type: 'string' },
        { name: 'nulledFields', type: TEXTS },
        { name: 'diffFields', type: TEXTS },
        { name: 'changedFields', type: TEXTS }
    ]
};

const NUMBERS: Partial<Record<FieldType, string>> = {
    boolean: 'boolean',
    int: 'int',
    double: 'double',
    currency: 'double',
    percent: 'double',
    date: 'int',
    datetime: 'long'
};
/** System fields that change events do not repeat. */
const LEFT_OUT = new Set(['Id', 'IsDeleted', 'SystemModstamp']);
const DAY_MS = 86_400_000;

export interface EventSchema {
    id: string;
    json: string;
    type: Type;
    /** In the order of the schema, which the bits of `changedFields` count by. */
    fields: FieldDef[];
}

export function eventSchemaOf(object: ObjectDef): EventSchema {
    const fields = object.fields.filter(
        ({ name, type, formula }) => formula === null && type !== 'address' && !LEFT_OUT.has(name)
    );
    const json = JSON.stringify({
        type: 'record',
        name: eventOfObject(object.name),
        namespace: 'com.sforce.eventbus',
        fields: [
            { name: 'ChangeEventHeader', type: HEADER },
            ...fields.map(({ name, type }) => ({
                name,
                type: ['null', NUMBERS[type] ?? 'string'],
                default: null
            }))
        ]
    });
    const id = createHash('sha256').update(json).digest('base64url').slice(0, 22);
    return { id, json, type: avsc.Type.forSchema(JSON.parse(json)), fields };
}

/** A stored value as the event carries it. */
export function eventValue({ type }: FieldDef, value: unknown): unknown {
    if (value === null || value === undefined) return null;
    switch (NUMBERS[type]) {
        case undefined:
            return String(value);
        case 'boolean':
            return value === 1 || value === true;
        case 'long':
            return Date.parse(String(value));
        case 'int':
            return type === 'date' ? Date.parse(String(value)) / DAY_MS : Number(value);
        default:
            return Number(value);
    }
}

/** Which fields changed, as a number whose bits are the places of fields in the schema; place 0 is the header. */
export function changedBits(fields: readonly FieldDef[], names: ReadonlySet<string>): string[] {
    let bits = 0n;
    fields.forEach(({ name }, index) => {
        if (names.has(name)) bits |= 1n << BigInt(index + 1);
    });
    return bits === 0n ? [] : [`0x${bits.toString(16).toUpperCase()}`];
}
