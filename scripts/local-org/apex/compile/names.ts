// What a name means: a local, a member, a class, a platform class, an object type; then members and calls after a dot.
import { DotExpressionContext, IdPrimaryContext, PrimaryExpressionContext } from '@apexdevtools/apex-parser';
import type {
    DotMethodCallContext,
    ExpressionContext,
    ExpressionListContext,
    MethodCallContext
} from '@apexdevtools/apex-parser';
import { SuperPrimaryContext, ThisPrimaryContext } from '@apexdevtools/apex-parser';
import { nullDereference } from '../errors.ts';
import { dynamicBinds } from '../binds.ts';
import {
    callInstance,
    findStatic,
    hasInstanceMethod,
    isStaticClass,
    platformConstant,
    readPlatformMember
} from '../library/index.ts';
import { describeToken, fieldToken, objectToken } from '../library/schema.ts';
import { labelText } from '../library/labels.ts';
import type { ApexType, MethodInfo } from '../model.ts';
import { ClassInfo, EnumInfo, typeText } from '../model.ts';
import {
    assignArguments,
    initialiseClass,
    invoke,
    overload,
    readField,
    readStatic,
    runConstructor,
    runInitialisers,
    writeField,
    writeStatic
} from '../objects.ts';
import type { FieldInfo } from '../model.ts';
import type { NamedType } from '../program.ts';
import { memberType, readMember, writeMember } from '../sobjects.ts';
import type { Frame } from '../transaction.ts';
import { callMethod } from '../transaction.ts';
import { assign, onlyRow } from '../types.ts';
import type { Value } from '../values.ts';
import { ApexInstance, ApexList, ApexSObject } from '../values.ts';
import { PlatformObject } from '../values.ts';
import { ApexNotSupported } from '../errors.ts';
import { compileExpression } from './expressions.ts';
import type { Expression, Scope, Target } from './scope.ts';
import { NO_PARENT } from './scope.ts';

/** A name may stand for something that has members but is no value. */
type Reference =
    | { kind: 'value'; expression: Expression }
    | { kind: 'type'; type: NamedType }
    | { kind: 'object'; name: string }
    | { kind: 'platform'; name: string }
    | { kind: 'unknown' };

/** A bare name used as a value. */
export function compileName(scope: Scope, ctx: IdPrimaryContext): Expression {
    const name = ctx.id().getText();
    const found = resolveName(scope, name);
    return found.kind === 'value'
        ? found.expression
        : scope.unresolved(ctx, `Variable does not exist: ${name}`);
}

function resolveName(scope: Scope, name: string): Reference {
    const lower = name.toLowerCase();
    const local = scope.local(name);
    if (local) return { kind: 'value', expression: localExpression(local.slot, local.type) };
    const field = findField(scope, lower);
    if (field) return { kind: 'value', expression: ownField(scope, field) };
    const type = scope.program.findTypeFrom(scope.cls, lower);
    if (type) return { kind: 'type', type };
    if (isStaticClass(lower)) return { kind: 'platform', name: lower };
    const object = scope.program.org.schema.object(name);
    return object ? { kind: 'object', name: object.name } : { kind: 'unknown' };
}

function localExpression(slot: number, type: ApexType): Expression {
    const load = (frame: Frame): Value => frame.locals[slot];
    const store = (frame: Frame, _prepared: unknown, value: Value): Value =>
        (frame.locals[slot] = assign(value, type));
    return { run: load, type, target: { prepare: () => null, load, store } };
}

function findField(scope: Scope, lower: string): FieldInfo | undefined {
    for (let cls: ClassInfo | null = scope.cls; cls; cls = cls.outer) {
        const field = cls.findField(lower);
        if (field && (cls === scope.cls || field.isStatic)) return field;
    }
    return undefined;
}

function ownField(scope: Scope, field: FieldInfo): Expression {
    if (scope.property === field) return backingField(field);
    const load = (frame: Frame): Value => readField(frame, frame.self, field);
    const store = (frame: Frame, _prepared: unknown, value: Value): Value =>
        writeField(frame, frame.self, field, value);
    return { run: load, type: field.type, target: { prepare: () => null, load, store } };
}

/** The value behind a property, seen only by its own accessors. */
function backingField(field: FieldInfo): Expression {
    const load = (frame: Frame): Value =>
        (field.isStatic ? frame.tx.statics.get(field) : frame.self!.fields.get(field)) ?? null;
    const store = (frame: Frame, _prepared: unknown, value: Value): Value => {
        const assigned = assign(value, field.type);
        if (field.isStatic) frame.tx.statics.set(field, assigned);
        else frame.self!.fields.set(field, assigned);
        return assigned;
    };
    return { run: load, type: field.type, target: { prepare: () => null, load, store } };
}

