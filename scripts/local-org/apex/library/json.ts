// JSON in both directions. Numbers are read and written digit by digit, so a Decimal survives.
import { ApexDate, ApexDatetime, ApexTime } from '../dates.ts';
import { Decimal } from '../decimal.ts';
import { apexError } from '../errors.ts';
import type { ApexType, ClassInfo, FieldInfo } from '../model.ts';
import { EnumConstant, typeText } from '../model.ts';
import { initialiseClass, newInstance, notSupported, readField, writeField } from '../objects.ts';
import { isNumber, toNumber } from '../operators.ts';
import { memberType } from '../sobjects.ts';
import type { Frame } from '../transaction.ts';
import { assign, OBJECT, STRING } from '../types.ts';
import type { Value } from '../values.ts';
import { ApexBlob, ApexDouble, ApexInstance, ApexList, ApexMap, ApexSet, ApexSObject } from '../values.ts';
import type { StaticTable } from './native.ts';
import { text } from './native.ts';
import { typeFrom } from './types.ts';

/** JSON ready to be printed: text as it stands, or a container. */
type Node = string | { list: Node[] } | { members: [string, Node][] };

function nodeOf(frame: Frame, value: Value, skipsNulls: boolean): Node {
    const inner = (one: Value): Node => nodeOf(frame, one, skipsNulls);
    if (value === null) return 'null';
    if (typeof value === 'string') return JSON.stringify(value);
    if (typeof value === 'boolean') return String(value);
    if (value instanceof ApexDouble) return JSON.stringify(value.value);
    if (isNumber(value)) return String(value);
    if (value instanceof ApexDatetime) return JSON.stringify(value.toIso());
    if (value instanceof ApexDate || value instanceof ApexTime) return JSON.stringify(value.toString());
    if (value instanceof ApexBlob) return JSON.stringify(value.bytes.toString('base64'));
    if (value instanceof EnumConstant) return JSON.stringify(value.name);
    if (value instanceof ApexList) return { list: value.items.map(inner) };
    if (value instanceof ApexSet) return { list: [...value.members.values()].map(inner) };
    if (value instanceof ApexMap) {
        return { members: [...value.entries.values()].map((one) => [keyText(one.key), inner(one.value)]) };
    }
    if (value instanceof ApexSObject) return recordNode(value, inner);
    if (value instanceof ApexInstance && !value.error)
        return { members: instanceMembers(frame, value, inner, skipsNulls) };
    throw notSupported(
        frame,
        `JSON.serialize of ${value instanceof ApexInstance ? value.cls.fullName : value.name}`
    );
}

const keyText = (key: Value): string => (key instanceof EnumConstant ? key.name : String(key));

function recordNode(record: ApexSObject, inner: (value: Value) => Node): Node {
    const attributes: [string, Node][] = [['type', JSON.stringify(record.type)]];
    if (record.id)
        attributes.push(['url', JSON.stringify(`/services/data/v65.0/sobjects/${record.type}/${record.id}`)]);
    const members: [string, Node][] = [['attributes', { members: attributes }]];
    for (const { name, value } of record.fields.values()) {
        if (value === null && record.queried) continue;
        members.push([name, recordMember(value, inner)]);
    }
    return { members };
}

/** Inside a record an instant is written as the REST API writes it. */
function recordMember(value: Value, inner: (value: Value) => Node): Node {
    if (value instanceof ApexDatetime) return JSON.stringify(value.toIso().replace('Z', '+0000'));
    return value instanceof ApexList ? subqueryNode(value, inner) : inner(value);
}

function subqueryNode(rows: ApexList, inner: (value: Value) => Node): Node {
    return {
        members: [
            ['totalSize', String(rows.items.length)],
            ['done', 'true'],
            ['records', inner(rows)]
        ]
    };
}

function instanceMembers(
    frame: Frame,
    value: ApexInstance,
    inner: (value: Value) => Node,
    skipsNulls: boolean
): [string, Node][] {
    return instanceFields(value.cls)
        .filter((field) => !field.isTransient)
        .map((field): [string, Value] => [field.name, readField(frame, value, field)])
        .filter(([, one]) => !(skipsNulls && one === null))
        .map(([name, one]) => [name, inner(one)]);
}

