// Puts values into labels, picks singular or plural, writes numbers and days as the user's locale does. Knows nothing of
// what the labels say.
import LOCALE from '@salesforce/i18n/locale';

/**
 * `fillLabel('{0} of {1}', 3, 12)` is "3 of 12".
 * @param {string} label
 * @param {...(string | number)} values
 * @returns {string}
 */
export function fillLabel(label, ...values) {
    return label.replace(/\{(\d+)\}/g, (place, index) => (index in values ? String(values[index]) : place));
}

/**
 * The label for this count, with the count as text in its place {0}.
 * @param {number} count
 * @param {string} singular
 * @param {string} plural
 * @returns {string}
 */
export function countLabel(count, singular, plural) {
    return fillLabel(count === 1 ? singular : plural, formatNumber(count));
}

/**
 * A number inside a sentence, as the user's language writes it. Figures on their own use lightning-formatted-number.
 * @param {number | Intl.StringNumericLiteral} value text keeps digits a number cannot hold
 * @param {Intl.NumberFormatOptions} [options]
 * @returns {string}
 */
export function formatNumber(value, options) {
    return new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 1, ...options }).format(value);
}

const DAYS = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeZone: 'UTC' });
const ISO_DAY = /\b\d{4}-\d{2}-\d{2}\b/g;

/**
 * Days inside a sentence as the user's locale writes them: the service writes every day as 2026-10-03. What only looks
 * like a day stays as it is.
 * @param {string} text
 * @returns {string}
 */
export function formatDaysIn(text) {
    return text.replace(ISO_DAY, (iso) => {
        const day = new Date(iso);
        const isDay = !Number.isNaN(day.getTime()) && day.toISOString().startsWith(iso);
        return isDay ? DAYS.format(day) : iso;
    });
}

const MONTHS = new Intl.DateTimeFormat(LOCALE, { year: 'numeric', month: 'long', timeZone: 'UTC' });

/**
 * October 2026, as the user's locale writes it.
 * @param {string} iso the month, `2026-10`, or a day of it
 * @returns {string}
 */
export function formatMonth(iso) {
    return MONTHS.format(new Date(iso));
}
