// The doors to formulas: check one at deploy, evaluate one over a row in hand (validation rules). Formula fields in queries
// go through columns.ts. Main path: parse.ts -> compile.ts -> Part.run.
import type { FieldDef, FieldType, ObjectDef, Schema } from '../schema/types.ts';
import type { TimeZone } from '../soql/time-zone.ts';
import { timeZone } from '../soql/time-zone.ts';
import { compileFormula } from './compile.ts';
import type { CompiledFormula, FormulaUse } from './compile.ts';
import { typeName } from './builders.ts';
import { FormulaProblem } from './parse.ts';
import { formulaType } from './values.ts';
import type { FormulaValue, StoredValue } from './values.ts';

/** What is wrong with a formula on this object; empty when nothing is. With `expected`, its result must fit that field type. */
export function checkFormula(
    source: string,
    object: ObjectDef,
    schema: Schema,
    expected?: FieldType,
    use: FormulaUse = 'field'
): string[] {
    try {
        const { type } = compileFormula(source, object, schema, null, use);
        const wanted = expected && formulaType(expected);
        if (!wanted || type === 'null' || type === wanted) return [];
        return [
            `Formula result is data type (${typeName(type)}), incompatible with expected data type (${typeName(wanted)}).`
        ];
    } catch (error) {
        if (error instanceof FormulaProblem) return [error.message];
        throw error;
    }
}

export interface FormulaInput {
    now: Date;
    /** The user's. */
    timeZone: string;
    blanks?: FieldDef['formulaTreatBlanksAs'];
    /** The stored value of a field path of the row: `['Amount']`, `['Opportunity__r', 'CloseDate']`. */
    value: (path: string[]) => StoredValue;
    /** Rules: the value before the save; absent when the row is new. */
    prior?: (path: string[]) => StoredValue;
    use?: FormulaUse;
}

/** The result over one row: dates are days since 1970-01-01, datetimes milliseconds. Validation rules: true means wrong. */
export function evaluateFormula(
    source: string,
    object: ObjectDef,
    schema: Schema,
    input: FormulaInput
): FormulaValue {
    const formula = compiledOnce(source, object, schema, input);
    const fields = formula.references.map(({ path, decode, prior }) =>
        decode(prior && input.prior ? input.prior(path) : input.value(path))
    );
    const zone: TimeZone = timeZone(input.timeZone);
    return formula.run({ fields, now: input.now.getTime(), zone, isNew: !input.prior });
}

/** A changed schema brings new object definitions, so what was compiled for the old ones goes with them. */
const compiled = new WeakMap<ObjectDef, Map<string, CompiledFormula>>();

function compiledOnce(
    source: string,
    object: ObjectDef,
    schema: Schema,
    { blanks = null, use = 'field' }: FormulaInput
): CompiledFormula {
    let formulas = compiled.get(object);
    if (!formulas) compiled.set(object, (formulas = new Map()));
    const key = `${use}:${blanks}:${source}`;
    let formula = formulas.get(key);
    if (!formula) formulas.set(key, (formula = compileFormula(source, object, schema, blanks, use)));
    return formula;
}
