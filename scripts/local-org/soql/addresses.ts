// Compound addresses: `BillingAddress` is read from BillingStreet, BillingCity and the others, as far as the caller may
// read those. They are stored nowhere, and nothing is located: latitude and longitude are null.
import { quote } from '../schema/tables.ts';
import type { FieldDef, ObjectDef, Schema } from '../schema/types.ts';
import { mayReadField } from './access.ts';
import type { Access } from './access.ts';

/** Key in the answer to ending of the field; the others have no field. */
const PARTS: Record<string, string | null> = {
    city: 'City',
    country: 'Country',
    geocodeAccuracy: null,
    latitude: null,
    longitude: null,
    postalCode: 'PostalCode',
    state: 'State',
    street: 'Street'
};

/** JSON text of the address, null when no part of it is filled. */
export function addressSql(
    compilation: { schema: Schema; access: Access },
    row: { object: ObjectDef; alias: string },
    address: FieldDef
): string {
    const columns = Object.values(PARTS).map((ending) => partSql(compilation, row, address, ending));
    const members = Object.keys(PARTS).map((key, index) => `'${key}', ${columns[index]}`);
    return `CASE WHEN COALESCE(${columns.join(', ')}) IS NULL THEN NULL ELSE json_object(${members.join(', ')}) END`;
}

/** The compound field that a field is part of: `BillingCity` of `BillingAddress`. */
export function addressOf(object: ObjectDef, field: FieldDef): FieldDef | undefined {
    return object.fields.find(
        (one) =>
            one.type === 'address' &&
            Object.values(PARTS).some((ending) => ending !== null && field.name === prefixOf(one) + ending)
    );
}

function partSql(
    { schema, access }: { schema: Schema; access: Access },
    { object, alias }: { object: ObjectDef; alias: string },
    address: FieldDef,
    ending: string | null
): string {
    const field = ending === null ? undefined : schema.field(object.name, prefixOf(address) + ending);
    return field && mayReadField(access, object, field) ? `${alias}.${quote(field.name)}` : 'NULL';
}

function prefixOf(address: FieldDef): string {
    return address.name.replace(/Address$/, '');
}
