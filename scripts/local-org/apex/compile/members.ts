// Second pass over a class: its fields, properties, methods and constructors, and the bodies to compile afterwards.
import type {
    BlockContext,
    ClassBodyDeclarationContext,
    FormalParametersContext,
    ModifierContext,
    PropertyDeclarationContext,
    TypeRefContext
} from '@apexdevtools/apex-parser';
import type { Access, ApexType, FieldInfo, MethodInfo, ParameterInfo, ClassInfo } from '../model.ts';
import { typeText } from '../model.ts';
import type { Program } from '../program.ts';
import type { Frame } from '../transaction.ts';
import { assign, VOID } from '../types.ts';
import type { Value } from '../values.ts';
import { compileBlock, compileConstructor } from './bodies.ts';
import { compileExpression } from './expressions.ts';
import { canComplete } from './flow.ts';
import type { Declared } from './load.ts';
import type { ParsedClass } from './parse.ts';
import { lineOf, nameOf, readModifiers } from './parse.ts';
import { Scope } from './scope.ts';
import { initialiser } from './initialisers.ts';
import { refuseOtherAnnotations } from './annotations.ts';

export function declareMembers(
    program: Program,
    { cls, parsed, ctx }: Declared,
    bodies: (() => void)[]
): void {
    if (!('classBody' in ctx)) {
        const scope = new Scope(program, parsed, cls, false);
        for (const one of ctx.interfaceBody().interfaceMethodDeclaration_list()) {
            const method = newMethod(
                scope,
                nameOf(one.id()),
                one.formalParameters(),
                one.typeRef(),
                one.modifier_list()
            );
            addMethod(cls, { ...method, isAbstract: true, access: 'public' });
        }
        return;
    }
    for (const declaration of ctx.classBody().classBodyDeclaration_list()) {
        const block = declaration.block();
        if (block) {
            const isStatic = declaration.STATIC() !== null;
            bodies.push(() =>
                initialiser(new Scope(program, parsed, cls, isStatic), isStatic, (scope) => {
                    const code = compileBlock(scope, block);
                    return (frame) => void code(frame);
                })
            );
        } else if (declaration.memberDeclaration()) {
            declareMember(program, parsed, cls, declaration, bodies);
        }
    }
}

function declareMember(
    program: Program,
    parsed: ParsedClass,
    cls: ClassInfo,
    declaration: ClassBodyDeclarationContext,
    bodies: (() => void)[]
): void {
    const member = declaration.memberDeclaration();
    const modifiers = declaration.modifier_list();
    const { isStatic } = readModifiers(modifiers);
    const scope = () => new Scope(program, parsed, cls, isStatic);
    const method = member.methodDeclaration();
    if (method) {
        const info = newMethod(
            scope(),
            nameOf(method.id()),
            method.formalParameters(),
            method.typeRef(),
            modifiers
        );
        const block = method.block();
        addMethod(cls, info);
        if (block) bodies.push(() => compileMethodBody(scope(), info, block));
        else info.isAbstract = true;
    }
    const constructor = member.constructorDeclaration();
    if (constructor) {
        const info = newMethod(scope(), '<init>', constructor.formalParameters(), null, modifiers);
        cls.constructors.push(info);
        bodies.push(() => {
            const inner = scope();
            inner.isInitialising = true;
            compileMethodBody(inner, info, constructor.block(), compileConstructor);
        });
    }
    declareFields(scope, declaration, bodies);
    declareProperty(program, parsed, cls, declaration, bodies);
}

function declareFields(
    newScope: () => Scope,
    declaration: ClassBodyDeclarationContext,
    bodies: (() => void)[]
): void {
    const ctx = declaration.memberDeclaration().fieldDeclaration();
    if (!ctx) return;
    const scope = newScope();
    const type = scope.type(ctx.typeRef());
    for (const declarator of ctx.variableDeclarators().variableDeclarator_list()) {
        const field = newField(scope, nameOf(declarator.id()), type, declaration);
        const value = declarator.expression();
        if (!value) continue;
        bodies.push(() =>
            initialiser(newScope(), field.isStatic, (inner) => {
                const code = compileExpression(inner, value);
                inner.checkAssignment(declarator, code.type, field.type);
                return initialise(field, code.run, lineOf(declarator));
            })
        );
    }
}

function initialise(field: FieldInfo, run: (frame: Frame) => Value, line: number): (frame: Frame) => void {
    return (frame) => {
        frame.line = line;
        const value = assign(run(frame), field.type);
        if (field.isStatic) frame.tx.statics.set(field, value);
        else frame.self!.fields.set(field, value);
    };
}

