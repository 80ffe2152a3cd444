// Unique fields: refuses a value another live row of the object holds, without telling which one when the caller does
// not see it. The unique index of the table is the last guard.
import type { CallContext } from '../org.ts';
import { prepared } from '../prepared.ts';
import type { RecordParts } from '../records.ts';
import { quote } from '../schema/tables.ts';
import type { ObjectDef } from '../schema/types.ts';
import type { Values } from './input.ts';
import { rowError } from './row-error.ts';

export function createUniqueness({ db, sharing }: Pick<RecordParts, 'db' | 'sharing'>): {
    check(ctx: CallContext, object: ObjectDef, changed: Values, id: string): void;
} {
    return {
        check(ctx, object, changed, id) {
            for (const field of object.fields) {
                const value = changed[field.name];
                if (!field.unique || value === undefined || value === null) continue;
                const other = prepared(
                    db,
                    `SELECT "Id" FROM ${quote(object.name)} WHERE ${quote(field.name)} = ? AND "IsDeleted" = 0 AND "Id" <> ?`
                )
                    .pluck()
                    .get(value, id) as string | undefined;
                if (!other) continue;
                const isSeen = sharing.canReadRow(ctx, object.name, other);
                const [name, holder] = isSeen ? [field.name, other] : ['<unknown>', '<unknown>'];
                const message = `duplicate value found: ${name} duplicates value on record with id: ${holder}`;
                throw rowError('DUPLICATE_VALUE', message, [field.name]);
            }
            checkTogether(object, changed, id);
        }
    };

    /** Values that only together must occur once. */
    function checkTogether(object: ObjectDef, changed: Values, id: string): void {
        const names = [...(object.uniqueTogether ?? [])];
        if (!names.some((name) => changed[name] !== undefined)) return;
        // In an org with several currencies a product has a price in each.
        if (object.name === 'PricebookEntry' && object.fields.some(({ name }) => name === 'CurrencyIsoCode'))
            names.push('CurrencyIsoCode');
        const stored = db.prepare(`SELECT * FROM ${quote(object.name)} WHERE "Id" = ?`).get(id) as
            Values | undefined;
        const row = { ...stored, ...changed };
        const where = names.map((name) => `${quote(name)} = ?`).join(' AND ');
        const other = db
            .prepare(
                `SELECT "Id" FROM ${quote(object.name)} WHERE ${where} AND "IsDeleted" = 0 AND "Id" <> ?`
            )
            .pluck()
            .get(...names.map((name) => row[name] ?? null), id) as string | undefined;
        if (other) throw rowError('DUPLICATE_VALUE', duplicateOf(object, row, other));
    }
}

function duplicateOf({ name }: ObjectDef, row: Values, other: string): string {
    switch (name) {
        case 'PermissionSetAssignment':
            return `Duplicate PermissionSetAssignment. Assignee: ${row['AssigneeId']}; Permission Set: ${row['PermissionSetId']}`;
        case 'PricebookEntry':
            return 'This price definition already exists in this price book';
        default:
            return `duplicate value found: <unknown> duplicates value on record with id: ${other}`;
    }
}
