// Puts values into labels and picks singular or plural. Knows nothing of what the labels say.
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
 * @param {number} value
 * @param {Intl.NumberFormatOptions} [options]
 * @returns {string}
 */
export function formatNumber(value, options) {
    return new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 1, ...options }).format(value);
}
