// One value on its way into a column: checked and converted by field type, with the error Salesforce gives.
// Takes JSON values, Apex values and CSV text alike. Knows nothing of rows, users or other records.
import { isRecordId, to18 } from '../ids.ts';
import type { FieldValue } from '../org.ts';
import type { FieldDef } from '../schema/types.ts';
import { rowError, type RowError } from './row-error.ts';

export type Stored = string | number | null;

export function toStored(field: FieldDef, value: FieldValue): Stored {
    if (value === null || value === undefined || value === '') return field.type === 'boolean' ? 0 : null;
    switch (field.type) {
        case 'boolean':
            return toBoolean(field, value);
        case 'int':
        case 'double':
        case 'currency':
        case 'percent':
            return toNumber(field, value);
        case 'date':
            return toDate(field, value);
        case 'datetime':
            return toDatetime(field, value);
        case 'id':
        case 'reference':
            return toId(field, value);
        case 'picklist':
        case 'multipicklist':
            return toPicklist(field, toText(field, value));
        case 'email':
            return toEmail(field, toText(field, value));
        case 'time':
        case 'address':
            throw rowError(
                'LOCAL_ORG_NOT_SUPPORTED',
                `The local org stores no ${field.type} fields (${field.name}).`,
                [field.name]
            );
        default:
            return toText(field, value);
    }
}

function wrongType(field: FieldDef, value: FieldValue): RowError {
    const message = `${field.label}: value not of required type: ${String(value)}`;
    return rowError('INVALID_TYPE_ON_FIELD_IN_RECORD', message, [field.name]);
}

function toBoolean(field: FieldDef, value: FieldValue): number {
    if (typeof value === 'boolean') return value ? 1 : 0;
    const text = String(value).toLowerCase();
    if (text === 'true' || text === '1') return 1;
    if (text === 'false' || text === '0') return 0;
    throw wrongType(field, value);
}

function toNumber(field: FieldDef, value: FieldValue): number {
    if (typeof value === 'boolean') throw wrongType(field, value);
    const number = typeof value === 'number' ? value : Number(value);
    if (!Number.isFinite(number) || (typeof value === 'string' && value.trim() === ''))
        throw wrongType(field, value);
    const scale = field.type === 'int' ? 0 : field.scale;
    const digits = field.type === 'int' ? 9 : (field.precision || 18) - scale;
    const rounded = roundHalfUp(number, scale);
    const limit = field.type === 'int' ? 2 ** 31 : 10 ** digits;
    if (Math.abs(rounded) >= limit) {
        const message = `${field.label}: value outside of valid range on numeric field: ${value}`;
        throw rowError('NUMBER_OUTSIDE_VALID_RANGE', message, [field.name]);
    }
    return rounded;
}

/** Halves away from zero, on the decimal digits as written: 1.005 at two places is 1.01, not 1.00. */
export function roundHalfUp(number: number, scale: number): number {
    if (Number.isInteger(number)) return number;
    const sign = Math.sign(number);
    const [mantissa, exponent = '0'] = String(Math.abs(number)).split('e');
    const shifted = Math.round(Number(`${mantissa}e${Number(exponent) + scale}`));
    return sign * Number(`${shifted}e-${scale}`) || 0;
}

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const DATETIME = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(\.\d{1,9})?(Z|[+-]\d{2}:?\d{2})?$/;

function toDate(field: FieldDef, value: FieldValue): string {
    const text = String(value);
    const day = DATETIME.test(text) ? text.slice(0, 10) : text;
    if (!DATE.test(day) || !isRealDay(day)) throw wrongType(field, value);
    checkYear(field, day);
    return day;
}

function toDatetime(field: FieldDef, value: FieldValue): string {
    const text = String(value);
    const parts = DATE.test(text) ? [text, text, '00:00:00', '', 'Z'] : DATETIME.exec(text);
    if (!parts || !isRealDay(parts[1]!)) throw wrongType(field, value);
    const zone = (parts[4] ?? 'Z').replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
    const instant = new Date(`${parts[1]}T${parts[2]}${(parts[3] ?? '').slice(0, 4)}${zone}`);
    if (Number.isNaN(instant.getTime())) throw wrongType(field, value);
    checkYear(field, parts[1]!);
    return instant.toISOString();
}

function isRealDay(day: string): boolean {
    const date = new Date(`${day}T00:00:00.000Z`);
    return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

function checkYear(field: FieldDef, day: string): void {
    const year = Number(day.slice(0, 4));
    if (year >= 1700 && year <= 4000) return;
    throw rowError('FIELD_INTEGRITY_EXCEPTION', `${field.label}: invalid date: ${day}`, [field.name]);
}

function toId(field: FieldDef, value: FieldValue): string {
    const text = String(value);
    if (!isRecordId(text)) {
        throw rowError('MALFORMED_ID', `${field.label}: id value of incorrect type: ${text}`, [field.name]);
    }
    return to18(text);
}

function toText(field: FieldDef, value: FieldValue): string | null {
    const text = String(value).trim();
    if (text === '') return null;
    if (field.length > 0 && text.length > field.length) {
        const shown = text.length > 255 ? `${text.slice(0, 255)}...` : text;
        const message = `${field.label}: data value too large: ${shown} (max length=${field.length})`;
        throw rowError('STRING_TOO_LONG', message, [field.name]);
    }
    return text;
}

/** Returns the value in the case in which it is defined. */
function toPicklist(field: FieldDef, text: string | null): string | null {
    if (text === null) return null;
    const given = field.type === 'multipicklist' ? text.split(';').map((part) => part.trim()) : [text];
    return given.map((one) => pickValue(field, one)).join(';');
}

function pickValue(field: FieldDef, given: string): string {
    const known = field.picklistValues.find((one) => one.value.toLowerCase() === given.toLowerCase());
    if (known && (known.active || !field.restrictedPicklist)) return known.value;
    if (!field.restrictedPicklist) return given;
    const message = `${field.label}: bad value for restricted picklist field: ${given}`;
    throw rowError('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', message, [field.name]);
}

function toEmail(field: FieldDef, text: string | null): string | null {
    if (text === null || /^[^\s@]+@[^\s@]+$/.test(text)) return text;
    throw rowError('INVALID_EMAIL_ADDRESS', `${field.label}: invalid email address: ${text}`, [field.name]);
}
