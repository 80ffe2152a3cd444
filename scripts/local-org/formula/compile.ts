// A formula tree to a typed function (operators are in operators.ts): IF, CASE, functions, and the fields it reads. Types are checked once, here,
// so that a wrong formula is refused when it is deployed and not when a row is read.
import type { FieldDef, ObjectDef, Schema } from '../schema/types.ts';
import { checkCount, checkType, commonType } from './builders.ts';
import type { Part } from './builders.ts';
import { FUNCTIONS, REFUSED } from './functions.ts';
import { resolveGlobal } from './globals.ts';
import { binary, logical, same, unary } from './operators.ts';
import { regex } from './regex.ts';
import { FormulaProblem, parseFormula } from './parse.ts';
import type { FormulaNode } from './parse.ts';
import { decoder, formulaType } from './values.ts';
import type { Decode } from './values.ts';

/** A field the formula reads; `path` holds relationship names and the field name in canonical case. */
export interface Reference {
    path: string[];
    decode: Decode;
    /** The value before the save, for PRIORVALUE and ISCHANGED. */
    prior: boolean;
}

/** What the formula is for: rules also know the row as it was, defaults know no row yet. */
export type FormulaUse = 'field' | 'rule' | 'default';

export interface CompiledFormula extends Part {
    references: Reference[];
}

interface Context {
    object: ObjectDef;
    schema: Schema;
    blankAsZero: boolean;
    references: Reference[];
    use: FormulaUse;
    /** Formula fields being compiled, to find circles. */
    within: string[];
}

export function compileFormula(
    source: string,
    object: ObjectDef,
    schema: Schema,
    blanks: FieldDef['formulaTreatBlanksAs'] = null,
    use: FormulaUse = 'field',
    within: string[] = []
): CompiledFormula {
    const context: Context = {
        object,
        schema,
        blankAsZero: blanks === 'BlankAsZero',
        references: [],
        use,
        within
    };
    const part = build(parseFormula(source), context);
    return { ...part, references: context.references };
}

function build(node: FormulaNode, context: Context): Part {
    switch (node.kind) {
        case 'number':
        case 'text': {
            const { value } = node;
            return { type: node.kind, run: () => value };
        }
        case 'literal': {
            const { value } = node;
            return { type: value === null ? 'null' : 'boolean', run: () => value };
        }
        case 'field':
            return field(node.path, context);
        case 'unary':
            return unary(node.operator, build(node.operand, context));
        case 'binary':
            return binary(node.operator, build(node.left, context), build(node.right, context));
        case 'call':
            if (ROW_FUNCTIONS.has(node.name)) return rowFunction(node.name, node.args, context);
            return call(
                node.name,
                node.args.map((arg) => build(arg, context)),
                node.args
            );
    }
}

function field(path: string[], context: Context, prior = false): Part {
    if (context.use === 'default' && !path[0].startsWith('$')) {
        throw new FormulaProblem(`Field ${path.join('.')} may not be used in this type of formula`);
    }
    const { field: found, object, canonical } = resolve(path, context);
    const type = formulaType(found.type);
    if (!type)
        throw new FormulaProblem(
            `Formulas cannot read ${path.join('.')}: fields of type ${found.type} are not supported.`
        );
    if (found.formula !== null) checkNoCircle(found, object, context);
    const known = context.references.findIndex(
        (one) => one.prior === prior && one.path.join('.') === canonical.join('.')
    );
    const index = known === -1 ? context.references.length : known;
    if (known === -1)
        context.references.push({ path: canonical, decode: decoder(found, context.blankAsZero), prior });
    return { type, run: (env) => env.fields[index] };
}

