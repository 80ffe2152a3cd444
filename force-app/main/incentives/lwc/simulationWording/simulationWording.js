// Words for simulations: versions, months and times, differences with their sign.
import LOCALE from '@salesforce/i18n/locale';
import { fillLabel, formatDaysIn, formatNumber } from 'c/labelText';
import { amountText, nameInWords, numberOf } from 'c/payFigures';
import versionOf from '@salesforce/label/c.SpmSimVersion';
import fromTo from '@salesforce/label/c.SpmSimFromTo';

const MONTH = new Intl.DateTimeFormat(LOCALE, { month: 'short', year: 'numeric', timeZone: 'UTC' });

/** "Seller plan, version 2" */
export function versionText(planName, version) {
    return fillLabel(versionOf, planName ?? '', version ?? '');
}

/** "2026-03" is "Mar 2026". */
export function monthText(month) {
    return MONTH.format(new Date(`${month}-01`));
}

/** "1 Jan 2025 to 31 Dec 2025" */
export function spanText(startDate, endDate) {
    return formatDaysIn(fillLabel(fromTo, startDate, endDate));
}

/** An amount that goes up has a plus: "+£120.00". */
export function changeText(amount, currencyCode) {
    const text = amountText(amount, currencyCode);
    return numberOf(amount) > 0 ? `+${text}` : text;
}

/** A part of something with its sign: "-20.5%"; '' where there is none. */
export function changePercent(part) {
    const value = numberOf(part);
    return value === null
        ? ''
        : formatNumber(value, { style: 'percent', maximumFractionDigits: 1, signDisplay: 'exceptZero' });
}

/** What the plan calls a component, else its key in words. */
export function componentName(result, key) {
    return result.names?.[key] ?? nameInWords(key);
}

/** Difference of two amounts with two decimals, as text; null where one is missing. */
export function differenceOf(amount, other) {
    if (amount === null || other === null || amount === undefined || other === undefined) return null;
    return String((Math.round(Number(amount) * 100) - Math.round(Number(other) * 100)) / 100);
}
