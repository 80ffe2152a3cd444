// What a piece of code sees while it is compiled: its class, its locals and where problems go.
import type { ApexParserRuleContext, TypeRefContext } from '@apexdevtools/apex-parser';
import type { SourcePlace } from '../errors.ts';
import { ApexNotSupported } from '../errors.ts';
import type { Access, Annotations, ApexType, ClassInfo, Code, FieldInfo } from '../model.ts';
import type { Program } from '../program.ts';
import { OBJECT } from '../types.ts';
import { typeText } from '../model.ts';
import { cannotBecome } from './overloads.ts';
import type { Frame } from '../transaction.ts';
import type { Value } from '../values.ts';
import type { ParsedSource } from './parse.ts';
import { lineOf, writtenText, writtenType } from './parse.ts';

export interface Local {
    slot: number;
    type: ApexType;
    /** final, with its value */
    isFixed: boolean;
}

/** Where a value can be put. `prepare` evaluates the parts left of the last name once. */
export interface Target {
    prepare(frame: Frame): unknown;
    load(frame: Frame, prepared: unknown): Value;
    store(frame: Frame, prepared: unknown, value: Value): Value;
    /** Why code here may not put a value there. */
    closed?: string | undefined;
}

export interface Expression {
    run: Code;
    /** Declared type when it is known at once. */
    type: ApexType | null;
    target?: Target;
    /** As `run`, but an empty lookup of a record is NO_PARENT, from which every field reads as null. */
    runPath?: (frame: Frame) => Value | typeof NO_PARENT;
}

export const NO_PARENT = Symbol('no parent');

export class Scope {
    readonly program: Program;
    readonly parsed: ParsedSource<unknown>;
    readonly cls: ClassInfo;
    readonly isStatic: boolean;
    /** Inside an accessor the property's name is its own value. */
    readonly property: FieldInfo | null;
    /** Inside a trigger: the object of its records. */
    readonly triggerObject: string | null;
    /** What the method around returns; undefined outside of methods. */
    returns: ApexType | undefined;
    /** Code that sets up an object or a class: final fields may be set here. */
    isInitialising = false;
    slots = 0;
    private blocks: Map<string, Local>[] = [new Map()];

    constructor(
        program: Program,
        parsed: ParsedSource<unknown>,
        cls: ClassInfo,
        isStatic: boolean,
        property: FieldInfo | null = null,
        triggerObject: string | null = null
    ) {
        this.program = program;
        this.parsed = parsed;
        this.cls = cls;
        this.isStatic = isStatic;
        this.property = property;
        this.triggerObject = triggerObject;
    }

    declare(name: string, type: ApexType, ctx: ApexParserRuleContext | null = null, isFixed = false): Local {
        if (ctx && this.local(name)) this.problem(ctx, `Duplicate variable: ${name}`);
        const local = { slot: this.slots++, type, isFixed };
        this.blocks[this.blocks.length - 1].set(name.toLowerCase(), local);
        return local;
    }

    local(name: string): Local | undefined {
        const lower = name.toLowerCase();
        for (let index = this.blocks.length - 1; index >= 0; index--) {
            const local = this.blocks[index].get(lower);
            if (local) return local;
        }
        return undefined;
    }

    /** Names visible here, for the binds of a dynamic query. */
    visibleLocals(): Map<string, Local> {
        return new Map(this.blocks.flatMap((block) => [...block]));
    }

    inBlock<Result>(work: () => Result): Result {
        this.blocks.push(new Map());
        try {
            return work();
        } finally {
            this.blocks.pop();
        }
    }

    place(ctx: ApexParserRuleContext): SourcePlace {
        return { className: this.cls.fullName, line: lineOf(ctx) };
    }

    problem(ctx: ApexParserRuleContext, message: string): void {
        this.program.problems.push({ ...this.place(ctx), message });
    }

    /** Whether code here may name the member: private ones within the file, or from tests when @TestVisible. */
    sees(member: { cls: ClassInfo; access: Access; annotations: Annotations }): boolean {
        if (member.access === 'public' || member.access === 'global' || member.cls.file === this.cls.file)
            return true;
        const isFromTest = outermost(this.cls).isTest && member.annotations.has('testvisible');
        return isFromTest || (member.access === 'protected' && this.cls.isSubclassOf(member.cls));
    }

    /** Why a field may not be set by code here: it is final, has no setter, or hides its setter. */
    closedField(field: FieldInfo): string | undefined {
        if (field.isFinal && !(this.isInitialising && this.cls === field.cls))
            return `Final members can only be set in their declaration, an initialiser or a constructor: ${field.name}`;
        if (field.setAccess === null && this.property !== field)
            return `Field is not writeable: ${field.cls.fullName}.${field.name}`;
        if (field.setAccess && !this.sees({ ...field, access: field.setAccess }))
            return `Variable is not visible: ${field.cls.fullName}.${field.name}`;
        return undefined;
    }

    /** A name that does not resolve: noted as a problem of the program; running it is refused too. */
    unresolved(ctx: ApexParserRuleContext, message: string): Expression {
        this.problem(ctx, message);
        const place = this.place(ctx);
        const run = (): never => {
            throw new ApexNotSupported(message, place);
        };
        return { run, type: null, target: { prepare: run, load: run, store: run } };
    }

    /** A value of the declared type `from` put where `to` is declared. */
    checkAssignment(ctx: ApexParserRuleContext, from: ApexType | null, to: ApexType): void {
        if (!cannotBecome(from, to)) return;
        this.problem(ctx, `Illegal assignment from ${typeText(from!)} to ${typeText(to)}`);
    }

    notSupported(ctx: ApexParserRuleContext, construct: string): Expression {
        return this.unresolved(
            ctx,
            new ApexNotSupported(construct, this.place(ctx)).message.replace(/ at [^ ]+$/, '')
        );
    }

    type(ctx: TypeRefContext): ApexType {
        const written = writtenType(ctx);
        const type = this.program.resolve(written, this.cls);
        if (type) return type;
        this.problem(ctx, `Invalid type: ${writtenText(written)}`);
        return OBJECT;
    }
}

const outermost = (cls: ClassInfo): ClassInfo => (cls.outer ? outermost(cls.outer) : cls);
