// Calls: of own methods, constructors and super, of static and instance methods of the program's classes and of the
// platform's. What can be checked while loading (existence, number of arguments, visibility) is.
import { DotExpressionContext } from '@apexdevtools/apex-parser';
import type {
    ApexParserRuleContext,
    DotMethodCallContext,
    ExpressionContext,
    ExpressionListContext,
    MethodCallContext
} from '@apexdevtools/apex-parser';
import { dynamicBinds } from '../binds.ts';
import { nullDereference } from '../errors.ts';
import { callInstance, findStatic, hasInstanceMethod } from '../library/index.ts';
import { objectToken, recordError } from '../library/schema.ts';
import type { ApexType, ClassInfo, MethodInfo } from '../model.ts';
import { EnumInfo, typeText } from '../model.ts';
import {
    assignArguments,
    initialiseClass,
    invoke,
    overload,
    overriding,
    runConstructor,
    runInitialisers
} from '../objects.ts';
import type { Frame } from '../transaction.ts';
import { callMethod } from '../transaction.ts';
import { assign, VOID } from '../types.ts';
import type { Value } from '../values.ts';
import { ApexInstance, ApexSObject } from '../values.ts';
import { compileExpression } from './expressions.ts';
import { unsupportedMember } from './names.ts';
import { chooseOverload } from './overloads.ts';
import type { Reference } from './names.ts';
import type { Expression, Scope } from './scope.ts';

export interface Arguments {
    count: number;
    /** Declared types, null where one is not known. */
    types: (ApexType | null)[];
    run(frame: Frame): Value[];
}

export function compileArguments(scope: Scope, list: ExpressionContext[]): Arguments {
    const compiled = list.map((one) => compileExpression(scope, one));
    return {
        count: compiled.length,
        types: compiled.map(({ type }) => type),
        run: (frame) => compiled.map(({ run }) => run(frame))
    };
}

const listed = (ctx: ExpressionListContext | null): ExpressionContext[] => ctx?.expression_list() ?? [];

/** `name(...)`, `this(...)`, `super(...)` */
export function compileCall(scope: Scope, ctx: MethodCallContext): Expression {
    const args = compileArguments(scope, listed(ctx.expressionList()));
    if (ctx.THIS() || ctx.SUPER()) return compileConstructorCall(scope, ctx, args);
    const name = ctx.id().getText();
    for (let cls: ClassInfo | null = scope.cls; cls; cls = cls.outer) {
        const methods = cls.findMethods(name.toLowerCase());
        if (methods.length === 0) continue;
        return userCall(scope, ctx, cls, name, methods, args, (frame) => frame.self);
    }
    return scope.unresolved(
        ctx,
        `Method does not exist or incorrect signature: ${name}(${args.count} arguments)`
    );
}

function compileConstructorCall(scope: Scope, ctx: MethodCallContext, args: Arguments): Expression {
    const { cls } = scope;
    const isThisCall = ctx.THIS() !== null;
    const run = (frame: Frame): Value => {
        const { superclass } = cls;
        if (isThisCall) runConstructor(frame, cls, frame.self!, args.run(frame));
        else {
            if (superclass) runConstructor(frame, superclass, frame.self!, args.run(frame));
            runInitialisers(frame.tx, cls, frame.self!);
        }
        return null;
    };
    return { run, type: null };
}

function userCall(
    scope: Scope,
    ctx: MethodCallContext | DotExpressionContext,
    cls: ClassInfo,
    name: string,
    methods: MethodInfo[],
    args: Arguments,
    self: (frame: Frame) => ApexInstance | null
): Expression {
    const sameCount = methods.filter((method) => method.parameters.length === args.count);
    const described = `${name}(${args.count} arguments) of ${cls.fullName}`;
    if (sameCount.length === 0)
        return scope.unresolved(ctx, `Method does not exist or incorrect signature: ${described}`);
    checkCall(scope, ctx, sameCount, described);
    const chosen = choose(scope, ctx, sameCount, args.types);
    const run = (frame: Frame): Value => {
        const values = args.run(frame);
        const method = chosen ?? overload(frame, methods, values);
        if (!method) throw unsupportedMember(frame, null, `${described} for these values`);
        if (!method.isStatic) return virtualCall(frame, self(frame), method, values);
        initialiseClass(frame.tx, method.cls);
        return assign(callMethod(frame.tx, method, null, assignArguments(method, values)), method.returnType);
    };
    return { run, type: chosen?.returnType ?? null };
}