/** Instance fields, the superclass's first. */
export function instanceFields(cls: ClassInfo): FieldInfo[] {
    const inherited = cls.superclass ? instanceFields(cls.superclass) : [];
    return [...inherited, ...[...cls.fields.values()].filter((field) => !field.isStatic)];
}

function print(node: Node, indent: string | null): string {
    if (typeof node === 'string') return node;
    const next = indent === null ? null : `${indent}  `;
    const [open, close] = 'list' in node ? ['[ ', ' ]'] : [`{\n${next}`, `\n${indent}}`];
    if ('list' in node) {
        const items = node.list.map((one) => print(one, next));
        if (indent === null) return `[${items.join(',')}]`;
        return items.length === 0 ? '[ ]' : open + items.join(', ') + close;
    }
    const colon = indent === null ? ':' : ' : ';
    const members = node.members.map(([name, one]) => `${JSON.stringify(name)}${colon}${print(one, next)}`);
    if (indent === null) return `{${members.join(',')}}`;
    return members.length === 0 ? '{ }' : open + members.join(`,\n${next}`) + close;
}

/** A number as written. */
class NumberText {
    readonly text: string;
    constructor(source: string) {
        this.text = source;
    }
}

type Parsed = null | boolean | string | NumberText | Parsed[] | { [name: string]: Parsed };

function parse(source: string): Parsed {
    try {
        const revive = (_key: string, value: unknown, context?: { source?: string }): unknown =>
            typeof value === 'number' ? new NumberText(context!.source!) : value;
        return JSON.parse(source, revive as (key: string, value: unknown) => unknown) as Parsed;
    } catch (error) {
        throw apexError('JSONException', (error as Error).message);
    }
}

const isObject = (value: Parsed): value is { [name: string]: Parsed } =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof NumberText);

function untyped(parsed: Parsed): Value {
    if (parsed === null || typeof parsed === 'boolean' || typeof parsed === 'string') return parsed;
    if (parsed instanceof NumberText) return numberOf(parsed.text);
    if (Array.isArray(parsed)) return new ApexList(OBJECT, parsed.map(untyped));
    const map = new ApexMap(STRING, OBJECT);
    for (const [name, value] of Object.entries(parsed)) map.put(name, untyped(value));
    return map;
}

function numberOf(source: string): Value {
    const decimal = Decimal.parse(source)!;
    if (!/^-?\d+$/.test(source)) return decimal;
    return BigInt.asIntN(32, decimal.digits) === decimal.digits
        ? Number(source)
        : BigInt.asIntN(64, decimal.digits);
}

function typed(frame: Frame, parsed: Parsed, type: ApexType, isStrict: boolean): Value {
    const inner = (value: Parsed, of: ApexType): Value => typed(frame, value, of, isStrict);
    if (parsed === null) return null;
    switch (type.kind) {
        case 'primitive':
            return primitiveOf(parsed, type);
        case 'list':
            return new ApexList(
                type.of,
                arrayOf(parsed, type).map((one) => inner(one, type.of))
            );
        case 'set':
            return newSet(
                type.of,
                arrayOf(parsed, type).map((one) => inner(one, type.of))
            );
        case 'map': {
            const map = new ApexMap(type.key, type.of);
            for (const [key, value] of Object.entries(objectOf(parsed, type))) {
                map.put(primitiveOf(key, type.key), inner(value, type.of));
            }
            return map;
        }
        case 'class':
            return instanceOf(frame, objectOf(parsed, type), type.cls, isStrict);
        case 'enum':
            return type.of.find(String(parsed)) ?? illegal(parsed, type);
        case 'sobject':
            return recordOf(frame, objectOf(parsed, type), type.name);
        default:
            throw notSupported(frame, `JSON.deserialize into ${typeText(type)}`);
    }
}

const newSet = (of: ApexType, items: Value[]): ApexSet => new ApexSet(of, items);

function illegal(parsed: Parsed, type: ApexType): never {
    const shown = parsed instanceof NumberText ? parsed.text : JSON.stringify(parsed);
    throw apexError('JSONException', `Illegal value for ${typeText(type)}: ${shown.slice(0, 100)}`);
}

const arrayOf = (parsed: Parsed, type: ApexType): Parsed[] =>
    Array.isArray(parsed) ? parsed : illegal(parsed, type);
const objectOf = (parsed: Parsed, type: ApexType): { [name: string]: Parsed } =>
    isObject(parsed) ? parsed : illegal(parsed, type);

