// Compiles deployed classes and triggers into a Program as they are needed. A class comes with all that its text names, and those
// in three passes: classes, members, bodies; so classes may name each other. Triggers come last: nothing names them.
import type {
    ClassBodyDeclarationContext,
    ClassDeclarationContext,
    EnumDeclarationContext,
    InterfaceDeclarationContext,
    TypeDeclarationContext
} from '@apexdevtools/apex-parser';
import { withoutComments } from '../../metadata/apply/apex.ts';
import type { Org } from '../../org.ts';
import { isPlatformInterface } from '../library/platform-classes.ts';
import { ClassInfo, EnumInfo } from '../model.ts';
import { Program } from '../program.ts';
import type { Modifiers, ParsedClass } from './parse.ts';
import {
    lineOf,
    nameOf,
    parseClass,
    parseTrigger,
    readModifiers,
    writtenText,
    writtenType
} from './parse.ts';
import { checkInheritance } from './inheritance.ts';
import { declareMembers } from './members.ts';
import { refuseOtherAnnotations } from './annotations.ts';
import { Scope } from './scope.ts';
import { compileTrigger } from './triggers.ts';

export interface Declared {
    cls: ClassInfo;
    parsed: ParsedClass;
    ctx: ClassDeclarationContext | InterfaceDeclarationContext;
}

/** Source texts by name. */
export interface Sources {
    classes: ReadonlyMap<string, string>;
    triggers: ReadonlyMap<string, string>;
}

interface Source {
    name: string;
    source: string;
}

const UNKNOWN = '';
const WORD = /[A-Za-z_]\w*/g;
const TRIGGER_HEAD = /^\s*trigger\s+\w+\s+on\s+(\w+)/i;

export class Loader {
    readonly program: Program;
    /** What is not compiled yet: classes by lower-case name, triggers by the lower-case object they are on. */
    readonly #classes: Map<string, Source>;
    readonly #triggers = new Map<string, Source[]>();

    constructor(org: Org, { classes, triggers }: Sources) {
        this.#classes = new Map([...classes].map(([name, source]) => [name.toLowerCase(), { name, source }]));
        for (const [name, source] of triggers) {
            const on = objectOf(source);
            this.#triggers.set(on, [...(this.#triggers.get(on) ?? []), { name, source }]);
        }
        this.program = new Program(org, (lowerName) => this.loadClasses([lowerName]));
    }

    loadAll(): void {
        this.loadClasses([...this.#classes.keys()]);
        for (const on of [...this.#triggers.keys()]) this.#loadTriggersOn(on);
    }

    /** Those that are not compiled yet, with all they name. */
    loadClasses(lowerNames: readonly string[]): void {
        const wanted = this.#take(lowerNames);
        if (wanted.length === 0) return;
        const { program } = this;
        const declared: Declared[] = [];
        for (const { name, source } of wanted) {
            const parsed = parseClass(name, source);
            program.problems.push(...parsed.problems);
            if (parsed.problems.length === 0)
                declareType(program, parsed, parsed.unit.typeDeclaration(), declared);
        }
        const bodies: (() => void)[] = [];
        for (const one of declared) resolveParents(program, one);
        for (const one of declared) declareMembers(program, one, bodies);
        for (const one of declared) checkInheritance(program, one.cls);
        for (const body of bodies) body();
    }

    /** Of an object, and those that do not say of which. Asked at every save. */
    loadTriggers(objectName: string): void {
        for (const on of [objectName.toLowerCase(), UNKNOWN]) this.#loadTriggersOn(on);
    }

    #loadTriggersOn(on: string): void {
        const waiting = this.#triggers.get(on);
        if (!waiting) return;
        this.#triggers.delete(on);
        for (const { name, source } of waiting) {
            this.loadClasses(wordsOf(source));
            const parsed = parseTrigger(name, source);
            this.program.problems.push(...parsed.problems);
            if (parsed.problems.length === 0) compileTrigger(this.program, parsed);
        }
    }

    #take(lowerNames: readonly string[]): Source[] {
        const taken: Source[] = [];
        const asked = [...lowerNames];
        for (let lowerName = asked.pop(); lowerName !== undefined; lowerName = asked.pop()) {
            const found = this.#classes.get(lowerName);
            if (!found) continue;
            this.#classes.delete(lowerName);
            taken.push(found);
            asked.push(...wordsOf(found.source));
        }
        return taken.sort((a, b) => (a.name < b.name ? -1 : 1));
    }
}

/** The object a trigger is on, in lower case; UNKNOWN where its text does not begin as a trigger does. */
function objectOf(trigger: string): string {
    return TRIGGER_HEAD.exec(withoutComments(trigger))?.[1]?.toLowerCase() ?? UNKNOWN;
}

/** Every word of a text once, in lower case: names of classes are among them. */
function wordsOf(source: string): string[] {
    return [...new Set(source.toLowerCase().match(WORD))];
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
    cls.isVirtual = modifiers.isVirtual;
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
    refuseOtherAnnotations(scope, ctx, cls.annotations);
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
