// Exact figures, which come as text such as "0.0675" or "4/3", as people read them. For reading only: nothing here is
// ever paid or added up.
import { formatNumber } from 'c/labelText';

const FIGURE = /^-?\d+(\.\d+)?(\/\d+)?$/;
/** Enough to tell rates apart; the exact figure stands in the plan. */
const DECIMALS = 4;

/**
 * The value of a figure, for pictures and comparisons on the screen; null where there is none.
 * @param {string | number | null | undefined} text
 * @returns {number | null}
 */
export function numberOf(text) {
    if (text === null || text === undefined || text === '') return null;
    if (!FIGURE.test(String(text))) return null;
    const [above, below = '1'] = String(text).split('/');
    return Number(above) / Number(below);
}

/** "4/3" is "133.3333%". */
export function percentText(text) {
    const value = numberOf(text);
    if (value === null) return '';
    return formatNumber(value, { style: 'percent', maximumFractionDigits: DECIMALS });
}

/** "500000" is "500,000"; what is no figure (a word, a day) stays as it is. */
export function figureText(text) {
    const value = numberOf(text);
    if (value === null) return String(text ?? '');
    return formatNumber(value, { maximumFractionDigits: DECIMALS });
}

/** An amount with its currency, to the cent. */
export function amountText(text, currencyCode) {
    const value = numberOf(text);
    if (value === null) return '';
    if (!currencyCode) return formatNumber(value, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
    return formatNumber(value, {
        style: 'currency',
        currency: currencyCode,
        maximumFractionDigits: undefined
    });
}

/** Words for a name of the plan language: "measure.bookings before" is "measure bookings before". */
export function nameInWords(name) {
    const words = String(name)
        .replace(/([a-z0-9])([A-Z])/g, (pair, end, start) => `${end} ${start.toLowerCase()}`)
        .replace(/[._-]+/g, ' ')
        .trim();
    return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Sum of amounts with two decimals, without the errors of adding fractions of a cent. */
export function sumOfAmounts(amounts) {
    return amounts.reduce((cents, amount) => cents + Math.round(Number(amount ?? 0) * 100), 0) / 100;
}
