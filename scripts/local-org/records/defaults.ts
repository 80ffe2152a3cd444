// What the fields of a new row hold when the client gives nothing: literal defaults, default formulas, the default value
// of a picklist, the currency.
import { evaluateFormula } from '../formula/formula.ts';
import { encode } from '../formula/values.ts';
import type { CallContext } from '../org.ts';
import type { RecordParts } from '../records.ts';
import type { FieldDef, ObjectDef } from '../schema/types.ts';
import { defaultCurrency } from './currency.ts';
import { createGlobals } from './globals.ts';
import type { Values } from './input.ts';
import { toStored, type Stored } from './values.ts';

export function createDefaults(parts: RecordParts): { of(ctx: CallContext, object: ObjectDef): Values } {
    const { db, schema, clock } = parts;
    const globals = createGlobals(db);

    const fromFormula = (ctx: CallContext, object: ObjectDef, field: FieldDef, formula: string): Stored => {
        const value = evaluateFormula(formula, object, schema, {
            now: clock(),
            timeZone: ctx.user.timeZone,
            use: 'default',
            value: (path) => globals(ctx, path)
        });
        return toStored(field, encode(value, field));
    };

    return {
        of(ctx, object) {
            const values: Values = defaultCurrency(parts, ctx, object);
            for (const field of object.fields) {
                if (field.formula !== null) continue;
                if (field.defaultFormula) {
                    values[field.name] = fromFormula(ctx, object, field, field.defaultFormula);
                    continue;
                }
                const chosen =
                    field.defaultValue ?? field.picklistValues.find((one) => one.defaultValue)?.value ?? null;
                if (chosen !== null)
                    values[field.name] = typeof chosen === 'boolean' ? Number(chosen) : chosen;
            }
            return values;
        }
    };
}
