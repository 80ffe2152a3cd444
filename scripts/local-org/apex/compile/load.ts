// Builds a Program from the deployed classes in three passes: classes, members, bodies; so classes may name each other.
import type {
    ClassBodyDeclarationContext,
    ClassDeclarationContext,
    EnumDeclarationContext,
    FormalParametersContext,
    InterfaceDeclarationContext,
    ModifierContext,
    TypeDeclarationContext,
    TypeRefContext
} from '@apexdevtools/apex-parser';
import type { Org } from '../../org.ts';
import { isPlatformInterface } from '../library/platform-classes.ts';
import type { ApexType, FieldInfo, MethodInfo, ParameterInfo } from '../model.ts';
import { ClassInfo, EnumInfo, signature } from '../model.ts';
import { Program } from '../program.ts';
import type { Frame } from '../transaction.ts';
import { assign, VOID } from '../types.ts';
import type { Value } from '../values.ts';
import { compileBlock, compileConstructor } from './bodies.ts';
import { compileExpression } from './expressions.ts';
import type { Modifiers, ParsedClass } from './parse.ts';
import { lineOf, nameOf, parseClass, readModifiers, writtenText, writtenType } from './parse.ts';
import { Scope } from './scope.ts';
import { initialiser } from './initialisers.ts';

interface Declared {
    cls: ClassInfo;
    parsed: ParsedClass;
    ctx: ClassDeclarationContext | InterfaceDeclarationContext;
}

export function loadProgram(org: Org, sources: ReadonlyMap<string, string>): Program {
    const program = new Program(org);
    const declared: Declared[] = [];
    for (const [name, source] of sources) {
        const parsed = parseClass(name, source);
        program.problems.push(...parsed.problems);
        if (parsed.problems.length === 0)
            declareType(program, parsed, parsed.unit.typeDeclaration(), declared);
    }
    const bodies: (() => void)[] = [];
    for (const one of declared) resolveParents(program, one);
    for (const one of declared) declareMembers(program, one, bodies);
    for (const one of declared) checkOverrides(program, one.cls);
    for (const body of bodies) body();
    return program;
}

function declareType(
    program: Program,
    parsed: ParsedClass,
    ctx: TypeDeclarationContext,
    declared: Declared[]
): void {
    const modifiers = readModifiers(ctx.modifier_list());
    const enumeration = ctx.enumDeclaration();
    const type = enumeration
        ? declareEnum(parsed, enumeration, null)
        : declareClass(
              parsed,
              ctx.classDeclaration() ?? ctx.interfaceDeclaration(),
              modifiers,
              null,
              declared
          );
    program.types.set(type.name.toLowerCase(), type);
}

function declareEnum(parsed: ParsedClass, ctx: EnumDeclarationContext, outer: ClassInfo | null): EnumInfo {
    const constants = ctx.enumConstants()?.id_list().map(nameOf) ?? [];
    return new EnumInfo(nameOf(ctx.id()), outer, parsed.name, constants);
}

function declareClass(
    parsed: ParsedClass,
    ctx: ClassDeclarationContext | InterfaceDeclarationContext,
    modifiers: Modifiers,
    outer: ClassInfo | null,
    declared: Declared[]
): ClassInfo {
    const cls = new ClassInfo(nameOf(ctx.id()), outer, parsed.name);
    cls.isInterface = 'interfaceBody' in ctx;
    cls.isAbstract = modifiers.isAbstract || cls.isInterface;
    cls.sharing = modifiers.sharing;
    cls.annotations = modifiers.annotations;
    cls.isTest = modifiers.annotations.has('istest');
    cls.line = lineOf(ctx);
    declared.push({ cls, parsed, ctx });
    if ('classBody' in ctx) {
        for (const declaration of ctx.classBody().classBodyDeclaration_list()) {
            declareInner(parsed, declaration, cls, declared);
        }
    }
    return cls;
}

function declareInner(
    parsed: ParsedClass,
    declaration: ClassBodyDeclarationContext,
    outer: ClassInfo,
    declared: Declared[]
): void {
    const member = declaration.memberDeclaration();
    const inner = member?.classDeclaration() ?? member?.interfaceDeclaration();
    const modifiers = readModifiers(declaration.modifier_list());
    if (inner) {
        const cls = declareClass(parsed, inner, modifiers, outer, declared);
        outer.inner.set(cls.name.toLowerCase(), cls);
    }
    const enumeration = member?.enumDeclaration();
    if (enumeration) {
        const type = declareEnum(parsed, enumeration, outer);
        outer.inner.set(type.name.toLowerCase(), type);
    }
}

