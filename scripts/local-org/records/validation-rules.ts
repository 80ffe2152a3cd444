// Active validation rules of the object, over the row as just written. A true condition refuses the row. Rules see the
// row in system mode, whoever saves it.
import { evaluateFormula } from '../formula/formula.ts';
import type { CallContext, SaveError } from '../org.ts';
import type { RecordParts } from '../records.ts';
import { quote } from '../schema/tables.ts';
import type { ObjectDef } from '../schema/types.ts';
import { createGlobals } from './globals.ts';
import type { Values } from './input.ts';
import { RowError } from './row-error.ts';
import type { Stored } from './values.ts';

export function createValidationRules({ db, schema, clock }: RecordParts) {
    const globals = createGlobals(db);
    /** The stored value at the end of a field path, through as many parents as it names. */
    const valueAt = (object: ObjectDef, row: Values, [first, ...rest]: string[]): Stored => {
        if (rest.length === 0) return row[schema.field(object.name, first!)?.name ?? first!] ?? null;
        const field = schema.parentField(object.name, first!);
        const id = field ? row[field.name] : null;
        const parent = typeof id === 'string' ? schema.objectByKeyPrefix(id.slice(0, 3)) : undefined;
        if (!parent) return null;
        const parentRow = db.prepare(`SELECT * FROM ${quote(parent.name)} WHERE "Id" = ?`).get(id) as
            Values | undefined;
        return parentRow ? valueAt(parent, parentRow, rest) : null;
    };

    return {
        check(ctx: CallContext, object: ObjectDef, before: Values | null, row: Values): void {
            const active = object.validationRules.filter((rule) => rule.active);
            const errors: SaveError[] = [];
            for (const rule of active) {
                const valueOf =
                    (from: Values) =>
                    (path: string[]): Stored =>
                        path[0]!.startsWith('$') ? globals(ctx, path) : valueAt(object, from, path);
                const isWrong = evaluateFormula(rule.condition, object, schema, {
                    now: clock(),
                    timeZone: ctx.user.timeZone,
                    use: 'rule',
                    value: valueOf(row),
                    ...(before ? { prior: valueOf(before) } : {})
                });
                if (isWrong !== true) continue;
                const fields = rule.field ? [rule.field] : [];
                errors.push({
                    statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
                    message: rule.message,
                    fields
                });
            }
            if (errors.length) throw new RowError(errors);
        }
    };
}