/** `a.b`, `a?.b`, `a.b(...)` as a value. */
export function compileReference(scope: Scope, ctx: DotExpressionContext): Expression {
    const found = resolveDot(scope, ctx);
    return found.kind === 'value'
        ? found.expression
        : scope.unresolved(ctx, `Variable does not exist: ${ctx.getText()}`);
}

function resolve(scope: Scope, ctx: ExpressionContext): Reference {
    if (ctx instanceof DotExpressionContext) return resolveDot(scope, ctx);
    if (ctx instanceof PrimaryExpressionContext && ctx.primary() instanceof IdPrimaryContext) {
        const name = (ctx.primary() as IdPrimaryContext).id().getText();
        const found = resolveName(scope, name);
        if (found.kind === 'unknown') {
            return { kind: 'value', expression: scope.unresolved(ctx, `Variable does not exist: ${name}`) };
        }
        return found;
    }
    return { kind: 'value', expression: compileExpression(scope, ctx) };
}

function resolveDot(scope: Scope, ctx: DotExpressionContext): Reference {
    const call = ctx.dotMethodCall();
    if (call && isSuper(ctx.expression())) return value(compileSuperCall(scope, call));
    const left = resolve(scope, ctx.expression());
    if (call) return value(compileMethodCall(scope, ctx, left, call));
    const name = ctx.anyId().getText();
    switch (left.kind) {
        case 'value':
            return value(valueMember(scope, ctx, left.expression, name));
        case 'type':
            return typeMember(scope, ctx, left.type, name);
        case 'object':
            return value(objectMember(scope, ctx, left.name, name));
        case 'platform':
            return platformMember(scope, ctx, left.name, name);
        case 'unknown':
            return left;
    }
}

const value = (expression: Expression): Reference => ({ kind: 'value', expression });

const isSuper = (ctx: ExpressionContext): boolean =>
    ctx instanceof PrimaryExpressionContext && ctx.primary() instanceof SuperPrimaryContext;

function typeMember(scope: Scope, ctx: DotExpressionContext, type: NamedType, name: string): Reference {
    const lower = name.toLowerCase();
    if (type instanceof EnumInfo) {
        const constant = type.find(name);
        const typed = { run: () => constant ?? null, type: { kind: 'enum', of: type } as const };
        return value(
            constant ? typed : scope.unresolved(ctx, `Variable does not exist: ${type.fullName}.${name}`)
        );
    }
    const inner = type.inner.get(lower);
    if (inner) return { kind: 'type', type: inner };
    const field = type.findField(lower);
    if (!field?.isStatic)
        return value(scope.unresolved(ctx, `Variable does not exist: ${type.fullName}.${name}`));
    const load = (frame: Frame): Value => readStatic(frame, field);
    const store = (frame: Frame, _prepared: unknown, stored: Value): Value =>
        writeStatic(frame, field, stored);
    return value({ run: load, type: field.type, target: { prepare: () => null, load, store } });
}

function objectMember(scope: Scope, ctx: DotExpressionContext, objectName: string, name: string): Expression {
    if (name.toLowerCase() === 'sobjecttype') {
        const token = objectToken(objectName);
        return { run: () => token, type: { kind: 'platform', name: 'SObjectType' } };
    }
    const field = scope.program.org.schema.field(objectName, name);
    if (!field) return scope.unresolved(ctx, `Field does not exist: ${name} on ${objectName}`);
    const token = fieldToken(objectName, field.name);
    return { run: () => token, type: { kind: 'platform', name: 'SObjectField' } };
}

function platformMember(scope: Scope, ctx: DotExpressionContext, left: string, name: string): Reference {
    const lower = name.toLowerCase();
    if (left === 'label' || left === 'system.label') return value(labelExpression(scope, ctx, name));
    if (left === 'schema.sobjecttype') {
        const object = scope.program.org.schema.object(name);
        if (!object) return value(scope.unresolved(ctx, `Variable does not exist: ${name}`));
        const token = describeToken(object.name);
        return value({ run: () => token, type: { kind: 'platform', name: 'DescribeSObjectResult' } });
    }
    if (isStaticClass(`${left}.${lower}`)) return { kind: 'platform', name: `${left}.${lower}` };
    const constant = platformConstant(left, lower);
    if (constant) return value({ run: constant, type: null });
    if (left === 'system' || left === 'schema') {
        const found = resolveName(scope, name);
        if (found.kind === 'platform' || found.kind === 'object') return found;
    }
    return value(scope.notSupported(ctx, `${left}.${name}`));
}

