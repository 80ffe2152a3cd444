// A number with its unit, as part of a sentence: "12 business days", "40%", "$1,250,000".
import CURRENCY from '@salesforce/i18n/currency';
import { countLabel, formatNumber } from 'c/labelText';
import businessDay from '@salesforce/label/c.SpmBusinessDay';
import businessDays from '@salesforce/label/c.SpmBusinessDays';
import day from '@salesforce/label/c.SpmDay';
import days from '@salesforce/label/c.SpmDays';

/**
 * @param {number | undefined | null} value
 * @param {string} unit BusinessDays, Days, Count, Amount or Percent
 * @param {string} [currency]
 * @returns {string}
 */
export function quantity(value, unit, currency) {
    const number = value ?? 0;
    switch (unit) {
        case 'BusinessDays':
            return countLabel(number, businessDay, businessDays);
        case 'Days':
            return countLabel(number, day, days);
        case 'Amount':
            return formatNumber(number, {
                style: 'currency',
                currency: currency || CURRENCY,
                maximumFractionDigits: 0
            });
        case 'Percent':
            return formatNumber(number / 100, { style: 'percent' });
        default:
            return formatNumber(number);
    }
}
