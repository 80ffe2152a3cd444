// The values behind `@salesforce/i18n/...` for one reader: what components import to write days, times and amounts. Formats
// are read off what Intl writes for that locale. Patterns of numbers are those of the base components: their signs stand
// for the reader's own.
import type { Reader } from './reader.ts';

export type I18n = Record<I18nName, string | number>;
export type I18nName = (typeof I18N_NAMES)[number];

export const I18N_NAMES = [
    'lang',
    'locale',
    'dir',
    'currency',
    'timeZone',
    'firstDayOfWeek',
    'dateTime.shortDateFormat',
    'dateTime.mediumDateFormat',
    'dateTime.longDateFormat',
    'dateTime.shortTimeFormat',
    'dateTime.mediumTimeFormat',
    'dateTime.shortDateTimeFormat',
    'dateTime.mediumDateTimeFormat',
    'dateTime.longDateTimeFormat',
    'number.currencySymbol',
    'number.decimalSeparator',
    'number.groupingSeparator'
] as const;

export function i18nOf({ locale, language, timeZone, currency }: Reader): I18n {
    const pattern = (options: Intl.DateTimeFormatOptions): string => patternOf(locale, options);
    const shortDay = pattern({ year: 'numeric', month: 'numeric', day: 'numeric' });
    const mediumDay = pattern({ dateStyle: 'medium' });
    const longDay = pattern({ dateStyle: 'long' });
    const shortTime = pattern({ timeStyle: 'short' });
    const mediumTime = pattern({ timeStyle: 'medium' });
    return {
        lang: language,
        locale,
        dir: /^(ar|fa|he|iw|ur|yi)\b/.test(language) ? 'rtl' : 'ltr',
        currency,
        timeZone,
        firstDayOfWeek: firstDayOfWeek(locale),
        'dateTime.shortDateFormat': shortDay,
        'dateTime.mediumDateFormat': mediumDay,
        'dateTime.longDateFormat': longDay,
        'dateTime.shortTimeFormat': shortTime,
        'dateTime.mediumTimeFormat': mediumTime,
        'dateTime.shortDateTimeFormat': `${shortDay} ${shortTime}`,
        'dateTime.mediumDateTimeFormat': `${mediumDay} ${mediumTime}`,
        'dateTime.longDateTimeFormat': `${longDay} ${mediumTime}`,
        'number.currencySymbol': signOf(locale, 'currency', { style: 'currency', currency }),
        'number.decimalSeparator': signOf(locale, 'decimal'),
        'number.groupingSeparator': signOf(locale, 'group')
    };
}

function signOf(locale: string, type: string, options: Intl.NumberFormatOptions = {}): string {
    const parts = new Intl.NumberFormat(locale, options).formatToParts(1_234_567.5);
    return parts.find((part) => part.type === type)?.value ?? '';
}

/** Salesforce counts from Sunday = 1, Intl from Monday = 1 to Sunday = 7. */
function firstDayOfWeek(locale: string): number {
    const { firstDay } = (
        new Intl.Locale(locale) as Intl.Locale & { getWeekInfo(): { firstDay: number } }
    ).getWeekInfo();
    return (firstDay % 7) + 1;
}

/** Every part of this moment has one digit, so that a leading zero shows. */
const MOMENT = Date.UTC(2026, 1, 5, 3, 4, 5);

/** `d MMM yyyy` for what is written as "5 Feb 2026". */
function patternOf(locale: string, options: Intl.DateTimeFormatOptions): string {
    const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
    const isHalfDay = format.resolvedOptions().hour12 === true;
    const longMonth = new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' }).format(MOMENT);
    const letters: Record<string, (value: string) => string> = {
        day: (value) => 'd'.repeat(value.length),
        month: (value) =>
            /^\d+$/.test(value) ? 'M'.repeat(value.length) : value === longMonth ? 'MMMM' : 'MMM',
        year: () => 'yyyy',
        hour: (value) => (isHalfDay ? 'h' : 'H').repeat(value.length),
        minute: () => 'mm',
        second: () => 'ss',
        dayPeriod: () => 'a'
    };
    return format
        .formatToParts(MOMENT)
        .map(({ type, value }) => letters[type]?.(value) ?? literal(value))
        .join('');
}

/** Words between the parts ("5 de febrero") are quoted; a narrow space is a space. */
function literal(text: string): string {
    const plain = text.replace(/\s/g, ' ');
    return /\p{L}/u.test(plain) ? `'${plain}'` : plain;
}
