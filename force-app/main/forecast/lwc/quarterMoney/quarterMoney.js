// Amounts of snapshots and forecasts as their reader writes them. An org with one currency stores no code: it is the reader's.
import CURRENCY from '@salesforce/i18n/currency';
import { amountText } from 'c/payFigures';

/** "1234.5" is "£1,234.50"; blank where there is no amount. */
export function quarterMoney(amount, currencyCode) {
    return amountText(amount, currencyCode || CURRENCY);
}
