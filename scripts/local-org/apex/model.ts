// What a compiled program consists of: classes, members, types. Built by compile/, read by everything that runs code.
import type { Frame } from './transaction.ts';
import type { Value } from './values.ts';

/** A compiled expression. */
export type Code = (frame: Frame) => Value;
/** How a statement ended; undefined = normally. */
export type Completion = 'break' | 'continue' | 'return' | undefined;
export type StatementCode = (frame: Frame) => Completion;

export type PrimitiveName =
    | 'Integer'
    | 'Long'
    | 'Double'
    | 'Decimal'
    | 'String'
    | 'Id'
    | 'Boolean'
    | 'Date'
    | 'Datetime'
    | 'Time'
    | 'Blob'
    | 'Object';

export type ApexType =
    | { kind: 'primitive'; name: PrimitiveName }
    | { kind: 'void' }
    | { kind: 'list' | 'set'; of: ApexType }
    | { kind: 'map'; key: ApexType; of: ApexType }
    | { kind: 'class'; cls: ClassInfo }
    | { kind: 'enum'; of: EnumInfo }
    /** name null: the generic SObject */
    | { kind: 'sobject'; name: string | null }
    /** classes of the platform: HttpRequest, SaveResult ... */
    | { kind: 'platform'; name: string };

export type Annotations = Map<string, Map<string, string>>;
export type Access = 'private' | 'protected' | 'public' | 'global';
export type Sharing = 'with' | 'without' | 'inherited' | 'omitted';

export interface ParameterInfo {
    name: string;
    type: ApexType;
    isFinal: boolean;
}

export interface MethodInfo {
    name: string;
    cls: ClassInfo;
    parameters: ParameterInfo[];
    returnType: ApexType;
    isStatic: boolean;
    isAbstract: boolean;
    isVirtual: boolean;
    isOverride: boolean;
    access: Access;
    annotations: Annotations;
    line: number;
    /** Number of local variable slots, parameters first. */
    slots: number;
    body: StatementCode;
}

export interface FieldInfo {
    name: string;
    cls: ClassInfo;
    type: ApexType;
    isStatic: boolean;
    isFinal: boolean;
    isTransient: boolean;
    access: Access;
    annotations: Annotations;
    line: number;
    isProperty: boolean;
    /** Access of a property's setter where it says its own; null where it has none. Undefined for plain fields. */
    setAccess: Access | null | undefined;
    /** Accessors with a body; a property without them reads and writes its own value. */
    getter: MethodInfo | null;
    setter: MethodInfo | null;
}

export class ClassInfo {
    readonly name: string;
    readonly outer: ClassInfo | null;
    /** Class file it is declared in; '' for exceptions of the platform. */
    readonly file: string;
    isInterface = false;
    isAbstract = false;
    isVirtual = false;
    isTest = false;
    /** The code of a trigger, which has no class of its own. */
    isTrigger = false;
    sharing: Sharing = 'omitted';
    annotations: Annotations = new Map();
    line = 0;
    superclass: ClassInfo | null = null;
    interfaces: ClassInfo[] = [];
    /** Interfaces of the platform it implements, lower case: `comparable`, `httpcalloutmock`. */
    platformInterfaces: string[] = [];
    readonly inner = new Map<string, ClassInfo | EnumInfo>();
    readonly fields = new Map<string, FieldInfo>();
    readonly methods = new Map<string, MethodInfo[]>();
    readonly constructors: MethodInfo[] = [];
    /** Field initialisers and initialiser blocks in source order. */
    readonly staticInitialisers: ((frame: Frame) => void)[] = [];
    readonly instanceInitialisers: ((frame: Frame) => void)[] = [];
    initialiserSlots = 0;

    constructor(name: string, outer: ClassInfo | null, file: string) {
        this.name = name;
        this.outer = outer;
        this.file = file;
    }

    get fullName(): string {
        return this.outer ? `${this.outer.fullName}.${this.name}` : this.name;
    }

    isSubclassOf(other: ClassInfo): boolean {
        if (this === other || this.interfaces.some((one) => one.isSubclassOf(other))) return true;
        return this.superclass?.isSubclassOf(other) ?? false;
    }

    implementsPlatform(name: string): boolean {
        return (
            this.platformInterfaces.includes(name) ||
            this.interfaces.some((one) => one.implementsPlatform(name)) ||
            (this.superclass?.implementsPlatform(name) ?? false)
        );
    }

    findField(lowerName: string): FieldInfo | undefined {
        return this.fields.get(lowerName) ?? this.superclass?.findField(lowerName);
    }

    /** All overloads an instance of this class answers to, overriding ones first. */
    findMethods(lowerName: string): MethodInfo[] {
        const own = this.methods.get(lowerName) ?? [];
        const inherited = [this.superclass, ...this.interfaces].flatMap(
            (one) => one?.findMethods(lowerName) ?? []
        );
        const isOverridden = (method: MethodInfo) =>
            own.some((mine) => signature(mine) === signature(method));
        return [...own, ...inherited.filter((method) => !isOverridden(method))];
    }
}

/** `before insert` and its like, as one word: `beforeinsert`. */
export type TriggerEvent = `${'before' | 'after'}${'insert' | 'update' | 'delete' | 'undelete'}`;

export interface TriggerInfo {
    /** Stands for the trigger on the call stack and in problems. */
    cls: ClassInfo;
    objectName: string;
    events: ReadonlySet<string>;
    slots: number;
    body: StatementCode;
}

export class EnumInfo {
    readonly name: string;
    readonly outer: ClassInfo | null;
    readonly file: string;
    readonly constants: EnumConstant[];

    constructor(name: string, outer: ClassInfo | null, file: string, constants: string[]) {
        this.name = name;
        this.outer = outer;
        this.file = file;
        this.constants = constants.map((constant, ordinal) => new EnumConstant(this, constant, ordinal));
    }

    get fullName(): string {
        return this.outer ? `${this.outer.fullName}.${this.name}` : this.name;
    }

    find(name: string): EnumConstant | undefined {
        return this.constants.find((constant) => constant.name.toLowerCase() === name.toLowerCase());
    }
}

export class EnumConstant {
    readonly of: EnumInfo;
    readonly name: string;
    readonly ordinal: number;
    constructor(of: EnumInfo, name: string, ordinal: number) {
        this.of = of;
        this.name = name;
        this.ordinal = ordinal;
    }
}

export function signature(method: MethodInfo): string {
    return `${method.name}(${method.parameters.map((one) => typeText(one.type)).join(', ')})`.toLowerCase();
}

export function typeText(type: ApexType): string {
    switch (type.kind) {
        case 'primitive':
        case 'platform':
            return type.name;
        case 'void':
            return 'void';
        case 'list':
            return `List<${typeText(type.of)}>`;
        case 'set':
            return `Set<${typeText(type.of)}>`;
        case 'map':
            return `Map<${typeText(type.key)},${typeText(type.of)}>`;
        case 'class':
            return type.cls.fullName;
        case 'enum':
            return type.of.fullName;
        case 'sobject':
            return type.name ?? 'SObject';
    }
}