/** The method the declared types mean, and what cannot fit it; undefined: the values decide. */
function choose(
    scope: Scope,
    ctx: ApexParserRuleContext,
    sameCount: MethodInfo[],
    types: (ApexType | null)[]
): MethodInfo | undefined {
    const chosen = sameCount.length === 1 ? sameCount[0] : chooseOverload(sameCount, types);
    chosen?.parameters.forEach(({ type }, index) => scope.checkAssignment(ctx, types[index], type));
    return chosen;
}

function checkCall(
    scope: Scope,
    ctx: MethodCallContext | DotExpressionContext,
    candidates: MethodInfo[],
    described: string
): void {
    if (!candidates.some((method) => scope.sees(method)))
        scope.problem(ctx, `Method is not visible: ${described}`);
    const isBareCall = !(ctx instanceof DotExpressionContext);
    if (isBareCall && scope.isStatic && candidates.every((method) => !method.isStatic)) {
        scope.problem(ctx, `Non static method cannot be referenced from a static context: ${described}`);
    }
}

function virtualCall(frame: Frame, self: ApexInstance | null, method: MethodInfo, values: Value[]): Value {
    if (self === null) throw nullDereference();
    // A private method of this class is the one meant, whatever a subclass declares.
    const isOwn = method.access === 'private' && !method.isAbstract;
    const meant = isOwn ? method : overriding(self.cls, method);
    return assign(callMethod(frame.tx, meant, self, assignArguments(meant, values)), meant.returnType);
}

export function compileSuperCall(scope: Scope, call: DotMethodCallContext): Expression {
    const name = call.anyId().getText();
    const args = compileArguments(scope, listed(call.expressionList()));
    const methods = scope.cls.superclass?.findMethods(name.toLowerCase()) ?? [];
    const run = (frame: Frame): Value => {
        const values = args.run(frame);
        const method = overload(frame, methods, values);
        if (method)
            return assign(
                callMethod(frame.tx, method, frame.self, assignArguments(method, values)),
                method.returnType
            );
        if (frame.self?.error) return callInstance(frame, frame.self, name, values);
        throw unsupportedMember(frame, frame.self, `super.${name}`);
    };
    return { run, type: null };
}

/** `left.name(...)` */
export function compileMethodCall(
    scope: Scope,
    ctx: DotExpressionContext,
    left: Reference,
    call: DotMethodCallContext
): Expression {
    const name = call.anyId().getText();
    const args = compileArguments(scope, listed(call.expressionList()));
    if (name.toLowerCase() === 'adderror') {
        const onField = compileFieldError(scope, ctx.expression(), args);
        if (onField) return onField;
    }
    switch (left.kind) {
        case 'type':
            return left.type instanceof EnumInfo
                ? enumCall(scope, ctx, left.type, name, args)
                : staticCall(scope, ctx, left.type, name, args);
        case 'platform':
            return platformCall(scope, ctx, left.name, name, args);
        case 'object':
            return objectCall(scope, ctx, left.name, name);
        case 'unknown':
            return scope.unresolved(ctx, `Variable does not exist: ${ctx.expression().getText()}`);
        case 'value':
            return instanceCall(scope, ctx, left.expression, name, args);
    }
}

/** `record.Field.addError(message)`: the field is named, its value is not read. */
function compileFieldError(scope: Scope, ctx: ExpressionContext, args: Arguments): Expression | undefined {
    if (!(ctx instanceof DotExpressionContext) || ctx.dotMethodCall()) return undefined;
    const record = compileExpression(scope, ctx.expression());
    if (record.type?.kind !== 'sobject' || record.type.name === null) return undefined;
    const field = scope.program.org.schema.field(record.type.name, ctx.anyId().getText());
    if (!field) return undefined;
    const run = (frame: Frame): Value => {
        const self = record.run(frame);
        if (!(self instanceof ApexSObject)) throw nullDereference();
        return recordError(frame, self, args.run(frame)[0], [field.name]);
    };
    return { run, type: VOID };
}

