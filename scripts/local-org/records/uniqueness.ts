// Unique fields: refuses a value another live row of the object holds. The unique index of the table is the last guard.
import type { Database } from 'better-sqlite3';
import { quote } from '../schema/tables.ts';
import type { ObjectDef } from '../schema/types.ts';
import type { Values } from './input.ts';
import { rowError } from './row-error.ts';

export function createUniqueness(db: Database): {
    check(object: ObjectDef, changed: Values, id: string): void;
} {
    return {
        check(object, changed, id) {
            for (const field of object.fields) {
                const value = changed[field.name];
                if (!field.unique || value === undefined || value === null) continue;
                const other = db
                    .prepare(
                        `SELECT "Id" FROM ${quote(object.name)} WHERE ${quote(field.name)} = ? AND "IsDeleted" = 0 AND "Id" <> ?`
                    )
                    .pluck()
                    .get(value, id);
                if (!other) continue;
                const message = `duplicate value found: ${field.name} duplicates value on record with id: ${other}`;
                throw rowError('DUPLICATE_VALUE', message, [field.name]);
            }
        }
    };
}