function newField(
    scope: Scope,
    name: string,
    type: ApexType,
    declaration: ClassBodyDeclarationContext
): FieldInfo {
    const modifiers = readModifiers(declaration.modifier_list());
    if (scope.cls.fields.has(name.toLowerCase())) scope.problem(declaration, `Duplicate field: ${name}`);
    const field: FieldInfo = {
        name,
        cls: scope.cls,
        type,
        isStatic: modifiers.isStatic,
        isFinal: modifiers.isFinal,
        isTransient: modifiers.isTransient,
        access: modifiers.access,
        annotations: modifiers.annotations,
        line: lineOf(declaration),
        isProperty: false,
        setAccess: undefined,
        getter: null,
        setter: null
    };
    scope.cls.fields.set(name.toLowerCase(), field);
    return field;
}

function declareProperty(
    program: Program,
    parsed: ParsedClass,
    cls: ClassInfo,
    declaration: ClassBodyDeclarationContext,
    bodies: (() => void)[]
): void {
    const ctx = declaration.memberDeclaration().propertyDeclaration();
    if (!ctx) return;
    const outside = new Scope(program, parsed, cls, readModifiers(declaration.modifier_list()).isStatic);
    const type = outside.type(ctx.typeRef());
    const field = newField(outside, nameOf(ctx.id()), type, declaration);
    field.isProperty = true;
    field.setAccess = setterAccess(ctx, field);
    for (const accessor of ctx.propertyBlock_list()) {
        const block = accessor.getter()?.block() ?? accessor.setter()?.block();
        if (!block) continue;
        const isGetter = accessor.getter() !== null;
        const parameters = isGetter ? [] : [{ name: 'value', type, isFinal: false }];
        const method = accessorMethod(field, parameters, isGetter ? type : VOID, lineOf(accessor));
        if (isGetter) field.getter = method;
        else field.setter = method;
        const scope = () => new Scope(program, parsed, cls, field.isStatic, field);
        bodies.push(() => compileMethodBody(scope(), method, block));
    }
}

/** As written at the setter, else the property's; null where there is no setter. */
function setterAccess(ctx: PropertyDeclarationContext, field: FieldInfo): Access | null {
    const setter = ctx.propertyBlock_list().find((one) => one.setter());
    if (!setter) return null;
    const { hasAccess, access } = readModifiers(setter.modifier_list());
    return hasAccess ? access : field.access;
}

function accessorMethod(
    field: FieldInfo,
    parameters: ParameterInfo[],
    returnType: ApexType,
    line: number
): MethodInfo {
    const { name, cls, isStatic, access } = field;
    const annotations = new Map();
    const kind = { isAbstract: false, isVirtual: false, isOverride: false };
    const rest = { ...kind, annotations, line, slots: 0, body: () => undefined };
    return { name, cls, parameters, returnType, isStatic, access, ...rest };
}

function newMethod(
    scope: Scope,
    name: string,
    parameters: FormalParametersContext,
    returnType: TypeRefContext | null,
    modifierList: ModifierContext[]
): MethodInfo {
    const modifiers = readModifiers(modifierList);
    if (name.toLowerCase() === 'hashcode') scope.notSupported(parameters, 'a hashCode() of its own');
    refuseOtherAnnotations(scope, parameters, modifiers.annotations);
    if (modifiers.isTestMethod) modifiers.annotations.set('istest', new Map());
    return {
        name,
        cls: scope.cls,
        parameters: readParameters(scope, parameters),
        returnType: returnType ? scope.type(returnType) : VOID,
        isStatic: modifiers.isStatic,
        isAbstract: modifiers.isAbstract,
        isVirtual: modifiers.isVirtual,
        isOverride: modifiers.isOverride,
        access: modifiers.access,
        annotations: modifiers.annotations,
        line: lineOf(parameters),
        slots: 0,
        body: () => undefined
    };
}

function readParameters(scope: Scope, ctx: FormalParametersContext): ParameterInfo[] {
    const list = ctx.formalParameterList()?.formalParameter_list() ?? [];
    return list.map((one) => ({
        name: nameOf(one.id()),
        type: scope.type(one.typeRef()),
        isFinal: readModifiers(one.modifier_list()).isFinal
    }));
}

function addMethod(cls: ClassInfo, method: MethodInfo): void {
    const key = method.name.toLowerCase();
    cls.methods.set(key, [...(cls.methods.get(key) ?? []), method]);
}

function compileMethodBody(
    scope: Scope,
    method: MethodInfo,
    block: BlockContext,
    compile: (scope: Scope, block: BlockContext) => MethodInfo['body'] = compileBlock
): void {
    for (const { name, type, isFinal } of method.parameters) scope.declare(name, type, null, isFinal);
    scope.returns = method.returnType;
    method.body = compile(scope, block);
    method.slots = scope.slots;
    const isOpenEnded = canComplete(scope, block) && method.returnType.kind !== 'void';
    if (isOpenEnded)
        scope.problem(block, `Missing return statement required return type: ${typeText(method.returnType)}`);
}