function resolveParents(program: Program, { cls, parsed, ctx }: Declared): void {
    const scope = new Scope(program, parsed, cls, true);
    if ('classBody' in ctx && ctx.typeRef()) {
        const type = scope.type(ctx.typeRef());
        if (type.kind === 'class' && !type.cls.isInterface) cls.superclass = type.cls;
        else scope.problem(ctx, `${cls.name} cannot extend ${ctx.typeRef().getText()}`);
    }
    for (const ref of ctx.typeList()?.typeRef_list() ?? []) {
        const written = writtenType(ref);
        const type = program.resolve(written, cls.outer ?? cls);
        const name = written.path.join('.').toLowerCase();
        if (type?.kind === 'class' && type.cls.isInterface) cls.interfaces.push(type.cls);
        else if (isPlatformInterface(name)) cls.platformInterfaces.push(name.replace(/^system\./, ''));
        else scope.problem(ref, `Invalid interface: ${writtenText(written)}`);
    }
}

function declareMembers(program: Program, { cls, parsed, ctx }: Declared, bodies: (() => void)[]): void {
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
        if (block) bodies.push(() => compileMethodBody(scope(), info, (inner) => compileBlock(inner, block)));
        else info.isAbstract = true;
    }
    const constructor = member.constructorDeclaration();
    if (constructor) {
        const info = newMethod(scope(), '<init>', constructor.formalParameters(), null, modifiers);
        cls.constructors.push(info);
        bodies.push(() =>
            compileMethodBody(scope(), info, (inner) => compileConstructor(inner, constructor.block()))
        );
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
    for (const accessor of ctx.propertyBlock_list()) {
        const block = accessor.getter()?.block() ?? accessor.setter()?.block();
        if (!block) continue;
        const isGetter = accessor.getter() !== null;
        const parameters = isGetter ? [] : [{ name: 'value', type }];
        const method = accessorMethod(field, parameters, isGetter ? type : VOID, lineOf(accessor));
        if (isGetter) field.getter = method;
        else field.setter = method;
        const scope = () => new Scope(program, parsed, cls, field.isStatic, field);
        bodies.push(() => compileMethodBody(scope(), method, (inner) => compileBlock(inner, block)));
    }
}

function accessorMethod(
    field: FieldInfo,
    parameters: ParameterInfo[],
    returnType: ApexType,
    line: number
): MethodInfo {
    const { name, cls, isStatic, access } = field;
    const annotations = new Map();
    const rest = { isAbstract: false, annotations, line, slots: 0, body: () => undefined };
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
    if (modifiers.isTestMethod) modifiers.annotations.set('istest', new Map());
    return {
        name,
        cls: scope.cls,
        parameters: readParameters(scope, parameters),
        returnType: returnType ? scope.type(returnType) : VOID,
        isStatic: modifiers.isStatic,
        isAbstract: modifiers.isAbstract,
        access: modifiers.access,
        annotations: modifiers.annotations,
        line: lineOf(parameters),
        slots: 0,
        body: () => undefined
    };
}

function readParameters(scope: Scope, ctx: FormalParametersContext): ParameterInfo[] {
    const list = ctx.formalParameterList()?.formalParameter_list() ?? [];
    return list.map((one) => ({ name: nameOf(one.id()), type: scope.type(one.typeRef()) }));
}

function addMethod(cls: ClassInfo, method: MethodInfo): void {
    const key = method.name.toLowerCase();
    cls.methods.set(key, [...(cls.methods.get(key) ?? []), method]);
}

function compileMethodBody(
    scope: Scope,
    method: MethodInfo,
    compile: (scope: Scope) => MethodInfo['body']
): void {
    for (const parameter of method.parameters) scope.declare(parameter.name, parameter.type);
    method.body = compile(scope);
    method.slots = scope.slots;
}

/** A class that can be created must implement what its parents leave open. */
function checkOverrides(program: Program, cls: ClassInfo): void {
    if (cls.isAbstract) return;
    const names = new Set<string>();
    for (const one of ancestors(cls)) for (const name of one.methods.keys()) names.add(name);
    for (const name of names) {
        const methods = cls.findMethods(name);
        const open = methods.find((method) => {
            const implemented = (other: MethodInfo) =>
                !other.isAbstract && signature(other) === signature(method);
            return method.isAbstract && !methods.some(implemented);
        });
        if (!open) continue;
        const message = `Class ${cls.fullName} must implement the method: ${signature(open)} of ${open.cls.fullName}`;
        program.problems.push({ className: cls.fullName, line: cls.line, message });
    }
}

function ancestors(cls: ClassInfo): ClassInfo[] {
    const parents = [cls.superclass, ...cls.interfaces].filter((one) => one !== null);
    return [cls, ...parents.flatMap(ancestors)];
}
