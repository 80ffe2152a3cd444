// Words for plan versions: statuses, how often they pay, from when to when.
import { fillLabel, formatDaysIn } from 'c/labelText';
import draft from '@salesforce/label/c.SpmPlanDraft';
import inReview from '@salesforce/label/c.SpmPlanInReview';
import approved from '@salesforce/label/c.SpmPlanApproved';
import active from '@salesforce/label/c.SpmPlanActive';
import retired from '@salesforce/label/c.SpmPlanRetired';
import everyWeek from '@salesforce/label/c.SpmPlanEveryWeek';
import everyMonth from '@salesforce/label/c.SpmPlanEveryMonth';
import everyQuarter from '@salesforce/label/c.SpmPlanEveryQuarter';
import everyHalfYear from '@salesforce/label/c.SpmPlanEveryHalfYear';
import everyYear from '@salesforce/label/c.SpmPlanEveryYear';
import once from '@salesforce/label/c.SpmPlanOnce';
import pays from '@salesforce/label/c.SpmPlanPays';
import fromDay from '@salesforce/label/c.SpmPlanFrom';
import fromDayToDay from '@salesforce/label/c.SpmPlanFromTo';

/** In the order of a version's life. */
export const PLAN_STATUSES = [
    { value: 'Draft', label: draft },
    { value: 'InReview', label: inReview },
    { value: 'Approved', label: approved },
    { value: 'Active', label: active },
    { value: 'Retired', label: retired }
];
const INTERVALS = {
    Week: everyWeek,
    Month: everyMonth,
    Quarter: everyQuarter,
    HalfYear: everyHalfYear,
    Year: everyYear,
    Plan: once
};

/** @param {string} status */
export function planStatusLabel(status) {
    return PLAN_STATUSES.find(({ value }) => value === status)?.label ?? status;
}

/** "Pays every quarter, in GBP"; '' where nobody said. */
export function intervalText(interval, currencyCode) {
    return interval ? fillLabel(pays, INTERVALS[interval] ?? interval, currencyCode ?? '') : '';
}

/** Names of examples are sentences without their first capital. */
export function capitalised(text) {
    return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "from 1 Jan 2026"; '' without a first day. */
export function daysText(firstDay, lastDay) {
    if (!firstDay) return '';
    return formatDaysIn(lastDay ? fillLabel(fromDayToDay, firstDay, lastDay) : fillLabel(fromDay, firstDay));
}