function primitiveOf(parsed: Parsed, type: ApexType): Value {
    if (type.kind !== 'primitive' || type.name === 'Object') return untyped(parsed);
    if (typeof parsed === 'string') return fromText(parsed, type);
    if (typeof parsed === 'boolean') return type.name === 'Boolean' ? parsed : illegal(parsed, type);
    if (!(parsed instanceof NumberText)) return illegal(parsed, type);
    const number = numberOf(parsed.text);
    if (type.name === 'String') return parsed.text;
    if (type.name === 'Datetime') return new ApexDatetime(toNumber(number as number));
    const isFraction = number instanceof Decimal;
    const fits = {
        Integer: typeof number === 'number',
        Long: !isFraction,
        Decimal: true,
        Double: true
    } as Record<string, boolean>;
    return fits[type.name] ? assign(number, type) : illegal(parsed, type);
}

function fromText(source: string, type: ApexType & { kind: 'primitive' }): Value {
    switch (type.name) {
        case 'Date':
            return ApexDate.parse(source) ?? illegal(source, type);
        case 'Datetime':
            return ApexDatetime.parseIso(source) ?? illegal(source, type);
        case 'Blob':
            return new ApexBlob(Buffer.from(source, 'base64'));
        case 'Boolean':
            return /^(true|false)$/i.test(source) ? source.toLowerCase() === 'true' : illegal(source, type);
        case 'String':
        case 'Id':
            return assign(source, type);
        default: {
            const number = Decimal.parse(source);
            return number ? primitiveOf(new NumberText(source), type) : illegal(source, type);
        }
    }
}

function instanceOf(
    frame: Frame,
    parsed: { [name: string]: Parsed },
    cls: ClassInfo,
    isStrict: boolean
): ApexInstance {
    initialiseClass(frame.tx, cls);
    const instance = newInstance(cls);
    for (const field of instanceFields(cls)) instance.fields.set(field, null);
    for (const [name, value] of Object.entries(parsed)) {
        const field = cls.findField(name.toLowerCase());
        if (field && !field.isStatic)
            writeField(frame, instance, field, typed(frame, value, field.type, isStrict));
        else if (isStrict)
            throw apexError('JSONException', `No such column '${name}' on type ${cls.fullName}`);
    }
    return instance;
}

/** Also sets fields that code may not write (formulas): tests build rows this way. */
function recordOf(frame: Frame, parsed: { [name: string]: Parsed }, declared: string | null): ApexSObject {
    const { schema } = frame.tx.org;
    const { attributes, ...fields } = parsed;
    const name =
        declared ?? (isObject(attributes ?? null) ? String((attributes as { type: string }).type) : '');
    const def = schema.object(name);
    if (!def) throw apexError('JSONException', `Unknown SObject type: ${name}`);
    const record = new ApexSObject(def.name, def);
    for (const [field, value] of Object.entries(fields)) {
        const type = memberType(schema, def.name, field);
        if (!type)
            throw apexError('JSONException', `No such column '${field}' on sobject of type ${def.name}`);
        const rows = isObject(value) && 'records' in value ? value.records : value;
        const canonical = schema.field(def.name, field)?.name ?? field;
        record.set(canonical, typed(frame, rows, type, false));
    }
    return record;
}

/** A value as the browser sent it, as a parameter of `type`. */
export function fromPlain(frame: Frame, value: unknown, type: ApexType): Value {
    return typed(frame, parse(JSON.stringify(value ?? null)), type, false);
}

export const jsonStatics: StaticTable = {
    'json.serialize/1': (frame, [value]) => print(nodeOf(frame, value, false), null),
    'json.serialize/2': (frame, [value, skips]) => print(nodeOf(frame, value, skips === true), null),
    'json.serializepretty/1': (frame, [value]) => print(nodeOf(frame, value, false), ''),
    'json.serializepretty/2': (frame, [value, skips]) => print(nodeOf(frame, value, skips === true), ''),
    'json.deserialize/2': (frame, [source, type]) => typed(frame, parse(text(source)), typeFrom(type), false),
    'json.deserializestrict/2': (frame, [source, type]) =>
        typed(frame, parse(text(source)), typeFrom(type), true),
    'json.deserializeuntyped/1': (_frame, [source]) => untyped(parse(text(source)))
};
