// How a stored value reads on the page, in the user's locale and time zone: the UI API's `displayValue`. Fields that need no
// words (text, ids, checkboxes) have none.
import type { FieldDef } from '../schema/types.ts';
import type { Reader } from './reader.ts';

export function displayValue(field: FieldDef, value: unknown, reader: Reader): string | null {
    if (value === null || value === undefined) return null;
    const format = formats[field.type];
    return format ? format(field, value, reader) : null;
}

type Format = (field: FieldDef, value: unknown, reader: Reader) => string;

const formats: Partial<Record<FieldDef['type'], Format>> = {
    currency: (field, value, { locale, currency }) =>
        new Intl.NumberFormat(locale, {
            style: 'currency',
            currency,
            minimumFractionDigits: field.scale,
            maximumFractionDigits: field.scale
        }).format(Number(value)),
    percent: (field, value, reader) => `${fixed(field, value, reader)}%`,
    double: fixed,
    int: fixed,
    date: (_field, value, { locale }) =>
        new Intl.DateTimeFormat(locale, { timeZone: 'UTC' }).format(new Date(`${String(value)}T00:00:00Z`)),
    datetime: (_field, value, { locale, timeZone }) =>
        new Intl.DateTimeFormat(locale, {
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

function fixed(field: FieldDef, value: unknown, { locale }: Reader): string {
    return new Intl.NumberFormat(locale, {
        minimumFractionDigits: field.scale,
        maximumFractionDigits: field.scale
    }).format(Number(value));
}

function label(field: FieldDef, value: unknown): string {
    return field.picklistValues.find((one) => one.value === value)?.label ?? String(value);
}
