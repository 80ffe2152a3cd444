// Literals and bind values to what SQLite compares with, by the type of the field they are compared to: ids are completed
// to 18 characters, dates become text as stored, TODAY and its like become ranges. Wrong types are refused as Salesforce
// refuses them.
import { notSupported } from '../org.ts';
import type { OrgError } from '../org.ts';
import { isRecordId, to18 } from '../ids.ts';
import type { FieldType } from '../schema/types.ts';
import type { Bind, Count, Literal } from './ast.ts';
import { dateLiteralRange } from './date-literals.ts';
import { errorAt } from './errors.ts';
import type { SqlValue } from './params.ts';
import type { Compilation } from './scope.ts';
import { formatDay, formatInstant, parseDay } from './time-zone.ts';
import { unescapeLike, unescapeString } from './tokens.ts';

export type Operand = { kind: 'value'; value: SqlValue } | { kind: 'range'; from: string; until: string };

/** What the operand is compared to. */
export interface Target {
    type: FieldType;
    /** As named in messages. */
    name: string;
    /** Where the field stands in the query: messages about the value point there. */
    position: number;
}

const NUMBERS = new Set<FieldType>(['int', 'double', 'currency', 'percent']);
const IDS = new Set<FieldType>(['id', 'reference']);

export function isNumber(type: FieldType): boolean {
    return NUMBERS.has(type);
}

export function isId(type: FieldType): boolean {
    return IDS.has(type);
}

export function isText(type: FieldType): boolean {
    return !NUMBERS.has(type) && type !== 'boolean' && type !== 'date' && type !== 'datetime';
}

export function operand(compilation: Compilation, target: Target, literal: Literal, like = false): Operand {
    switch (literal.kind) {
        case 'bind':
            return boundOperand(compilation, target, bindValue(compilation, literal), literal.position);
        case 'null':
            return value(null);
        case 'string':
            if (!isText(target.type)) throw wrongType(compilation, target);
            return textOperand(
                compilation,
                target,
                like ? unescapeLike(literal.raw) : unescapeString(literal.raw),
                like
            );
        case 'money':
            throw notSupported(`the currency literal ${literal.currency}${literal.value} here`);
        case 'number':
            if (!isNumber(target.type)) throw wrongType(compilation, target);
            return value(literal.value);
        case 'boolean':
            if (target.type !== 'boolean') throw wrongType(compilation, target);
            return value(literal.value ? 1 : 0);
        case 'date':
            if (target.type !== 'date') throw wrongType(compilation, target);
            return value(dateText(compilation, literal.text, literal.position));
        case 'datetime':
            if (target.type !== 'datetime') throw wrongType(compilation, target);
            return value(instantText(compilation, literal.text, literal.position));
        case 'dateLiteral':
            return rangeOperand(compilation, target, literal.name, literal.count);
    }
}

/** The members of a bound collection, each as a literal of the query would be. */
export function boundList(compilation: Compilation, target: Target, bind: Bind): Operand[] {
    const bound = bindValue(compilation, bind);
    const isCollection = typeof bound === 'object' && bound !== null && Symbol.iterator in bound;
    const members = isCollection ? [...(bound as Iterable<unknown>)] : [bound];
    return members.map((member) => boundOperand(compilation, target, member, bind.position));
}

export function countOf(compilation: Compilation, count: Count): number {
    if (count.kind === 'number') return count.value;
    const bound = bindValue(compilation, count);
    if (typeof bound === 'number' && Number.isInteger(bound) && bound >= 0) return bound;
    throw errorAt(
        compilation.source,
        count.position,
        'MALFORMED_QUERY',
        `Invalid count for :${count.name}: ${String(bound)}`
    );
}

function bindValue(compilation: Compilation, bind: Bind): unknown {
    const { binds, source } = compilation;
    if (!binds)
        throw errorAt(source, bind.position, 'MALFORMED_QUERY', 'Bind variables only allowed in Apex code');
    const whole = property(binds, bind.name);
    if (whole !== undefined) return whole;
    const nested = bind.name
        .split('.')
        .reduce<unknown>(
            (holder, name) =>
                typeof holder === 'object' && holder !== null
                    ? property(holder as Record<string, unknown>, name)
                    : undefined,
            binds
        );
    if (nested !== undefined) return nested;
    throw errorAt(source, bind.position, 'MALFORMED_QUERY', `Variable does not exist: ${bind.name}`);
}

