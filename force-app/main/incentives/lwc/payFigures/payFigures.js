// Exact figures, which come as text such as "0.0675" or "4/3", as people read them. For reading only: nothing here is
// ever paid or added up.
import { formatNumber } from 'c/labelText';

const FIGURE = /^-?\d+(\.\d+)?(\/\d+)?$/;
const DECIMAL = /^-?\d+(\.\d+)?$/;
/** Enough to tell rates apart; the exact figure stands in the plan. */
const DECIMALS = 4;
/** As many as every browser writes. */
const MOST_DECIMALS = 20;

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

/** Every digit of a figure, as the user's language groups them; fractions ("1/3") and words as they are. */
export function exactText(text) {
    if (!DECIMAL.test(text ?? '')) return String(text ?? '');
    const decimals = Math.min(MOST_DECIMALS, (text.split('.')[1] ?? '').length);
    return formatNumber(text, { minimumFractionDigits: decimals, maximumFractionDigits: MOST_DECIMALS });
}

/** "0.06625" is "6.625%". */
export function exactPercentText(text) {
    return DECIMAL.test(text ?? '')
        ? formatNumber(text, { style: 'percent', maximumFractionDigits: MOST_DECIMALS })
        : String(text ?? '');
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
