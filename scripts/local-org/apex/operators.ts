// Apex operators on runtime values: number promotion, text, equality and order.
import { ApexDate, ApexDatetime, ApexTime } from './dates.ts';
import { Decimal } from './decimal.ts';
import { apexError, nullDereference } from './errors.ts';
import { EnumConstant } from './model.ts';
import type { Value } from './values.ts';
import {
    ApexBlob,
    ApexDouble,
    ApexInstance,
    ApexList,
    ApexMap,
    ApexSet,
    ApexSObject,
    keyOf
} from './values.ts';
import { PlatformObject } from './values.ts';
import { normalId } from './values.ts';

export type Arithmetic = '+' | '-' | '*' | '/';
export type NumberValue = number | bigint | Decimal | ApexDouble;

export function isNumber(value: Value): value is NumberValue {
    return (
        typeof value === 'number' ||
        typeof value === 'bigint' ||
        value instanceof Decimal ||
        value instanceof ApexDouble
    );
}

export function toNumber(value: NumberValue): number {
    if (value instanceof Decimal) return value.toNumber();
    return value instanceof ApexDouble ? value.value : Number(value);
}

export function toDecimal(value: NumberValue): Decimal {
    if (value instanceof Decimal) return value;
    return Decimal.from(value instanceof ApexDouble ? value.value : value);
}

/** `a op b`; `text` is how a value reads in a concatenation. */
export function arithmetic(op: Arithmetic, left: Value, right: Value, text: (value: Value) => string): Value {
    if (op === '+') {
        if (typeof left === 'string' || typeof right === 'string') return text(left) + text(right);
    }
    if (left === null || right === null) throw nullDereference();
    if (isNumber(left) && isNumber(right)) return calculate(op, left, right);
    if (isNumber(right) && (op === '+' || op === '-')) {
        const days = toNumber(right) * (op === '-' ? -1 : 1);
        if (left instanceof ApexDate) return new ApexDate(left.days + Math.trunc(days));
        if (left instanceof ApexDatetime) return new ApexDatetime(Math.round(left.ms + days * 86_400_000));
    }
    throw apexError(
        'TypeException',
        `Arithmetic operator ${op} cannot be applied to ${text(left)} and ${text(right)}`
    );
}

function calculate(op: Arithmetic, left: NumberValue, right: NumberValue): Value {
    const dividesByZero = op === '/' && toNumber(right) === 0;
    if (left instanceof ApexDouble || right instanceof ApexDouble) {
        if (dividesByZero) throw apexError('MathException', 'Divide by 0');
        return calculateDouble(op, toNumber(left), toNumber(right));
    }
    if (dividesByZero) throw apexError('MathException', 'Divide by 0');
    if (left instanceof Decimal || right instanceof Decimal)
        return calculateDecimal(op, toDecimal(left), toDecimal(right));
    const result = calculateWhole(op, BigInt(left), BigInt(right));
    const isLong = typeof left === 'bigint' || typeof right === 'bigint';
    return isLong ? BigInt.asIntN(64, result) : Number(BigInt.asIntN(32, result));
}

function calculateWhole(op: Arithmetic, left: bigint, right: bigint): bigint {
    if (op === '+') return left + right;
    if (op === '-') return left - right;
    return op === '*' ? left * right : left / right;
}

function calculateDecimal(op: Arithmetic, left: Decimal, right: Decimal): Decimal {
    if (op === '+') return left.plus(right);
    if (op === '-') return left.minus(right);
    return op === '*' ? left.times(right) : left.dividedBy(right);
}

function calculateDouble(op: Arithmetic, left: number, right: number): ApexDouble {
    if (op === '+') return new ApexDouble(left + right);
    if (op === '-') return new ApexDouble(left - right);
    return new ApexDouble(op === '*' ? left * right : left / right);
}

export function negate(value: Value): Value {
    if (value === null) throw nullDereference();
    if (typeof value === 'number') return -value | 0;
    if (typeof value === 'bigint') return BigInt.asIntN(64, -value);
    if (value instanceof Decimal) return value.negated();
    if (value instanceof ApexDouble) return new ApexDouble(-value.value);
    throw apexError('TypeException', 'Only numbers can be negated');
}

/** `==`: text without regard to case, ids in both lengths, numbers by amount, collections by content. */
export function equals(left: Value, right: Value): boolean {
    if (left === right) return true;
    if (left === null || right === null) return false;
    if (typeof left === 'string' && typeof right === 'string') return equalText(left, right);
    if (isNumber(left) && isNumber(right)) return compareNumbers(left, right) === 0;
    if (left instanceof ApexDate && right instanceof ApexDatetime) return left.utc.getTime() === right.ms;
    if (left instanceof ApexDatetime && right instanceof ApexDate) return equals(right, left);
    if (left instanceof ApexList && right instanceof ApexList) {
        return (
            left.items.length === right.items.length &&
            left.items.every((one, at) => equals(one, right.items[at]))
        );
    }
    if (left instanceof ApexSet && right instanceof ApexSet) {
        return (
            left.members.size === right.members.size &&
            [...left.members.keys()].every((key) => right.members.has(key))
        );
    }
    if (left instanceof ApexMap && right instanceof ApexMap) return equalMaps(left, right);
    return keyOf(left) === keyOf(right);
}

