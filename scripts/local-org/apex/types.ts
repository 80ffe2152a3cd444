// Assigning and casting: what a declared type accepts and how a value becomes it. Also the runtime type of a value.
import { ApexDate, ApexDatetime, ApexTime } from './dates.ts';
import { Decimal } from './decimal.ts';
import { apexError, exceptionBase } from './errors.ts';
import type { ApexType, PrimitiveName } from './model.ts';
import { EnumConstant, typeText } from './model.ts';
import type { Value } from './values.ts';
import {
    ApexBlob,
    ApexDouble,
    ApexInstance,
    ApexList,
    ApexMap,
    ApexSet,
    ApexSObject,
    PlatformObject
} from './values.ts';
import { normalId } from './values.ts';

const primitiveTypes = new Map<string, ApexType>();
for (const name of 'Integer Long Double Decimal String Id Boolean Date Datetime Time Blob Object'.split(
    ' '
)) {
    primitiveTypes.set(name.toLowerCase(), { kind: 'primitive', name: name as PrimitiveName });
}

export function primitive(name: string): ApexType | undefined {
    return primitiveTypes.get(name.toLowerCase());
}

export const OBJECT = primitive('Object')!;
export const STRING = primitive('String')!;
export const INTEGER = primitive('Integer')!;
export const ID = primitive('Id')!;
export const SOBJECT: ApexType = { kind: 'sobject', name: null };
export const VOID: ApexType = { kind: 'void' };

/** Runtime type of a value, as exceptions and instanceof name it. */
export function typeOfValue(value: Exclude<Value, null>): ApexType {
    if (typeof value === 'string') return STRING;
    if (typeof value === 'number') return INTEGER;
    if (typeof value === 'bigint') return primitive('Long')!;
    if (typeof value === 'boolean') return primitive('Boolean')!;
    if (value instanceof Decimal) return primitive('Decimal')!;
    if (value instanceof ApexDouble) return primitive('Double')!;
    if (value instanceof ApexDate) return primitive('Date')!;
    if (value instanceof ApexDatetime) return primitive('Datetime')!;
    if (value instanceof ApexTime) return primitive('Time')!;
    if (value instanceof ApexBlob) return primitive('Blob')!;
    if (value instanceof ApexList) return { kind: 'list', of: value.of };
    if (value instanceof ApexSet) return { kind: 'set', of: value.of };
    if (value instanceof ApexMap) return { kind: 'map', key: value.key, of: value.of };
    if (value instanceof ApexSObject) return { kind: 'sobject', name: value.type };
    if (value instanceof ApexInstance) return { kind: 'class', cls: value.cls };
    if (value instanceof EnumConstant) return { kind: 'enum', of: value.of };
    return { kind: 'platform', name: (value as PlatformObject).name };
}

/** Whether a non-null value is of `type` without any conversion. */
export function isOfType(value: Exclude<Value, null>, type: ApexType): boolean {
    switch (type.kind) {
        case 'primitive':
            return isPrimitive(value, type.name);
        case 'list':
            return value instanceof ApexList && acceptsElements(type.of, value.of);
        case 'set':
            return value instanceof ApexSet && acceptsElements(type.of, value.of);
        case 'map':
            return (
                value instanceof ApexMap &&
                acceptsElements(type.key, value.key) &&
                acceptsElements(type.of, value.of)
            );
        case 'class':
            return value instanceof ApexInstance && value.cls.isSubclassOf(type.cls);
        case 'enum':
            return value instanceof EnumConstant && value.of === type.of;
        case 'sobject':
            return value instanceof ApexSObject && (type.name === null || value.type === type.name);
        case 'platform':
            return isPlatform(value, type.name);
        case 'void':
            return false;
    }
}

function isPrimitive(value: Exclude<Value, null>, name: PrimitiveName): boolean {
    switch (name) {
        case 'Object':
            return true;
        case 'Id':
            return typeof value === 'string' && normalId(value) !== undefined;
        default: {
            const own = typeOfValue(value);
            return own.kind === 'primitive' && own.name === name;
        }
    }
}

function isPlatform(value: Exclude<Value, null>, name: string): boolean {
    if (value instanceof PlatformObject) return value.name === name;
    return value instanceof ApexInstance && value.cls.implementsPlatform(name.toLowerCase());
}

/** Lists of a subclass, of any SObject or of anything may stand in for each other, as Apex allows. */
function acceptsElements(wanted: ApexType, actual: ApexType): boolean {
    if (wanted.kind === 'primitive' && wanted.name === 'Object') return true;
    if (wanted.kind === 'sobject' && actual.kind === 'sobject') {
        return wanted.name === null || actual.name === null || wanted.name === actual.name;
    }
    if (wanted.kind === 'class' && actual.kind === 'class') {
        return actual.cls.isSubclassOf(wanted.cls) || wanted.cls.isSubclassOf(actual.cls);
    }
    if (wanted.kind === 'primitive' && actual.kind === 'primitive') {
        const text = (name: string) => (name === 'Id' ? 'String' : name);
        return text(wanted.name) === text(actual.name) || actual.name === 'Object';
    }
    if (wanted.kind === 'list' && actual.kind === 'list') return acceptsElements(wanted.of, actual.of);
    if (wanted.kind === 'set' && actual.kind === 'set') return acceptsElements(wanted.of, actual.of);
    if (wanted.kind === 'map' && actual.kind === 'map') {
        return acceptsElements(wanted.key, actual.key) && acceptsElements(wanted.of, actual.of);
    }
    return typeText(wanted).toLowerCase() === typeText(actual).toLowerCase();
}

