// Runtime values. Integer = number, Long = bigint, String and Id = string, Boolean = boolean; the rest are classes.
// Owns their shape and their identity as set members and map keys; their methods are in library/.
import { ApexDate, ApexDatetime, ApexTime } from './dates.ts';
import { Decimal } from './decimal.ts';
import type { ApexType, ClassInfo, FieldInfo } from './model.ts';
import type { EnumConstant } from './model.ts';
import { isRecordId, to18 } from '../ids.ts';
import type { ObjectDef } from '../schema/types.ts';

export class ApexDouble {
    readonly value: number;
    constructor(value: number) {
        this.value = value;
    }
}

export class ApexBlob {
    readonly bytes: Buffer;
    constructor(bytes: Buffer) {
        this.bytes = bytes;
    }
}

export class ApexList {
    readonly of: ApexType;
    items: Value[];
    /** A query's result may stand for its only row. */
    readonly fromQuery: boolean;
    constructor(of: ApexType, items: Value[] = [], fromQuery = false) {
        this.of = of;
        this.items = items;
        this.fromQuery = fromQuery;
    }
}

export class ApexSet {
    readonly of: ApexType;
    readonly members = new Map<unknown, Value>();
    /** The map whose keys these are. */
    keysOf: ApexMap | null = null;
    constructor(of: ApexType, items: Iterable<Value> = []) {
        this.of = of;
        for (const item of items) this.members.set(keyOf(item), item);
    }
}

export class ApexMap {
    readonly key: ApexType;
    readonly of: ApexType;
    readonly entries = new Map<unknown, { key: Value; value: Value }>();
    /** Text keys are found in any case: the maps of describe. */
    private readonly ignoresCase: boolean;
    constructor(key: ApexType, of: ApexType, ignoresCase = false) {
        this.key = key;
        this.of = of;
        this.ignoresCase = ignoresCase;
    }
    put(key: Value, value: Value): void {
        this.entries.set(this.keyFor(key), { key, value });
    }
    get(key: Value): Value {
        return this.entries.get(this.keyFor(key))?.value ?? null;
    }
    has(key: Value): boolean {
        return this.entries.has(this.keyFor(key));
    }
    remove(key: Value): void {
        this.entries.delete(this.keyFor(key));
    }
    private keyFor(key: Value): unknown {
        return keyOf(this.ignoresCase && typeof key === 'string' ? key.toLowerCase() : key);
    }
}

export class ApexSObject {
    /** Object name in canonical case. */
    readonly type: string;
    /** Undefined for AggregateResult. */
    readonly def: ObjectDef | undefined;
    /** Fields by lower-case name, each with its canonical name. */
    readonly fields = new Map<string, { name: string; value: Value }>();
    /** From a query: reading a field it did not select is an error. */
    queried = false;
    /** A record of a trigger that may only be looked at. */
    readOnly = false;
    constructor(type: string, def: ObjectDef | undefined) {
        this.type = type;
        this.def = def;
    }
    get(name: string): Value {
        return this.fields.get(name.toLowerCase())?.value ?? null;
    }
    set(name: string, value: Value): void {
        this.fields.set(name.toLowerCase(), { name, value });
    }
    get id(): string | null {
        return this.get('Id') as string | null;
    }
}

/** One row of a DmlException. */
export interface DmlProblem {
    index: number;
    id: string | null;
    statusCode: string;
    message: string;
    fields: string[];
}

/** What every exception carries besides the fields of its class. */
export interface ErrorState {
    message: string | null;
    /** AuraHandledException: what the browser reads, which getMessage() does not give away. */
    clientMessage?: string | null;
    cause: ApexInstance | null;
    line: number;
    stack: string;
    problems: DmlProblem[];
}

export class ApexInstance {
    readonly cls: ClassInfo;
    readonly fields = new Map<FieldInfo, Value>();
    /** Present on exceptions only. */
    readonly error: ErrorState | null;
    constructor(cls: ClassInfo, error: ErrorState | null) {
        this.cls = cls;
        this.error = error;
    }
}

/** An object of a platform class (HttpRequest, SaveResult ...): a name and its parts; methods are in library/. */
export class PlatformObject<State = unknown> {
    readonly name: string;
    readonly state: State;
    constructor(name: string, state: State) {
        this.name = name;
        this.state = state;
    }
}

export type Value =
    | null
    | number
    | bigint
    | boolean
    | string
    | Decimal
    | ApexDouble
    | ApexDate
    | ApexDatetime
    | ApexTime
    | ApexBlob
    | ApexList
    | ApexSet
    | ApexMap
    | ApexSObject
    | ApexInstance
    | EnumConstant
    | PlatformObject;

/** Equal values have the same key; objects of classes are equal only to themselves. */
export function keyOf(value: Value): unknown {
    if (value === null || typeof value === 'boolean') return value;
    if (typeof value === 'string') return `s${value}`;
    if (typeof value === 'number' || typeof value === 'bigint') return `n${value}`;
    if (value instanceof Decimal) return `n${value.stripped()}`;
    if (value instanceof ApexDouble) return `n${value.value}`;
    if (value instanceof ApexDate) return `d${value.days}`;
    if (value instanceof ApexDatetime) return `t${value.ms}`;
    if (value instanceof ApexTime) return `c${value.ms}`;
    if (value instanceof ApexBlob) return `b${value.bytes.toString('base64')}`;
    if (value instanceof ApexList) return `l${value.items.map(keyText).join('\u0000')}`;
    if (value instanceof ApexSObject) return sobjectKey(value);
    if (value instanceof PlatformObject && identifiedByName.has(value.name))
        return `p${value.name}${value.state}`;
    return value;
}

/** Platform objects that are equal when they name the same thing. */
const identifiedByName = new Set(['SObjectType', 'SObjectField', 'Type']);

function sobjectKey(row: ApexSObject): string {
    const fields = [...row.fields].map(([name, field]) => `${name}=${keyText(field.value)}`).sort();
    return `o${row.type}{${fields.join('\u0001')}}`;
}

const objectNumbers = new WeakMap<object, number>();
let lastObjectNumber = 0;

function keyText(value: Value): string {
    const key = keyOf(value);
    if (typeof key !== 'object' || key === null) return String(key);
    let number = objectNumbers.get(key);
    if (number === undefined) objectNumbers.set(key, (number = ++lastObjectNumber));
    return `#${number}`;
}

/** The 18-character form of an id, or undefined when `text` has not the form of one. */
export function normalId(text: string): string | undefined {
    return isRecordId(text) ? to18(text) : undefined;
}
