// What formula functions are made of: a typed part, the checks of its arguments, and the usual shapes of functions.
// Meanings of the single functions are in functions.ts and its families.
import { FormulaProblem } from './parse.ts';
import type { Environment, FormulaType, FormulaValue } from './values.ts';

/** A part of a formula with its type, ready to run. */
export interface Part {
    type: FormulaType;
    run: (env: Environment) => FormulaValue;
}

export type Build = (name: string, args: Part[]) => Part;

const NAMES: Record<FormulaType, string> = {
    number: 'Number',
    text: 'Text',
    boolean: 'Boolean',
    date: 'Date',
    datetime: 'Date/Time',
    picklist: 'Picklist',
    multipicklist: 'Multi-Select Picklist',
    null: 'Null'
};

export function typeName(type: FormulaType): string {
    return NAMES[type];
}

/** A function over plain values: blank when a number or date it needs is blank. */
export function plain(
    wanted: FormulaType[],
    result: FormulaType,
    compute: (...values: never[]) => FormulaValue,
    required = wanted.length
): Build {
    return (name, args) => {
        checkCount(name, args, required, wanted.length);
        for (const [index, arg] of args.entries()) checkType(name, arg, [wanted[index]]);
        return {
            type: result,
            run: (env) => {
                const values = args.map((arg) => arg.run(env));
                return values.includes(null) ? null : compute(...(values as never[]));
            }
        };
    };
}

/** Any count of numbers. */
export function many(compute: (values: number[]) => number): Build {
    return (name, args) => {
        checkCount(name, args, 1, Number.POSITIVE_INFINITY);
        for (const arg of args) checkType(name, arg, ['number']);
        return {
            type: 'number',
            run: (env) => {
                const values = args.map((arg) => arg.run(env));
                return values.includes(null) ? null : compute(values as number[]);
            }
        };
    };
}

export function checkCount(name: string, args: Part[], least: number, most: number): void {
    if (args.length >= least && args.length <= most) return;
    const expected = args.length < least ? least : most;
    throw new FormulaProblem(
        `Incorrect number of parameters for function '${name}()'. Expected ${expected}, received ${args.length}`
    );
}

export function checkType(name: string, arg: Part, wanted: FormulaType[]): void {
    if (arg.type === 'null' || wanted.includes(arg.type)) return;
    if (arg.type === 'picklist') {
        throw new FormulaProblem(
            `Picklist fields are only supported in certain functions, and ${name}() is none of them. Use TEXT() or ISPICKVAL().`
        );
    }
    throw new FormulaProblem(
        `Incorrect parameter type for function '${name}()'. Expected ${wanted.map(typeName).join(', ')}, received ${typeName(arg.type)}`
    );
}

export function blank(value: FormulaValue): boolean {
    return value === null || value === '';
}

/** The type all branches share; NULL fits any. */
export function commonType(name: string, parts: Part[]): FormulaType {
    const typed = parts.filter((part) => part.type !== 'null');
    const [first] = typed;
    if (!first) return 'null';
    for (const part of typed) checkType(name, part, [first.type]);
    return first.type;
}