/** The value as a variable of `type` holds it; widens numbers, checks ids, takes the only row of a query. */
export function assign(value: Value, type: ApexType): Value {
    if (value === null) return null;
    if (type.kind === 'primitive') return assignPrimitive(value, type.name);
    if (type.kind === 'sobject' && value instanceof ApexList && value.fromQuery)
        return assign(onlyRow(value), type);
    if (isOfType(value, type)) return value;
    throw apexError('TypeException', illegalAssignment(value, type));
}

function assignPrimitive(value: Exclude<Value, null>, name: PrimitiveName): Value {
    switch (name) {
        case 'Object':
            return value;
        case 'Long':
            if (typeof value === 'number') return BigInt(value);
            break;
        case 'Decimal':
            if (typeof value === 'number' || typeof value === 'bigint') return Decimal.from(value);
            if (value instanceof ApexDouble) return Decimal.from(value.value);
            break;
        case 'Double':
            if (typeof value === 'number' || typeof value === 'bigint') return new ApexDouble(Number(value));
            if (value instanceof Decimal) return new ApexDouble(value.toNumber());
            break;
        case 'Id':
            return typeof value === 'string' ? idOf(value) : illegal(value, name);
        case 'Datetime':
            if (value instanceof ApexDate) return new ApexDatetime(value.utc.getTime());
            break;
        default:
            break;
    }
    return isPrimitive(value, name) ? value : illegal(value, name);
}

function illegal(value: Exclude<Value, null>, name: string): never {
    throw apexError('TypeException', illegalAssignment(value, primitive(name)!));
}

function illegalAssignment(value: Exclude<Value, null>, type: ApexType): string {
    return `Illegal assignment from ${typeText(typeOfValue(value))} to ${typeText(type)}`;
}

export function idOf(text: string): string {
    const id = normalId(text);
    if (id === undefined) throw apexError('StringException', `Invalid id: ${text}`);
    return id;
}

/** `[SELECT ...]` where one record is wanted. */
export function onlyRow(list: ApexList): ApexSObject {
    if (list.items.length === 0)
        throw apexError('QueryException', 'List has no rows for assignment to SObject');
    if (list.items.length > 1) {
        throw apexError('QueryException', 'List has more than 1 row for assignment to SObject');
    }
    return list.items[0] as ApexSObject;
}

/** `(Type) value` */
export function cast(value: Value, type: ApexType): Value {
    if (value === null) return null;
    if (type.kind === 'primitive') {
        if (type.name === 'Integer' && typeof value === 'bigint') return Number(BigInt.asIntN(32, value));
        const text = type.name === 'String' && typeof value === 'string';
        if (text || isPrimitive(value, type.name) || widens(value, type.name))
            return assignPrimitive(value, type.name);
    } else if (isOfType(value, type)) {
        return value;
    } else if (type.kind === 'sobject' && value instanceof ApexList && value.fromQuery) {
        return assign(value, type);
    }
    const from = typeText(typeOfValue(value));
    throw apexError('TypeException', `Invalid conversion from runtime type ${from} to ${typeText(type)}`);
}

function widens(value: Exclude<Value, null>, name: PrimitiveName): boolean {
    const isNumber =
        ['number', 'bigint'].includes(typeof value) ||
        value instanceof Decimal ||
        value instanceof ApexDouble;
    if (name === 'Long') return typeof value === 'number';
    if (name === 'Id') return typeof value === 'string';
    return (name === 'Decimal' || name === 'Double') && isNumber;
}

/** How well an argument fits a parameter: 0 = not at all; more is better. */
export function fit(value: Value, type: ApexType): number {
    if (value === null) return 2;
    if (type.kind === 'primitive') {
        if (type.name === 'Object') return 1;
        if (type.name === 'Id') return isPrimitive(value, 'Id') ? 4 : 0;
        if (isPrimitive(value, type.name)) return 5;
        return widens(value, type.name) || (type.name === 'Datetime' && value instanceof ApexDate) ? 3 : 0;
    }
    if (type.kind === 'sobject' && value instanceof ApexList && value.fromQuery) return 2;
    if (!isOfType(value, type)) return 0;
    if (type.kind === 'sobject' && type.name === null) return 3;
    if (type.kind === 'class') return value instanceof ApexInstance && value.cls === type.cls ? 5 : 4;
    return 5;
}

export const isExceptionType = (type: ApexType): boolean =>
    type.kind === 'class' && type.cls.isSubclassOf(exceptionBase);
