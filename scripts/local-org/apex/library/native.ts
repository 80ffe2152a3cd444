// Shape of the library: methods keyed `name/number of arguments` in lower case. What has no key is refused by name.
import type { Decimal } from '../decimal.ts';
import { ApexDate, ApexDatetime } from '../dates.ts';
import { apexError, nullDereference } from '../errors.ts';
import type { NumberValue } from '../operators.ts';
import { isNumber, toDecimal } from '../operators.ts';
import type { Frame } from '../transaction.ts';
import type { Value } from '../values.ts';
import { ApexList } from '../values.ts';

/** `extra` is what the compiler adds: binds of a dynamic query, the enum of `values()`. */
export type StaticNative = (frame: Frame, args: Value[], extra?: unknown) => Value;
/** Keyed `class.method/arguments`; `new.class/arguments` for constructors. */
export type StaticTable = Record<string, StaticNative>;
export type InstanceNative<Self> = (self: Self, args: Value[], frame: Frame) => Value;
export type InstanceTable<Self> = Record<string, InstanceNative<Self>>;

export function text(value: Value): string {
    if (value === null) throw nullDereference();
    if (typeof value !== 'string') throw apexError('TypeException', 'A String was expected');
    return value;
}

export function whole(value: Value): number {
    if (value === null) throw nullDereference();
    if (typeof value === 'bigint') return Number(value);
    if (typeof value !== 'number') throw apexError('TypeException', 'An Integer was expected');
    return value;
}

export function amount(value: Value): NumberValue {
    if (value === null) throw nullDereference();
    if (!isNumber(value)) throw apexError('TypeException', 'A number was expected');
    return value;
}

export const decimal = (value: Value): Decimal => toDecimal(amount(value));

export function date(value: Value): ApexDate {
    if (value === null) throw nullDereference();
    if (!(value instanceof ApexDate)) throw apexError('TypeException', 'A Date was expected');
    return value;
}

export function datetime(value: Value): ApexDatetime {
    if (value === null) throw nullDereference();
    if (!(value instanceof ApexDatetime)) throw apexError('TypeException', 'A Datetime was expected');
    return value;
}

export function list(value: Value): ApexList {
    if (value === null) throw nullDereference();
    if (!(value instanceof ApexList)) throw apexError('TypeException', 'A List was expected');
    return value;
}
