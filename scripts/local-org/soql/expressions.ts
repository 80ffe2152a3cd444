// Fields, aggregates and date functions as SQL expressions with their type.
import type { FieldDef, FieldType } from '../schema/types.ts';
import type { Call, Expression } from './ast.ts';
import { errorAt, unexpectedToken } from './errors.ts';
import { AGGREGATES } from './names.ts';
import { isNumber } from './operands.ts';
import type { Compilation, Scope } from './scope.ts';

export interface Value {
    sql: string;
    type: FieldType;
    /** Digits after the point that an aggregate keeps; null: as computed. */
    scale: number | null;
    field: FieldDef | null;
    /** True for a table's own column. */
    stored: boolean;
    /** Name in messages, and the key of an unaliased grouped field. */
    name: string;
}

export function isAggregate(expression: Expression): boolean {
    return expression.kind === 'call' && AGGREGATES.has(expression.name);
}

/** True for text that people write much into: it can be read, not filtered, sorted or grouped. */
export function isLongText(field: FieldDef): boolean {
    return field.type === 'textarea' && field.length > 255;
}

export function valueOf(compilation: Compilation, scope: Scope, expression: Expression): Value {
    if (expression.kind === 'call') {
        if (AGGREGATES.has(expression.name)) return aggregate(compilation, scope, expression);
        return dateFunction(compilation, scope, expression);
    }
    const { sql, field, stored } = scope.column(expression);
    return { sql, type: field.type, scale: field.scale, field, stored, name: field.name };
}

function aggregate(compilation: Compilation, scope: Scope, call: Call): Value {
    const { argument } = call;
    if (argument === null || isAggregate(argument))
        throw unexpectedToken(compilation.source, call.position, call.name);
    const of = valueOf(compilation, scope, argument);
    if (!supports(call.name, of)) {
        const message = `field ${of.name} does not support aggregate operator ${call.name}`;
        throw errorAt(compilation.source, call.position, 'MALFORMED_QUERY', message);
    }
    const base = { field: null, stored: false, name: call.name };
    switch (call.name) {
        case 'COUNT':
            return { ...base, sql: `COUNT(${of.sql})`, type: 'int', scale: null };
        case 'COUNT_DISTINCT':
            return { ...base, sql: `COUNT(DISTINCT ${collated(of)})`, type: 'int', scale: null };
        case 'AVG':
            return { ...base, sql: `AVG(${of.sql})`, type: 'double', scale: null };
        case 'SUM':
            return { ...base, sql: `SUM(${of.sql})`, type: of.type, scale: of.scale };
        default:
            return { ...base, sql: `${call.name}(${collated(of)})`, type: of.type, scale: of.scale };
    }
}

function supports(name: string, of: Value): boolean {
    if (of.field && isLongText(of.field)) return false;
    if (name === 'SUM' || name === 'AVG') return isNumber(of.type);
    if (name === 'MIN' || name === 'MAX') return of.type !== 'boolean' && of.type !== 'multipicklist';
    return of.type !== 'boolean';
}

function dateFunction(compilation: Compilation, scope: Scope, call: Call): Value {
    const moment = momentOf(compilation, scope, call);
    const base = { scale: null, field: null, stored: false, name: call.name };
    if (call.name === 'DAY_ONLY') return { ...base, sql: `substr(${moment}, 1, 10)`, type: 'date' };
    const shifted = call.name.startsWith('FISCAL_') ? fiscal(compilation, moment) : moment;
    return { ...base, sql: datePart(call.name.replace(/^(?:FISCAL|CALENDAR)_/, ''), shifted), type: 'int' };
}

/** The date or datetime (in UTC, unless convertTimezone asks for the user's time) a date function reads. */
function momentOf(compilation: Compilation, scope: Scope, call: Call): string {
    const { argument } = call;
    const converted = argument?.kind === 'call' && argument.name === 'CONVERTTIMEZONE';
    const inner = converted ? (argument as Call).argument : argument;
    if (!inner || inner.kind === 'call' || call.name === 'CONVERTTIMEZONE') {
        throw unexpectedToken(compilation.source, call.position, call.name);
    }
    const of = valueOf(compilation, scope, inner);
    const wanted =
        converted || call.name === 'DAY_ONLY' || call.name === 'HOUR_IN_DAY'
            ? ['datetime']
            : ['date', 'datetime'];
    if (!wanted.includes(of.type)) {
        const message = `field ${of.name} does not support the function ${converted ? 'convertTimezone' : call.name}`;
        throw errorAt(compilation.source, call.position, 'MALFORMED_QUERY', message);
    }
    return converted ? `org_local(${of.sql})` : of.sql;
}

/** Moves a fiscal year to the calendar year in which it ends, so that calendar parts give the fiscal ones. */
function fiscal(compilation: Compilation, moment: string): string {
    const start = compilation.fiscalStartMonth();
    const months = start === 1 ? 0 : 13 - start;
    return `date(${moment}, 'start of month', '+${months} months')`;
}

function datePart(part: string, moment: string): string {
    const number = (format: string): string => `CAST(strftime('${format}', ${moment}) AS INTEGER)`;
    switch (part) {
        case 'YEAR':
            return number('%Y');
        case 'QUARTER':
            return `((${number('%m')} + 2) / 3)`;
        case 'MONTH':
            return number('%m');
        case 'DAY_IN_MONTH':
            return number('%d');
        case 'DAY_IN_WEEK':
            return `(${number('%w')} + 1)`;
        case 'DAY_IN_YEAR':
            return number('%j');
        case 'HOUR_IN_DAY':
            return number('%H');
        case 'WEEK_IN_MONTH':
            return `((${number('%d')} + 6) / 7)`;
        case 'WEEK_IN_YEAR':
            return `((${number('%j')} + 6) / 7)`;
        default:
            throw new Error(`No date function ${part}.`);
    }
}

/** Computed text compares without regard to case, as a column does. */
export function collated(value: Value): string {
    const isText = [
        'string',
        'textarea',
        'picklist',
        'multipicklist',
        'email',
        'phone',
        'url',
        'combobox'
    ].includes(value.type);
    return isText && !value.stored ? `${value.sql} COLLATE NOCASE` : value.sql;
}

/** Picklists sort in the order of their values, everything else by value. */
export function sortKeys(compilation: Compilation, value: Value): string[] {
    const values = value.field?.type === 'picklist' ? value.field.picklistValues : [];
    if (!values.length) return [collated(value)];
    const cases = values.map((one, index) => `WHEN ${compilation.params.add(one.value)} THEN ${index}`);
    const rank = `CASE WHEN ${value.sql} IS NULL THEN NULL ELSE CASE ${value.sql} ${cases.join(' ')} ELSE ${values.length} END END`;
    return [rank, collated(value)];
}