function property(holder: Record<string, unknown>, name: string): unknown {
    if (Object.hasOwn(holder, name)) return holder[name];
    const key = Object.keys(holder).find((one) => one.toLowerCase() === name.toLowerCase());
    return key === undefined ? undefined : holder[key];
}

function boundOperand(compilation: Compilation, target: Target, bound: unknown, position: number): Operand {
    if (bound === null || bound === undefined) return value(null);
    if (bound instanceof Date) return value(momentText(target, bound));
    if (typeof bound === 'object') return boundRecord(compilation, target, bound, position);
    if (typeof bound === 'bigint') return boundOperand(compilation, target, Number(bound), position);
    if (typeof bound === 'number' && isNumber(target.type)) return value(bound);
    if (typeof bound === 'boolean' && target.type === 'boolean') return value(bound ? 1 : 0);
    if (typeof bound !== 'string') throw wrongType(compilation, target);
    if (target.type === 'date') return value(dateText(compilation, bound.slice(0, 10), position));
    if (target.type === 'datetime') return value(instantText(compilation, bound, position));
    if (!isText(target.type)) throw wrongType(compilation, target);
    return textOperand(compilation, target, bound, false);
}

/** A bound record stands for its id. */
function boundRecord(compilation: Compilation, target: Target, bound: object, position: number): Operand {
    const id = property(bound as Record<string, unknown>, 'Id');
    if (isId(target.type) && (typeof id === 'string' || id === null))
        return boundOperand(compilation, target, id, position);
    throw wrongType(compilation, target);
}

function textOperand(compilation: Compilation, target: Target, text: string, like: boolean): Operand {
    if (text === '' && !like) return value(null);
    if (!isId(target.type) || like) return value(text);
    const id = text.length === 18 ? text.slice(0, 15) + text.slice(15).toUpperCase() : text;
    if (!isRecordId(id)) {
        throw errorAt(
            compilation.source,
            target.position,
            'INVALID_QUERY_FILTER_OPERATOR',
            `invalid ID field: ${text}`
        );
    }
    return value(to18(id));
}

function rangeOperand(compilation: Compilation, target: Target, name: string, count: number | null): Operand {
    if (target.type !== 'date' && target.type !== 'datetime') throw wrongType(compilation, target);
    const today = compilation.zone.dayOf(compilation.now);
    const days = dateLiteralRange(name, count, today, compilation.facts.fiscalYear().startMonth);
    const text = (day: number): string =>
        target.type === 'date' ? formatDay(day) : formatInstant(compilation.zone.startOf(day));
    return { kind: 'range', from: text(days.from), until: text(days.until) };
}

function momentText(target: Target, moment: Date): string {
    return target.type === 'date' ? moment.toISOString().slice(0, 10) : moment.toISOString();
}

function dateText(compilation: Compilation, text: string, position: number): string {
    if (parseDay(text) === null) throw invalidDate(compilation, text, position);
    return text;
}

/** Any offset, to UTC as stored. A bare date is its midnight in UTC. */
function instantText(compilation: Compilation, text: string, position: number): string {
    const ms = Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2').toUpperCase());
    if (Number.isNaN(ms) || parseDay(text.slice(0, 10)) === null)
        throw invalidDate(compilation, text, position);
    return formatInstant(ms);
}

function invalidDate(compilation: Compilation, text: string, position: number): OrgError {
    return errorAt(compilation.source, position, 'MALFORMED_QUERY', `Invalid date: ${text}`);
}

function value(value: SqlValue): Operand {
    return { kind: 'value', value };
}

function wrongType(compilation: Compilation, target: Target): OrgError {
    const type =
        { datetime: 'dateTime', id: 'ID', reference: 'reference' }[target.type as string] ?? target.type;
    const quotes = isText(target.type) ? 'should be enclosed in quotes' : 'should not be enclosed in quotes';
    return errorAt(
        compilation.source,
        target.position,
        'INVALID_FIELD',
        `value of filter criterion for field '${target.name}' must be of type ${type} and ${quotes}`
    );
}
