// What a formula computes with: numbers, text, booleans, days and instants, and null for blank. Owns the way from and to
// stored values: percent is a fraction inside a formula, text is never null, and blanks are zero where the field says so.
import { formatDay, formatInstant, parseDay } from '../soql/time-zone.ts';
import type { TimeZone } from '../soql/time-zone.ts';
import type { FieldDef, FieldType } from '../schema/types.ts';

export type FormulaType =
    'number' | 'text' | 'boolean' | 'date' | 'datetime' | 'picklist' | 'multipicklist' | 'null';

/** Dates are days since 1970-01-01, datetimes are milliseconds. */
export type FormulaValue = number | string | boolean | null;

/** As in a table: booleans as 0 and 1, dates as text. */
export type StoredValue = string | number | boolean | null;

export interface Environment {
    /** Decoded values of the fields the formula reads, in the order of its references. */
    fields: FormulaValue[];
    now: number;
    zone: TimeZone;
    /** The row is being inserted; false where the formula is no rule. */
    isNew: boolean;
}

const TYPES: Partial<Record<FieldType, FormulaType>> = {
    boolean: 'boolean',
    int: 'number',
    double: 'number',
    currency: 'number',
    percent: 'number',
    date: 'date',
    datetime: 'datetime',
    picklist: 'picklist',
    multipicklist: 'multipicklist'
};

/** The type of a field inside a formula; undefined when formulas cannot read it. */
export function formulaType(type: FieldType): FormulaType | undefined {
    if (type === 'address' || type === 'time' || type === 'anyType') return undefined;
    return TYPES[type] ?? 'text';
}

export type Decode = (stored: unknown) => FormulaValue;

export function decoder(field: FieldDef, blankAsZero: boolean): Decode {
    const blank = blankAsZero ? 0 : null;
    switch (formulaType(field.type)) {
        case 'number': {
            const unit = field.type === 'percent' ? 100 : 1;
            return (stored) => (typeof stored === 'number' ? stored / unit : blank);
        }
        case 'boolean':
            return (stored) => stored === 1 || stored === true;
        case 'date':
            return (stored) => (typeof stored === 'string' ? parseDay(stored) : null);
        case 'datetime':
            return (stored) => (typeof stored === 'string' ? instant(stored) : null);
        default:
            return (stored) =>
                stored === null || stored === undefined ? '' : shortId(field, String(stored));
    }
}

/** Formulas see ids with 15 characters; CASESAFEID() gives all 18. */
function shortId(field: FieldDef, text: string): string {
    return field.type === 'id' || field.type === 'reference' ? text.slice(0, 15) : text;
}

function instant(text: string): number | null {
    const ms = Date.parse(text.replace(/\+0000$/, 'Z'));
    return Number.isNaN(ms) ? null : ms;
}

/** The result as the table would hold it in a field of this type. */
export function encode(value: FormulaValue, field: Pick<FieldDef, 'type' | 'scale'>): StoredValue {
    const type = formulaType(field.type);
    if (type === 'boolean') return value === true ? 1 : 0;
    if (value === null || value === '') return null;
    if (typeof value !== 'number') return value;
    if (!Number.isFinite(value)) return null;
    if (type === 'date') return formatDay(Math.floor(value));
    if (type === 'datetime') return formatInstant(Math.floor(value / 1000) * 1000);
    return roundHalfUp(field.type === 'percent' ? value * 100 : value, field.scale);
}

/** Rounds half away from zero, in decimal: 1.005 to two digits is 1.01. */
export function roundHalfUp(value: number, digits: number): number {
    const sign = value < 0 ? -1 : 1;
    const [mantissa, exponent = '0'] = Math.abs(Number(value.toPrecision(15)))
        .toExponential()
        .split('e');
    const shifted = Math.round(Number(`${mantissa}e${Number(exponent) + digits}`));
    const rounded = sign * Number(`${shifted}e${-digits}`);
    return rounded === 0 ? 0 : rounded;
}

export function textOfNumber(value: number): string {
    const text = String(Number(value.toPrecision(15)));
    return text.includes('e')
        ? value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 18 })
        : text;
}

export function textOfInstant(ms: number): string {
    return new Date(ms)
        .toISOString()
        .replace('T', ' ')
        .replace(/\.\d+Z$/, 'Z');
}