function resolve(
    path: string[],
    context: Context
): { field: FieldDef; object: ObjectDef; canonical: string[] } {
    const { schema } = context;
    if (path[0].startsWith('$')) return resolveGlobal(path, schema);
    let { object } = context;
    const canonical: string[] = [];
    for (const step of path.slice(0, -1)) {
        const [relationship, as] = step.split(':');
        const reference = schema.parentField(object.name, relationship);
        const targets =
            reference?.referenceTo.filter((name) => !as || name.toLowerCase() === as.toLowerCase()) ?? [];
        const target = targets[0] && schema.object(targets[0]);
        if (!reference || !target) throw unknownField(path);
        if (reference.referenceTo.length > 1) {
            throw new FormulaProblem(
                `The local org does not support ${step} in formulas: it can be of several objects.`
            );
        }
        canonical.push(reference.relationshipName as string);
        object = target;
    }
    const found = schema.field(object.name, path[path.length - 1]);
    const own = object.fields.find((one) => one.name.toLowerCase() === path[path.length - 1].toLowerCase());
    const result = found ?? own;
    if (!result) throw unknownField(path);
    return { field: result, object, canonical: [...canonical, result.name] };
}

export function unknownField(path: string[]): FormulaProblem {
    return new FormulaProblem(`Field ${path.join('.')} does not exist. Check spelling.`);
}

function checkNoCircle(found: FieldDef, object: ObjectDef, context: Context): void {
    const name = `${object.name}.${found.name}`;
    if (context.within.includes(name)) {
        throw new FormulaProblem(`The formula refers to itself: ${[...context.within, name].join(' -> ')}`);
    }
    compileFormula(found.formula as string, object, context.schema, found.formulaTreatBlanksAs, 'field', [
        ...context.within,
        name
    ]);
}

const ROW_FUNCTIONS = new Set(['ISNEW', 'ISCHANGED', 'PRIORVALUE']);

/** What only a rule can ask: whether the row is new, and what a field was before. */
function rowFunction(name: string, args: FormulaNode[], context: Context): Part {
    if (context.use !== 'rule') {
        throw new FormulaProblem(`Function ${name} may not be used in this type of formula`);
    }
    if (name === 'ISNEW' && args.length === 0) return { type: 'boolean', run: (env) => env.isNew };
    const [arg] = args;
    if (name === 'ISNEW' || args.length !== 1 || arg.kind !== 'field' || arg.path.length !== 1) {
        throw new FormulaProblem(
            name === 'ISNEW' ? 'ISNEW() takes no parameters.' : `${name}() takes one field of the record.`
        );
    }
    const [now, before] = [field(arg.path, context), field(arg.path, context, true)];
    if (name === 'PRIORVALUE') return before;
    return { type: 'boolean', run: (env) => !env.isNew && !same(now.run(env), before.run(env)) };
}

function call(name: string, args: Part[], nodes: FormulaNode[]): Part {
    if (name === 'IF') return conditional(args);
    if (name === 'CASE') return caseOf(args);
    if (name === 'REGEX') return regex(args, nodes);
    if (name === 'AND' || name === 'OR') return logical(name, args);
    if (name === 'NOT') {
        checkCount(name, args, 1, 1);
        return unary('!', args[0]);
    }
    const known = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    if (known) return known(name, args);
    if (REFUSED.has(name))
        throw new FormulaProblem(`The local org does not support the formula function ${name}().`);
    throw new FormulaProblem(`Unknown function ${name}. Check spelling.`);
}

function conditional(args: Part[]): Part {
    checkCount('IF', args, 3, 3);
    const [condition, whenTrue, whenFalse] = args;
    checkType('IF', condition, ['boolean']);
    const type = commonType('IF', [whenTrue, whenFalse]);
    return { type, run: (env) => (condition.run(env) === true ? whenTrue : whenFalse).run(env) };
}

function caseOf(args: Part[]): Part {
    if (args.length < 4 || args.length % 2) {
        throw new FormulaProblem(
            `Incorrect number of parameters for function 'CASE()'. Expected an even number of 4 or more, received ${args.length}`
        );
    }
    const [value, ...rest] = args;
    const otherwise = rest.pop() as Part;
    const cases = rest.flatMap((when, index) => (index % 2 ? [] : [{ when, then: rest[index + 1] }]));
    const compared = value.type === 'picklist' ? 'text' : value.type;
    for (const { when } of cases) checkType('CASE', when, [compared]);
    const type = commonType('CASE', [...cases.map((one) => one.then), otherwise]);
    return {
        type,
        run: (env) => {
            const actual = value.run(env);
            return (cases.find((one) => same(one.when.run(env), actual))?.then ?? otherwise).run(env);
        }
    };
}
