// Fields, aggregates and date functions as SQL expressions with their type. Functions that only change how a value is
// shown are in display-functions.ts.
import { notSupported } from '../org.ts';
import type { FieldDef, FieldType } from '../schema/types.ts';
import type { Call, Expression } from './ast.ts';
import { inCorporateCurrency } from './currencies.ts';
import { displayFunction } from './display-functions.ts';
import { errorAt, unexpectedToken } from './errors.ts';
import { AGGREGATES, DISPLAY_FUNCTIONS } from './names.ts';
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
    /** SQL of the currency code of an amount, in an org with several currencies. */
    currency: string | null;
}

export function isAggregate(expression: Expression): boolean {
    return expression.kind === 'call' && AGGREGATES.has(expression.name);
}

/** True for long text, addresses and values of any type: they can be read, not filtered, sorted or grouped. */
export function isOpaque(field: FieldDef): boolean {
    return (
        field.type === 'anyType' ||
        field.type === 'address' ||
        (field.type === 'textarea' && field.length > 255)
    );
}

export function valueOf(compilation: Compilation, scope: Scope, expression: Expression): Value {
    if (expression.kind === 'field') {
        const { sql, field, stored, currency } = scope.column(expression);
        return { sql, type: field.type, scale: field.scale, field, stored, name: field.name, currency };
    }
    if (AGGREGATES.has(expression.name)) return aggregate(compilation, scope, expression);
    if (DISPLAY_FUNCTIONS.has(expression.name)) {
        const { argument } = expression;
        if (!argument) throw unexpectedToken(compilation.source, expression.position, expression.name);
        return displayFunction(compilation, expression, valueOf(compilation, scope, argument));
    }
    if (expression.name === 'GROUPING') {
        const message = 'GROUPING function can only be used with GROUP BY ROLLUP or CUBE';
        throw errorAt(compilation.source, expression.position, 'MALFORMED_QUERY', message);
    }
    return dateFunction(compilation, scope, expression);
}

function aggregate(compilation: Compilation, scope: Scope, call: Call): Value {
    const { argument } = call;
    if (argument === null || isAggregate(argument))
        throw unexpectedToken(compilation.source, call.position, call.name);
    if (argument.kind === 'call' && DISPLAY_FUNCTIONS.has(argument.name))
        throw notSupported(`${argument.name}() inside ${call.name}() in SOQL`);
    const given = valueOf(compilation, scope, argument);
    if (!supports(call.name, given)) {
        const message = `field ${given.name} does not support aggregate operator ${call.name}`;
        throw errorAt(compilation.source, call.position, 'MALFORMED_QUERY', message);
    }
    const of = comparable(compilation, given);
    const base = { field: null, stored: false, name: call.name, currency: null };
    switch (call.name) {
        case 'COUNT':
            return { ...base, sql: `COUNT(${of.sql})`, type: 'int', scale: null };
        case 'COUNT_DISTINCT':
            return { ...base, sql: `COUNT(DISTINCT ${folded(of)})`, type: 'int', scale: null };
        case 'AVG':
            return { ...base, sql: `AVG(${of.sql})`, type: 'double', scale: null };
        case 'SUM':
            return { ...base, sql: `SUM(${of.sql})`, type: of.type, scale: of.scale };
        default:
            return { ...base, sql: `${call.name}(${collated(of)})`, type: of.type, scale: of.scale };
    }
}

/** Amounts of several currencies are aggregated in the corporate one. */
function comparable(compilation: Compilation, value: Value): Value {
    const { sql, currency } = value;
    if (currency === null) return value;
    return { ...value, sql: inCorporateCurrency(compilation, { sql, currency }) };
}

function supports(name: string, of: Value): boolean {
    if (of.field && isOpaque(of.field)) return false;
    if (name === 'SUM' || name === 'AVG') return isNumber(of.type);
    if (name === 'MIN' || name === 'MAX') return of.type !== 'boolean' && of.type !== 'multipicklist';
    return of.type !== 'boolean';
}

function dateFunction(compilation: Compilation, scope: Scope, call: Call): Value {
    const moment = momentOf(compilation, scope, call);
    const base = { scale: null, field: null, stored: false, name: call.name, currency: null };
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
    if (!converted) return of.sql;
    return `org_local(${of.sql}, ${compilation.params.named('zone', compilation.access.user.timeZone)})`;
}

/** Moves a fiscal year to the calendar year that names it, so that calendar parts give the fiscal ones. */
function fiscal(compilation: Compilation, moment: string): string {
    const { startMonth, namedByStart } = compilation.facts.fiscalYear();
    const months = startMonth === 1 || namedByStart ? 1 - startMonth : 13 - startMonth;
    return `date(${moment}, 'start of month', '${months} months')`;
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

const TEXT_TYPES = ['string', 'textarea', 'picklist', 'multipicklist', 'email', 'phone', 'url', 'combobox'];

/** Computed text compares without regard to case, as a column does. */
export function collated(value: Value): string {
    return TEXT_TYPES.includes(value.type) && !value.stored ? `${value.sql} COLLATE NOCASE` : value.sql;
}

/** Text that is one value whatever the case of any of its letters; SQLite's own folding knows ASCII only. */
export function folded(value: Value): string {
    const isFree = TEXT_TYPES.includes(value.type) && value.type !== 'picklist';
    return isFree && !value.field?.caseSensitive ? `org_fold(${value.sql})` : collated(value);
}

/** Picklists sort in the order of their values, amounts by their worth, everything else by value. */
export function sortKeys(compilation: Compilation, value: Value): string[] {
    const values = value.field?.type === 'picklist' ? value.field.picklistValues : [];
    if (!values.length) return [collated(comparable(compilation, value))];
    const cases = values.map((one, index) => `WHEN ${compilation.params.add(one.value)} THEN ${index}`);
    const rank = `CASE WHEN ${value.sql} IS NULL THEN NULL ELSE CASE ${value.sql} ${cases.join(' ')} ELSE ${values.length} END END`;
    return [rank, collated(value)];
}
