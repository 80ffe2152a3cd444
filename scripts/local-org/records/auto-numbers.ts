// Auto number fields: the next number of a field in its display format, `RUN-{000000}` -> `RUN-000042`.
import type { Database } from 'better-sqlite3';
import { notSupported } from '../org.ts';
import type { FieldDef, ObjectDef } from '../schema/types.ts';

export function createAutoNumbers(db: Database): { next(object: ObjectDef, field: FieldDef): string } {
    db.exec('CREATE TABLE IF NOT EXISTS local_auto_number (field TEXT PRIMARY KEY, value INTEGER NOT NULL)');
    const next = db
        .prepare(
            `INSERT INTO local_auto_number (field, value) VALUES (?, 1)
             ON CONFLICT (field) DO UPDATE SET value = value + 1 RETURNING value`
        )
        .pluck();
    return {
        next(object, field) {
            const number = String(next.get(`${object.name}.${field.name}`));
            const format = field.displayFormat ?? '{0}';
            const digits = /\{(0+)\}/.exec(format);
            if (!digits || /\{[^0}]/.test(format))
                throw notSupported(`the auto number format ${format} of ${field.name}`);
            return format.replace(digits[0], number.padStart(digits[1]!.length, '0'));
        }
    };
}
