// The functions that SQL of this folder calls: case folding, local time, labels, formatting, formulas. All are
// deterministic, so SQLite may use them wherever it likes.
import type { Database } from 'better-sqlite3';
import { DAY_MS, formatInstant, parseDay, timeZone } from './time-zone.ts';

export function registerFunctions(db: Database, formula: (...args: unknown[]) => unknown): void {
    const deterministic = { deterministic: true };
    db.function('org_fold', deterministic, (text) => (typeof text === 'string' ? text.toLowerCase() : text));
    db.function('org_local', deterministic, (text, zone) =>
        typeof text === 'string' ? formatInstant(timeZone(zone as string).localMs(Date.parse(text))) : null
    );
    db.function('org_any', deterministic, asJson);
    db.function('org_label', deterministic, labels);
    db.function('org_format', { deterministic: true, varargs: true }, format);
    db.function('org_formula', { deterministic: true, varargs: true }, formula);
}

/** Labels of one or several values (`a;b`), by value in small letters. */
function labels(stored: unknown, byValue: unknown): unknown {
    if (typeof stored !== 'string') return null;
    const known: Record<string, string> = JSON.parse(byValue as string);
    return stored
        .split(';')
        .map((value) => known[value.toLowerCase()] ?? value)
        .join(';');
}

const NUMBERS = new Set(['Currency', 'Double', 'Percent']);

/** A value of field history as JSON, by its data type; see display() for the way back. */
function asJson(dataType: unknown, stored: unknown): string | null {
    if (typeof stored !== 'string') return null;
    return NUMBERS.has(dataType as string) || dataType === 'Boolean' ? stored : JSON.stringify(stored);
}

const formats = new Map<string, (cell: string | number) => string>();

function format(...args: unknown[]): string | null {
    const [cell, type, scale, locale, zone, currency] = args as [
        string | number | null,
        string,
        number,
        string,
        string,
        string
    ];
    if (cell === null) return null;
    const key = [type, scale, locale, zone, currency].join('|');
    let show = formats.get(key);
    if (!show) formats.set(key, (show = formatter(type, scale, locale, zone, currency)));
    return show(cell);
}

function formatter(
    type: string,
    scale: number,
    locale: string,
    zone: string,
    currency: string
): (cell: string | number) => string {
    const day = { year: 'numeric', month: 'numeric', day: 'numeric' } as const;
    if (type === 'date') {
        const dates = new Intl.DateTimeFormat(locale, { ...day, timeZone: 'UTC' });
        return (cell) => dates.format((parseDay(String(cell)) ?? 0) * DAY_MS);
    }
    if (type === 'datetime') {
        const time = { hour: 'numeric', minute: '2-digit' } as const;
        const times = new Intl.DateTimeFormat(locale, { ...day, ...time, timeZone: zone });
        return (cell) => times.format(Date.parse(String(cell)));
    }
    const digits = { minimumFractionDigits: scale, maximumFractionDigits: scale };
    const style = type === 'currency' ? { style: 'currency' as const, currency } : {};
    const numbers = new Intl.NumberFormat(locale, { ...digits, ...style });
    return (cell) => numbers.format(cell as number) + (type === 'percent' ? '%' : '');
}