function equalText(left: string, right: string): boolean {
    if (left.toLowerCase() === right.toLowerCase()) {
        // Two 18-character ids that differ in case only are two records.
        return left === right || left.length !== 18 || !normalId(left) || !normalId(right);
    }
    if (Math.abs(left.length - right.length) !== 3) return false;
    const id = normalId(left);
    return id !== undefined && id === normalId(right);
}

function equalMaps(left: ApexMap, right: ApexMap): boolean {
    if (left.entries.size !== right.entries.size) return false;
    return [...left.entries].every(([key, entry]) => {
        const other = right.entries.get(key);
        return other !== undefined && equals(entry.value, other.value);
    });
}

/** `===`: the same object; values as `==` but text with case. */
export function identical(left: Value, right: Value): boolean {
    if (left === right) return true;
    if (left === null || right === null) return false;
    const byValue = isNumber(left) || left instanceof ApexDate || left instanceof ApexDatetime;
    return byValue && equals(left, right);
}

export function compareNumbers(left: NumberValue, right: NumberValue): number {
    if (left instanceof Decimal || right instanceof Decimal) return toDecimal(left).compare(toDecimal(right));
    const [a, b] = [toNumber(left), toNumber(right)];
    return a === b ? 0 : a < b ? -1 : 1;
}

/** `<`, `>` and their like; undefined when one side is null (then every comparison is false). */
export function compareValues(left: Value, right: Value): number | undefined {
    if (left === null || right === null) return undefined;
    if (isNumber(left) && isNumber(right)) return compareNumbers(left, right);
    if (typeof left === 'string' && typeof right === 'string') {
        return compareText(left.toLowerCase(), right.toLowerCase());
    }
    const [a, b] = [instantOf(left), instantOf(right)];
    if (a !== undefined && b !== undefined) return Math.sign(a - b);
    throw apexError('TypeException', 'Comparison operator cannot be applied to these types');
}

export function compareText(left: string, right: string): number {
    return left === right ? 0 : left < right ? -1 : 1;
}

function instantOf(value: Value): number | undefined {
    if (value instanceof ApexDate) return value.utc.getTime();
    if (value instanceof ApexDatetime || value instanceof ApexTime) return value.ms;
    return undefined;
}

/** Order of List.sort: null first, text by case, booleans and enums by ordinal. */
export function sortOrder(left: Value, right: Value): number {
    if (left === null || right === null) return (left === null ? 0 : 1) - (right === null ? 0 : 1);
    if (typeof left === 'string' && typeof right === 'string') return compareText(left, right);
    if (left instanceof EnumConstant && right instanceof EnumConstant) return left.ordinal - right.ordinal;
    if (typeof left === 'boolean' && typeof right === 'boolean') return Number(left) - Number(right);
    return compareValues(left, right) ?? 0;
}

export function doubleText(value: number): string {
    if (Number.isInteger(value) && Math.abs(value) < 1e7) return `${value}.0`;
    const magnitude = Math.abs(value);
    if (magnitude >= 1e-3 && magnitude < 1e7) return String(value);
    const [mantissa, exponent] = value.toExponential().split('e');
    return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${Number(exponent)}`;
}

/** Text of a value as String.valueOf gives it. `instance` says how objects of classes read. */
export function textOf(value: Value, zone: string, instance: (value: ApexInstance) => string): string {
    const inner = (one: Value): string => textOf(one, zone, instance);
    if (value === null) return 'null';
    if (typeof value === 'string') return value;
    if (value instanceof ApexDouble) return doubleText(value.value);
    if (value instanceof ApexDatetime) return value.textIn(zone);
    if (value instanceof ApexBlob) return `Blob[${value.bytes.length}]`;
    if (value instanceof ApexList) return `(${value.items.map(inner).join(', ')})`;
    if (value instanceof ApexSet) return `{${[...value.members.values()].map(inner).join(', ')}}`;
    if (value instanceof ApexMap) {
        return `{${[...value.entries.values()].map((one) => `${inner(one.key)}=${inner(one.value)}`).join(', ')}}`;
    }
    if (value instanceof ApexSObject) {
        const fields = [...value.fields.values()].map((field) => `${field.name}=${inner(field.value)}`);
        return `${value.type}:{${fields.join(', ')}}`;
    }
    if (value instanceof ApexInstance) return instance(value);
    if (value instanceof EnumConstant) return value.name;
    if (value instanceof PlatformObject) {
        return typeof value.state === 'string' ? value.state : `${value.name}[]`;
    }
    return String(value);
}