function labelExpression(scope: Scope, ctx: DotExpressionContext, name: string): Expression {
    const text = labelText(scope.program.org, name);
    if (text === undefined) return scope.unresolved(ctx, `External string does not exist: ${name}`);
    return { run: () => text, type: { kind: 'primitive', name: 'String' } };
}

/** `value.name` */
function valueMember(scope: Scope, ctx: DotExpressionContext, left: Expression, name: string): Expression {
    const lower = name.toLowerCase();
    const isSafe = ctx.QUESTIONDOT() !== null;
    const type = declaredMemberType(scope, ctx, left.type, name);
    const ofThis = isThis(ctx.expression()) ? scope.cls.findField(lower) : undefined;
    if (ofThis && ofThis === scope.property) return backingField(ofThis);
    const read = (frame: Frame, from: Value): Value => readAny(frame, from, name);
    const runPath = (frame: Frame): Value | typeof NO_PARENT => {
        const from = left.runPath ? left.runPath(frame) : left.run(frame);
        if (from === NO_PARENT) return NO_PARENT;
        if (from === null && isSafe) return null;
        const result = read(frame, from);
        const isLookup =
            result === null && from instanceof ApexSObject && from.queried && isParent(frame, from, name);
        return isLookup ? NO_PARENT : result;
    };
    const target: Target = {
        prepare: (frame) => left.run(frame),
        load: (frame, prepared) => read(frame, prepared as Value),
        store: (frame, prepared, stored) => writeAny(frame, prepared as Value, name, stored)
    };
    const run = (frame: Frame): Value => {
        const found = runPath(frame);
        return found === NO_PARENT ? null : found;
    };
    return { run, runPath, type, target };
}

const isThis = (ctx: ExpressionContext): boolean =>
    ctx instanceof PrimaryExpressionContext && ctx.primary() instanceof ThisPrimaryContext;

/** Checks what can be checked while loading and says the member's type. */
function declaredMemberType(
    scope: Scope,
    ctx: DotExpressionContext,
    left: ApexType | null,
    name: string
): ApexType | null {
    if (left?.kind === 'class') {
        const field = left.cls.findField(name.toLowerCase());
        if (!field) scope.problem(ctx, `Variable does not exist: ${name} on ${left.cls.fullName}`);
        return field?.type ?? null;
    }
    if (left?.kind === 'sobject' && left.name && left.name !== 'AggregateResult') {
        const type = memberType(scope.program.org.schema, left.name, name);
        if (!type) scope.problem(ctx, `Field does not exist: ${name} on ${left.name}`);
        return type ?? null;
    }
    return null;
}

function isParent(frame: Frame, record: ApexSObject, name: string): boolean {
    return frame.tx.org.schema.parentField(record.type, name) !== undefined;
}

function readAny(frame: Frame, from: Value, name: string): Value {
    if (from === null) throw nullDereference();
    if (from instanceof ApexSObject) return readMember(frame.tx.org.schema, from, name);
    if (from instanceof ApexList && from.fromQuery)
        return readMember(frame.tx.org.schema, onlyRow(from), name);
    if (from instanceof ApexInstance) {
        const field = from.cls.findField(name.toLowerCase());
        if (field) return readField(frame, from, field);
    }
    if (from instanceof PlatformObject) return readPlatformMember(frame, from, name);
    throw unsupportedMember(frame, from, name);
}

function writeAny(frame: Frame, into: Value, name: string, stored: Value): Value {
    if (into === null) throw nullDereference();
    if (into instanceof ApexSObject) {
        writeMember(frame.tx.org.schema, into, name, stored);
        return stored;
    }
    const field = into instanceof ApexInstance ? into.cls.findField(name.toLowerCase()) : undefined;
    if (field) return writeField(frame, into as ApexInstance, field, stored);
    throw unsupportedMember(frame, into, name);
}

function unsupportedMember(frame: Frame, from: Value, name: string): ApexNotSupported {
    const place = { className: frame.cls.fullName, line: frame.line };
    return new ApexNotSupported(`member ${name} of ${from?.constructor.name ?? 'null'}`, place);
}

type Arguments = (frame: Frame) => Value[];

function compileArguments(
    scope: Scope,
    ctx: ExpressionListContext | null
): { count: number; run: Arguments } {
    const codes = (ctx?.expression_list() ?? []).map((one) => compileExpression(scope, one).run);
    return { count: codes.length, run: (frame) => codes.map((code) => code(frame)) };
}

