// `new`: objects of classes, records with field values, collections with their first content, platform objects.
import { AssignExpressionContext } from '@apexdevtools/apex-parser';
import type { CreatorContext, ExpressionContext } from '@apexdevtools/apex-parser';
import { newCollection } from '../library/collections.ts';
import { findStatic } from '../library/index.ts';
import { exceptionBase } from '../errors.ts';
import type { ApexType, ClassInfo, Code, MethodInfo } from '../model.ts';
import { typeText } from '../model.ts';
import { construct } from '../objects.ts';
import type { WrittenType } from '../program.ts';
import { memberType, newRecord, writeMember } from '../sobjects.ts';
import { assign } from '../types.ts';
import { ApexList, ApexMap, ApexSet } from '../values.ts';
import { compileArguments, type Arguments } from './calls.ts';
import { compileExpression } from './expressions.ts';
import { chooseOverload } from './overloads.ts';
import { lineOf, writtenText, writtenType } from './parse.ts';
import type { Expression, Scope } from './scope.ts';

export function compileNew(scope: Scope, ctx: CreatorContext): Expression {
    const written = createdType(ctx);
    const isArray = ctx.arrayCreatorRest() !== null;
    const whole: WrittenType = isArray
        ? { path: ['List'], arguments: [written], line: lineOf(ctx) }
        : written;
    const type = scope.program.resolve(whole, scope.cls);
    if (!type) return scope.unresolved(ctx, `Invalid type: ${writtenText(whole)}`);
    const expression = compileOfType(scope, ctx, type);
    return { ...expression, type };
}

function createdType(ctx: CreatorContext): WrittenType {
    const pairs = ctx.createdName().idCreatedNamePair_list();
    const last = pairs[pairs.length - 1];
    return {
        path: pairs.map((pair) => pair.anyId().getText()),
        arguments: last.typeList()?.typeRef_list().map(writtenType) ?? [],
        line: lineOf(ctx)
    };
}

function compileOfType(scope: Scope, ctx: CreatorContext, type: ApexType): Expression {
    const args = ctx.classCreatorRest()?.arguments().expressionList()?.expression_list() ?? [];
    switch (type.kind) {
        case 'class':
            return newObject(scope, ctx, args, type);
        case 'sobject':
            return compileRecord(scope, ctx, args, type.name);
        case 'list':
        case 'set':
        case 'map':
            return compileCollection(scope, ctx, args, type);
        case 'platform':
            return compilePlatform(scope, ctx, args, type.name);
        default:
            return scope.notSupported(ctx, `new ${typeText(type)}`);
    }
}

function newObject(
    scope: Scope,
    ctx: CreatorContext,
    args: ExpressionContext[],
    type: ApexType & { kind: 'class' }
): Expression {
    const given = compileArguments(scope, args);
    const { cls } = type;
    if (cls.isAbstract) scope.problem(ctx, `Abstract classes cannot be constructed: ${cls.fullName}`);
    const chosen = chosenConstructor(scope, ctx, cls, given);
    return { run: (frame) => construct(frame, cls, given.run(frame), chosen), type };
}

/** The constructor that the declared types mean; undefined where the values decide, or there is none written. */
function chosenConstructor(
    scope: Scope,
    ctx: CreatorContext,
    cls: ClassInfo,
    { count, types }: Arguments
): MethodInfo | undefined {
    // Exceptions keep the constructors of Exception beside their own.
    const isException = cls.isSubclassOf(exceptionBase);
    const sameCount = cls.constructors.filter((one) => one.parameters.length === count);
    const described = `${cls.fullName}.<Constructor>(${count} arguments)`;
    if (sameCount.length === 0) {
        const isNone = count > 0 || cls.constructors.length > 0;
        if (isNone && !isException) scope.problem(ctx, `Constructor not defined: ${described}`);
        return undefined;
    }
    if (!sameCount.some((one) => scope.sees(one)))
        scope.problem(ctx, `Constructor is not visible: ${described}`);
    if (isException) return undefined;
    const chosen = sameCount.length === 1 ? sameCount[0] : chooseOverload(sameCount, types);
    chosen?.parameters.forEach((one, index) => scope.checkAssignment(ctx, types[index], one.type));
    return chosen;
}

function compileRecord(
    scope: Scope,
    ctx: CreatorContext,
    args: ExpressionContext[],
    name: string | null
): Expression {
    const { schema } = scope.program.org;
    const def = name ? schema.object(name) : undefined;
    if (!def) return scope.notSupported(ctx, `new ${name ?? 'SObject'}`);
    const fields = args.map((one) => {
        const isNamed = one instanceof AssignExpressionContext && one.ASSIGN() !== null;
        if (!isNamed)
            return { field: '', run: scope.notSupported(one, `new ${def.name}(${one.getText()})`).run };
        const [left, right] = one.expression_list();
        const field = left.getText();
        if (!memberType(schema, def.name, field))
            scope.problem(one, `Field does not exist: ${field} on ${def.name}`);
        return { field, run: compileExpression(scope, right).run };
    });
    const run: Code = (frame) => {
        const record = newRecord(def);
        for (const { field, run: value } of fields) writeMember(schema, record, field, value(frame));
        return record;
    };
    return { run, type: { kind: 'sobject', name: def.name } };
}

function compileCollection(
    scope: Scope,
    ctx: CreatorContext,
    args: ExpressionContext[],
    type: ApexType
): Expression {
    const map = ctx.mapCreatorRest();
    if (map && type.kind === 'map') {
        const pairs = map
            .mapCreatorRestPair_list()
            .map((pair) => pair.expression_list().map((one) => compileExpression(scope, one).run));
        const run: Code = (frame) => {
            const result = new ApexMap(type.key, type.of);
            for (const [key, value] of pairs)
                result.put(assign(key(frame), type.key), assign(value(frame), type.of));
            return result;
        };
        return { run, type };
    }
    const array = ctx.arrayCreatorRest();
    if (array?.expression()) {
        const size = compileExpression(scope, array.expression()).run;
        return { run: (frame) => newCollection(type, [size(frame)]), type };
    }
    const listed = ctx.setCreatorRest()?.expression_list() ?? array?.arrayInitializer()?.expression_list();
    if (listed && type.kind !== 'map') {
        const of = (type as { of: ApexType }).of;
        const codes = listed.map((one) => compileExpression(scope, one).run);
        const items: (frame: Parameters<Code>[0]) => ReturnType<Code>[] = (frame) =>
            codes.map((code) => assign(code(frame), of));
        return {
            run: (frame) =>
                type.kind === 'list' ? new ApexList(of, items(frame)) : new ApexSet(of, items(frame)),
            type
        };
    }
    const codes = args.map((one) => compileExpression(scope, one).run);
    return {
        run: (frame) =>
            newCollection(
                type,
                codes.map((code) => code(frame))
            ),
        type
    };
}

function compilePlatform(
    scope: Scope,
    ctx: CreatorContext,
    args: ExpressionContext[],
    name: string
): Expression {
    const native = findStatic('new', name, args.length);
    if (!native) return scope.notSupported(ctx, `new ${name}() with ${args.length} arguments`);
    const codes = args.map((one) => compileExpression(scope, one).run);
    return {
        run: (frame) =>
            native(
                frame,
                codes.map((code) => code(frame))
            ),
        type: { kind: 'platform', name }
    };
}
