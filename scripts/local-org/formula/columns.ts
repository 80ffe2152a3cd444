// Formula fields inside SQL: each becomes a call of org_formula(number, now, zone, field ...), so one evaluator serves
// SELECT, WHERE, ORDER BY and aggregates. Owns the numbers; queries.ts registers the function.
import { notSupported } from '../org.ts';
import type { FieldDef, ObjectDef, Schema } from '../schema/types.ts';
import type { FormulaColumns } from '../soql/scope.ts';
import { timeZone } from '../soql/time-zone.ts';
import { compileFormula } from './compile.ts';
import type { CompiledFormula } from './compile.ts';
import { FormulaProblem } from './parse.ts';
import { encode } from './values.ts';

export interface FormulaFunction extends FormulaColumns {
    /** The body of org_formula. */
    evaluate(...args: unknown[]): unknown;
}

interface Entry {
    number: number;
    formula: CompiledFormula;
    field: FieldDef;
}

export function createFormulaColumns(schema: Schema): FormulaFunction {
    // Numbers are never reused: a statement compiled before a deploy keeps its formula.
    const entries: Entry[] = [];
    const numbers = new Map<string, Entry>();

    const entryOf = (object: ObjectDef, field: FieldDef): Entry => {
        const key = `${schema.version}:${object.name}.${field.name}:${field.formula}`;
        const known = numbers.get(key);
        if (known) return known;
        const entry = { number: entries.length, formula: compiled(object, field, schema), field };
        entries.push(entry);
        numbers.set(key, entry);
        return entry;
    };

    return {
        sql(object, field, moment, reference) {
            const { number, formula } = entryOf(object, field);
            const args = formula.references.map((one) => reference(one.path));
            return `org_formula(${[number, moment, ...args].join(', ')})`;
        },
        evaluate(number, now, zone, ...stored) {
            const { formula, field } = entries[number as number];
            const fields = formula.references.map((one, index) => one.decode(stored[index]));
            return encode(
                formula.run({ fields, now: now as number, zone: timeZone(zone as string), isNew: false }),
                field
            );
        }
    };
}

function compiled(object: ObjectDef, field: FieldDef, schema: Schema): CompiledFormula {
    const within = [`${object.name}.${field.name}`];
    try {
        return compileFormula(
            field.formula as string,
            object,
            schema,
            field.formulaTreatBlanksAs,
            'field',
            within
        );
    } catch (error) {
        if (!(error instanceof FormulaProblem)) throw error;
        throw notSupported(`the formula of ${within[0]}: ${error.message}`);
    }
}
