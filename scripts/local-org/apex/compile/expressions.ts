// Expressions to code: literals, operators, assignment, casts. Names, members and calls are in names.ts, `new` in
// creators.ts, queries in soql.ts.
import {
    Arth1ExpressionContext,
    Arth2ExpressionContext,
    ArrayExpressionContext,
    AssignExpressionContext,
    BitAndExpressionContext,
    BitExpressionContext,
    BitNotExpressionContext,
    BitOrExpressionContext,
    CastExpressionContext,
    CmpExpressionContext,
    CoalExpressionContext,
    CondExpressionContext,
    DotExpressionContext,
    EqualityExpressionContext,
    InstanceOfExpressionContext,
    LiteralPrimaryContext,
    LogAndExpressionContext,
    LogOrExpressionContext,
    MethodCallExpressionContext,
    NegExpressionContext,
    NewExpressionContext,
    PostOpExpressionContext,
    PreOpExpressionContext,
    PrimaryExpressionContext,
    SoqlPrimaryContext,
    SubExpressionContext,
    SuperPrimaryContext,
    ThisPrimaryContext,
    TypeRefPrimaryContext
} from '@apexdevtools/apex-parser';
import type { ExpressionContext, PrimaryContext } from '@apexdevtools/apex-parser';
import { ApexDate } from '../dates.ts';
import { Decimal } from '../decimal.ts';
import { apexError, nullDereference } from '../errors.ts';
import { typeValue } from '../library/types.ts';
import type { ApexType, Code } from '../model.ts';
import type { Arithmetic } from '../operators.ts';
import { arithmetic, compareValues, identical, negate } from '../operators.ts';
import { equalsIn, textIn } from '../objects.ts';
import type { Frame } from '../transaction.ts';
import { assign, cast, isOfType, primitive, STRING, typeOfValue } from '../types.ts';
import type { Value } from '../values.ts';
import { ApexList } from '../values.ts';
import { compileNew } from './creators.ts';
import { compileCall } from './calls.ts';
import { compileName, compileReference } from './names.ts';
import { stringOf } from './parse.ts';
import type { Expression, Scope, Target } from './scope.ts';
import { compileSoql } from './soql.ts';

const BOOLEAN = primitive('Boolean')!;
/** One more stands in the source of the smallest Integer, behind its sign. */
const MAX_INTEGER = 2 ** 31;

export function compileExpression(scope: Scope, ctx: ExpressionContext): Expression {
    if (ctx instanceof PrimaryExpressionContext) return compilePrimary(scope, ctx.primary());
    if (ctx instanceof SubExpressionContext) return compileExpression(scope, ctx.expression());
    if (ctx instanceof DotExpressionContext) return compileReference(scope, ctx);
    if (ctx instanceof MethodCallExpressionContext) return compileCall(scope, ctx.methodCall());
    if (ctx instanceof NewExpressionContext) return compileNew(scope, ctx.creator());
    if (ctx instanceof AssignExpressionContext) return compileAssignment(scope, ctx);
    if (ctx instanceof ArrayExpressionContext) return compileElement(scope, ctx);
    if (ctx instanceof CastExpressionContext) {
        const type = scope.type(ctx.typeRef());
        const { run } = compileExpression(scope, ctx.expression());
        return { run: (frame) => cast(run(frame), type), type };
    }
    if (ctx instanceof InstanceOfExpressionContext) {
        const type = scope.type(ctx.typeRef());
        const { run } = compileExpression(scope, ctx.expression());
        return boolean((frame) => {
            const value = run(frame);
            return value !== null && isOfType(value, type);
        });
    }
    if (ctx instanceof CondExpressionContext) return compileConditional(scope, ctx);
    if (ctx instanceof PostOpExpressionContext || ctx instanceof PreOpExpressionContext)
        return compileUnary(scope, ctx);
    if (ctx instanceof NegExpressionContext) {
        const { run } = compileExpression(scope, ctx.expression());
        if (ctx.TILDE()) return scope.notSupported(ctx, 'operator ~');
        return boolean((frame) => !truth(run(frame)));
    }
    return compileBinary(scope, ctx);
}

const boolean = (run: Code): Expression => ({ run, type: BOOLEAN });

function truth(value: Value): boolean {
    if (value === null) throw nullDereference();
    return value === true;
}

function compilePrimary(scope: Scope, ctx: PrimaryContext): Expression {
    if (ctx instanceof LiteralPrimaryContext) {
        const value = literalValue(ctx.literal().getText());
        if (typeof value === 'number' && value > MAX_INTEGER) scope.problem(ctx, `Illegal integer: ${value}`);
        return { run: () => value, type: value === null ? null : typeOfValue(value) };
    }
    if (ctx instanceof ThisPrimaryContext) {
        if (scope.isStatic) scope.problem(ctx, "'this' cannot be used in a static context");
        return { run: (frame) => frame.self, type: { kind: 'class', cls: scope.cls } };
    }
    if (ctx instanceof TypeRefPrimaryContext) {
        const value = typeValue(scope.type(ctx.typeRef()));
        return { run: () => value, type: { kind: 'platform', name: 'Type' } };
    }
    if (ctx instanceof SoqlPrimaryContext) return compileSoql(scope, ctx.soqlLiteral());
    if (ctx instanceof SuperPrimaryContext) return scope.notSupported(ctx, "'super' outside a call");
    if ('id' in ctx) return compileName(scope, ctx as never);
    return scope.notSupported(ctx, ctx.constructor.name.replace(/(Primary)?Context$/, ''));
}

