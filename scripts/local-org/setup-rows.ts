// Writes and replaces rows the org itself owns (setup objects, custom metadata) with system columns and defaults.
// Records of users go through records.ts, never through here.
import type { Database } from 'better-sqlite3';
import type { Ids } from './ids.ts';
import type { FieldDef, Schema } from './schema/types.ts';
import { quote, storedFields } from './schema/tables.ts';

interface Parts {
    schema: Schema;
    ids: Ids;
    clock: () => Date;
}

/** Inserts one row (its id made unless given) and returns the id. Unknown fields are a programming error. */
export function insertSetupRow(
    db: Database,
    parts: Parts,
    objectName: string,
    values: Record<string, unknown>,
    userId: string
): string {
    const object = parts.schema.object(objectName);
    if (!object) throw new Error(`Object ${objectName} does not exist in this org.`);
    const now = parts.clock().toISOString();
    const row: Record<string, unknown> = {
        ...defaultsOf(storedFields(object)),
        IsDeleted: false,
        CreatedDate: now,
        CreatedById: userId,
        LastModifiedDate: now,
        LastModifiedById: userId,
        SystemModstamp: now,
        ...values
    };
    row.Id ??= parts.ids.newId(object.keyPrefix);
    const columns = Object.keys(row);
    db.prepare(
        `INSERT INTO ${quote(object.name)} (${columns.map(quote).join(', ')})
         VALUES (${columns.map(() => '?').join(', ')})`
    ).run(columns.map((column) => toStored(row[column])));
    return row.Id as string;
}

export function updateSetupRow(
    db: Database,
    parts: Parts,
    objectName: string,
    id: string,
    values: Record<string, unknown>,
    userId: string
): void {
    const now = parts.clock().toISOString();
    const row = { ...values, LastModifiedDate: now, LastModifiedById: userId, SystemModstamp: now };
    const columns = Object.keys(row);
    db.prepare(
        `UPDATE ${quote(objectName)} SET ${columns.map((column) => `${quote(column)} = ?`).join(', ')}
         WHERE "Id" = ?`
    ).run([...Object.values(row).map(toStored), id]);
}

function defaultsOf(fields: FieldDef[]): Record<string, unknown> {
    return Object.fromEntries(
        fields.filter((field) => field.defaultValue !== null).map((field) => [field.name, field.defaultValue])
    );
}

function toStored(value: unknown): unknown {
    if (typeof value === 'boolean') return value ? 1 : 0;
    return value === undefined || value === '' ? null : value;
}
