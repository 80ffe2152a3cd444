// How a stored value reads on the page, in the user's time zone: the UI API's `displayValue`. Fields that need no
// words (text, ids, checkboxes) have none.
import type { FieldDef } from '../schema/types.ts';

const LOCALE = 'en-US';

export interface Reader {
    timeZone: string;
    currency: string;
}

export function displayValue(field: FieldDef, value: unknown, reader: Reader): string | null {
    if (value === null || value === undefined) return null;
    const format = formats[field.type];
    return format ? format(field, value, reader) : null;
}

type Format = (field: FieldDef, value: unknown, reader: Reader) => string;

const formats: Partial<Record<FieldDef['type'], Format>> = {
    currency: (field, value, { currency }) =>
        new Intl.NumberFormat(LOCALE, {
            style: 'currency',
            currency,
            minimumFractionDigits: field.scale,
            maximumFractionDigits: field.scale
        }).format(Number(value)),
    percent: (field, value) => `${fixed(field, value)}%`,
    double: fixed,
    int: fixed,
    date: (_field, value) =>
        new Intl.DateTimeFormat(LOCALE, { timeZone: 'UTC' }).format(new Date(`${String(value)}T00:00:00Z`)),
    datetime: (_field, value, { timeZone }) =>
        new Intl.DateTimeFormat(LOCALE, {
            timeZone,
            year: 'numeric',
            month: 'numeric',
            day: 'numeric',
            hour: 'numeric',
            minute: '2-digit'
        }).format(new Date(String(value).replace(/\+0000$/, 'Z'))),
    picklist: label,
    multipicklist: (field, value) =>
        String(value)
            .split(';')
            .map((one) => label(field, one))
            .join('; ')
};

function fixed(field: FieldDef, value: unknown): string {
    return new Intl.NumberFormat(LOCALE, {
        minimumFractionDigits: field.scale,
        maximumFractionDigits: field.scale
    }).format(Number(value));
}

function label(field: FieldDef, value: unknown): string {
    return field.picklistValues.find((one) => one.value === value)?.label ?? String(value);
}