/** The value of a literal as written. */
export function literalValue(text: string): Value {
    if (text.startsWith("'")) return stringOf(text);
    const lower = text.toLowerCase();
    if (lower === 'null') return null;
    if (lower === 'true' || lower === 'false') return lower === 'true';
    if (lower.endsWith('l')) return BigInt(lower.slice(0, -1));
    if (lower.endsWith('d')) return assign(Decimal.parse(lower.slice(0, -1)) ?? null, primitive('Double')!);
    return /^-?\d+$/.test(lower) ? Number(lower) : (Decimal.parse(lower) ?? null);
}

function compileElement(scope: Scope, ctx: ArrayExpressionContext): Expression {
    const [list, index] = ctx.expression_list().map((one) => compileExpression(scope, one));
    const prepare = (frame: Frame): [ApexList, number] => {
        const target = list.run(frame);
        const position = index.run(frame);
        if (target === null || position === null) throw nullDereference();
        if (!(target instanceof ApexList)) throw apexError('TypeException', 'Expression must be a list type');
        if (typeof position !== 'number' || position < 0 || position >= target.items.length) {
            throw apexError('ListException', `List index out of bounds: ${String(position)}`);
        }
        return [target, position];
    };
    const load = ([target, position]: [ApexList, number]): Value => target.items[position];
    const target: Target = {
        prepare,
        load: (_frame, prepared) => load(prepared as [ApexList, number]),
        store: (_frame, prepared, value) => {
            const [into, position] = prepared as [ApexList, number];
            return (into.items[position] = assign(value, into.of));
        }
    };
    const type = list.type?.kind === 'list' ? list.type.of : null;
    return { run: (frame) => load(prepare(frame)), type, target };
}

const COMPOUND = new Map<string, Arithmetic>([
    ['+=', '+'],
    ['-=', '-'],
    ['*=', '*'],
    ['/=', '/']
]);

function compileAssignment(scope: Scope, ctx: AssignExpressionContext): Expression {
    const [left, right] = ctx.expression_list().map((one) => compileExpression(scope, one));
    const operator = ctx.children![1].getText();
    const { target } = left;
    if (!target)
        return scope.unresolved(ctx, `Expression cannot be assigned: ${ctx.expression(0).getText()}`);
    if (target.closed) scope.problem(ctx, target.closed);
    if (operator === '=') {
        if (left.type) scope.checkAssignment(ctx, right.type, left.type);
        return {
            run: (frame) => target.store(frame, target.prepare(frame), right.run(frame)),
            type: left.type
        };
    }
    const compound = COMPOUND.get(operator);
    const bits = operator.slice(0, -1);
    if (!compound && !BIT_OPERATORS.has(bits)) return scope.notSupported(ctx, `operator ${operator}`);
    const combine = compound
        ? (frame: Frame, a: Value, b: Value) =>
              arithmetic(compound, a, b, (value) => concatenated(frame, value))
        : (_frame: Frame, a: Value, b: Value) => bitwise(bits, a, b);
    return {
        run: (frame) => {
            const prepared = target.prepare(frame);
            const before = target.load(frame, prepared);
            return target.store(frame, prepared, combine(frame, before, right.run(frame)));
        },
        type: left.type
    };
}

function compileConditional(scope: Scope, ctx: CondExpressionContext): Expression {
    const [condition, yes, no] = ctx.expression_list().map((one) => compileExpression(scope, one));
    const run: Code = (frame) => (truth(condition.run(frame)) ? yes.run(frame) : no.run(frame));
    return { run, type: sameType(yes.type, no.type) };
}

function sameType(left: ApexType | null, right: ApexType | null): ApexType | null {
    const areSame = left?.kind === 'primitive' && right?.kind === 'primitive' && left.name === right.name;
    return areSame ? left : null;
}

function compileUnary(scope: Scope, ctx: PostOpExpressionContext | PreOpExpressionContext): Expression {
    const operand = compileExpression(scope, ctx.expression());
    const step = ctx.INC() ? '+' : ctx.DEC() ? '-' : null;
    if (!step) {
        const isMinus = (ctx as PreOpExpressionContext).SUB() !== null;
        return { run: isMinus ? (frame) => negate(operand.run(frame)) : operand.run, type: operand.type };
    }
    const { target } = operand;
    if (!target) return scope.unresolved(ctx, `Expression cannot be assigned: ${ctx.expression().getText()}`);
    if (target.closed) scope.problem(ctx, target.closed);
    const isPost = ctx instanceof PostOpExpressionContext;
    return {
        run: (frame) => {
            const prepared = target.prepare(frame);
            const before = target.load(frame, prepared);
            const after = target.store(frame, prepared, arithmetic(step, before, 1, String));
            return isPost ? before : after;
        },
        type: operand.type
    };
}