function staticCall(
    scope: Scope,
    ctx: DotExpressionContext,
    cls: ClassInfo,
    name: string,
    args: Arguments
): Expression {
    const methods = cls.findMethods(name.toLowerCase()).filter((method) => method.isStatic);
    if (methods.length === 0)
        return scope.unresolved(ctx, `Method does not exist or incorrect signature: ${cls.fullName}.${name}`);
    return userCall(scope, ctx, cls, name, methods, args, () => null);
}

function enumCall(
    scope: Scope,
    ctx: DotExpressionContext,
    type: EnumInfo,
    name: string,
    args: Arguments
): Expression {
    const native = findStatic('enum', name, args.count);
    if (!native) return scope.notSupported(ctx, `${type.fullName}.${name}()`);
    return { run: (frame) => native(frame, args.run(frame), type), type: null };
}

function platformCall(
    scope: Scope,
    ctx: DotExpressionContext,
    cls: string,
    name: string,
    args: Arguments
): Expression {
    const native = findStatic(cls.replace(/^(system|schema)\./, ''), name, args.count);
    if (!native) return scope.notSupported(ctx, `${cls}.${name}() with ${args.count} arguments`);
    // Only a dynamic query sees the variables around it.
    const binds = cls === 'database' ? dynamicBinds(scope.visibleLocals(), scope.cls) : undefined;
    return { run: (frame) => native(frame, args.run(frame), binds), type: null };
}

function objectCall(scope: Scope, ctx: DotExpressionContext, objectName: string, name: string): Expression {
    if (name.toLowerCase() !== 'getsobjecttype') return scope.notSupported(ctx, `${objectName}.${name}()`);
    const token = objectToken(objectName);
    return { run: () => token, type: null };
}

function instanceCall(
    scope: Scope,
    ctx: DotExpressionContext,
    left: Expression,
    name: string,
    args: Arguments
): Expression {
    checkInstanceMethod(scope, ctx, left.type, name, args.count);
    const known =
        left.type?.kind === 'class'
            ? left.type.cls
                  .findMethods(name.toLowerCase())
                  .filter((one) => one.parameters.length === args.count)
            : [];
    const chosen = choose(scope, ctx, known, args.types);
    const isSafe = ctx.QUESTIONDOT() !== null;
    const run = (frame: Frame): Value => {
        const self = left.run(frame);
        if (self === null && isSafe) return null;
        const values = args.run(frame);
        if (self === null) throw nullDereference();
        if (self instanceof ApexInstance) {
            if (chosen && !chosen.isStatic) return virtualCall(frame, self, chosen, values);
            const called = invoke(frame, self, name, values);
            if (called) return called.value;
        }
        return callInstance(frame, self, name, values);
    };
    return { run, type: chosen?.returnType ?? resultType(left.type, name) };
}

/** Methods missing on a type known while loading are refused then, not first when the line runs. */
function checkInstanceMethod(
    scope: Scope,
    ctx: DotExpressionContext,
    type: ApexType | null,
    name: string,
    count: number
): void {
    if (!type || (type.kind === 'primitive' && type.name === 'Object')) return;
    if (type.kind === 'class') {
        const known = type.cls
            .findMethods(name.toLowerCase())
            .filter((method) => method.parameters.length === count);
        if (known.length > 0)
            return checkCall(scope, ctx, known, `${name}(${count} arguments) of ${typeText(type)}`);
        if (hasInstanceMethod(type, name, count)) return;
        scope.problem(
            ctx,
            `Method does not exist or incorrect signature: ${name}(${count} arguments) of ${typeText(type)}`
        );
    } else if (!hasInstanceMethod(type, name, count)) {
        scope.notSupported(ctx, `${typeText(type)}.${name}() with ${count} arguments`);
    }
}

function resultType(type: ApexType | null, name: string): ApexType | null {
    const lower = name.toLowerCase();
    if (type?.kind === 'list' && lower === 'get') return type.of;
    if (type?.kind === 'map') {
        if (lower === 'get') return type.of;
        if (lower === 'values') return { kind: 'list', of: type.of };
        if (lower === 'keyset') return { kind: 'set', of: type.key };
    }
    return null;
}