/** `name(...)`, `this(...)`, `super(...)` */
export function compileCall(scope: Scope, ctx: MethodCallContext): Expression {
    const args = compileArguments(scope, ctx.expressionList());
    if (ctx.THIS() || ctx.SUPER()) return compileConstructorCall(scope, ctx, args.run);
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
        if (isThisCall) runConstructor(frame, cls, frame.self!, args(frame));
        else {
            if (superclass) runConstructor(frame, superclass, frame.self!, args(frame));
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
    args: { count: number; run: Arguments },
    self: (frame: Frame) => ApexInstance | null
): Expression {
    const sameCount = methods.filter((method) => method.parameters.length === args.count);
    const described = `${name}(${args.count} arguments) of ${cls.fullName}`;
    if (sameCount.length === 0)
        return scope.unresolved(ctx, `Method does not exist or incorrect signature: ${described}`);
    const run = (frame: Frame): Value => {
        const values = args.run(frame);
        const method = overload(frame, methods, values);
        if (!method) throw unsupportedMember(frame, null, `${described} for these values`);
        if (!method.isStatic) return virtualCall(frame, self(frame), method, name, values);
        initialiseClass(frame.tx, method.cls);
        return assign(callMethod(frame.tx, method, null, assignArguments(method, values)), method.returnType);
    };
    return { run, type: sameCount.length === 1 ? sameCount[0].returnType : null };
}

function virtualCall(
    frame: Frame,
    self: ApexInstance | null,
    method: MethodInfo,
    name: string,
    values: Value[]
): Value {
    if (self === null) throw nullDereference();
    // A private method of this class is the one meant, whatever a subclass declares.
    if (method.access === 'private' && !method.isAbstract) {
        return assign(callMethod(frame.tx, method, self, assignArguments(method, values)), method.returnType);
    }
    return invoke(frame, self, name, values)!.value;
}

function compileSuperCall(scope: Scope, call: DotMethodCallContext): Expression {
    const name = call.anyId().getText();
    const args = compileArguments(scope, call.expressionList());
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
function compileMethodCall(
    scope: Scope,
    ctx: DotExpressionContext,
    left: Reference,
    call: DotMethodCallContext
): Expression {
    const name = call.anyId().getText();
    const args = compileArguments(scope, call.expressionList());
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

function staticCall(
    scope: Scope,
    ctx: DotExpressionContext,
    cls: ClassInfo,
    name: string,
    args: { count: number; run: Arguments }
): Expression {
    const methods = cls.findMethods(name.toLowerCase()).filter((method) => method.isStatic);
    const platform = cls.platformInterfaces.length > 0 || methods.length > 0;
    if (!platform)
        return scope.unresolved(ctx, `Method does not exist or incorrect signature: ${cls.fullName}.${name}`);
    return userCall(scope, ctx, cls, name, methods, args, () => null);
}

function enumCall(
    scope: Scope,
    ctx: DotExpressionContext,
    type: EnumInfo,
    name: string,
    args: { count: number; run: Arguments }
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
    args: { count: number; run: Arguments }
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
    args: { count: number; run: Arguments }
): Expression {
    checkInstanceMethod(scope, ctx, left.type, name, args.count);
    const isSafe = ctx.QUESTIONDOT() !== null;
    const run = (frame: Frame): Value => {
        const self = left.run(frame);
        if (self === null && isSafe) return null;
        const values = args.run(frame);
        if (self === null) throw nullDereference();
        if (self instanceof ApexInstance) {
            const called = invoke(frame, self, name, values);
            if (called) return called.value;
        }
        return callInstance(frame, self, name, values);
    };
    return { run, type: resultType(left.type, name, args.count) };
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
        const isKnown = type.cls
            .findMethods(name.toLowerCase())
            .some((method) => method.parameters.length === count);
        if (isKnown || hasInstanceMethod(type, name, count)) return;
        scope.problem(
            ctx,
            `Method does not exist or incorrect signature: ${name}(${count} arguments) of ${typeText(type)}`
        );
    } else if (!hasInstanceMethod(type, name, count)) {
        scope.notSupported(ctx, `${typeText(type)}.${name}() with ${count} arguments`);
    }
}

function resultType(type: ApexType | null, name: string, count: number): ApexType | null {
    const lower = name.toLowerCase();
    if (type?.kind === 'class') {
        const methods = type.cls.findMethods(lower).filter((method) => method.parameters.length === count);
        return methods.length === 1 ? methods[0].returnType : null;
    }
    if (type?.kind === 'list' && lower === 'get') return type.of;
    if (type?.kind === 'map') {
        if (lower === 'get') return type.of;
        if (lower === 'values') return { kind: 'list', of: type.of };
        if (lower === 'keyset') return { kind: 'set', of: type.key };
    }
    return null;
}