/** A value inside a concatenation; a Date shows a time there. */
function concatenated(frame: Frame, value: Value): string {
    const text = textIn(frame, value);
    return value instanceof ApexDate ? `${text} 00:00:00` : text;
}

function compileBinary(scope: Scope, ctx: ExpressionContext): Expression {
    const parts = (ctx as CoalExpressionContext).expression_list?.();
    if (parts?.length !== 2) return scope.notSupported(ctx, ctx.constructor.name.replace(/Context$/, ''));
    const [left, right] = parts.map((one) => compileExpression(scope, one));
    const operator = ctx
        .children!.slice(1, -1)
        .map((one) => one.getText())
        .join('');
    if (ctx instanceof LogAndExpressionContext)
        return boolean((frame) => truth(left.run(frame)) && truth(right.run(frame)));
    if (ctx instanceof LogOrExpressionContext)
        return boolean((frame) => truth(left.run(frame)) || truth(right.run(frame)));
    if (ctx instanceof CoalExpressionContext)
        return { run: (frame) => left.run(frame) ?? right.run(frame), type: left.type };
    if (ctx instanceof EqualityExpressionContext) return boolean(equalityCode(operator, left.run, right.run));
    if (ctx instanceof CmpExpressionContext) return boolean(comparisonCode(operator, left.run, right.run));
    if (ctx instanceof Arth1ExpressionContext || ctx instanceof Arth2ExpressionContext) {
        return arithmeticExpression(operator as Arithmetic, left, right);
    }
    const isBitwise =
        ctx instanceof BitExpressionContext ||
        ctx instanceof BitAndExpressionContext ||
        ctx instanceof BitOrExpressionContext ||
        ctx instanceof BitNotExpressionContext;
    if (!isBitwise) return scope.notSupported(ctx, `operator ${operator}`);
    return { run: (frame) => bitwise(operator, left.run(frame), right.run(frame)), type: null };
}

function arithmeticExpression(operator: Arithmetic, left: Expression, right: Expression): Expression {
    const isText = (one: Expression): boolean =>
        one.type?.kind === 'primitive' && ['String', 'Id'].includes(one.type.name);
    if (operator === '+' && (isText(left) || isText(right))) {
        const run: Code = (frame) => {
            const before = concatenated(frame, left.run(frame));
            return before + concatenated(frame, right.run(frame));
        };
        return { run, type: STRING };
    }
    return {
        run: (frame) => {
            const before = left.run(frame);
            return arithmetic(operator, before, right.run(frame), (value) => concatenated(frame, value));
        },
        type: null
    };
}

function equalityCode(operator: string, left: Code, right: Code): Code {
    switch (operator) {
        case '==':
            return (frame) => equalsIn(frame, left(frame), right(frame));
        case '===':
            return (frame) => identical(left(frame), right(frame));
        case '!==':
            return (frame) => !identical(left(frame), right(frame));
        default:
            return (frame) => !equalsIn(frame, left(frame), right(frame));
    }
}

function comparisonCode(operator: string, left: Code, right: Code): Code {
    const test = COMPARISONS[operator];
    return (frame) => {
        const order = compareValues(left(frame), right(frame));
        return order !== undefined && test(order);
    };
}

const COMPARISONS: Record<string, (order: number) => boolean> = {
    '<': (order) => order < 0,
    '<=': (order) => order <= 0,
    '>': (order) => order > 0,
    '>=': (order) => order >= 0
};

const BIT_OPERATORS = new Set(['&', '|', '^', '<<', '>>', '>>>']);

function bitwise(operator: string, left: Value, right: Value): Value {
    if (left === null || right === null) throw nullDereference();
    if (typeof left === 'boolean' && typeof right === 'boolean') {
        if (operator === '&') return left && right;
        return operator === '|' ? left || right : left !== right;
    }
    const isWhole = (value: Value): value is number | bigint =>
        typeof value === 'number' || typeof value === 'bigint';
    if (!isWhole(left) || !isWhole(right))
        throw apexError('TypeException', `Operator ${operator} needs whole numbers`);
    const isLong = typeof left === 'bigint' || typeof right === 'bigint';
    if (isLong) return bitwiseLong(operator, BigInt(left), BigInt(right));
    return bitwiseInteger(operator, left as number, right as number);
}

function bitwiseInteger(operator: string, left: number, right: number): number {
    switch (operator) {
        case '&':
            return left & right;
        case '|':
            return left | right;
        case '^':
            return left ^ right;
        case '<<':
            return left << right;
        case '>>':
            return left >> right;
        default:
            return (left >>> right) | 0;
    }
}

function bitwiseLong(operator: string, left: bigint, right: bigint): bigint {
    const shift = right & 63n;
    switch (operator) {
        case '&':
            return left & right;
        case '|':
            return left | right;
        case '^':
            return left ^ right;
        case '<<':
            return BigInt.asIntN(64, left << shift);
        case '>>':
            return left >> shift;
        default:
            return BigInt.asIntN(64, BigInt.asUintN(64, left) >> shift);
    }
}
