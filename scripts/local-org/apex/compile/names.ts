// What a name means: a local, a member, a class, a platform class, an object type; and members after a dot. Calls after
// a dot go on in calls.ts.
import {
    DotExpressionContext,
    IdPrimaryContext,
    PrimaryExpressionContext,
    SuperPrimaryContext,
    ThisPrimaryContext
} from '@apexdevtools/apex-parser';
import type { ExpressionContext } from '@apexdevtools/apex-parser';
import { ApexNotSupported, nullDereference } from '../errors.ts';
import { isStaticClass, platformConstant, readPlatformMember } from '../library/index.ts';
import { labelIn } from '../../metadata/labels.ts';
import { describeToken, fieldToken, objectToken } from '../library/schema.ts';
import { triggerVariable } from '../library/trigger.ts';
import type { ApexType, ClassInfo, FieldInfo } from '../model.ts';
import { EnumInfo } from '../model.ts';
import { readField, readStatic, writeField, writeStatic } from '../objects.ts';
import type { NamedType } from '../program.ts';
import { memberType, readMember, writeMember } from '../sobjects.ts';
import type { Frame } from '../transaction.ts';
import { assign, onlyRow } from '../types.ts';
import type { Value } from '../values.ts';
import { ApexInstance, ApexList, ApexSObject, PlatformObject } from '../values.ts';
import { compileMethodCall, compileSuperCall } from './calls.ts';
import { compileExpression } from './expressions.ts';
import type { Expression, Local, Scope, Target } from './scope.ts';
import { NO_PARENT } from './scope.ts';

/** A name may stand for something that has members but is no value. */
export type Reference =
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
    if (local) return { kind: 'value', expression: localExpression(name, local) };
    const field = findField(scope, lower);
    if (field) return { kind: 'value', expression: ownField(scope, field) };
    const type = scope.program.findTypeFrom(scope.cls, lower);
    if (type) return { kind: 'type', type };
    if (isStaticClass(lower)) return { kind: 'platform', name: lower };
    const object = scope.program.org.schema.object(name);
    return object ? { kind: 'object', name: object.name } : { kind: 'unknown' };
}

function localExpression(name: string, { slot, type, isFixed }: Local): Expression {
    const load = (frame: Frame): Value => frame.locals[slot];
    const store = (frame: Frame, _prepared: unknown, value: Value): Value =>
        (frame.locals[slot] = assign(value, type));
    const closed = isFixed ? `Cannot modify a final variable: ${name}` : undefined;
    return { run: load, type, target: { prepare: () => null, load, store, closed } };
}

function findField(scope: Scope, lower: string): FieldInfo | undefined {
    for (let cls: ClassInfo | null = scope.cls; cls; cls = cls.outer) {
        const field = cls.findField(lower);
        // Only static members of the outer class, and of this one in static code, are in reach.
        if (field && (field.isStatic || (cls === scope.cls && !scope.isStatic))) return field;
    }
    return undefined;
}

function ownField(scope: Scope, field: FieldInfo): Expression {
    if (scope.property === field) return backingField(field);
    const load = (frame: Frame): Value => readField(frame, frame.self, field);
    const store = (frame: Frame, _prepared: unknown, value: Value): Value =>
        writeField(frame, frame.self, field, value);
    const closed = scope.closedField(field);
    return { run: load, type: field.type, target: { prepare: () => null, load, store, closed } };
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
    if (!scope.sees(field)) scope.problem(ctx, `Variable is not visible: ${type.fullName}.${field.name}`);
    const load = (frame: Frame): Value => readStatic(frame, field);
    const store = (frame: Frame, _prepared: unknown, stored: Value): Value =>
        writeStatic(frame, field, stored);
    const closed = scope.closedField(field);
    return value({ run: load, type: field.type, target: { prepare: () => null, load, store, closed } });
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
    const triggerMember = /^(system\.)?trigger$/.test(left)
        ? triggerVariable(lower, scope.triggerObject)
        : undefined;
    if (triggerMember) return value(triggerMember);
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
    const label = labelIn(scope.program.org.metadata, name);
    if (!label) return scope.unresolved(ctx, `External string does not exist: ${name}`);
    const text = String(label.value);
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
        store: (frame, prepared, stored) => writeAny(frame, prepared as Value, name, stored),
        closed: closedMember(scope, left.type, lower)
    };
    const run = (frame: Frame): Value => {
        const found = runPath(frame);
        return found === NO_PARENT ? null : found;
    };
    return { run, runPath, type, target };
}

function closedMember(scope: Scope, type: ApexType | null, lower: string): string | undefined {
    const field = type?.kind === 'class' ? type.cls.findField(lower) : undefined;
    return field && scope.closedField(field);
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
        else if (!scope.sees(field))
            scope.problem(ctx, `Variable is not visible: ${left.cls.fullName}.${name}`);
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

export function unsupportedMember(frame: Frame, from: Value, name: string): ApexNotSupported {
    const place = { className: frame.cls.fullName, line: frame.line };
    return new ApexNotSupported(`member ${name} of ${from?.constructor.name ?? 'null'}`, place);
}
